-- What the organizer wants to reach: players over the whole contest, and what part of the
-- people of each unit; 0 where that is not set.
CREATE TABLE tally_targets (
  contest_id BIGINT NOT NULL PRIMARY KEY,
  players BIGINT NOT NULL,
  percent SMALLINT NOT NULL
);
