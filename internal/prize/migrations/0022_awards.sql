-- What players have won. unit_no is which unit of the prize's stock it is, from 1:
-- no unit is given twice, and none above the stock that the definition had then.
-- NULL: the unit went back to the stock. source_kind is pool, shop or drawing;
-- source_key names it in the definition; a drawing's award has source_id (the
-- drawing's id) and slip (its number in the list), a pool's the chance it used.
CREATE TABLE awards (
  id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  prize_key VARCHAR(32) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  tier VARCHAR(32) NOT NULL,
  unit_no INT,
  stock INT NOT NULL,
  source_kind VARCHAR(8) NOT NULL,
  source_key VARCHAR(32) NOT NULL,
  source_id BIGINT NOT NULL DEFAULT 0,
  slip BIGINT,
  chance_id BIGINT UNIQUE,
  status VARCHAR(16) NOT NULL,
  won_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  UNIQUE (contest_id, prize_key, unit_no),
  UNIQUE (source_id, slip),
  CHECK (unit_no >= 1 AND unit_no <= stock)
);

CREATE INDEX awards_player ON awards (contest_id, player_id);

-- How many units went out by which way, read without the rows themselves.
CREATE INDEX awards_out ON awards (contest_id, prize_key, source_kind, source_key, unit_no);

-- Who hands out prizes of a contest takes its turn first, so that nodes wait for
-- each other instead of meeting at the keys above. The keys hold without it.
CREATE TABLE prize_turns (
  contest_id BIGINT NOT NULL PRIMARY KEY,
  turns BIGINT NOT NULL
);
