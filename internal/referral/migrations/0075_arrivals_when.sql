-- How many came within an hour, and by whom.
CREATE INDEX arrivals_when ON arrivals (contest_id, arrived_at, inviter_id);
