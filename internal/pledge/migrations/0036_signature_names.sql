-- Whether others see a name: see publicname.State; it takes the place of hidden.
-- name_at is when staff decided last, in UTC ms.
ALTER TABLE signatures ADD COLUMN name_state VARCHAR(16) NOT NULL DEFAULT '';
ALTER TABLE signatures ADD COLUMN name_at BIGINT NOT NULL DEFAULT 0;

UPDATE signatures SET name_state = 'hidden' WHERE hidden <> 0;

ALTER TABLE signatures DROP COLUMN hidden;
