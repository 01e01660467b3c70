-- What was signed: each wording of the pledge of a contest under which somebody put a name,
-- numbered from 1. body is a JSON list of its lines. A row never changes.
CREATE TABLE pledge_texts (
  contest_id BIGINT NOT NULL,
  text_no INT NOT NULL,
  contest_title VARCHAR(255) NOT NULL,
  organizer VARCHAR(255) NOT NULL,
  title VARCHAR(255) NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (contest_id, text_no)
);

-- Which of them; 0: from before they were kept, and not completed yet.
ALTER TABLE signatures ADD COLUMN text_no INT NOT NULL DEFAULT 0;
