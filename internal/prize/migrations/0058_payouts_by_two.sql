-- What one member of staff proposes about money and another decides: kind is batch
-- (bills are made), failed, again, copy (of a file), payee or results (of an operator's
-- file). Until it is decided, open_subject keeps anything else from being proposed
-- about the same thing; then it is NULL. What was approved, two persons did.
CREATE TABLE payout_acts (
  id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  kind VARCHAR(12) NOT NULL,
  subject VARCHAR(64) NOT NULL,
  open_subject VARCHAR(80),
  way VARCHAR(16) NOT NULL,
  bills INT NOT NULL,
  cents BIGINT NOT NULL,
  words VARCHAR(400) NOT NULL,
  body MEDIUMTEXT NOT NULL,
  state VARCHAR(12) NOT NULL,
  made_by BIGINT NOT NULL,
  made_name VARCHAR(64) NOT NULL,
  made_at BIGINT NOT NULL,
  decided_by BIGINT,
  decided_name VARCHAR(64) NOT NULL,
  decided_at BIGINT NOT NULL,
  note VARCHAR(400) NOT NULL,
  UNIQUE (contest_id, open_subject),
  CHECK (state <> 'approved' OR (decided_by IS NOT NULL AND decided_by <> made_by))
);

-- The files for an operator of phone credit, numbered within their contest: what each
-- held, by its SHA-256, and how often it went out. copies_left is how many more copies
-- two persons have agreed to.
CREATE TABLE payout_files (
  contest_id BIGINT NOT NULL,
  file_no INT NOT NULL,
  bills INT NOT NULL,
  cents BIGINT NOT NULL,
  sha256 CHAR(64) NOT NULL,
  made_by BIGINT NOT NULL,
  made_name VARCHAR(64) NOT NULL,
  made_at BIGINT NOT NULL,
  downloads INT NOT NULL,
  copies_left INT NOT NULL,
  PRIMARY KEY (contest_id, file_no)
);

-- act_id is the act that made the bill (0: it is from before); was is where its award
-- stood. payee is to whom it goes, sealed when the bill was made, and payee_seen what
-- the winner told since and two persons have judged; a bill that is held goes on to
-- held_from. file_no is the one file that it is in; 0: none.
ALTER TABLE payouts ADD COLUMN act_id BIGINT NOT NULL DEFAULT 0;

ALTER TABLE payouts ADD COLUMN was VARCHAR(16) NOT NULL DEFAULT 'claimed';

ALTER TABLE payouts ADD COLUMN payee VARCHAR(700) NOT NULL DEFAULT '';

ALTER TABLE payouts ADD COLUMN payee_tail VARCHAR(8) NOT NULL DEFAULT '';

ALTER TABLE payouts ADD COLUMN payee_seen VARCHAR(700) NOT NULL DEFAULT '';

ALTER TABLE payouts ADD COLUMN held_from VARCHAR(16) NOT NULL DEFAULT '';

ALTER TABLE payouts ADD COLUMN file_no INT NOT NULL DEFAULT 0;

CREATE INDEX payouts_file ON payouts (contest_id, file_no);

CREATE INDEX payouts_act ON payouts (act_id);

CREATE INDEX payouts_player ON payouts (contest_id, player_id);
