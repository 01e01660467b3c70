-- The names that teams had before the one in teams: each was kept from others, by staff or by
-- the list of words, when the captain gave the next. nth counts from 1, so that a team has no
-- more of them than it may. No other team takes such a name. They go with the team.
CREATE TABLE team_names (
  contest_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  nth INT NOT NULL,
  name VARCHAR(80) NOT NULL,
  folded VARCHAR(240) NOT NULL,
  name_state VARCHAR(8) NOT NULL,
  replaced_at BIGINT NOT NULL,
  PRIMARY KEY (team_id, nth)
);

CREATE INDEX team_names_folded ON team_names (contest_id, folded);
