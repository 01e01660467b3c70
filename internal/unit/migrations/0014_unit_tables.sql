-- aliases are a JSON list of other names by which a unit is found. gone_at is when
-- a table no longer named the unit: results may point to it, so the row stays.
ALTER TABLE units ADD COLUMN aliases VARCHAR(4000) NOT NULL DEFAULT '[]';
ALTER TABLE units ADD COLUMN gone_at BIGINT NOT NULL DEFAULT 0;

-- version grows with each change of a contest's tree, so that two staff cannot
-- both build on the same one, and nodes know when to read it anew. defined is the
-- hash of the definition's units that the tree followed last.
CREATE TABLE unit_trees (
  contest_id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  defined VARCHAR(64) NOT NULL
);
