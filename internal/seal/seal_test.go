package seal_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"testing"

	"anquanda/internal/seal"
)

func box(t *testing.T, key byte) *seal.Box {
	t.Helper()
	b, err := seal.New(bytes.Repeat([]byte{key}, seal.KeyBytes))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Databases hold values sealed with cipher.NewGCM and a nonce made by hand, put
// before the ciphertext; this is one of them.
func TestAValueSealedWithANonceMadeByHandOpens(t *testing.T) {
	stored, err := base64.StdEncoding.DecodeString("CP8lFlfmYc2DzYY1pZfsayEgRnT40FDe50j7irzNjBGQxphXfw==")
	if err != nil {
		t.Fatal(err)
	}
	value, err := box(t, 7).Open(stored, []byte("12 coupon 3"))
	if err != nil || string(value) != "ABCD-1234" {
		t.Errorf("it opens to %q, %v", value, err)
	}
}

func TestAValueOpensInItsPlaceOnlyAndIsNeverSealedAlike(t *testing.T) {
	b := box(t, 1)
	place := []byte("a row")
	one, two := b.Seal([]byte("a code"), place), b.Seal([]byte("a code"), place)
	if bytes.Equal(one, two) {
		t.Error("a value sealed twice looks the same")
	}
	if len(one) != len("a code")+seal.Overhead {
		t.Errorf("sealed it takes %d bytes", len(one))
	}
	changed := bytes.Clone(one)
	changed[len(changed)-1] ^= 1
	for name, open := range map[string]func() ([]byte, error){
		"another place": func() ([]byte, error) { return b.Open(bytes.Clone(one), []byte("another row")) },
		"no place":      func() ([]byte, error) { return b.Open(bytes.Clone(one), nil) },
		"another key":   func() ([]byte, error) { return box(t, 2).Open(bytes.Clone(one), place) },
		"one bit":       func() ([]byte, error) { return b.Open(changed, place) },
		"cut off":       func() ([]byte, error) { return b.Open(bytes.Clone(one[:seal.Overhead-1]), place) },
		"nothing":       func() ([]byte, error) { return b.Open(nil, place) },
	} {
		if value, err := open(); !errors.Is(err, seal.ErrSealed) {
			t.Errorf("%s: it opens to %q, %v", name, value, err)
		}
	}
	if value, err := b.Open(two, place); err != nil || string(value) != "a code" {
		t.Errorf("it opens to %q, %v", value, err)
	}
}

func TestAKeyHas32Bytes(t *testing.T) {
	for _, n := range []int{0, 16, 31, 33} {
		if _, err := seal.New(make([]byte, n)); err == nil {
			t.Errorf("a key of %d bytes is taken", n)
		}
	}
}
