-- Contests by version. bank_version is not stored here: a contest plays with the
-- newest version of its bank, and each attempt remembers both numbers.
CREATE TABLE contests (
  id BIGINT NOT NULL PRIMARY KEY,
  slug VARCHAR(32) NOT NULL UNIQUE,
  version INT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE contest_versions (
  contest_id BIGINT NOT NULL,
  version INT NOT NULL,
  reason VARCHAR(200) NOT NULL,
  body MEDIUMTEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, version)
);
