-- How often each question was answered within ten minutes, and how often wrongly. Nodes add
-- what they have heard every few seconds; what is older than two hours goes.
CREATE TABLE missed_answers (
  slot BIGINT NOT NULL,
  contest_id BIGINT NOT NULL,
  bank VARCHAR(32) NOT NULL,
  question_id VARCHAR(64) NOT NULL,
  answers INT NOT NULL,
  wrong INT NOT NULL,
  PRIMARY KEY (slot, contest_id, bank, question_id)
);
