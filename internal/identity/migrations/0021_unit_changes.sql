-- Changes of unit after a player's first attempt, in order. ordinal counts them
-- and allowed is how many the definition permitted then: two changes at once
-- cannot both be the last one, and none goes beyond.
CREATE TABLE unit_changes (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  ordinal INT NOT NULL,
  allowed INT NOT NULL,
  old_unit BIGINT NOT NULL,
  new_unit BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id, ordinal),
  CHECK (ordinal >= 1 AND ordinal <= allowed)
);
