-- A signature under the pledge of a contest. number runs from 1 without gaps:
-- pledge_counts is counted up in the transaction that inserts. parent is the
-- number of the signature by whose link the player came (0: none). Parents are
-- older, so following them always ends: the check holds it. credited tells that
-- play has recorded the deed.
CREATE TABLE signatures (
  contest_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  name VARCHAR(64) NOT NULL,
  masked SMALLINT NOT NULL,
  hidden SMALLINT NOT NULL,
  parent BIGINT NOT NULL,
  depth INT NOT NULL,
  signed_at BIGINT NOT NULL,
  credited SMALLINT NOT NULL,
  PRIMARY KEY (contest_id, number),
  UNIQUE (contest_id, player_id),
  CHECK (parent >= 0 AND parent < number),
  CHECK (depth >= 1 AND depth <= number)
);

-- The signatures whose deed is still to be recorded.
CREATE INDEX signatures_credited ON signatures (credited, signed_at);

-- How many signed in a contest: all, and those before the day of the last
-- signature. deepest is the longest relay and deepest_number who first reached
-- it. batches is counted up first in each transaction: the row is then locked,
-- and the next batch, of another node too, waits for its turn.
CREATE TABLE pledge_counts (
  contest_id BIGINT NOT NULL PRIMARY KEY,
  batches BIGINT NOT NULL,
  signed BIGINT NOT NULL,
  day INT NOT NULL,
  before_day BIGINT NOT NULL,
  deepest INT NOT NULL,
  deepest_number BIGINT NOT NULL,
  last_at BIGINT NOT NULL
);
