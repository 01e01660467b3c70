-- What a drawing shares equally among all of its list, as it was promised when it was
-- planned (see drawing.Pot, as JSON); empty: it draws prizes.
ALTER TABLE drawings ADD COLUMN pot VARCHAR(2000) NOT NULL DEFAULT '';

-- What of a pot is given, in its cents or points; shares that were given up come back to
-- it. Whatever goes wrong, all shares together are never more than the pot.
CREATE TABLE drawing_pots (
  drawing_id BIGINT NOT NULL PRIMARY KEY,
  total INT NOT NULL,
  given INT NOT NULL,
  CHECK (given >= 0 AND given <= total)
);

-- Into which purse a prize of points goes; empty: the points.
ALTER TABLE awards ADD COLUMN purse VARCHAR(16) NOT NULL DEFAULT '';
