-- A live room. plan is what it was made with and never changes; state is where it
-- stands (room.State). Each step raises seq by one and is written only over the seq
-- that it was made from. epoch is the fencing token of the node that takes the steps of
-- time: a node that takes the lease over raises it, and the old one's steps match no row.
-- code is how people join; it is free again when the room is over. starts_at is set in a
-- room that was made by itself, for the time that the definition says (UTC ms): the key
-- lets two nodes make it once.
CREATE TABLE live_rooms (
  room_id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  plan_key VARCHAR(32) NOT NULL,
  code VARCHAR(6),
  rehearsal SMALLINT NOT NULL,
  running SMALLINT NOT NULL,
  seq BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  owner BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  starts_at BIGINT,
  plan MEDIUMTEXT NOT NULL,
  state MEDIUMTEXT NOT NULL,
  UNIQUE (code),
  UNIQUE (contest_id, plan_key, starts_at)
);

CREATE INDEX live_rooms_running ON live_rooms (running, seq);
CREATE INDEX live_rooms_contest ON live_rooms (contest_id, made_at);

-- What is taken in a round; round 0 is joining. taken counts the members that answered,
-- or joined: it is raised in the transaction that inserts, so members are numbered
-- without gaps. The row is locked first by each batch of answers and by the step that
-- shuts it, so nothing is stored after the close.
CREATE TABLE live_gates (
  room_id BIGINT NOT NULL,
  round INT NOT NULL,
  shut SMALLINT NOT NULL,
  batches BIGINT NOT NULL,
  taken BIGINT NOT NULL,
  PRIMARY KEY (room_id, round)
);

CREATE TABLE live_members (
  room_id BIGINT NOT NULL,
  member INT NOT NULL,
  player_id BIGINT NOT NULL,
  team VARCHAR(32) NOT NULL,
  network VARCHAR(64) NOT NULL,
  robot SMALLINT NOT NULL,
  removed SMALLINT NOT NULL,
  hidden SMALLINT NOT NULL,
  since_round INT NOT NULL,
  joined_at BIGINT NOT NULL,
  PRIMARY KEY (room_id, member),
  UNIQUE (room_id, player_id)
);

-- Each change of an answer is a revision; the last one before the close counts.
CREATE TABLE live_answers (
  room_id BIGINT NOT NULL,
  round INT NOT NULL,
  member INT NOT NULL,
  revision INT NOT NULL,
  choice VARCHAR(1100) NOT NULL,
  used_ms INT NOT NULL,
  answered_at BIGINT NOT NULL,
  PRIMARY KEY (room_id, round, member, revision)
);

-- A card that brought a member back after a round.
CREATE TABLE live_returns (
  room_id BIGINT NOT NULL,
  member INT NOT NULL,
  nth INT NOT NULL,
  after_round INT NOT NULL,
  played_at BIGINT NOT NULL,
  PRIMARY KEY (room_id, member, nth)
);

-- The steps of a room, for the host to see what happened.
CREATE TABLE live_steps (
  room_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  taken_at BIGINT NOT NULL,
  step VARCHAR(16) NOT NULL,
  detail VARCHAR(200) NOT NULL,
  staff_id BIGINT NOT NULL,
  staff_name VARCHAR(64) NOT NULL,
  PRIMARY KEY (room_id, seq)
);

-- What each node sees of a room, told each second; host_at is when the host was last at
-- the desk by that node.
CREATE TABLE live_nodes (
  room_id BIGINT NOT NULL,
  node BIGINT NOT NULL,
  connected INT NOT NULL,
  held INT NOT NULL,
  round INT NOT NULL,
  host_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (room_id, node)
);
