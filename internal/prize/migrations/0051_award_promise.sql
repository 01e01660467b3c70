-- A promise is a copy: what a prize was called, how it is collected and until when it
-- can be claimed (UTC ms; 0: for ever) stand on its award as they were when it was
-- won. claim_until is NULL in awards from before; they are completed at start, with
-- their worth, by the version of the contest that made them.
ALTER TABLE awards ADD COLUMN title VARCHAR(128) NOT NULL DEFAULT '';

ALTER TABLE awards ADD COLUMN terms VARCHAR(400) NOT NULL DEFAULT '';

ALTER TABLE awards ADD COLUMN claim_until BIGINT;

CREATE INDEX awards_incomplete ON awards (claim_until, contest_id);
