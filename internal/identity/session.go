package identity

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"hash"
	"sync"

	"anquanda/internal/sqldb"
)

// Sessions signs who a player is, so that knowing a player reads no store. The
// token is id, time of issue (ms) and the first 16 bytes of an HMAC-SHA-256
// (RFC 2104) over them, in base64url. It is safe for concurrent use.
type Sessions struct {
	macs sync.Pool // of hash.Hash: to key a new one costs more than to use it
}

// NewSessions returns sessions signed with key (32 bytes).
func NewSessions(key []byte) *Sessions {
	return &Sessions{macs: sync.Pool{New: func() any { return hmac.New(sha256.New, key) }}}
}

const (
	tokenBody = 16
	tokenMAC  = 16
)

// Token signs a session begun at now (ms).
func (s *Sessions) Token(player sqldb.ID, now int64) string {
	token := make([]byte, tokenBody, tokenBody+sha256.Size)
	binary.BigEndian.PutUint64(token, uint64(player))
	binary.BigEndian.PutUint64(token[8:], uint64(now))
	return base64.RawURLEncoding.EncodeToString(s.sum(token)[:tokenBody+tokenMAC])
}

// sum appends the MAC to body.
func (s *Sessions) sum(body []byte) []byte {
	mac := s.macs.Get().(hash.Hash)
	defer s.macs.Put(mac)
	mac.Reset()
	mac.Write(body)
	return mac.Sum(body)
}

var strictBase64 = base64.RawURLEncoding.Strict()

// Player reads a token; ok is false for one that we did not sign.
func (s *Sessions) Player(token string) (player sqldb.ID, ok bool) {
	var raw [tokenBody + tokenMAC]byte
	if base64.RawURLEncoding.DecodedLen(len(token)) != len(raw) {
		return 0, false
	}
	if n, err := strictBase64.Decode(raw[:], []byte(token)); err != nil || n != len(raw) {
		return 0, false
	}
	body := append(make([]byte, 0, tokenBody+sha256.Size), raw[:tokenBody]...)
	if !hmac.Equal(s.sum(body)[tokenBody:tokenBody+tokenMAC], raw[tokenBody:]) {
		return 0, false
	}
	return sqldb.ID(binary.BigEndian.Uint64(raw[:])), true
}
