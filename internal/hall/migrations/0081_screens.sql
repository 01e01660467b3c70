-- What the big screens of a contest show. Each change is made over the seq that its maker
-- saw, so of two presses at once one holds. turns is a list, separated by blanks.
CREATE TABLE screen_shows (
  contest_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  view_key VARCHAR(16) NOT NULL,
  subject_id BIGINT NOT NULL,
  step INT NOT NULL,
  turns VARCHAR(255) NOT NULL,
  pairing_from BIGINT NOT NULL,
  pairing_until BIGINT NOT NULL,
  changed_by VARCHAR(64) NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id)
);

-- A screen that asked to be paired, and one that is. Of its secret only a hash is kept. The
-- code stands until the screen is paired, so each leads to one screen.
CREATE TABLE screens (
  id BIGINT NOT NULL,
  contest_id BIGINT NOT NULL,
  code VARCHAR(8),
  secret_hash VARCHAR(64) NOT NULL,
  asked_at BIGINT NOT NULL,
  paired_by VARCHAR(64) NOT NULL,
  paired_at BIGINT NOT NULL,
  paired_until BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (contest_id, code)
);
