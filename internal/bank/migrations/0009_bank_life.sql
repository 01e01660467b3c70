-- A question found wrong while people play it: corrected, or voided (counts as
-- right for everyone). It holds for attempts of earlier versions too, whose
-- results are scored again: rescored_at 0 means that this is still to be done,
-- claimed_until keeps two nodes from doing it at once.
CREATE TABLE bank_corrections (
  bank VARCHAR(32) NOT NULL,
  question_id VARCHAR(64) NOT NULL,
  version INT NOT NULL,
  action_name VARCHAR(16) NOT NULL,
  body MEDIUMTEXT NOT NULL,
  reason VARCHAR(200) NOT NULL,
  created_at BIGINT NOT NULL,
  undone_at BIGINT NOT NULL,
  rescored_at BIGINT NOT NULL,
  claimed_until BIGINT NOT NULL,
  PRIMARY KEY (bank, question_id, version)
);

-- What players say about a question, once a player.
CREATE TABLE question_reports (
  id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  bank VARCHAR(32) NOT NULL,
  question_id VARCHAR(64) NOT NULL,
  reason VARCHAR(16) NOT NULL,
  note VARCHAR(300) NOT NULL,
  created_at BIGINT NOT NULL,
  closed_at BIGINT NOT NULL,
  UNIQUE (contest_id, player_id, question_id)
);

CREATE INDEX question_reports_open ON question_reports (closed_at, bank, question_id);
