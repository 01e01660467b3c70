-- Points also pay for a missed day that is made up (see contest.Makeup): made_up is that
-- day as yyyymmdd, NULL for an exchange. Such a spend has no award: award_id is an id of
-- its own, which no award has.
ALTER TABLE spends ADD COLUMN made_up INT;

CREATE UNIQUE INDEX spends_made_up ON spends (contest_id, player_id, made_up);
