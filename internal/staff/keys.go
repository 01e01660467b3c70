package staff

import (
	"crypto/hmac"
	"crypto/sha256"
	"strings"

	"anquanda/internal/keyring"
	"anquanda/internal/seal"
)

// keys are what the secrets of the installation are to this package: keys for sealing,
// and for hashing.
type keys struct {
	boxes   *seal.Boxes
	hashing *keyring.Made[[]byte]
}

func newKeys(of *keyring.Keys) keys {
	return keys{seal.BoxesOf(of, "staff sealing"), of.Part("staff hashing")}
}

// hash is a keyed hash of parts, for one use, by the newest key.
func (k keys) hash(use string, parts ...string) []byte {
	return hash(k.hashing.Newest(), use, parts...)
}

// hashes are what hash gave and gives: one for each key, the newest first.
func (k keys) hashes(use string, parts ...string) (all [][]byte) {
	for _, key := range k.hashing.All() {
		all = append(all, hash(key, use, parts...))
	}
	return all
}

func hash(key []byte, use string, parts ...string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(use + "\x00" + strings.Join(parts, "\x00")))
	return h.Sum(nil)
}
