-- Certificates of one grade exclude each other: grade_of is the grade while the certificate
-- stands, NULL once a better one has followed (replaced_at) or where it is of none, so that
-- the schema holds that one of a grade stands. score is printed on it; empty for none.
ALTER TABLE certificates ADD COLUMN score VARCHAR(16) NOT NULL DEFAULT '';
ALTER TABLE certificates ADD COLUMN grade_of VARCHAR(64);
ALTER TABLE certificates ADD COLUMN replaced_at BIGINT NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX certificates_grade ON certificates (contest_id, player_id, grade_of);
