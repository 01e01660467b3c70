-- What players told of themselves, sealed (see Vault); one value for a field of
-- the definition. hash finds equal phones, addresses and identity cards without
-- opening them, and is empty for other kinds. consent is the version of the text
-- that the player agreed to, and consented_at when.
CREATE TABLE personal (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  field_key VARCHAR(32) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  sealed VARCHAR(1000) NOT NULL,
  hash VARCHAR(32) NOT NULL,
  consent VARCHAR(16) NOT NULL,
  consented_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id, field_key)
);

CREATE INDEX personal_hash ON personal (contest_id, kind, hash);

-- Every text that somebody agreed to, by its version: what was agreed to can be
-- shown years later, whatever the definition says by then.
CREATE TABLE consents (
  version VARCHAR(16) NOT NULL PRIMARY KEY,
  body TEXT NOT NULL,
  first_at BIGINT NOT NULL
);
