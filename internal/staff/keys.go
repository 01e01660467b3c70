package staff

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"strings"

	"anquanda/internal/seal"
)

// keys are what the secret of the installation is to this package: one key for sealing,
// one for hashing (HKDF, RFC 5869).
type keys struct {
	box     *seal.Box
	hashing []byte
}

func newKeys(key []byte) keys {
	derive := func(use string) []byte {
		derived, err := hkdf.Expand(sha256.New, key, "staff "+use, seal.KeyBytes)
		if err != nil {
			panic(err) // only a length over 255 hashes fails
		}
		return derived
	}
	box, err := seal.New(derive("sealing"))
	if err != nil {
		panic(err) // it has the right length
	}
	return keys{box, derive("hashing")}
}

// hash is a keyed hash of parts, for one use.
func (k keys) hash(use string, parts ...string) []byte {
	h := hmac.New(sha256.New, k.hashing)
	h.Write([]byte(use + "\x00" + strings.Join(parts, "\x00")))
	return h.Sum(nil)
}
