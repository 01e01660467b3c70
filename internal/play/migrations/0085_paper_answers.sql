-- An answer on a whole paper is a numbered revision: the last one of a position counts
-- when the paper is handed in. Handing in adds one more revision to each position, that
-- closes it: the next answer of a phone meets it, so nothing is acknowledged after it.
CREATE TABLE paper_answers (
  attempt_id BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  revision SMALLINT NOT NULL,
  choice VARCHAR(1000) NOT NULL,
  closes SMALLINT NOT NULL,
  answered_at BIGINT NOT NULL,
  PRIMARY KEY (attempt_id, position, revision)
);
