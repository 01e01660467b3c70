-- The ledger of what is paid to winners. bill_no is what the way of paying knows
-- it by: it is asked for again and never made anew while it may have been paid.
-- live is 1 until the bill is known to have failed and NULL then: an award has one
-- live bill at most, so nothing is paid twice whatever races.
CREATE TABLE payouts (
  bill_no VARCHAR(32) NOT NULL PRIMARY KEY,
  award_id BIGINT NOT NULL,
  turn INT NOT NULL,
  live SMALLINT,
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  way VARCHAR(16) NOT NULL,
  cents INT NOT NULL,
  remark VARCHAR(128) NOT NULL,
  state VARCHAR(16) NOT NULL,
  detail VARCHAR(400) NOT NULL,
  package_info VARCHAR(1000) NOT NULL,
  sends INT NOT NULL,
  leased_until BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  UNIQUE (award_id, turn),
  UNIQUE (award_id, live),
  CHECK (cents > 0)
);

CREATE INDEX payouts_due ON payouts (state, leased_until);
CREATE INDEX payouts_contest ON payouts (contest_id, state);
