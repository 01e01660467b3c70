-- Where players are signed in. contest_id is 0 for a session that holds in every
-- contest. A row with the device * stands for no device: it ends the tokens of the
-- player that name no session and were issued before.
CREATE TABLE player_sessions (
  id BIGINT NOT NULL PRIMARY KEY,
  player_id BIGINT NOT NULL,
  contest_id BIGINT NOT NULL,
  device VARCHAR(40) NOT NULL,
  begun_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL
);

CREATE INDEX player_sessions_player ON player_sessions (player_id, ended_at);
CREATE INDEX player_sessions_ended ON player_sessions (ended_at);
CREATE INDEX player_sessions_seen ON player_sessions (seen_at);
