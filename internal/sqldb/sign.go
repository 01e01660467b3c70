package sqldb

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"anquanda/internal/keyring"
)

// SignWith sets the keys of Sign, once, before the store is used by others.
func (db *DB) SignWith(keys *keyring.Keys) { db.signing = keys }

// Signs tells whether there is a key.
func (db *DB) Signs() bool { return db.signing != nil }

// Sign is HMAC-SHA-256 over a text in hexadecimal, by which rows that nobody may alter
// are told from ones that somebody wrote who has the store but not the key. Without a
// key, in tests and tools, it is "".
func (db *DB) Sign(text string) string {
	if !db.Signs() {
		return ""
	}
	return hex.EncodeToString(signature(db.signing.Newest(), text))
}

// Signed reports whether Sign made a signature of the text, with this key (age 0) or one
// before it.
func (db *DB) Signed(text, by string) (age int, ok bool) {
	got, err := hex.DecodeString(by)
	if err != nil || !db.Signs() {
		return 0, false
	}
	age = slices.IndexFunc(db.signing.All(), func(key keyring.Key) bool { return hmac.Equal(got, signature(key, text)) })
	return age, age >= 0
}

func signature(key keyring.Key, text string) []byte {
	mac := hmac.New(sha256.New, key.Bytes)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// Sign is DB.Sign, within a transaction.
func (tx *Tx) Sign(text string) string { return tx.db.Sign(text) }
