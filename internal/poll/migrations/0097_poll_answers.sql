-- What players answered to the questions that come after the contest's own (contest.Poll):
-- once each, which the key holds. chosen are the texts of the options, in the order of the
-- definition, with line feeds between: what was chosen stays what it was when the definition
-- changes.
CREATE TABLE poll_answers (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  poll_key VARCHAR(32) NOT NULL,
  chosen VARCHAR(300) NOT NULL,
  answered_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id, poll_key)
);

CREATE INDEX poll_answers_chosen ON poll_answers (contest_id, poll_key);
