-- An attempt is one go at a level. The unique key bounds the tries, whatever
-- races: the ordinal-th attempt of a period exists once.
CREATE TABLE attempts (
  id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  level_key VARCHAR(32) NOT NULL,
  period INT NOT NULL,
  ordinal INT NOT NULL,
  unit_id BIGINT NOT NULL,
  contest_version INT NOT NULL,
  bank_version INT NOT NULL,
  seed BIGINT NOT NULL,
  questions INT NOT NULL,
  started_at BIGINT NOT NULL,
  deadline_at BIGINT NOT NULL,
  finished_at BIGINT NOT NULL,
  answered INT NOT NULL,
  correct INT NOT NULL,
  score INT NOT NULL,
  passed SMALLINT NOT NULL,
  used_ms BIGINT NOT NULL,
  UNIQUE (player_id, contest_id, level_key, period, ordinal)
);

-- The sweeper looks for attempts whose time ran out.
CREATE INDEX attempts_open ON attempts (finished_at, deadline_at);
CREATE INDEX attempts_contest ON attempts (contest_id, finished_at);

-- A response exists once for a position of an attempt: an answer that is sent
-- twice, or by two phones, counts once. choice is what was chosen, by the bank's
-- option indexes or as text; used_ms is the time since the question was shown, -1
-- where it was not reached before the end.
CREATE TABLE responses (
  attempt_id BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  question_id VARCHAR(64) NOT NULL,
  choice VARCHAR(1000) NOT NULL,
  correct SMALLINT NOT NULL,
  used_ms INT NOT NULL,
  answered_at BIGINT NOT NULL,
  PRIMARY KEY (attempt_id, position)
);

-- version grows with each finished attempt of the player: two attempts that
-- finish at once on two nodes cannot both build on the same history.
CREATE TABLE progress (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id)
);
