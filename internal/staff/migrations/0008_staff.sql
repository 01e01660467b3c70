-- Who works here. password is an argon2id hash in the PHC string format.
CREATE TABLE staff (
  id BIGINT NOT NULL PRIMARY KEY,
  login VARCHAR(32) NOT NULL UNIQUE,
  name VARCHAR(64) NOT NULL,
  role_name VARCHAR(16) NOT NULL,
  password VARCHAR(200) NOT NULL,
  disabled SMALLINT NOT NULL,
  failures INT NOT NULL,
  locked_until BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

-- A session is known by the SHA-256 of its token, so that a copy of this table
-- signs nobody in.
CREATE TABLE staff_sessions (
  token_hash VARCHAR(64) NOT NULL PRIMARY KEY,
  staff_id BIGINT NOT NULL,
  device VARCHAR(200) NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE INDEX staff_sessions_staff ON staff_sessions (staff_id);

-- The audit log is only added to. Each entry holds the hash of the one before,
-- so a removed or altered entry shows.
CREATE TABLE audit_log (
  seq BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  staff_id BIGINT NOT NULL,
  staff_name VARCHAR(64) NOT NULL,
  action_name VARCHAR(64) NOT NULL,
  subject VARCHAR(200) NOT NULL,
  detail TEXT NOT NULL,
  hash VARCHAR(64) NOT NULL
);
