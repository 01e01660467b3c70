-- The code that a player shows at a booth to be confirmed as a person: one live code a
-- player, kept hashed. proof is the confirmation that it led to, 0 before.
CREATE TABLE booth_codes (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  code VARCHAR(32) NOT NULL,
  proof BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id)
);

CREATE UNIQUE INDEX booth_codes_code ON booth_codes (contest_id, code);

-- Codes that a member of staff looked for and did not find, since begun_at; staff_id 0
-- counts those of everybody.
CREATE TABLE booth_tries (
  contest_id BIGINT NOT NULL,
  staff_id BIGINT NOT NULL,
  begun_at BIGINT NOT NULL,
  tries INT NOT NULL,
  PRIMARY KEY (contest_id, staff_id)
);

-- Who was confirmed at a booth, by whom, and who took it back. subject is the keyed
-- hash of the identity, as in proofs.
CREATE TABLE booth_proofs (
  id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  subject VARCHAR(32) NOT NULL,
  staff_id BIGINT NOT NULL,
  staff_name VARCHAR(64) NOT NULL,
  note VARCHAR(400) NOT NULL,
  proved_at BIGINT NOT NULL,
  undone_at BIGINT NOT NULL,
  undone_name VARCHAR(64) NOT NULL,
  reason VARCHAR(400) NOT NULL
);

CREATE INDEX booth_proofs_contest ON booth_proofs (contest_id, proved_at);
