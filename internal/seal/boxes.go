package seal

import (
	"bytes"

	"anquanda/internal/keyring"
)

// Boxes seal with the newest of several keys and open with all of them. They are safe for
// concurrent use.
type Boxes struct{ made *keyring.Made[*Box] }

// NewBoxes returns the boxes of keys.
func NewBoxes(keys *keyring.Keys) *Boxes { return BoxesOf(keys, "") }

// BoxesOf returns the boxes of a part of the use of keys.
func BoxesOf(keys *keyring.Keys, part string) *Boxes {
	return &Boxes{keyring.Make(keys, func(key keyring.Key) *Box {
		bytes := key.Bytes
		if part != "" {
			bytes = key.Of(part)
		}
		box, err := New(bytes)
		if err != nil {
			panic(err) // it has the right length
		}
		return box
	})}
}

// Seal is Box.Seal with the newest key.
func (b *Boxes) Seal(value, place []byte) []byte { return b.made.Newest().Seal(value, place) }

// Open is Box.Open with whichever key sealed the value; sealed stays as it is. Errors:
// ErrSealed.
func (b *Boxes) Open(sealed, place []byte) ([]byte, error) {
	for _, box := range b.made.All() {
		if value, err := box.Open(bytes.Clone(sealed), place); err == nil {
			return value, nil
		}
	}
	return nil, ErrSealed
}

// Again seals a value with the newest key that an earlier one sealed; it is nil where the
// newest did. Errors: ErrSealed.
func (b *Boxes) Again(sealed, place []byte) ([]byte, error) {
	newest := b.made.Newest()
	if _, err := newest.Open(bytes.Clone(sealed), place); err == nil {
		return nil, nil
	}
	value, err := b.Open(sealed, place)
	if err != nil {
		return nil, err
	}
	return newest.Seal(value, place), nil
}
