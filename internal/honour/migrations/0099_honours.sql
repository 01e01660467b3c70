-- What units are awarded when a contest is over. An honour is decided once: the row of
-- honourings is the only one of its key, so of two presses or nodes one decides.
-- published_at is 0 until everybody may see who was awarded.
CREATE TABLE honourings (
  contest_id BIGINT NOT NULL,
  honour_key VARCHAR(64) NOT NULL,
  decided_at BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, honour_key)
);
-- A unit with what it was awarded, as it stood then: no later version of the definition, no
-- other name of the unit and no recount reaches it. place is shared by units that ranked
-- equal. points are what the board ranked by. number stands on the certificate.
CREATE TABLE honours (
  contest_id BIGINT NOT NULL,
  honour_key VARCHAR(64) NOT NULL,
  unit_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  place INT NOT NULL,
  class_title VARCHAR(255) NOT NULL,
  title VARCHAR(255) NOT NULL,
  contest_title VARCHAR(255) NOT NULL,
  organizer VARCHAR(255) NOT NULL,
  body VARCHAR(1000) NOT NULL,
  unit_name VARCHAR(255) NOT NULL,
  points BIGINT NOT NULL,
  players BIGINT NOT NULL,
  decided_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, honour_key, unit_id),
  UNIQUE (number)
);
