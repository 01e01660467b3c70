-- How many messages went out by a channel, as staff typed it; 0: not told. A short address
-- names a channel by its code alone.
ALTER TABLE channels ADD COLUMN sent INT NOT NULL DEFAULT 0;

CREATE INDEX channels_code ON channels (code, created_at);
