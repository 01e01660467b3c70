-- keyed is 1 for entries whose hash takes the key of the installation (HMAC-SHA-256);
-- those of before, 0, are only chained (SHA-256).
ALTER TABLE audit_log ADD COLUMN keyed SMALLINT NOT NULL DEFAULT 0;

-- For counting what somebody did within an hour.
CREATE INDEX audit_log_acts ON audit_log (staff_id, action_name, at);

-- Up to which entry the log was sent on, to where.
CREATE TABLE audit_shipped (
  target VARCHAR(200) NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL
);
