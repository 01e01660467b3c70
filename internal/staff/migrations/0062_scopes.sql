-- Accounts for one contest alone, and until when they may be used. contest_id 0: all;
-- until_at 0: no end.
CREATE TABLE staff_scopes (
  staff_id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  until_at BIGINT NOT NULL
);
