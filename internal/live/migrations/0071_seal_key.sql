-- The secret that a room's questions are sealed with until they open (its id): one node
-- gives out what another has sealed. Empty: the first secret of the installation.
ALTER TABLE live_rooms ADD COLUMN seal_key VARCHAR(16) NOT NULL DEFAULT '';
