-- large: the player plays in large type, and has the time for it. It stays what it
-- was when the attempt began.
ALTER TABLE attempts ADD COLUMN large SMALLINT NOT NULL DEFAULT 0;

-- waits: after this response the next question waited until it was asked for, so its
-- clock did not begin with this response.
ALTER TABLE responses ADD COLUMN waits SMALLINT NOT NULL DEFAULT 0;
