-- What people call a bank; its name stands in definitions. Empty: it is called by its name.
ALTER TABLE banks ADD COLUMN title VARCHAR(120) NOT NULL DEFAULT '';

UPDATE banks SET title = '安全知识题库' WHERE name = 'safety';
