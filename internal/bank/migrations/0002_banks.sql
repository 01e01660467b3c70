-- A bank is stored by version. A question's row holds for the versions from
-- from_version up to, not including, until_version (0: still in force), so a new
-- version writes only what changed.
CREATE TABLE banks (
  name VARCHAR(32) NOT NULL PRIMARY KEY,
  version INT NOT NULL
);

CREATE TABLE bank_versions (
  bank VARCHAR(32) NOT NULL,
  version INT NOT NULL,
  note VARCHAR(200) NOT NULL,
  questions INT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (bank, version)
);

CREATE TABLE bank_questions (
  bank VARCHAR(32) NOT NULL,
  question_id VARCHAR(64) NOT NULL,
  from_version INT NOT NULL,
  until_version INT NOT NULL,
  position INT NOT NULL,
  body MEDIUMTEXT NOT NULL,
  PRIMARY KEY (bank, question_id, from_version)
);
