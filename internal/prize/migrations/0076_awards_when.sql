-- How often was drawn, and how much was won, within an hour.
CREATE INDEX draws_when ON draws (contest_id, drawn_at);
CREATE INDEX awards_when ON awards (contest_id, won_at);
