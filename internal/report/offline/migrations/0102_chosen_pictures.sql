-- Whether a picture stands in the summary: 1, else 0.
ALTER TABLE offline_pictures ADD COLUMN chosen SMALLINT NOT NULL DEFAULT 0;
