-- Pictures of questions, by the hash of what they hold; a question names one.
CREATE TABLE bank_images (
  name VARCHAR(64) NOT NULL PRIMARY KEY,
  mime VARCHAR(32) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  created_at BIGINT NOT NULL
);
