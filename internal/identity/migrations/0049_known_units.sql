-- The unit that a system elsewhere told of a player when the player signed in with an
-- account of it: joining takes it, and it is not chosen again.
CREATE TABLE known_units (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  source VARCHAR(40) NOT NULL,
  known_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id)
);
