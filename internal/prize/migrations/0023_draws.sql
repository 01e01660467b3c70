-- One row for each instant draw, of wins and of nothing: it uses up the chance.
-- ordinal counts the player's draws from the pool, so that two at once cannot
-- both be the same. rolled_key is what chance alone decided and prize_key what
-- came of it (empty: nothing); reason says why they differ.
CREATE TABLE draws (
  chance_id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  pool_key VARCHAR(32) NOT NULL,
  ordinal INT NOT NULL,
  rolled_key VARCHAR(32) NOT NULL,
  prize_key VARCHAR(32) NOT NULL,
  reason VARCHAR(12) NOT NULL,
  award_id BIGINT UNIQUE,
  drawn_at BIGINT NOT NULL,
  UNIQUE (contest_id, player_id, pool_key, ordinal)
);

CREATE INDEX draws_pool ON draws (contest_id, pool_key, rolled_key, prize_key, reason);

-- What limits count wins by: one row for the player, and for the phone, address
-- and unit that are known of the winner (as keyed hash, or id). ordinal is set
-- while the pool has a limit by that: two wins of one family at once then need
-- the same number, and one of them has to look again.
CREATE TABLE win_marks (
  award_id BIGINT NOT NULL,
  mark_kind VARCHAR(8) NOT NULL,
  contest_id BIGINT NOT NULL,
  pool_key VARCHAR(32) NOT NULL,
  mark VARCHAR(64) NOT NULL,
  tier VARCHAR(32) NOT NULL,
  ordinal INT,
  won_at BIGINT NOT NULL,
  PRIMARY KEY (award_id, mark_kind),
  UNIQUE (contest_id, pool_key, mark_kind, mark, ordinal)
);

CREATE INDEX win_marks_when ON win_marks (contest_id, pool_key, mark_kind, mark, won_at, tier);

-- What still has to be done about awards.
CREATE INDEX awards_due ON awards (contest_id, kind, status, won_at);
