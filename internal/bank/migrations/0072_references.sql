-- The laws and standards that the questions of a bank name by key, with the day
-- from which each holds and from which it is superseded; body is JSON.
CREATE TABLE bank_references (
  bank VARCHAR(32) NOT NULL,
  reference_key VARCHAR(64) NOT NULL,
  body TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (bank, reference_key)
);

-- The list that a file carries, as JSON; none in drafts of before.
ALTER TABLE bank_drafts ADD COLUMN listed MEDIUMTEXT;
