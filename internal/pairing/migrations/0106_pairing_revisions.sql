-- Changes with each correction of who won and with each list and pairing that is built on it:
-- of two that happen at once, the later one sees that what it has read is not so any more.
ALTER TABLE pairings ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
