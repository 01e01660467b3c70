-- held: 1 while an attempt that was answered faster than anybody reads waits for
-- staff to look, 2 where it was left out for good; it gives nothing then. 0: it counts.
ALTER TABLE attempts ADD COLUMN held SMALLINT NOT NULL DEFAULT 0;
CREATE INDEX attempts_held ON attempts (held, contest_id);
