-- What was won by the shares of a confirmation: the prize of the pot as the definition of
-- that moment promised it. claim_within is how long it can be claimed, in ms (0: for ever).
CREATE TABLE live_pots (
  room_id BIGINT NOT NULL,
  confirmed INT NOT NULL,
  prize_key VARCHAR(64) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  title VARCHAR(255) NOT NULL,
  tier VARCHAR(64) NOT NULL,
  terms VARCHAR(1000) NOT NULL,
  stock INT NOT NULL,
  claim_within BIGINT NOT NULL,
  won_at BIGINT NOT NULL,
  PRIMARY KEY (room_id, confirmed)
);
