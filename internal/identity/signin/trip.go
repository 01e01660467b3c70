package signin

import "encoding/base64"

// Trip is somebody's way through a door and back, known by its state (web.Trips).
type Trip struct {
	State string
	// Nonce comes back within an ID token; Verifier is the secret of PKCE (RFC 7636).
	Nonce, Verifier string
}

// Secrets makes what a trip must hold that nobody else may guess. It follows from the
// state and a key of the installation, so nothing is stored and any node takes the
// callback.
type Secrets struct{ key []byte }

// NewSecrets returns secrets made with key (32 bytes).
func NewSecrets(key []byte) Secrets { return Secrets{key: derive(key, "trips")} }

// Of is the trip of a state through a door, such as "account province".
func (s Secrets) Of(door, state string) Trip {
	text := func(what string) string {
		return base64.RawURLEncoding.EncodeToString(keyed(s.key, what, door, state))
	}
	return Trip{State: state, Nonce: text("nonce"), Verifier: text("verifier")}
}
