-- How many signed within an hour.
CREATE INDEX signatures_when ON signatures (contest_id, signed_at);
