package pledge

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"strconv"

	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
)

// The code of a link is the signature's number in base 36 and a check of 25
// bits, so that nobody hangs on to another's chain by counting up. A guess would
// gain nothing but a place in a relay.
const (
	checkLength   = 5
	checkAlphabet = "0123456789abcdefghjkmnpqrstvwxyz" // Crockford's: no letter that looks like a digit
)

// Code is what stands in the link that a signer hands on.
func (s *Service) Code(contestID sqldb.ID, number int64) string {
	return codeOf(s.keys.Newest(), contestID, number)
}

func codeOf(key keyring.Key, contestID sqldb.ID, number int64) string {
	mac := hmac.New(sha256.New, key.Bytes)
	var body [16]byte
	binary.BigEndian.PutUint64(body[:], uint64(contestID))
	binary.BigEndian.PutUint64(body[8:], uint64(number))
	mac.Write(body[:])
	bits := binary.BigEndian.Uint64(mac.Sum(nil))
	code := strconv.AppendInt(nil, number, 36)
	for range checkLength {
		code = append(code, checkAlphabet[bits&31])
		bits >>= 5
	}
	return string(code)
}

// number reads a code of the contest; ok is false for one that is not ours.
func (s *Service) number(contestID sqldb.ID, code string) (number int64, ok bool) {
	const longest = 13 + checkLength // of the largest int64
	if len(code) <= checkLength || len(code) > longest {
		return 0, false
	}
	n, err := strconv.ParseInt(code[:len(code)-checkLength], 36, 64)
	if err != nil || n < 1 {
		return 0, false
	}
	if !s.keys.Any(func(key keyring.Key) bool { return hmac.Equal([]byte(codeOf(key, contestID, n)), []byte(code)) }) {
		return 0, false
	}
	return n, true
}

// Behind is the signature whose link carries the code; nil for a code that is
// not ours.
func (s *Service) Behind(ctx context.Context, contestID sqldb.ID, code string) (*Signature, error) {
	number, ok := s.number(contestID, code)
	if !ok {
		return nil, nil
	}
	return s.Numbered(ctx, contestID, number)
}
