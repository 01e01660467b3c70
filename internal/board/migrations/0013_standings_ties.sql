-- used_ms ranks equals where the contest says so; division is the player's group.
ALTER TABLE standings ADD COLUMN used_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE standings ADD COLUMN division VARCHAR(32) NOT NULL DEFAULT '';
