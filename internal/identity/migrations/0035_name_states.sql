-- Whether others see a nickname: see publicname.State. name_at is when staff decided
-- last, in UTC ms.
ALTER TABLE enrolments ADD COLUMN name_state VARCHAR(16) NOT NULL DEFAULT '';
ALTER TABLE enrolments ADD COLUMN name_at BIGINT NOT NULL DEFAULT 0;

-- The queue of names to be looked at, and those that are withheld.
CREATE INDEX enrolments_name_state ON enrolments (contest_id, name_state, player_id);
