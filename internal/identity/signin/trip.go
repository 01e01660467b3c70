package signin

import (
	"encoding/base64"

	"anquanda/internal/keyring"
)

// Trip is somebody's way through a door and back, known by its state (web.Trips).
type Trip struct {
	State string
	// Nonce comes back within an ID token; Verifier is the secret of PKCE (RFC 7636).
	Nonce, Verifier string
}

// Secrets makes what a trip must hold that nobody else may guess. It follows from the
// state and a key of the installation, so nothing is stored and any node takes the
// callback.
type Secrets struct{ keys *keyring.Made[[]byte] }

// NewSecrets returns secrets made with keys.
func NewSecrets(keys *keyring.Keys) Secrets {
	return Secrets{keys.Part("trips")}
}

// Of is the trip of a state through a door, such as "account province". signed is the id
// of the secret that signed the state: who comes back after the key has changed has what
// the trip began with.
func (s Secrets) Of(door, state, signed string) Trip {
	key, ok := s.keys.By(signed)
	if !ok {
		key = s.keys.Newest()
	}
	text := func(what string) string {
		return base64.RawURLEncoding.EncodeToString(keyed(key, what, door, state))
	}
	return Trip{State: state, Nonce: text("nonce"), Verifier: text("verifier")}
}
