-- Who plays. A guest is known by the cookie alone; a person on a phone is one row.
CREATE TABLE players (
  id BIGINT NOT NULL PRIMARY KEY,
  created_at BIGINT NOT NULL
);

-- A player's part in one contest: the name shown on boards and the unit.
CREATE TABLE enrolments (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  nickname VARCHAR(64) NOT NULL,
  unit_id BIGINT NOT NULL,
  joined_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id)
);

-- Which other names a player who leaves still has.
CREATE INDEX enrolments_player ON enrolments (player_id);
