-- A certificate may bear the real name: name_field is the field of the definition that asks
-- for it, empty where the nickname stands on it (name). sealed_name is a copy of what the
-- player told there, sealed (Vault); named_at is when it was printed (UTC ms), 0 while the
-- player has not told it. Once it is printed it never changes; empty then, it was deleted.
ALTER TABLE certificates ADD COLUMN name_field VARCHAR(32) NOT NULL DEFAULT '';
ALTER TABLE certificates ADD COLUMN sealed_name VARCHAR(1000) NOT NULL DEFAULT '';
ALTER TABLE certificates ADD COLUMN named_at BIGINT NOT NULL DEFAULT 0;
