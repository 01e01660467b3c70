-- Tables that other offices sent to be filled, and where figures stand in them: places is a
-- list in JSON, beside what the table itself says by {{name}}. revision lets one of two who
-- change it win.
CREATE TABLE report_forms (
  id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  name VARCHAR(200) NOT NULL,
  uploaded_at BIGINT NOT NULL,
  places MEDIUMTEXT NOT NULL,
  revision BIGINT NOT NULL,
  body MEDIUMBLOB NOT NULL,
  UNIQUE (contest_id, name)
);
