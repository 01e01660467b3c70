package live

import (
	"bytes"
	"testing"

	"anquanda/internal/keyring"
)

func TestARoomKeepsTheKeyThatItWasMadeUnder(t *testing.T) {
	first, second := bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 32)
	before, after := &Service{keys: keyring.Only(first)}, &Service{keys: keyring.Only(second, first)}
	of := &Seen{RoomID: 7, sealKey: before.keys.NewestID()}
	sealed, err := before.RoundKey(of, 3)
	if err != nil {
		t.Fatal(err)
	}
	if opened, err := after.RoundKey(of, 3); err != nil || !bytes.Equal(opened, sealed) {
		t.Errorf("a node that writes by the next key does not open what another sealed: %v", err)
	}
	of.sealKey = "" // of a room from before rooms kept it
	if opened, err := after.RoundKey(of, 3); err != nil || !bytes.Equal(opened, sealed) {
		t.Errorf("a room of the first days does not open: %v", err)
	}
	of.sealKey = after.keys.NewestID()
	if fresh, err := after.RoundKey(of, 3); err != nil || bytes.Equal(fresh, sealed) {
		t.Errorf("a new room is sealed with the earlier key, %v", err)
	}
	if _, err := before.RoundKey(of, 3); err == nil {
		t.Error("a node that lacks the key of a room gives out another one")
	}
}
