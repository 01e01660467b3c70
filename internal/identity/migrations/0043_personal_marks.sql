-- By what a player is known beside the id: keyed hashes of every phone and address
-- that the player told, and of every phone that was proved, also after it was changed
-- or deleted. Limits of wins count by all of them; they go with the retention.
CREATE TABLE personal_marks (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  kind VARCHAR(8) NOT NULL,
  hash VARCHAR(32) NOT NULL,
  marked_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id, kind, hash)
);

CREATE INDEX personal_marks_hash ON personal_marks (contest_id, kind, hash);

INSERT INTO personal_marks (contest_id, player_id, kind, hash, marked_at)
  SELECT contest_id, player_id, kind, hash, MIN(consented_at) FROM personal
  WHERE kind IN ('phone', 'address') AND hash <> ''
  GROUP BY contest_id, player_id, kind, hash;
