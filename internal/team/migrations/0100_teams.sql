-- Teams that players form (contest.Teams). folded is the name without differences of width,
-- case and blanks, so that two teams of a contest do not look alike. code lets others in until
-- code_until; it stands here as it is read: it opens one team for days, and the captain
-- sees who came by it.
CREATE TABLE teams (
  contest_id BIGINT NOT NULL,
  id BIGINT NOT NULL PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  folded VARCHAR(240) NOT NULL,
  name_state VARCHAR(8) NOT NULL,
  name_at BIGINT NOT NULL,
  captain_id BIGINT NOT NULL,
  code VARCHAR(8) NOT NULL,
  code_until BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  UNIQUE (contest_id, folded),
  UNIQUE (contest_id, code)
);

CREATE INDEX teams_captain ON teams (contest_id, captain_id);

-- Who is in which team: a player in one of a contest, and nobody on a seat that somebody has.
-- Seats count from 1 to the most that a team takes.
CREATE TABLE team_members (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  seat INT NOT NULL,
  joined_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id),
  UNIQUE (team_id, seat)
);
