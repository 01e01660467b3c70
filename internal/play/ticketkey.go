package play

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"sync"
	"time"

	"anquanda/internal/keyring"
	"anquanda/internal/seal"
	"anquanda/internal/sqldb"
)

// A ticket is sealed with a key of its contest and month, which stand before it and are
// authenticated with it: no key seals more than the answers of one month of one contest,
// and none is the same for ever.
const (
	scopeBytes = secretID + 8 + 2
	secretID   = 4 // bytes of the id of a secret
)

// scope says with which key a ticket is sealed: secret, contest, and months since year 0.
type scope [scopeBytes]byte

// scopeAt is the scope of a ticket that is sealed now.
func scopeAt(secret keyring.Key, contestID sqldb.ID, now time.Time) (of scope) {
	if id, err := hex.DecodeString(secret.ID); err == nil {
		copy(of[:secretID], id)
	}
	binary.BigEndian.PutUint64(of[secretID:], uint64(contestID))
	now = now.UTC()
	binary.BigEndian.PutUint16(of[secretID+8:], uint16(12*now.Year()+int(now.Month())-1))
	return of
}

func (s scope) secret() string { return hex.EncodeToString(s[:secretID]) }

// ticketKeys seal tickets, and make the opaque ids of what the ticket asks.
type ticketKeys struct {
	scope scope
	box   *seal.Box
	ids   cipher.Block
}

// earlierTickets are the keys of tickets of the earlier form, which have no scope.
func earlierTickets(key keyring.Key) *ticketKeys { return newTicketKeys(scope{}, key.Bytes) }

func newTicketKeys(of scope, key []byte) *ticketKeys {
	box, err := seal.New(key)
	if err != nil {
		panic(err) // it has the right length
	}
	ids, err := aes.NewCipher(keyring.Key{Bytes: key}.Of("anquanda opaque ids")[:16])
	if err != nil {
		panic(err) // it has the right length
	}
	return &ticketKeys{of, box, ids}
}

// scopesKept bounds how many keys are kept ready: those of contests and months in use.
const scopesKept = 1000

// scoped are the ticket keys of one secret, by their scope.
type scoped struct {
	secret keyring.Key
	mu     sync.RWMutex
	ready  map[scope]*ticketKeys
}

func newScoped(secret keyring.Key) *scoped {
	return &scoped{secret: secret, ready: map[scope]*ticketKeys{}}
}

func (s *scoped) of(at scope) *ticketKeys {
	s.mu.RLock()
	keys := s.ready[at]
	s.mu.RUnlock()
	if keys != nil {
		return keys
	}
	return newTicketKeys(at, s.secret.Of(fmt.Sprintf("tickets of %x", at[secretID:])))
}

// keep keeps keys ready that have sealed or opened something: nobody fills the memory with
// scopes that are made up.
func (s *scoped) keep(keys *ticketKeys) {
	s.mu.RLock()
	held := s.ready[keys.scope]
	s.mu.RUnlock()
	if held != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.ready) >= scopesKept {
		clear(s.ready)
	}
	s.ready[keys.scope] = keys
}
