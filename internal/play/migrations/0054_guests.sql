-- sample: the day (yyyymmdd, of the contest's zone) of the sample of the bank that the
-- paper is drawn from, where the player was not proven; 0: the whole bank.
ALTER TABLE attempts ADD COLUMN sample INT NOT NULL DEFAULT 0;
