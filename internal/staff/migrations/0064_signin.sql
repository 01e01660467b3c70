-- How often a sign-in was tried: by a keyed hash of who tried which login. full_at is
-- when all tries are there again, UTC ms; a row in the past says nothing and may go.
CREATE TABLE staff_tries (
  name VARCHAR(64) NOT NULL PRIMARY KEY,
  full_at BIGINT NOT NULL,
  told_at BIGINT NOT NULL
);

CREATE INDEX staff_tries_full ON staff_tries (full_at);

-- tries are counted in staff_tries now; guard is written by whoever takes an owner
-- away, so that two who do so at once see each other.
ALTER TABLE staff DROP COLUMN failures;
ALTER TABLE staff DROP COLUMN locked_until;
ALTER TABLE staff ADD COLUMN guard BIGINT NOT NULL DEFAULT 0;

-- first_password: given by somebody else, to be changed by its holder. first_at: when
-- the account signed in first, UTC ms. totp_secret is sealed; totp_next is one that was
-- shown and not confirmed yet; totp_step is the newest step whose code was used.
ALTER TABLE staff ADD COLUMN first_password SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN first_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN totp_secret VARCHAR(200) NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN totp_next VARCHAR(200) NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN totp_step BIGINT NOT NULL DEFAULT 0;

CREATE TABLE staff_recovery (
  staff_id BIGINT NOT NULL,
  code_hash VARCHAR(64) NOT NULL,
  PRIMARY KEY (staff_id, code_hash)
);

-- Sessions end an hour after their last use, and tell of it; those that were begun
-- before are too short-lived to be kept. proved_at: when the password was last given.
DELETE FROM staff_sessions;
ALTER TABLE staff_sessions ADD COLUMN id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE staff_sessions ADD COLUMN used_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE staff_sessions ADD COLUMN proved_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE staff_sessions ADD COLUMN network VARCHAR(64) NOT NULL DEFAULT '';
