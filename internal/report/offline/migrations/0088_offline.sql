-- What units fill in of what happened off line. A plan says what is asked, as a list in
-- JSON, and of units down to which depth; revision lets one of two who change it win.
CREATE TABLE offline_plans (
  contest_id BIGINT NOT NULL PRIMARY KEY,
  depth SMALLINT NOT NULL,
  items TEXT NOT NULL,
  weekly SMALLINT NOT NULL,
  first_due BIGINT NOT NULL,
  last_due BIGINT NOT NULL,
  revision BIGINT NOT NULL
);

-- The periods of a contest, by the moment at which they are due; each begins where the one
-- before it ends.
CREATE TABLE offline_periods (
  contest_id BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, due_at)
);

-- The link of each unit: its token is made of the key key_id, the unit and generation, and
-- only its hash is kept.
CREATE TABLE offline_links (
  contest_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  generation INT NOT NULL,
  key_id VARCHAR(64) NOT NULL,
  token_hash CHAR(64) NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, unit_id),
  UNIQUE (token_hash)
);

-- What a unit reported for a period, from revision 1; the highest holds. figures and
-- pictures are lists in JSON.
CREATE TABLE offline_reports (
  contest_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  revision INT NOT NULL,
  figures TEXT NOT NULL,
  note VARCHAR(1000) NOT NULL,
  pictures TEXT NOT NULL,
  reported_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, unit_id, due_at, revision)
);

-- Pictures as they are kept: encoded anew, without what the camera wrote into them.
CREATE TABLE offline_pictures (
  id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  body MEDIUMBLOB NOT NULL
);
CREATE INDEX offline_pictures_of ON offline_pictures (contest_id, unit_id, due_at);

-- Figures as they stood at a moment, never changed: those of a period at = due_at, others
-- when somebody asked. figures is JSON.
CREATE TABLE offline_snapshots (
  contest_id BIGINT NOT NULL,
  taken_for BIGINT NOT NULL,
  taken_at BIGINT NOT NULL,
  taken_by VARCHAR(64) NOT NULL,
  figures MEDIUMTEXT NOT NULL,
  PRIMARY KEY (contest_id, taken_for)
);
