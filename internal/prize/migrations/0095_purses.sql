-- Which purse paid (see contest.Purse); empty: the points, as in all rows of before.
-- spent_before and earned are of that purse; ordinal still counts all spends of a player.
ALTER TABLE spends ADD COLUMN purse VARCHAR(16) NOT NULL DEFAULT '';
