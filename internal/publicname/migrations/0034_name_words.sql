-- Words of an organizer, beside those that ship with the program: what a public name
-- may not hold, or (allowed) may hold again. folded is the form that is compared.
CREATE TABLE name_words (
  folded VARCHAR(64) NOT NULL PRIMARY KEY,
  word VARCHAR(64) NOT NULL,
  allowed SMALLINT NOT NULL,
  added_by VARCHAR(64) NOT NULL,
  added_at BIGINT NOT NULL
);

-- Under which list all names were judged last: its digest, in the one row.
CREATE TABLE name_list (
  id INT NOT NULL PRIMARY KEY,
  digest VARCHAR(64) NOT NULL
);

INSERT INTO name_list (id, digest) VALUES (1, '');
