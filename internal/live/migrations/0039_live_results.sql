-- What a confirmation of a room came to, one row a member, made-up and removed ones
-- left out. A row never changes but for credited: what it gives has been given (or
-- there was nothing to give), and for a share that could not be given, which is 0 then.
-- share is what this confirmation gives of the pot, in cents or points: all rows of a
-- room together never come to more than the pot.
CREATE TABLE live_results (
  room_id BIGINT NOT NULL,
  confirmed INT NOT NULL,
  member INT NOT NULL,
  player_id BIGINT NOT NULL,
  place INT NOT NULL,
  points INT NOT NULL,
  right_answers INT NOT NULL,
  remaining SMALLINT NOT NULL,
  share INT NOT NULL,
  credited SMALLINT NOT NULL,
  confirmed_at BIGINT NOT NULL,
  PRIMARY KEY (room_id, confirmed, member)
);

CREATE INDEX live_results_due ON live_results (credited, room_id, confirmed, member);
