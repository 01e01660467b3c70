-- division is the group (or role) that a player chose; filled lists the fields of
-- the definition that the player has filled in, parted by blanks.
ALTER TABLE enrolments ADD COLUMN division VARCHAR(32) NOT NULL DEFAULT '';
ALTER TABLE enrolments ADD COLUMN filled VARCHAR(400) NOT NULL DEFAULT '';
