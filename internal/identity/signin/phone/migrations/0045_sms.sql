-- Each message that was asked for, by the id of the proof of work that was spent for it:
-- pressing twice sends once. phone is a keyed hash. state: sending, sent, unsure (the
-- provider gave no clear answer), failed (reason and the provider's code say why).
-- Rows go after two days.
CREATE TABLE sms_sends (
  id VARCHAR(24) NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  phone VARCHAR(32) NOT NULL,
  state VARCHAR(8) NOT NULL,
  reason VARCHAR(16) NOT NULL,
  code VARCHAR(64) NOT NULL,
  asked_at BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL
);

CREATE INDEX sms_sends_asked ON sms_sends (asked_at);

-- A phone that codes were sent to, by its keyed hash, in every contest: when (UTC ms,
-- parted by blanks, oldest first), and its one live code, as a keyed hash. used_by is
-- who used the code (a keyed hash), empty while nobody has. seq grows with each code.
CREATE TABLE sms_phones (
  phone VARCHAR(32) NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL,
  sent VARCHAR(400) NOT NULL,
  contest_id BIGINT NOT NULL,
  code VARCHAR(32) NOT NULL,
  tries BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  used_by VARCHAR(32) NOT NULL,
  consent VARCHAR(16) NOT NULL,
  asked_at BIGINT NOT NULL
);

CREATE INDEX sms_phones_asked ON sms_phones (asked_at);

-- How many messages were handed over: by the whole program ("budget"), a network or a
-- device (keyed hashes), in an hour (2026061610) or a day (20260616) of China.
CREATE TABLE sms_counts (
  subject VARCHAR(48) NOT NULL,
  period BIGINT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (subject, period)
);

-- Who agreed to be sent a code, and to which text.
CREATE TABLE sms_consents (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  version VARCHAR(16) NOT NULL,
  agreed_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id)
);
