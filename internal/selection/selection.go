// Package selection draws from a list so that anyone can check it afterwards.
//
// A drawing has two moments. Freeze fixes everything but chance: the entrants
// under salted ids, the Merkle root over them, the rules, the commitment to a
// secret seed, and the public source, still in the future, that will be added.
// All of it is published under a fingerprint that fits into one breath. Later the
// source becomes known, Draw mixes it with the seed, and the transcript holds
// what is needed to repeat every step: Verify does, and so does
// static/verify.html, which is an implementation of its own. README.md beside
// this file is the format and the formulas in full.
//
// Who drew cannot choose: the seed was committed to before the source existed.
// Who knows the source cannot choose: the seed is secret until then.
//
// The package reads no clock and no randomness and writes no file; all of that is
// handed in. It is safe for concurrent use as far as its values are not shared.
package selection

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Format names the transcript's schema; it is also the prefix of everything that
// is hashed, so that no hash of one kind can pass for one of another.
const Format = "anquanda-drawing/1"

// Algorithm is how chance becomes a selection.
type Algorithm string

// The algorithms. RFC3797 has no secret seed: whoever knows the source first
// knows the result, so its source must become public to all at once.
const (
	HMACSHA256 Algorithm = "hmac-sha256"
	RFC3797    Algorithm = "rfc3797"
)

// Progress is told how much of a long step is done; nil is allowed everywhere.
type Progress func(done, total int)

// progressEach is after how many entries a Progress is called.
const progressEach = 1 << 14

func (p Progress) at(done, total int) {
	if p != nil && (done%progressEach == 0 || done == total) {
		p(done, total)
	}
}

// labelled is SHA-256 over the format, a label, a line feed and the parts.
func labelled(label string, parts ...[]byte) (sum [32]byte) {
	h := sha256.New()
	h.Write([]byte(Format + " " + label + "\n"))
	for _, part := range parts {
		h.Write(part)
	}
	h.Sum(sum[:0])
	return sum
}

// mac is HMAC-SHA-256 (RFC 2104, FIPS 180-4).
func mac(key []byte, parts ...[]byte) (sum [32]byte) {
	h := hmac.New(sha256.New, key)
	for _, part := range parts {
		h.Write(part)
	}
	h.Sum(sum[:0])
	return sum
}

// crockford is Douglas Crockford's base 32: no I, L, O or U to misread or mishear.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Short is the first 160 bits of a hash as eight groups of four characters of
// Crockford's base 32, to be read aloud and photographed. To find another freeze
// with the same one takes 2^160 attempts; two of one's own making, 2^80.
func Short(sum [32]byte) string {
	var text strings.Builder
	for group := range 8 {
		if group > 0 {
			text.WriteByte('-')
		}
		// 20 bits a group: bits 20g to 20g+19 of the hash.
		from := group * 20
		bits := binary.BigEndian.Uint32(sum[from/8:]) << (from % 8) >> 12
		for shift := 15; shift >= 0; shift -= 5 {
			text.WriteByte(crockford[bits>>shift&31])
		}
	}
	return text.String()
}

// compact is the one JSON text of a value that is hashed: no spaces, keys in the
// order of the format, nothing escaped that JSON does not demand.
func compact(value any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err) // structs of strings and numbers always encode
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// maxText bounds names and reasons, in bytes.
const maxText = 400

// checkText refuses texts that two JSON writers might write differently, and
// texts that a reader could not tell apart.
func checkText(what, text string) error {
	switch {
	case text == "":
		return fmt.Errorf("%s is empty", what)
	case len(text) > maxText:
		return fmt.Errorf("%s is longer than %d bytes", what, maxText)
	case !utf8.ValidString(text):
		return fmt.Errorf("%s is not UTF-8", what)
	case strings.TrimSpace(text) != text:
		return fmt.Errorf("%s begins or ends with a blank", what)
	}
	for _, r := range text {
		if ' ' <= r && r <= '~' {
			continue // most are, and the tables below take their time
		}
		if unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Cf) || r == utf8.RuneError {
			return fmt.Errorf("%s holds the unprintable character %U", what, r)
		}
	}
	return nil
}

var errSeed = errors.New("the seed must be 32 bytes")
