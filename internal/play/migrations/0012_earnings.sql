-- bank is which of the contest's banks the level draws from. An attempt that asks
-- again what was wrong before names the attempt (retries) and the positions of the
-- whole paper that stay right (kept, a bit each in hexadecimal).
ALTER TABLE attempts ADD COLUMN bank SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN retries BIGINT NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN kept VARCHAR(32) NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN all_right SMALLINT NOT NULL DEFAULT 0;
UPDATE attempts SET all_right = 1 WHERE finished_at <> 0 AND correct = questions;

-- The tries of limits over several levels: two levels begun at once cannot share
-- one.
CREATE TABLE attempt_slots (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  limit_key VARCHAR(32) NOT NULL,
  period INT NOT NULL,
  ordinal INT NOT NULL,
  attempt_id BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id, limit_key, period, ordinal)
);

-- What a player did beside attempts; ref is unique among the deeds of a kind.
CREATE TABLE deeds (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  ref VARCHAR(64) NOT NULL,
  done_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id, kind, ref)
);

-- The ledger of what was earned. source says for what: the unique key bounds what
-- a rule can give, whatever races. Rows are never changed or deleted. A chance is
-- one row, spent by its id.
CREATE TABLE grants (
  id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  source VARCHAR(120) NOT NULL,
  rule_key VARCHAR(32) NOT NULL,
  amount INT NOT NULL,
  granted_at BIGINT NOT NULL,
  UNIQUE (contest_id, player_id, kind, source)
);
