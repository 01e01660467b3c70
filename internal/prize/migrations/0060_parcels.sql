-- By which parcel a prize went to its winner. A prize that is posted is handed out.
CREATE TABLE parcels (
  award_id BIGINT NOT NULL PRIMARY KEY,
  contest_id BIGINT NOT NULL,
  courier VARCHAR(64) NOT NULL,
  parcel_no VARCHAR(64) NOT NULL,
  staff_id BIGINT NOT NULL,
  staff_name VARCHAR(64) NOT NULL,
  sent_at BIGINT NOT NULL
);

CREATE INDEX parcels_contest ON parcels (contest_id);
