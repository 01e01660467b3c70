-- The codes of voucher prizes. The winner of unit number n gets code number n, so
-- what keeps a unit from being given twice keeps its code too. sealed holds the
-- code (AES-256-GCM, base64); code_hash is a keyed hash that finds it again.
CREATE TABLE voucher_codes (
  contest_id BIGINT NOT NULL,
  prize_key VARCHAR(32) NOT NULL,
  unit_no INT NOT NULL,
  code_hash CHAR(64) NOT NULL,
  sealed VARCHAR(512) NOT NULL,
  imported_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, prize_key, unit_no),
  UNIQUE (contest_id, prize_key, code_hash)
);
