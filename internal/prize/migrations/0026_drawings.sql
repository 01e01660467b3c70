-- A public drawing on its way: planned, freezing, frozen, known, drawn, published,
-- or cancelled. What counts for it was done from counts_from up to counts_to; one
-- that is held again after it was cancelled has the next round_no. frozen_body and
-- drawn_body are the parts of the transcript; the seed is sealed until the draw.
-- Two different members of staff enter the source, and one that is known is not
-- cancelled any more.
CREATE TABLE drawings (
  id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  drawing_key VARCHAR(32) NOT NULL,
  counts_from BIGINT NOT NULL,
  counts_to BIGINT NOT NULL,
  round_no INT NOT NULL,
  title VARCHAR(200) NOT NULL,
  state VARCHAR(12) NOT NULL,
  algorithm VARCHAR(16) NOT NULL,
  sources TEXT NOT NULL,
  source_at BIGINT NOT NULL,
  prizes TEXT NOT NULL,
  reserves INT NOT NULL,
  planned_at BIGINT NOT NULL,
  frozen_at BIGINT NOT NULL DEFAULT 0,
  drawn_at BIGINT NOT NULL DEFAULT 0,
  published_at BIGINT NOT NULL DEFAULT 0,
  cancelled_at BIGINT NOT NULL DEFAULT 0,
  reason VARCHAR(400) NOT NULL DEFAULT '',
  freeze_run BIGINT NOT NULL DEFAULT 0,
  done BIGINT NOT NULL DEFAULT 0,
  total BIGINT NOT NULL DEFAULT 0,
  problem VARCHAR(400) NOT NULL DEFAULT '',
  entries INT NOT NULL DEFAULT 0,
  people INT NOT NULL DEFAULT 0,
  fingerprint VARCHAR(40) NOT NULL DEFAULT '',
  frozen_body MEDIUMTEXT,
  sealed_seed VARCHAR(200) NOT NULL DEFAULT '',
  first_by BIGINT,
  second_by BIGINT,
  source_values TEXT,
  drawn_body MEDIUMTEXT,
  seal VARCHAR(40) NOT NULL DEFAULT '',
  forfeits INT NOT NULL DEFAULT 0,
  changed_at BIGINT NOT NULL,
  UNIQUE (contest_id, drawing_key, counts_from, round_no),
  CHECK (second_by IS NULL OR second_by <> first_by),
  CHECK (state <> 'cancelled' OR first_by IS NULL),
  CHECK (source_values IS NULL OR (first_by IS NOT NULL AND second_by IS NOT NULL))
);

-- Who is on the list and how often. Slips are worked out from it with a key.
CREATE TABLE drawing_entrants (
  drawing_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  tickets INT NOT NULL,
  PRIMARY KEY (drawing_id, player_id)
);

-- The frozen list as the transcript holds it, in parts: lines of JSON texts.
CREATE TABLE drawing_lists (
  drawing_id BIGINT NOT NULL,
  part INT NOT NULL,
  entries MEDIUMTEXT NOT NULL,
  PRIMARY KEY (drawing_id, part)
);

-- The values of the source, by each member of staff who entered them.
CREATE TABLE drawing_values (
  drawing_id BIGINT NOT NULL,
  staff_id BIGINT NOT NULL,
  staff_name VARCHAR(64) NOT NULL,
  entered TEXT NOT NULL,
  entered_at BIGINT NOT NULL,
  PRIMARY KEY (drawing_id, staff_id)
);

-- Who was drawn. tier is the one held now, from 1; 0 while a reserve waits.
CREATE TABLE drawing_places (
  drawing_id BIGINT NOT NULL,
  place INT NOT NULL,
  tier INT NOT NULL,
  entry_no INT NOT NULL,
  player_id BIGINT NOT NULL,
  PRIMARY KEY (drawing_id, place),
  UNIQUE (drawing_id, entry_no)
);

CREATE TABLE drawing_forfeits (
  drawing_id BIGINT NOT NULL,
  ordinal INT NOT NULL,
  place INT NOT NULL,
  reason VARCHAR(400) NOT NULL,
  by_place INT NOT NULL,
  forfeited_at BIGINT NOT NULL,
  PRIMARY KEY (drawing_id, ordinal),
  UNIQUE (drawing_id, place)
);

-- Who may not be drawn in a contest, and why.
CREATE TABLE exclusions (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  reason VARCHAR(16) NOT NULL,
  note VARCHAR(400) NOT NULL,
  excluded_by VARCHAR(64) NOT NULL,
  excluded_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id)
);
