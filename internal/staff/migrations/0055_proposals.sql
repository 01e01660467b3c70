-- Acts that wait for a second person: what, on what, and in body (JSON) all that is
-- needed to do it. live is 1 while one waits and NULL then, so of one act on one
-- subject one waits at most. Who proposed an act never agrees to it.
CREATE TABLE staff_proposals (
  id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  subject VARCHAR(64) NOT NULL,
  live SMALLINT,
  body TEXT NOT NULL,
  first_by BIGINT NOT NULL,
  first_name VARCHAR(64) NOT NULL,
  proposed_at BIGINT NOT NULL,
  agreed_by BIGINT,
  ended_name VARCHAR(64) NOT NULL DEFAULT '',
  ended_at BIGINT NOT NULL DEFAULT 0,
  note VARCHAR(32) NOT NULL DEFAULT '',
  UNIQUE (contest_id, kind, subject, live),
  CHECK (first_by > 0),
  CHECK (agreed_by IS NULL OR (agreed_by > 0 AND agreed_by <> first_by))
);
