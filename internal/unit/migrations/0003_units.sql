-- The tree of units of a contest. parent_id 0 is the top.
CREATE TABLE units (
  contest_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  parent_id BIGINT NOT NULL,
  code VARCHAR(32) NOT NULL,
  name VARCHAR(200) NOT NULL,
  headcount INT NOT NULL,
  position INT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (contest_id, code)
);
