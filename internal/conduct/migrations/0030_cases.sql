-- What staff look into about a player. live is 1 while the case is open and NULL
-- then: a player has one open case at most. evidence is JSON, as it stood when
-- the case was opened.
CREATE TABLE conduct_cases (
  id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  live SMALLINT,
  found_by VARCHAR(16) NOT NULL,
  note VARCHAR(500) NOT NULL,
  evidence TEXT NOT NULL,
  opened_by BIGINT NOT NULL,
  opened_name VARCHAR(64) NOT NULL,
  opened_at BIGINT NOT NULL,
  closed_name VARCHAR(64) NOT NULL DEFAULT '',
  closed_at BIGINT NOT NULL DEFAULT 0,
  closed_note VARCHAR(400) NOT NULL DEFAULT '',
  UNIQUE (contest_id, player_id, live)
);

CREATE INDEX conduct_cases_opened ON conduct_cases (contest_id, opened_at);

-- A decision to disqualify: proposed by one member of staff, standing once another
-- has agreed. standing is 1 only then, so that nobody does it alone, whatever
-- writes here. live is 1 while a decision is proposed or stands and NULL after it
-- ended: a player has one at most. The row stays.
CREATE TABLE disqualifications (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL,
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  live SMALLINT,
  standing SMALLINT,
  reason VARCHAR(400) NOT NULL,
  first_by BIGINT NOT NULL,
  first_name VARCHAR(64) NOT NULL,
  proposed_at BIGINT NOT NULL,
  second_by BIGINT,
  second_name VARCHAR(64) NOT NULL DEFAULT '',
  decided_at BIGINT NOT NULL DEFAULT 0,
  ended_by BIGINT NOT NULL DEFAULT 0,
  ended_name VARCHAR(64) NOT NULL DEFAULT '',
  ended_at BIGINT NOT NULL DEFAULT 0,
  ended_reason VARCHAR(400) NOT NULL DEFAULT '',
  UNIQUE (contest_id, player_id, live),
  UNIQUE (contest_id, standing, player_id),
  CHECK (first_by > 0),
  CHECK (second_by IS NULL OR (second_by > 0 AND second_by <> first_by)),
  CHECK (standing IS NULL OR (standing = 1 AND second_by IS NOT NULL AND live IS NOT NULL AND decided_at > 0))
);

CREATE INDEX disqualifications_case ON disqualifications (case_id);

-- What a player says against a decision, once for each.
CREATE TABLE appeals (
  decision_id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  body VARCHAR(500) NOT NULL,
  made_at BIGINT NOT NULL,
  answer VARCHAR(500) NOT NULL DEFAULT '',
  answered_by BIGINT NOT NULL DEFAULT 0,
  answered_name VARCHAR(64) NOT NULL DEFAULT '',
  answered_at BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX appeals_contest ON appeals (contest_id, answered_at);
