-- The named links of a contest. code stands in the link.
CREATE TABLE channels (
  contest_id BIGINT NOT NULL,
  code VARCHAR(16) NOT NULL,
  name VARCHAR(64) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, code)
);

-- How often the page was opened by a channel's link on a day, each phone once; the
-- channel '' is the links of players.
CREATE TABLE channel_visits (
  contest_id BIGINT NOT NULL,
  channel VARCHAR(16) NOT NULL,
  day_number INT NOT NULL,
  opened BIGINT NOT NULL,
  PRIMARY KEY (contest_id, channel, day_number)
);
