-- Points that players spent in the shop. ordinal counts a player's spends, so two
-- at once cannot both be the next; spent_before and earned are what the balance
-- was made of then, and what is spent never comes to more than was earned.
CREATE TABLE spends (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  ordinal INT NOT NULL,
  request_key VARCHAR(64) NOT NULL,
  award_id BIGINT NOT NULL UNIQUE,
  amount INT NOT NULL,
  spent_before INT NOT NULL,
  earned INT NOT NULL,
  spent_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id, ordinal),
  UNIQUE (contest_id, player_id, request_key),
  CHECK (amount > 0 AND spent_before >= 0 AND spent_before + amount <= earned)
);
