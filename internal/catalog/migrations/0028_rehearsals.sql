-- rehearsal_of is the contest that this one rehearses; 0 for a real one.
ALTER TABLE contests ADD COLUMN rehearsal_of BIGINT NOT NULL DEFAULT 0;
