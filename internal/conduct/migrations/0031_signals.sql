-- What looked unusual about players when it was last looked for. Each look writes
-- under a number of its own; those of the one that ended last are what holds.
CREATE TABLE conduct_signals (
  contest_id BIGINT NOT NULL,
  look BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  weight INT NOT NULL,
  evidence TEXT NOT NULL,
  PRIMARY KEY (contest_id, look, player_id, kind)
);

-- look is the newest one, ended the one whose signals hold (0: none). alive_at is
-- when the newest last gave a sign of life, looked how many attempts it has seen.
CREATE TABLE conduct_looks (
  contest_id BIGINT NOT NULL PRIMARY KEY,
  look BIGINT NOT NULL,
  under_way SMALLINT NOT NULL,
  begun_at BIGINT NOT NULL,
  alive_at BIGINT NOT NULL,
  looked BIGINT NOT NULL,
  ended BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  problem VARCHAR(400) NOT NULL
);
