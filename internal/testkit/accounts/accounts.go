// Package accounts makes staff for tests at little cost.
package accounts

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"

	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Hire puts an account into the store and the audit log, as staff.Service.Add does,
// but with a hash that costs next to nothing to make and to check, and with a password
// that need not be changed first.
func Hire(t testing.TB, db *sqldb.DB, login, name string, role staff.Role, password string) *staff.Member {
	t.Helper()
	ids, err := sqldb.NewIDs(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	m := &staff.Member{ID: ids.Next(), Login: login, Name: name, Role: role, CreatedAt: time.Now().UnixMilli()}
	err = db.InTx(t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(),
			`INSERT INTO staff (id, login, name, role_name, password, first_password, disabled, created_at)
			VALUES (?, ?, ?, ?, ?, 0, 0, ?)`, m.ID, m.Login, m.Name, m.Role, cheapHash(password), m.CreatedAt)
		if err != nil {
			return err
		}
		return staff.Record(t.Context(), tx, staff.Entry{Actor: staff.CommandLine, Action: "staff.add", Subject: login,
			Detail: map[string]any{"name": name, "role": role}})
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// cheapHash is the PHC string of a password with the least that argon2id takes.
func cheapHash(password string) string {
	salt := []byte(strings.Repeat("s", 16))
	key := argon2.IDKey([]byte(password), salt, 1, 8, 1, 32)
	return fmt.Sprintf("$argon2id$v=%d$m=8,t=1,p=1$%s$%s", argon2.Version,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}
