-- A certificate that a player holds, as it stood when it was earned: no later version of
-- the definition reaches it. A player holds each once. number is printed on it. name is
-- empty where there was none to print, or it was withheld or deleted since.
CREATE TABLE certificates (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  cert_key VARCHAR(64) NOT NULL,
  number BIGINT NOT NULL,
  contest_title VARCHAR(255) NOT NULL,
  organizer VARCHAR(255) NOT NULL,
  title VARCHAR(255) NOT NULL,
  body VARCHAR(1000) NOT NULL,
  name VARCHAR(64) NOT NULL,
  unit_name VARCHAR(255) NOT NULL,
  earned_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id, cert_key),
  UNIQUE (number)
);
