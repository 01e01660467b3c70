-- Lists of players that open levels (contest.List). A row says that the list was made, once,
-- whichever node was first.
CREATE TABLE shortlists (
  contest_id BIGINT NOT NULL,
  list_key VARCHAR(32) NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, list_key)
);

-- Who is on a list, or was (on_list 0). place is the rank when the list was made, 0 where
-- there was none or staff put the player on it.
CREATE TABLE shortlisted (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  list_key VARCHAR(32) NOT NULL,
  place INT NOT NULL,
  on_list INT NOT NULL,
  put_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id, list_key)
);

CREATE INDEX shortlisted_list ON shortlisted (contest_id, list_key, place, player_id);
