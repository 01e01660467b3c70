// Package keyring holds the secrets of an installation, of which all keys are derived: one
// by which is written, and those that came before it, by which is read still.
//
// A capability is given Keys, one for each use, and asks anew whenever it writes or reads:
// the ring changes while the program runs (package rotation tells it how). What each use
// does at a rotation stands in the README beside this file.
package keyring

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// SecretBytes is the length of a secret.
const SecretBytes = 32

// Secret is one secret of the ring.
type Secret []byte

// ID names the secret without telling anything of it.
func (s Secret) ID() string {
	fingerprint := sha256.Sum256(append([]byte("anquanda key fingerprint"), s...))
	return hex.EncodeToString(fingerprint[:8])
}

// of is the key of a use (HKDF, RFC 5869).
func (s Secret) of(use string) []byte { return derive(s, "anquanda "+use) }

func derive(key []byte, info string) []byte {
	derived, err := hkdf.Expand(sha256.New, key, info, SecretBytes)
	if err != nil {
		panic(err) // only a length over 255 hashes fails
	}
	return derived
}

// Ring is the secrets of an installation. It is safe for concurrent use.
type Ring struct {
	now   func() time.Time
	state atomic.Pointer[state]

	mu sync.Mutex // held by who changes state
}

// order is secrets, the one to write by first. Everything that is made of them is kept
// as long as the order is the same one.
type order struct {
	secrets []Secret
	first   string // id of that of the first days
}

// state is an order, and the one that takes its place at a moment.
type state struct {
	order, next *order
	at          int64     // UTC ms from which next holds; 0: there is no next
	read        time.Time // when this was learnt; zero: nobody follows the other nodes
}

// TurnsFor is for how long before and after the moment of a switch nodes may not agree on
// the key to write by: their clocks may differ by so much.
const TurnsFor = 30 * time.Second

// followedWithin is how old the word of the other nodes may be to rely on it.
const followedWithin = 8 * time.Second

// New returns the ring of secrets, at least one; it writes by the first.
func New(secrets []Secret, now func() time.Time) *Ring {
	r := &Ring{now: now}
	r.state.Store(&state{order: &order{secrets, secrets[len(secrets)-1].ID()}})
	return r
}

// Arrange tells the ring its secrets, that of the first days last, as the nodes agreed on
// them: writing is the id of the one to write by, and next (empty: none) of the one that
// takes its place at a moment (UTC ms). Secrets that the ring held stay in it.
func (r *Ring) Arrange(secrets []Secret, writing, next string, at int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	was := r.state.Load()
	all := slices.Clone(secrets)
	for _, held := range was.order.secrets {
		if !slices.ContainsFunc(all, held.same) {
			all = append([]Secret{held}, all...)
		}
	}
	is := &state{order: r.arranged(was, all, writing), at: at, read: time.Now()}
	if next != "" {
		is.next = r.arranged(was, all, next)
	}
	r.state.Store(is)
}

func (s Secret) same(other Secret) bool { return slices.Equal(s, other) }

// arranged is the order that writes by a secret: an earlier one where it is the same.
func (r *Ring) arranged(was *state, all []Secret, first string) *order {
	ordered, oldest := slices.Clone(all), all[len(all)-1].ID()
	slices.SortStableFunc(ordered, func(a, b Secret) int {
		switch {
		case a.ID() == b.ID():
			return 0
		case a.ID() == first:
			return -1
		case b.ID() == first:
			return 1
		}
		return 0
	})
	for _, known := range []*order{was.order, was.next} {
		if known != nil && known.first == oldest && slices.EqualFunc(known.secrets, ordered, Secret.same) {
			return known
		}
	}
	return &order{ordered, oldest}
}

// current is the order of this moment.
func (r *Ring) current() *order {
	s := r.state.Load()
	if s.next != nil && r.now().UnixMilli() >= s.at {
		return s.next
	}
	return s.order
}

// Secrets are all of them, the one to write by first.
func (r *Ring) Secrets() []Secret { return slices.Clone(r.current().secrets) }

// Unsettled reports whether another node may write by another key at this moment: what
// must be unique then takes turns (rotation.TakeTurn).
func (r *Ring) Unsettled() bool {
	s := r.state.Load()
	if s.read.IsZero() || len(s.order.secrets) < 2 {
		return false
	}
	from := r.now().UnixMilli() - s.at
	return time.Since(s.read) > followedWithin || max(from, -from) < TurnsFor.Milliseconds()
}
