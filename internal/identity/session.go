package identity

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"hash"
	"slices"
	"sync"
	"time"

	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
)

// Sessions signs who a player is, so that knowing a player reads no store: the token
// says who, and what ended is kept in memory (signedin.go). It is safe for concurrent
// use.
//
// A token is player, time of issue (ms), session and contest, 8 bytes each, and the
// first 16 bytes of an HMAC-SHA-256 (RFC 2104) over them, in base64url. One of an
// earlier form has neither session nor contest and is replaced when its phone comes.
type Sessions struct {
	macs  *keyring.Made[*macs]
	db    *sqldb.DB
	ids   *sqldb.IDs
	now   func() time.Time
	begun *sqldb.Group[*sessionRow]
	ended ended
}

// TokenLife is how long a token holds after its issue; who comes back meanwhile gets a
// new one.
const TokenLife = 400 * 24 * time.Hour

// tokenStale is after how long a phone gets a new token.
const tokenStale = 7 * 24 * time.Hour

// Session is that a player is signed in on a phone.
type Session struct {
	Player   sqldb.ID
	IssuedAt int64    // UTC ms
	ID       sqldb.ID // 0 in a token of the earlier form
	Contest  sqldb.ID // the only contest it holds for; 0: every one
	earlier  bool     // an earlier key signed the token
}

// Stale reports whether the phone should get a new token.
func (s Session) Stale(now int64) bool {
	return s.ID == 0 || s.earlier || now-s.IssuedAt > tokenStale.Milliseconds()
}

const (
	earlierBody = 16
	tokenBody   = 32
	tokenMAC    = 16
)

// Token signs a session.
func (s *Sessions) Token(of Session) string {
	token := make([]byte, tokenBody, tokenBody+sha256.Size)
	binary.BigEndian.PutUint64(token, uint64(of.Player))
	binary.BigEndian.PutUint64(token[8:], uint64(of.IssuedAt))
	binary.BigEndian.PutUint64(token[16:], uint64(of.ID))
	binary.BigEndian.PutUint64(token[24:], uint64(of.Contest))
	return base64.RawURLEncoding.EncodeToString(s.macs.Newest().sum(token)[:tokenBody+tokenMAC])
}

// macs sign with one key: to key a new hash costs more than to use it.
type macs struct{ sync.Pool }

func newMACs(key keyring.Key) *macs {
	return &macs{sync.Pool{New: func() any { return hmac.New(sha256.New, key.Bytes) }}}
}

// sum appends the MAC to body.
func (m *macs) sum(body []byte) []byte {
	mac := m.Get().(hash.Hash)
	defer m.Put(mac)
	mac.Reset()
	mac.Write(body)
	return mac.Sum(body)
}

var strictBase64 = base64.RawURLEncoding.Strict()

// Read reads a token; ok is false for one that we did not sign, that is too old, or
// whose session has ended.
func (s *Sessions) Read(token string) (of Session, ok bool) {
	var raw [tokenBody + tokenMAC]byte
	n := base64.RawURLEncoding.DecodedLen(len(token))
	if n != len(raw) && n != earlierBody+tokenMAC {
		return of, false
	}
	if got, err := strictBase64.Decode(raw[:], []byte(token)); err != nil || got != n {
		return of, false
	}
	signed := n - tokenMAC
	body := append(make([]byte, 0, tokenBody+sha256.Size), raw[:signed]...)
	key := slices.IndexFunc(s.macs.All(), func(m *macs) bool { return hmac.Equal(m.sum(body)[signed:n], raw[signed:n]) })
	if key < 0 {
		return of, false
	}
	of = Session{Player: sqldb.ID(binary.BigEndian.Uint64(raw[:])), IssuedAt: int64(binary.BigEndian.Uint64(raw[8:])),
		earlier: key > 0}
	if signed == tokenBody {
		of.ID = sqldb.ID(binary.BigEndian.Uint64(raw[16:]))
		of.Contest = sqldb.ID(binary.BigEndian.Uint64(raw[24:]))
	}
	return of, s.now().UnixMilli()-of.IssuedAt <= TokenLife.Milliseconds() && !s.ended.has(of)
}
