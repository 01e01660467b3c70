-- What the installation remembers about itself; one row a name.
CREATE TABLE settings (
  name VARCHAR(64) NOT NULL PRIMARY KEY,
  text_value VARCHAR(500) NOT NULL,
  number_value BIGINT NOT NULL
);

-- How often a node was started: gives each start its own part of the ids.
INSERT INTO settings (name, text_value, number_value) VALUES ('node_starts', '', 0);
