-- The secret that the slips of a frozen list are made with (its id): they are published,
-- and made alike for ever. Empty: the first secret of the installation.
ALTER TABLE drawings ADD COLUMN slip_key VARCHAR(16) NOT NULL DEFAULT '';
