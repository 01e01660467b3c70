-- How much waited in a contest, by topic, when it was looked at last. What is more than
-- that is told once, by whichever node sees it first.
CREATE TABLE webhook_waits (
  contest_id BIGINT NOT NULL,
  topic VARCHAR(16) NOT NULL,
  waits INT NOT NULL,
  PRIMARY KEY (contest_id, topic)
);

-- Messages to the group robot. next_at is when the next try is due, UTC ms; whoever tries
-- puts it off first. sent_at is 0 until one has arrived; trouble is what the last try came
-- to, in words, and given_up that there is no further one.
CREATE TABLE webhook_messages (
  id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  body VARCHAR(1000) NOT NULL,
  made_at BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  tries INT NOT NULL,
  sent_at BIGINT NOT NULL,
  given_up SMALLINT NOT NULL,
  trouble VARCHAR(400) NOT NULL
);

CREATE INDEX webhook_messages_due ON webhook_messages (sent_at, given_up, next_at);
