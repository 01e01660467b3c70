-- What of a player has been counted: version is play's (progress.version) up to which,
-- -1 where the rows have changed since without one; folds grows with each writing, so
-- that of two nodes that count a player at once one loses. mark tells the first attempts
-- apart from the same ones changed. sheet is what the player did by the hour, and each
-- question that was met, packed (see Sheet). tally_counts is at all times the sum over
-- these rows.
CREATE TABLE tally_players (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  folds BIGINT NOT NULL,
  attempts INT NOT NULL,
  mark BIGINT NOT NULL,
  channel VARCHAR(16) NOT NULL,
  division VARCHAR(32) NOT NULL,
  met INT NOT NULL,
  met_right INT NOT NULL,
  sheet MEDIUMBLOB NOT NULL,
  PRIMARY KEY (contest_id, player_id)
);

-- Counters of finished attempts: of the whole contest (span 0), of a day (1, slot is
-- yyyymmdd in the contest's zone) and of an hour (2, slot is hours since 1970, UTC); of
-- everybody, or by channel, unit and division, which ref names.
CREATE TABLE tally_counts (
  contest_id BIGINT NOT NULL,
  span SMALLINT NOT NULL,
  kind VARCHAR(8) NOT NULL,
  slot INT NOT NULL,
  ref VARCHAR(32) NOT NULL,
  players BIGINT NOT NULL,
  first_timers BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  answers BIGINT NOT NULL,
  correct BIGINT NOT NULL,
  passed BIGINT NOT NULL,
  PRIMARY KEY (contest_id, span, kind, slot, ref)
);

-- Short numbers for the questions of a contest, which sheets use. bank is which of the
-- contest's banks.
CREATE TABLE tally_questions (
  contest_id BIGINT NOT NULL,
  number INT NOT NULL,
  bank SMALLINT NOT NULL,
  question_id VARCHAR(64) NOT NULL,
  PRIMARY KEY (contest_id, number),
  UNIQUE (contest_id, bank, question_id)
);

-- What happened beside attempts, by the hour; tally_marks says from which hour on it is
-- to be counted again, and turns lets one node win.
CREATE TABLE tally_events (
  contest_id BIGINT NOT NULL,
  kind VARCHAR(8) NOT NULL,
  slot INT NOT NULL,
  happened BIGINT NOT NULL,
  PRIMARY KEY (contest_id, kind, slot)
);
CREATE TABLE tally_marks (
  contest_id BIGINT NOT NULL PRIMARY KEY,
  open_from INT NOT NULL,
  turns BIGINT NOT NULL
);
