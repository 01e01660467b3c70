package personal

import (
	"bytes"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/keyring"
)

func key(b byte) []byte { return bytes.Repeat([]byte{b}, 32) }

func vault(t *testing.T, keys ...[]byte) *Vault {
	t.Helper()
	return NewVault(keyring.Only(keys[0], keys[1:]...), keyring.Only(key('h')))
}

var home = place{contest: 1, player: 2, field: "phone"}

func TestASealedValueOpensInItsOwnPlaceOnly(t *testing.T) {
	v := vault(t, key(1))
	sealed := v.seal(home, "13800138000")
	if value, err := v.open(home, sealed); err != nil || value != "13800138000" {
		t.Fatalf("it opens to %q, %v", value, err)
	}
	for name, other := range map[string]place{
		"another contest": {3, 2, "phone"}, "another player": {1, 3, "phone"}, "another field": {1, 2, "phones"},
		"contest and player swapped": {2, 1, "phone"},
	} {
		if value, err := v.open(other, sealed); err == nil {
			t.Errorf("%s: it opens to %q", name, value)
		}
	}
}

// A value as a database of the first releases holds it.
func TestAStoredValueOpens(t *testing.T) {
	stored := "aa56c752.eOGOGvKXv5-GLtwaDtXZbsiPSIXmgAFV2cAhD0-KO7pEFVZAjO88"
	value, err := vault(t, key(7)).open(place{contest: 12, player: 34, field: "phone"}, stored)
	if err != nil || value != "13800138000" {
		t.Errorf("it opens to %q, %v", value, err)
	}
}

func TestASealedValueTellsNothing(t *testing.T) {
	v := vault(t, key(1))
	one, two := v.seal(home, "13800138000"), v.seal(home, "13800138000")
	if one == two {
		t.Error("the same value sealed twice looks the same")
	}
	if strings.Contains(one, "138") && strings.Contains(two, "138") {
		t.Error("the value shows")
	}
	longest := strings.Repeat("\U00020000", maxAddress)
	if n := len(v.seal(home, longest)); n > 1000 {
		t.Errorf("the longest value takes %d characters, the column holds 1000", n)
	}
}

func TestASealedValueThatWasChangedDoesNotOpen(t *testing.T) {
	v := vault(t, key(1))
	sealed := v.seal(home, "13800138000")
	for i := range sealed {
		changed := sealed[:i] + string(swap(sealed[i])) + sealed[i+1:]
		if value, err := v.open(home, changed); err == nil {
			t.Fatalf("with another letter at %d it opens to %q", i, value)
		} else if strings.Contains(err.Error(), "138") {
			t.Fatalf("the error tells the value: %v", err)
		}
	}
	id := v.boxes.Newest().id
	for _, text := range []string{"", ".", id + ".", sealed[:len(sealed)-1], sealed + "A", "0." + sealed} {
		if value, err := v.open(home, text); err == nil {
			t.Errorf("%q opens to %q", text, value)
		}
	}
}

func swap(b byte) byte {
	if b == 'A' {
		return 'B'
	}
	return 'A'
}

func TestANewKeySealsAndEarlierOnesStillOpen(t *testing.T) {
	before := vault(t, key(1))
	sealed := before.seal(home, "张三")
	after := vault(t, key(2), key(1))
	if value, err := after.open(home, sealed); err != nil || value != "张三" {
		t.Errorf("what the earlier key sealed opens to %q, %v", value, err)
	}
	fresh := after.seal(home, "张三")
	if _, err := before.open(home, fresh); err == nil {
		t.Error("the earlier key opens what the new one sealed")
	}
	if _, err := vault(t, key(2)).open(home, sealed); err == nil {
		t.Error("a vault without the earlier key opens what that sealed")
	}
	again, err := after.again(home, sealed)
	if value, wrong := vault(t, key(2)).open(home, again); err != nil || wrong != nil || value != "张三" {
		t.Errorf("sealed anew it opens with the new key alone to %q, %v, %v", value, err, wrong)
	}
	if twice, err := after.again(home, again); err != nil || twice != "" {
		t.Errorf("what the newest key sealed is sealed anew: %q, %v", twice, err)
	}
}

func TestAValueIsFoundUnderEveryKeyAndStaysUnderTheOneItCameBy(t *testing.T) {
	before := NewVault(keyring.Only(key(1)), keyring.Only(key('h')))
	after := NewVault(keyring.Only(key(1)), keyring.Only(key('i'), key('h')))
	old := before.hashesOf(1, contest.FieldPhone, "13800138000")
	hashes := after.hashesOf(1, contest.FieldPhone, "13800138000")
	if len(old) != 1 || len(hashes) != 2 || hashes[1] != old[0] || hashes[0] == old[0] {
		t.Fatalf("before %v, after %v", old, hashes)
	}
	if Known(hashes, nil) != hashes[0] || Known(hashes, old) != old[0] || Known(hashes, hashes) != old[0] {
		t.Error("a value that is known does not keep its hash, or a new one does not get the new key's")
	}
}

func TestHashesAreEqualForEqualThingsOfOneContestOnly(t *testing.T) {
	v := vault(t, key(1))
	phone := v.hashesOf(1, contest.FieldPhone, "13800138000")[0]
	if phone == "" || phone != v.hashesOf(1, contest.FieldPhone, "13800138000")[0] {
		t.Error("the same phone has two hashes")
	}
	for name, other := range map[string]string{
		"another phone":   v.hashesOf(1, contest.FieldPhone, "13800138001")[0],
		"another contest": v.hashesOf(2, contest.FieldPhone, "13800138000")[0],
		"another kind":    v.hashesOf(1, contest.FieldID, "13800138000")[0],
	} {
		if other == phone {
			t.Errorf("%s has the same hash", name)
		}
	}
	otherKey := NewVault(keyring.Only(key(1)), keyring.Only(key('i')))
	if otherKey.hashesOf(1, contest.FieldPhone, "13800138000")[0] == phone {
		t.Error("the hash does not hang on its key")
	}
	if v.hashesOf(1, contest.FieldName, "张三") != nil || v.hashesOf(1, contest.FieldText, "张三") != nil {
		t.Error("names and texts are hashed, though nothing is counted by them")
	}
}
