package signin_test

import (
	"bytes"
	"testing"

	"anquanda/internal/identity/signin"
	"anquanda/internal/keyring"
)

const door = "account province"

func TestATripHasSecretsOfItsOwnTheSameOnEveryNode(t *testing.T) {
	secrets := func(key byte) signin.Secrets { return signin.NewSecrets(keyring.Only(bytes.Repeat([]byte{key}, 32))) }
	trip := secrets(1).Of(door, "state", "")
	if again := secrets(1).Of(door, "state", ""); again != trip {
		t.Errorf("another node has %+v, this one %+v", again, trip)
	}
	if len(trip.Verifier) != 43 || len(trip.Nonce) != 43 || trip.Verifier == trip.Nonce {
		t.Errorf("the secrets are %+v", trip)
	}
	for name, other := range map[string]signin.Trip{
		"another state": secrets(1).Of(door, "other", ""), "another door": secrets(1).Of("account firm", "state", ""),
		"another installation": secrets(2).Of(door, "state", ""),
	} {
		if other.Verifier == trip.Verifier || other.Nonce == trip.Nonce {
			t.Errorf("%s has the same secrets", name)
		}
	}
}
