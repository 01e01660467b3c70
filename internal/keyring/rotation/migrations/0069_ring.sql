-- The secrets of the key ring, by their ids. writes_from (UTC ms) is from when all nodes
-- write by it, 0 while it waits for every node to know it. The newest of those whose time
-- has come is the one to write by.
CREATE TABLE ring_keys (
  id VARCHAR(16) NOT NULL PRIMARY KEY,
  known_at BIGINT NOT NULL,
  writes_from BIGINT NOT NULL
);

-- The nodes that run, and which secrets each holds (ids, parted by blanks). problem is
-- why it could not read them anew, empty where it could.
CREATE TABLE ring_nodes (
  node VARCHAR(32) NOT NULL PRIMARY KEY,
  host VARCHAR(100) NOT NULL,
  secrets VARCHAR(300) NOT NULL,
  problem VARCHAR(300) NOT NULL,
  seen_at BIGINT NOT NULL
);

-- Whose row is written first by transactions that must follow each other over all nodes.
CREATE TABLE ring_turns (
  name VARCHAR(16) NOT NULL PRIMARY KEY,
  taken BIGINT NOT NULL
);

INSERT INTO ring_turns (name, taken) VALUES ('unique', 0);

-- How far the sealing anew with a secret has come, by what is sealed: reached is where to go
-- on, looked_at and resealed count rows, and lease_until (UTC ms) keeps the other nodes away.
CREATE TABLE ring_reseals (
  secret VARCHAR(16) NOT NULL,
  what VARCHAR(32) NOT NULL,
  reached VARCHAR(200) NOT NULL,
  looked_at BIGINT NOT NULL,
  resealed BIGINT NOT NULL,
  done_at BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  PRIMARY KEY (secret, what)
);
