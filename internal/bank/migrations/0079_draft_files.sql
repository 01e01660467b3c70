-- The file of a draft as it came, in parts of half a megabyte, so that it can be read
-- again by other conventions; it goes with the draft.
CREATE TABLE bank_draft_files (
  draft_id BIGINT NOT NULL,
  part INT NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (draft_id, part)
);

-- By which conventions the file was read, as JSON; none in drafts of before.
ALTER TABLE bank_drafts ADD COLUMN conventions TEXT;
