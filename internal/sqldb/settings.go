package sqldb

import (
	"context"
	"database/sql"
	"errors"
)

// RememberOnce stores text under name if nothing is stored there, and returns
// what is stored after the call: two nodes that start at once agree.
func (db *DB) RememberOnce(ctx context.Context, name, text string) (string, error) {
	err := db.InTx(ctx, func(tx *Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO settings (name, text_value, number_value) VALUES (?, ?, 0)", name, text)
		return err
	})
	if err != nil && !IsDuplicate(err) {
		return "", err
	}
	return db.remembered(ctx, name)
}

func (db *DB) remembered(ctx context.Context, name string) (string, error) {
	var text string
	err := db.write.GetContext(ctx, &text, "SELECT text_value FROM settings WHERE name = ?", name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return text, err
}
