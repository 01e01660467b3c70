-- What a list gives to each who is on it (contest.Earning for: list). owed is 1 while it is
-- still to be given. Who reads no such earning owes nothing.
ALTER TABLE shortlisted ADD COLUMN owed INT NOT NULL DEFAULT 0;
CREATE INDEX shortlisted_owed ON shortlisted (owed, contest_id, list_key, player_id);

-- Until when (UTC ms) a node gives what a list gives, so that nodes do not do the same work.
ALTER TABLE shortlists ADD COLUMN giving_until BIGINT NOT NULL DEFAULT 0;

-- The units or teams of a board that a list took, by their place when it was made.
CREATE TABLE shortlisted_units (
  contest_id BIGINT NOT NULL,
  list_key VARCHAR(32) NOT NULL,
  place INT NOT NULL,
  unit_id BIGINT NOT NULL,
  PRIMARY KEY (contest_id, list_key, place)
);
