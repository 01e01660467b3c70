-- When the real name on a certificate was corrected (UTC ms); 0: never. It can be once.
ALTER TABLE certificates ADD COLUMN corrected_at BIGINT NOT NULL DEFAULT 0;
