-- A file on its way into a bank: what was read stays here, to be looked at and
-- mended, until it is imported or thrown away.
CREATE TABLE bank_drafts (
  id BIGINT NOT NULL PRIMARY KEY,
  file_name VARCHAR(200) NOT NULL,
  format VARCHAR(16) NOT NULL,
  encoding VARCHAR(16) NOT NULL,
  state_name VARCHAR(16) NOT NULL,
  problems MEDIUMTEXT NOT NULL,
  staff_name VARCHAR(64) NOT NULL,
  created_at BIGINT NOT NULL
);

-- One question found in the file, accepted or rejected; body is the question as
-- JSON, as far as it could be read.
CREATE TABLE bank_draft_rows (
  draft_id BIGINT NOT NULL,
  ordinal INT NOT NULL,
  line_number INT NOT NULL,
  accepted SMALLINT NOT NULL,
  warned SMALLINT NOT NULL,
  body TEXT NOT NULL,
  problems TEXT NOT NULL,
  PRIMARY KEY (draft_id, ordinal)
);

-- Which problem codes a row has, to filter the list by.
CREATE TABLE bank_draft_codes (
  draft_id BIGINT NOT NULL,
  code_name VARCHAR(32) NOT NULL,
  ordinal INT NOT NULL,
  PRIMARY KEY (draft_id, code_name, ordinal)
);
