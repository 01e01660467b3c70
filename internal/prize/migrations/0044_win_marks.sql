-- A win is counted by every phone and address that is known of its winner, so a win
-- may have several marks of one kind.
ALTER TABLE win_marks RENAME TO win_marks_before;

CREATE TABLE win_marks (
  award_id BIGINT NOT NULL,
  mark_kind VARCHAR(8) NOT NULL,
  mark VARCHAR(64) NOT NULL,
  contest_id BIGINT NOT NULL,
  pool_key VARCHAR(32) NOT NULL,
  tier VARCHAR(32) NOT NULL,
  ordinal INT,
  won_at BIGINT NOT NULL,
  PRIMARY KEY (award_id, mark_kind, mark),
  UNIQUE (contest_id, pool_key, mark_kind, mark, ordinal)
);

INSERT INTO win_marks (award_id, mark_kind, mark, contest_id, pool_key, tier, ordinal, won_at)
  SELECT award_id, mark_kind, mark, contest_id, pool_key, tier, ordinal, won_at FROM win_marks_before;

DROP TABLE win_marks_before;

CREATE INDEX win_marks_when ON win_marks (contest_id, pool_key, mark_kind, mark, won_at, tier);
