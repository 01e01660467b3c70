-- From where a player acted: when joining, and when first telling where a prize goes.
-- device (of the browser's cookie) and network are keyed hashes, bound to the contest,
-- empty where they say nothing; deleted when the player leaves and with the contest's
-- retention.
CREATE TABLE player_origins (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  occasion VARCHAR(8) NOT NULL,
  device VARCHAR(32) NOT NULL,
  network VARCHAR(32) NOT NULL,
  noted_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id, occasion)
);

CREATE INDEX player_origins_device ON player_origins (contest_id, device);
CREATE INDEX player_origins_network ON player_origins (contest_id, network, noted_at);
