-- Units that meet in a round (contest.Pairing). A row says since when it is fixed who meets
-- whom: whichever node was first. decided_at is 0 until it is decided who won, which the
-- first node to set it does.
CREATE TABLE pairings (
  contest_id BIGINT NOT NULL,
  pairing_key VARCHAR(32) NOT NULL,
  paired_at BIGINT NOT NULL,
  decided_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, pairing_key)
);

-- Who meets whom, by place from 1. second_id is 0 where nobody is there to meet; the names,
-- and what each had on the board, are of the moment of the decision. winner_id is 0 before
-- it, and where nobody went on; corrected_at is 0 unless staff changed it afterwards.
CREATE TABLE unit_pairs (
  contest_id BIGINT NOT NULL,
  pairing_key VARCHAR(32) NOT NULL,
  place INT NOT NULL,
  first_id BIGINT NOT NULL,
  second_id BIGINT NOT NULL,
  first_name VARCHAR(255) NOT NULL,
  second_name VARCHAR(255) NOT NULL,
  first_points BIGINT NOT NULL,
  second_points BIGINT NOT NULL,
  first_players BIGINT NOT NULL,
  second_players BIGINT NOT NULL,
  winner_id BIGINT NOT NULL,
  corrected_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, pairing_key, place),
  UNIQUE (contest_id, pairing_key, first_id)
);
