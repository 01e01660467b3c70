-- The truth behind boards: a player's total by a measure, for the whole contest
-- (period 0) and for a day (yyyymmdd). version is play's, of the player.
CREATE TABLE standings (
  contest_id BIGINT NOT NULL,
  measure VARCHAR(16) NOT NULL,
  period INT NOT NULL,
  player_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  points BIGINT NOT NULL,
  reached_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, measure, period, player_id)
);

-- For the totals of units, and for catching up with what changed.
CREATE INDEX standings_units ON standings (contest_id, measure, period, unit_id, points, reached_at);
CREATE INDEX standings_changed ON standings (contest_id, changed_at);
