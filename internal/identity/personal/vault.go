package personal

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/seal"
	"anquanda/internal/sqldb"
)

// Vault seals personal values (package seal). Contest, player and field are
// authenticated with the value, so that a sealed value which is moved to another
// row does not open. It is safe for concurrent use.
//
// A sealed value is the id of its key, a dot, and nonce and ciphertext in
// base64url. A new key seals what comes; earlier ones go on opening what they
// sealed. The key of the hashes has to stay the same, or equal values would no
// longer be found.
type Vault struct {
	newest  string // id of the key that seals
	opening map[string]*seal.Box
	hashKey []byte
}

// NewVault returns a vault that seals with key and opens also what earlier keys
// sealed; hashKey finds equal values. Each is 32 bytes.
func NewVault(key, hashKey []byte, earlier ...[]byte) (*Vault, error) {
	v := &Vault{newest: keyID(key), opening: map[string]*seal.Box{}, hashKey: hashKey}
	for _, each := range append(earlier, key) {
		if len(each) != 32 {
			return nil, errors.New("the key of personal data must be 32 bytes")
		}
		box, err := seal.New(derive(each, "seal"))
		if err != nil {
			return nil, err
		}
		v.opening[keyID(each)] = box
	}
	return v, nil
}

// derive makes a key for one use (HKDF, RFC 5869): sealing and hashing share none.
func derive(key []byte, use string) []byte {
	derived, err := hkdf.Expand(sha256.New, key, use, 32)
	if err != nil {
		panic(err) // only a length over 255 hashes fails
	}
	return derived
}

// keyID names a key without telling anything of it.
func keyID(key []byte) string { return hex.EncodeToString(derive(key, "id")[:4]) }

// place is the row that a value belongs to.
type place struct {
	contest, player sqldb.ID
	field           string
}

// bound is the associated data: the numbers have a fixed width, so that no two
// places read alike.
func (p place) bound() []byte {
	data := binary.BigEndian.AppendUint64(nil, uint64(p.contest))
	data = binary.BigEndian.AppendUint64(data, uint64(p.player))
	return append(data, p.field...)
}

// seal encrypts a value for its place.
func (v *Vault) seal(at place, value string) string {
	return v.newest + "." + base64.RawURLEncoding.EncodeToString(v.opening[v.newest].Seal([]byte(value), at.bound()))
}

var errSealed = errors.New("a sealed personal value does not open")

// open decrypts the value of a place. The error tells nothing of the value.
func (v *Vault) open(at place, sealed string) (string, error) {
	id, text, _ := strings.Cut(sealed, ".")
	box := v.opening[id]
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if box == nil || err != nil {
		return "", errSealed
	}
	value, err := box.Open(raw, at.bound())
	if err != nil {
		return "", errSealed
	}
	return string(value), nil
}

// SealFor seals a value about a player that is no field: what says which.
func (v *Vault) SealFor(contestID, player sqldb.ID, what, value string) string {
	return v.seal(place{contestID, player, what}, value)
}

// OpenFor opens what SealFor sealed. The error tells nothing of the value.
func (v *Vault) OpenFor(contestID, player sqldb.ID, what, sealed string) (string, error) {
	return v.open(place{contestID, player, what}, sealed)
}

// HashOf is a keyed hash (16 bytes, hex) of a value that is no field, bound to the
// contest and to what it is.
func (v *Vault) HashOf(contestID sqldb.ID, what, value string) string {
	mac := hmac.New(sha256.New, v.hashKey)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(contestID)))
	mac.Write([]byte(what + "\x00" + value))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// hash is a keyed hash of a value (HMAC-SHA-256, 16 bytes of it): equal phones,
// addresses and identity cards of a contest have equal ones. Without the key
// nobody can go through all phone numbers to find one. It is empty for kinds that
// nothing is counted by.
func (v *Vault) hash(contestID sqldb.ID, kind contest.FieldKind, value string) string {
	switch kind {
	case contest.FieldPhone, contest.FieldID:
	case contest.FieldAddress:
		value = foldAddress(value)
	default:
		return ""
	}
	mac := hmac.New(sha256.New, v.hashKey)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(contestID)))
	mac.Write([]byte(string(kind) + "\x00" + value))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}
