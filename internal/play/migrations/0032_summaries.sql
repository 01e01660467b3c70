-- summary is what the rules look at of the player, summed up from attempts, deeds
-- and grants in the transaction that writes them (see contest.Summary), by version
-- rules_version of the contest. NULL or another version: it is summed up anew from
-- the rows when it is needed.
ALTER TABLE progress ADD COLUMN rules_version INT NOT NULL DEFAULT 0;
ALTER TABLE progress ADD COLUMN summary MEDIUMTEXT;

-- Until now an attempt that was never ended left no row here.
INSERT INTO progress (contest_id, player_id, version)
SELECT DISTINCT contest_id, player_id, 1 FROM attempts
WHERE NOT EXISTS (SELECT 1 FROM progress p WHERE p.contest_id = attempts.contest_id AND p.player_id = attempts.player_id);
