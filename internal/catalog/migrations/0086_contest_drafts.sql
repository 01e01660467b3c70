-- Definitions that are being written, right or wrong, until they are published or
-- thrown away. contest_id is the contest that one changes and base the version that
-- was edited; 0 for a new contest. revision counts the saves: who saves names the one
-- that was read. waiting is the proposal to publish it, rehearsal the contest that
-- rehearses it, 0 for none; while either is not 0, it is not published nor deleted.
CREATE TABLE contest_drafts (
  id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  base INT NOT NULL,
  revision INT NOT NULL,
  slug VARCHAR(32) NOT NULL,
  title VARCHAR(200) NOT NULL,
  body MEDIUMTEXT NOT NULL,
  form VARCHAR(2000) NOT NULL,
  saved_by BIGINT NOT NULL,
  saved_name VARCHAR(64) NOT NULL,
  created_at BIGINT NOT NULL,
  saved_at BIGINT NOT NULL,
  waiting BIGINT NOT NULL DEFAULT 0,
  rehearsal BIGINT NOT NULL DEFAULT 0
);

-- Links to look at a draft without an account: only the hash of what opens one is kept.
CREATE TABLE contest_draft_links (
  id BIGINT NOT NULL PRIMARY KEY,
  draft_id BIGINT NOT NULL,
  token_hash CHAR(64) NOT NULL UNIQUE,
  made_name VARCHAR(64) NOT NULL,
  made_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL
);
CREATE INDEX contest_draft_links_of ON contest_draft_links (draft_id);

-- Whether publishing needs another person's agreement: one row for the installation.
CREATE TABLE contest_approval (
  id INT NOT NULL PRIMARY KEY,
  needed SMALLINT NOT NULL,
  CHECK (id = 1)
);
INSERT INTO contest_approval (id, needed) VALUES (1, 0);
