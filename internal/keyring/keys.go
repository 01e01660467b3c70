package keyring

import (
	"strings"
	"sync/atomic"
	"time"
)

// Key is the key of one use, made of one secret.
type Key struct {
	ID    string // of the secret, in every use the same
	Bytes []byte // 32
}

// Of is the key that is made of this one for a part of its use.
func (k Key) Of(part string) []byte { return derive(k.Bytes, part) }

// Keys are the keys of one use.
type Keys struct {
	*Made[Key]
	ring *Ring
	use  string
}

// Of are the keys of a use.
func (r *Ring) Of(use string) *Keys {
	k := &Keys{ring: r, use: use}
	k.Made = Make(k, func(key Key) Key { return key })
	return k
}

// key is the key that a secret gives; without a use it is the secret.
func (k *Keys) key(secret Secret) Key {
	if k.use == "" {
		return Key{secret.ID(), secret}
	}
	return Key{secret.ID(), secret.of(k.use)}
}

// Only are keys that never change, the newest first, for what is no installation: a
// capability by itself.
func Only(newest []byte, earlier ...[]byte) *Keys {
	secrets := []Secret{newest}
	for _, each := range earlier {
		secrets = append(secrets, each)
	}
	return New(secrets, time.Now).Of("")
}

// Part are the keys that are made of these for a part of their use.
func (k *Keys) Part(part string) *Made[[]byte] {
	return Make(k, func(key Key) []byte { return key.Of(part) })
}

// Bytes are the keys without their ids.
func (k *Keys) Bytes() *Made[[]byte] { return Make(k, func(key Key) []byte { return key.Bytes }) }

// Ring is the ring that the keys belong to.
func (k *Keys) Ring() *Ring { return k.ring }

// Made is what a capability makes of each key of a use, once: a box, a block. It is safe
// for concurrent use.
type Made[T any] struct {
	ring *Ring
	make func(Secret) T
	have atomic.Pointer[made[T]]
}

type made[T any] struct {
	of  *order
	all []T
	ids []string
}

// Make returns what of makes of each of the keys.
func Make[T any](keys *Keys, of func(Key) T) *Made[T] {
	return &Made[T]{ring: keys.ring, make: func(s Secret) T { return of(keys.key(s)) }}
}

func (m *Made[T]) made() *made[T] {
	is := m.ring.current()
	if have := m.have.Load(); have != nil && have.of == is {
		return have
	}
	anew := &made[T]{of: is}
	for _, secret := range is.secrets {
		anew.all = append(anew.all, m.make(secret))
		anew.ids = append(anew.ids, secret.ID())
	}
	m.have.Store(anew)
	return anew
}

// Newest is what to write by.
func (m *Made[T]) Newest() T { return m.made().all[0] }

// All are what to read by: the newest first. It must not be changed.
func (m *Made[T]) All() []T { return m.made().all }

// Earlier are All without the newest.
func (m *Made[T]) Earlier() []T { return m.made().all[1:] }

// NewestID is the id of the secret that Newest is made of.
func (m *Made[T]) NewestID() string { return m.made().ids[0] }

// Kept is what is made of the secret by which something was made that must be made alike
// for ever; the empty id stands for the first secret of the installation. ok is false
// where the ring lacks it.
func (m *Made[T]) Kept(id string) (of T, ok bool) {
	if id == "" {
		id = m.ring.current().first
	}
	return m.By(id)
}

// By is what is made of the secret whose id begins so; ok is false for none.
func (m *Made[T]) By(id string) (of T, ok bool) {
	have := m.made()
	for i := range have.ids {
		if id != "" && strings.HasPrefix(have.ids[i], id) {
			return have.all[i], true
		}
	}
	return of, false
}

// Any reports whether one of them, the newest first, does.
func (m *Made[T]) Any(does func(T) bool) bool {
	for _, each := range m.made().all {
		if does(each) {
			return true
		}
	}
	return false
}
