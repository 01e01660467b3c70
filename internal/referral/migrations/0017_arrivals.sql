-- How a player came to a contest: by a channel, by another player, or both. A row
-- exists once for a player of a contest, so nobody is invited twice. state is of
-- the invitation: '' where there is none, waiting, counted or refused.
--
-- counted_day and ordinal bound how many invitees of one inviter count in a day,
-- whatever races: the ordinal-th of a day exists once. Before it counts, a row
-- has day 0 and the invitee as ordinal.
--
-- device and network are keyed hashes, deleted with the contest's retention.
-- reached_at is when the invitee counted, by the contest's rules; changed_at when
-- that was written. tried_at and passed_at are of the first attempt finished and
-- passed, 0 before.
CREATE TABLE arrivals (
  contest_id BIGINT NOT NULL,
  player_id BIGINT NOT NULL,
  channel VARCHAR(16) NOT NULL,
  inviter_id BIGINT NOT NULL,
  state VARCHAR(16) NOT NULL,
  reason VARCHAR(16) NOT NULL,
  device VARCHAR(16) NOT NULL,
  network VARCHAR(16) NOT NULL,
  arrived_at BIGINT NOT NULL,
  reached_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  counted_day INT NOT NULL,
  ordinal BIGINT NOT NULL,
  tried_at BIGINT NOT NULL,
  passed_at BIGINT NOT NULL,
  PRIMARY KEY (contest_id, player_id),
  UNIQUE (contest_id, inviter_id, counted_day, ordinal)
);

CREATE INDEX arrivals_funnel ON arrivals (contest_id, channel, tried_at, passed_at);
CREATE INDEX arrivals_counted ON arrivals (contest_id, changed_at);
CREATE INDEX arrivals_device ON arrivals (contest_id, device, inviter_id);
CREATE INDEX arrivals_network ON arrivals (contest_id, network, inviter_id);
