-- The short code by which an award is found at the booth.
CREATE TABLE award_codes (
  award_id BIGINT NOT NULL PRIMARY KEY,
  locator VARCHAR(8) NOT NULL UNIQUE
);

-- An award that was handed out: once, whoever presses at the same time. What was
-- undone stands in redemptions_undone.
CREATE TABLE redemptions (
  award_id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  request_key VARCHAR(64) NOT NULL UNIQUE,
  was VARCHAR(16) NOT NULL,
  staff_id BIGINT NOT NULL,
  staff_name VARCHAR(64) NOT NULL,
  redeemed_at BIGINT NOT NULL
);

CREATE INDEX redemptions_day ON redemptions (contest_id, redeemed_at);

CREATE TABLE redemptions_undone (
  award_id BIGINT NOT NULL,
  request_key VARCHAR(64) NOT NULL UNIQUE,
  staff_id BIGINT NOT NULL,
  staff_name VARCHAR(64) NOT NULL,
  redeemed_at BIGINT NOT NULL,
  undone_by BIGINT NOT NULL,
  undone_name VARCHAR(64) NOT NULL,
  reason VARCHAR(400) NOT NULL,
  undone_at BIGINT NOT NULL,
  PRIMARY KEY (award_id, undone_at)
);

-- The sweep looks for awards that nobody claimed.
CREATE INDEX awards_waiting ON awards (contest_id, status, won_at);
