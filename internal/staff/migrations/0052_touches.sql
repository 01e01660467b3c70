-- Who laid hands on whose account: made it, gave it a password or a role, took its
-- second factor away, let it in again. The newest of each kind; what holders do
-- with their own account is not kept. touched_by 0 is the command line.
CREATE TABLE staff_touches (
  account_id BIGINT NOT NULL,
  touched_by BIGINT NOT NULL,
  what VARCHAR(16) NOT NULL,
  touched_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, touched_by, what)
);

-- What the audit log tells of accounts that are there already.
INSERT INTO staff_touches (account_id, touched_by, what, touched_at)
SELECT s.id, a.staff_id, 'made', MAX(a.at) FROM staff s
JOIN audit_log a ON a.action_name = 'staff.add' AND a.subject = s.login
WHERE a.staff_id <> s.id GROUP BY s.id, a.staff_id;

INSERT INTO staff_touches (account_id, touched_by, what, touched_at)
SELECT s.id, a.staff_id, 'password', MAX(a.at) FROM staff s
JOIN audit_log a ON a.action_name = 'staff.password' AND a.subject = s.login
WHERE a.staff_id <> s.id GROUP BY s.id, a.staff_id;

INSERT INTO staff_touches (account_id, touched_by, what, touched_at)
SELECT s.id, a.staff_id, 'role', MAX(a.at) FROM staff s
JOIN audit_log a ON a.action_name = 'staff.change' AND a.subject = s.login
WHERE a.staff_id <> s.id GROUP BY s.id, a.staff_id;
