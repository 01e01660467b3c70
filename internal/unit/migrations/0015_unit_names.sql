-- Names that players typed because they did not find their unit. folded is the
-- name without differences of width, case and blanks. unit_id is what staff
-- merged it into (0: not yet), before_id what it was before that; made tells that
-- the merge made the unit.
CREATE TABLE unit_names (
  contest_id BIGINT NOT NULL,
  id BIGINT NOT NULL PRIMARY KEY,
  folded VARCHAR(120) NOT NULL,
  name VARCHAR(80) NOT NULL,
  unit_id BIGINT NOT NULL,
  before_id BIGINT NOT NULL,
  made SMALLINT NOT NULL,
  decided_at BIGINT NOT NULL,
  typed_at BIGINT NOT NULL,
  UNIQUE (contest_id, folded)
);

CREATE INDEX unit_names_decided ON unit_names (decided_at);

-- Who typed which name: a player has one.
CREATE TABLE unit_name_players (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  name_id BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id)
);

CREATE INDEX unit_name_players_name ON unit_name_players (name_id, player_id);
