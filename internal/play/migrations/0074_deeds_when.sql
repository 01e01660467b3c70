-- How often something was done within an hour.
CREATE INDEX deeds_when ON deeds (contest_id, kind, done_at);
