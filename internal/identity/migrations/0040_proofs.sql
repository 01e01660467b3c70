-- What proves a person, within one contest: a phone, an openid, an account elsewhere,
-- what staff have seen. subject is a keyed hash of it, bound to the contest; each
-- subject belongs to one player, so a person counts once. A player may have several,
-- also of one kind: an earlier phone goes on counting. sealed holds the value where
-- it is needed later (an openid for payouts, a phone to be shown masked).
CREATE TABLE proofs (
  contest_id BIGINT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  subject VARCHAR(32) NOT NULL,
  player_id BIGINT NOT NULL,
  sealed VARCHAR(400) NOT NULL,
  proved_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, kind, subject)
);

CREATE INDEX proofs_player ON proofs (contest_id, player_id, proved_at);

-- The kinds that the player proved in the contest, parted by blanks.
ALTER TABLE enrolments ADD COLUMN proofs VARCHAR(64) NOT NULL DEFAULT '';

-- Players who count nowhere because the same person counts as another one (kept_id):
-- what they played stays stored.
CREATE TABLE set_aside (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  kept_id BIGINT NOT NULL,
  aside_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id),
  CHECK (player_id <> kept_id)
);
