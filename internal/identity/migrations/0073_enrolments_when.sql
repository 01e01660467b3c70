-- How many joined within an hour.
CREATE INDEX enrolments_joined ON enrolments (contest_id, joined_at);
