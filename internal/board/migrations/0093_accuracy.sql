-- Of totals by accuracy, points are the right answers and answered the questions that came
-- before the player; 0 of all others.
ALTER TABLE standings ADD COLUMN answered BIGINT NOT NULL DEFAULT 0;
