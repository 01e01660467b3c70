-- What became of a one-time code that somebody brought back from another site, for
-- some minutes: browsers may bring one twice, to any node. code is a keyed hash of
-- it; outcome is sealed, and empty while the code is being redeemed.
CREATE TABLE signin_codes (
  code VARCHAR(43) NOT NULL PRIMARY KEY,
  outcome VARCHAR(4000) NOT NULL,
  begun_at BIGINT NOT NULL
);

CREATE INDEX signin_codes_begun ON signin_codes (begun_at);
