// Package seal encrypts small values that the store or a phone holds for us:
// AES-256-GCM under a random nonce. A sealed value is nonce and ciphertext with
// its tag; how it stands as text is up to the capability that stores it.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"errors"
	"fmt"
)

// KeyBytes is the length of a key, Overhead how many bytes a sealed value is
// longer than the plain one (nonce and tag).
const (
	KeyBytes = 32
	Overhead = 12 + 16
)

// ErrSealed is returned for what this box did not seal, or sealed for another
// place. It tells nothing of the value.
var ErrSealed = errors.New("a sealed value does not open")

// Box seals with one key. It is safe for concurrent use.
//
// Random nonces of 96 bits serve 2³² values a key at a chance of 2⁻³² that two are
// the same (NIST SP 800-38D, 8.3): more than there are people in a contest, and
// than the 850 million answers of the national one.
type Box struct{ aead cipher.AEAD }

// New returns the box of a key of KeyBytes.
func New(key []byte) (*Box, error) {
	if len(key) != KeyBytes {
		return nil, fmt.Errorf("a key has %d bytes, not %d", len(key), KeyBytes)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, err
	}
	return &Box{aead: aead}, nil
}

// Seal encrypts value. It opens only with the same place, which is authenticated
// but not stored: name in it the row that the value belongs to, so that one moved
// to another row does not open. A place may be nil.
func (b *Box) Seal(value, place []byte) []byte {
	return b.aead.Seal(nil, nil, value, place)
}

// Open decrypts what Seal made for the place, in the memory of sealed. Errors:
// ErrSealed.
func (b *Box) Open(sealed, place []byte) ([]byte, error) {
	value, err := b.aead.Open(sealed[:0], nil, sealed, place)
	if err != nil {
		return nil, ErrSealed
	}
	return value, nil
}
