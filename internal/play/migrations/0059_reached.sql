-- reached: how many questions came before the player, answered or passed over; -1 where
-- the attempt ended before this was counted.
ALTER TABLE attempts ADD COLUMN reached SMALLINT NOT NULL DEFAULT -1;
