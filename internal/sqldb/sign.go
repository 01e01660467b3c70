package sqldb

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// SignWith sets the key of Sign, once, before the store is used by others.
func (db *DB) SignWith(key []byte) { db.signing = key }

// Signs tells whether there is a key.
func (db *DB) Signs() bool { return len(db.signing) > 0 }

// Sign is HMAC-SHA-256 over a text in hexadecimal, by which rows that nobody may alter
// are told from ones that somebody wrote who has the store but not the key. Without a
// key, in tests and tools, it is "".
func (db *DB) Sign(text string) string {
	if !db.Signs() {
		return ""
	}
	mac := hmac.New(sha256.New, db.signing)
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))
}

// Sign is DB.Sign, within a transaction.
func (tx *Tx) Sign(text string) string { return tx.db.Sign(text) }
