package personal

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/keyring"
	"anquanda/internal/keyring/rotation"
	"anquanda/internal/seal"
	"anquanda/internal/sqldb"
)

// Vault seals personal values (package seal). Contest, player and field are
// authenticated with the value, so that a sealed value which is moved to another
// row does not open. It is safe for concurrent use.
//
// A sealed value is the id of its key, a dot, and nonce and ciphertext in
// base64url. A new key seals what comes; earlier ones go on opening what they
// sealed. What was hashed with an earlier key is found by Marks.
type Vault struct {
	boxes  *keyring.Made[box]
	hashes *keyring.Keys
}

// box seals with one key.
type box struct {
	*seal.Box
	id string // names the key without telling anything of it
}

// NewVault returns a vault that seals with keys and finds equal values by hashes.
func NewVault(keys, hashes *keyring.Keys) *Vault {
	return &Vault{hashes: hashes, boxes: keyring.Make(keys, func(key keyring.Key) box {
		sealing, err := seal.New(key.Of("seal"))
		if err != nil {
			panic(err) // it has the right length
		}
		return box{sealing, hex.EncodeToString(key.Of("id")[:4])}
	})}
}

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
	newest := v.boxes.Newest()
	return newest.id + "." + base64.RawURLEncoding.EncodeToString(newest.Seal([]byte(value), at.bound()))
}

var errSealed = errors.New("a sealed personal value does not open")

// open decrypts the value of a place. The error tells nothing of the value.
func (v *Vault) open(at place, sealed string) (string, error) {
	id, text, _ := strings.Cut(sealed, ".")
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil {
		return "", errSealed
	}
	for _, box := range v.boxes.All() {
		if box.id != id {
			continue
		}
		value, err := box.Open(raw, at.bound())
		if err != nil {
			return "", errSealed
		}
		return string(value), nil
	}
	return "", errSealed
}

// again seals with the newest key what an earlier one sealed; it is empty where the newest
// did.
func (v *Vault) again(at place, sealed string) (string, error) {
	if id, _, _ := strings.Cut(sealed, "."); id == v.boxes.Newest().id {
		return "", nil
	}
	value, err := v.open(at, sealed)
	if err != nil {
		return "", err
	}
	return v.seal(at, value), nil
}

// AgainFor is again for what SealFor sealed; an empty text stays empty.
func (v *Vault) AgainFor(contestID, player sqldb.ID, what, sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	return v.again(place{contestID, player, what}, sealed)
}

// SealFor seals a value about a player that is no field: what says which.
func (v *Vault) SealFor(contestID, player sqldb.ID, what, value string) string {
	return v.seal(place{contestID, player, what}, value)
}

// OpenFor opens what SealFor sealed. The error tells nothing of the value.
func (v *Vault) OpenFor(contestID, player sqldb.ID, what, sealed string) (string, error) {
	return v.open(place{contestID, player, what}, sealed)
}

// HashesOf are the keyed hashes (16 bytes, hex) of a value that is no field, bound to the
// contest and to what it is: one for each key, the newest first. A value may be stored by
// any of them; Known chooses.
func (v *Vault) HashesOf(contestID sqldb.ID, what, value string) []string {
	keys := v.hashes.All()
	hashes := make([]string, len(keys))
	for i, key := range keys {
		mac := hmac.New(sha256.New, key.Bytes)
		mac.Write(binary.BigEndian.AppendUint64(nil, uint64(contestID)))
		mac.Write([]byte(what + "\x00" + value))
		hashes[i] = hex.EncodeToString(mac.Sum(nil)[:16])
	}
	return hashes
}

// hashesOf are the keyed hashes of a field's value (HMAC-SHA-256, 16 bytes of it), as
// HashesOf: equal phones, addresses and identity cards of a contest have equal ones,
// and equal choices (chosen) of one field.
// Without the key nobody can go through all phone numbers to find one. There are none for
// kinds that nothing is counted by.
func (v *Vault) hashesOf(contestID sqldb.ID, kind contest.FieldKind, value string) []string {
	switch kind {
	case contest.FieldPhone, contest.FieldID, contest.FieldChoice:
	case contest.FieldAddress:
		value = foldAddress(value)
	default:
		return nil
	}
	return v.HashesOf(contestID, string(kind), value)
}

// TakeTurn makes who keeps what must be unique wait for who does the same on another node
// that may write by another key: at the moment of a rotation. Nothing was read before it.
func (v *Vault) TakeTurn(ctx context.Context, tx *sqldb.Tx) error {
	return rotation.TakeTurn(ctx, tx, v.hashes.Ring())
}
