package keyring_test

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/keyring"
)

func secret(b byte) keyring.Secret { return bytes.Repeat([]byte{b}, keyring.SecretBytes) }

// clock is a time that a test sets.
type clock struct{ ms int64 }

func (c *clock) now() time.Time { return time.UnixMilli(c.ms) }

func TestARingWritesByTheNextSecretFromTheMomentThatIsAgreedOn(t *testing.T) {
	c := &clock{ms: 1_000_000}
	ring := keyring.New([]keyring.Secret{secret(1)}, c.now)
	keys := ring.Of("tickets")
	first := keys.Newest()
	ring.Arrange([]keyring.Secret{secret(2), secret(1)}, secret(1).ID(), secret(2).ID(), c.ms+10_000)
	if kept, ok := keys.Kept(""); !ok || kept.ID != first.ID {
		t.Errorf("while another waits the first of the installation is %s, %t", kept.ID, ok)
	}
	if got := keys.Newest(); got.ID != first.ID || len(keys.All()) != 2 {
		t.Errorf("before the moment it writes by %s of %d", got.ID, len(keys.All()))
	}
	c.ms += 10_000
	if got := keys.Newest(); got.ID != secret(2).ID() || bytes.Equal(got.Bytes, first.Bytes) {
		t.Errorf("at the moment it writes by %s", got.ID)
	}
	if old := keys.All()[1]; old.ID != first.ID || !bytes.Equal(old.Bytes, first.Bytes) {
		t.Errorf("the earlier key is %s now", old.ID)
	}
	if by, ok := keys.By(first.ID[:8]); !ok || by.ID != first.ID {
		t.Errorf("by the beginning of its id the earlier key is %s, %t", by.ID, ok)
	}
	if _, ok := keys.By("ffffffff"); ok {
		t.Error("a key that there is not is found")
	}
	if kept, ok := keys.Kept(""); !ok || kept.ID != first.ID {
		t.Errorf("the first of the installation is %s, %t", kept.ID, ok)
	}
	if other := ring.Of("sessions").Newest(); bytes.Equal(other.Bytes, keys.Newest().Bytes) {
		t.Error("two uses share a key")
	}
}

func TestNodesTakeTurnsAroundTheSwitchAlone(t *testing.T) {
	c := &clock{ms: 1_000_000_000}
	ring := keyring.New([]keyring.Secret{secret(1)}, c.now)
	at := c.ms + 60_000
	ring.Arrange([]keyring.Secret{secret(2), secret(1)}, secret(1).ID(), secret(2).ID(), at)
	for since, want := range map[time.Duration]bool{
		-keyring.TurnsFor - time.Second: false, -keyring.TurnsFor + time.Second: true, 0: true,
		keyring.TurnsFor - time.Second: true, keyring.TurnsFor + time.Second: false,
	} {
		if c.ms = at + since.Milliseconds(); ring.Unsettled() != want {
			t.Errorf("%v after the switch unsettled is %t", since, !want)
		}
	}
	if keyring.Only([]byte("one"), []byte("two")).Ring().Unsettled() {
		t.Error("keys that never change are unsettled")
	}
}

func TestASecretThatARingHeldStaysAndTheFirstStaysTheFirst(t *testing.T) {
	ring := keyring.New([]keyring.Secret{secret(1)}, time.Now)
	ring.Arrange([]keyring.Secret{secret(2), secret(1)}, secret(2).ID(), "", 1)
	ring.Arrange([]keyring.Secret{secret(1)}, secret(1).ID(), "", 1) // a file that lost a line
	held := ring.Secrets()
	if len(held) != 2 {
		t.Errorf("it holds %d secrets", len(held))
	}
}

func TestKeysAreReadWhileTheRingChanges(t *testing.T) {
	ring := keyring.New([]keyring.Secret{secret(1)}, time.Now)
	made := keyring.Make(ring.Of("x"), func(key keyring.Key) string { return key.ID })
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 1000 {
				if ids := made.All(); ids[len(ids)-1] != secret(1).ID() || made.NewestID() == "" {
					t.Errorf("the keys are %v", ids)
					return
				}
			}
		})
	}
	for i := byte(2); i < 10; i++ {
		held := []keyring.Secret{secret(1)}
		for j := byte(2); j <= i; j++ {
			held = append([]keyring.Secret{secret(j)}, held...)
		}
		ring.Arrange(held, secret(i).ID(), "", 1)
	}
	all.Wait()
}

func TestAFileOfOneKeyIsARingAndANewKeyStandsInFront(t *testing.T) {
	folder := t.TempDir()
	path, link := filepath.Join(folder, "key"), filepath.Join(folder, "link")
	if err := os.WriteFile(path, []byte(hex.EncodeToString(secret(1))+"\n"), 0o640); err != nil {
		t.Fatal(err)
	}
	os.Chmod(path, 0o640)
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	added, err := keyring.AddTo(link)
	if err != nil {
		t.Fatal(err)
	}
	held, err := keyring.ReadFile(path)
	if err != nil || len(held) != 2 || !slices.Equal(held[0], added) || !slices.Equal(held[1], secret(1)) {
		t.Fatalf("the file holds %d secrets, %v", len(held), err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("who may read it has changed: %v, %v", info.Mode(), err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link is a file now, and what it led to is as it was")
	}
	if left, _ := filepath.Glob(filepath.Join(folder, ".key-*")); left != nil {
		t.Errorf("beside it lie %v", left)
	}
	for range keyring.MaxSecrets - 2 {
		if _, err := keyring.AddTo(path); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := keyring.AddTo(path); err == nil {
		t.Error("a ring grows without end")
	}
}

func TestAFolderThatCannotBeWrittenLeavesTheFileAsItWas(t *testing.T) {
	if os.Getuid() == 0 {
		if _, err := keyring.AddTo(filepath.Join(t.TempDir(), "key")); err == nil {
			t.Error("a file that is not there got a key")
		}
		return // nothing is forbidden to root
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "key")
	if err := keyring.MakeFile(path); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(path)
	os.Chmod(folder, 0o500)
	defer os.Chmod(folder, 0o700)
	if _, err := keyring.AddTo(path); err == nil {
		t.Error("it could be written")
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the file has changed")
	}
}

func TestWhatIsNoKeyIsRefusedWithoutTellingIt(t *testing.T) {
	one := hex.EncodeToString(secret(1))
	two := hex.EncodeToString(secret(2))
	for _, good := range []string{one, one + "\n", one + "," + two, "  " + one + "\r\n" + two + "\r\n"} {
		if _, err := keyring.Parse(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"", "\n", one[1:], one + "0", one + "\n" + one, one + " " + two[1:], one + two,
		strings.Repeat("g", 64)} {
		if _, err := keyring.Parse(bad); err == nil || strings.Contains(err.Error(), "0101") {
			t.Errorf("%.20q: %v", bad, err)
		}
	}
	many := ""
	for i := range byte(keyring.MaxSecrets + 1) {
		many += hex.EncodeToString(secret(i+1)) + "\n"
	}
	if _, err := keyring.Parse(many); err == nil {
		t.Error("a ring of any size is read")
	}
}
