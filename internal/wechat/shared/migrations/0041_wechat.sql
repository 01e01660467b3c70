-- Tokens of the account, one for all nodes: its access token and the ticket of the
-- JS-SDK, sealed. version counts who took it in hand to make it anew, which until
-- leased_until is one node alone; paused is 1 where that one failed, and nobody tries
-- until then.
CREATE TABLE wechat_tokens (
  name VARCHAR(80) NOT NULL PRIMARY KEY,
  sealed VARCHAR(2000) NOT NULL,
  good_until BIGINT NOT NULL,
  leased_until BIGINT NOT NULL,
  paused INT NOT NULL,
  version INT NOT NULL
);

-- What WeChat said of each code, by a hash of it: a code can be asked once, and may
-- come twice, to any node. turn counts who asks: the row is the right to, for some
-- seconds. done_at is 0 until sealed holds what WeChat said. Rows last some minutes.
CREATE TABLE wechat_codes (
  code_hash VARCHAR(64) NOT NULL PRIMARY KEY,
  turn INT NOT NULL,
  asked_at BIGINT NOT NULL,
  done_at BIGINT NOT NULL,
  sealed VARCHAR(2000) NOT NULL
);

CREATE INDEX wechat_codes_age ON wechat_codes (asked_at);
