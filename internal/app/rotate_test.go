package app

import (
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/identity"
	"anquanda/internal/keyring"
	"anquanda/internal/keyring/rotation"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// keyed is a node with a key file of its own, as on a machine of its own.
type keyed struct {
	*App
	t    *testing.T
	file string
}

func openKeyed(t *testing.T, s *testkit.Store, secrets ...keyring.Secret) *keyed {
	t.Helper()
	n := &keyed{t: t, file: filepath.Join(t.TempDir(), "key")}
	n.holds(secrets...)
	a, err := New(t.Context(), Config{Data: s.DataFolder, MySQL: s.MySQLDSN, Redis: s.RedisAddr(), KeyFile: n.file,
		AtOnce: true})
	if err != nil {
		t.Fatal(err)
	}
	n.App = a
	t.Cleanup(func() { a.Close() })
	return n
}

// holds writes the key file.
func (n *keyed) holds(secrets ...keyring.Secret) {
	n.t.Helper()
	var text strings.Builder
	for _, s := range secrets {
		text.WriteString(hex.EncodeToString(s) + "\n")
	}
	if err := os.WriteFile(n.file, []byte(text.String()), 0o600); err != nil {
		n.t.Fatal(err)
	}
}

func (n *keyed) follow() {
	n.t.Helper()
	if err := n.Keys.Follow(n.t.Context()); err != nil {
		n.t.Fatal(err)
	}
}

// writes is the id of the secret that the node writes by.
func (n *keyed) writes() string { return n.Keys.Ring().Secrets()[0].ID() }

// wait is as if so much time had passed since the nodes agreed.
func (n *keyed) wait(since time.Duration) {
	n.t.Helper()
	n.execute("UPDATE ring_keys SET writes_from = writes_from - ? WHERE writes_from > 1", since.Milliseconds())
}

func (n *keyed) execute(query string, args ...any) {
	n.t.Helper()
	err := n.DB.InTx(n.t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(n.t.Context(), query, args...)
		return err
	})
	if err != nil {
		n.t.Fatal(err)
	}
}

// prove proves somebody who is not known on this phone, and returns who it is.
func (n *keyed) prove(c *catalog.Contest, kind contest.Proof, subject, value string) identity.Proven {
	n.t.Helper()
	proven, err := n.Players.Prove(n.t.Context(), c.Definition, c.ContestID, 0,
		identity.Proof{Kind: kind, Subjects: []string{subject}, Value: value, At: time.Now().UnixMilli()})
	if err != nil {
		n.t.Fatal(err)
	}
	return proven
}

func (n *keyed) record(action string) {
	n.t.Helper()
	err := n.DB.InTx(n.t.Context(), func(tx *sqldb.Tx) error {
		return staff.Record(n.t.Context(), tx, staff.Entry{Actor: staff.CommandLine, Action: action})
	})
	if err != nil {
		n.t.Fatal(err)
	}
}

// sealedBy counts rows of proofs by the id of the key that sealed them.
func (n *keyed) sealedBy() map[string]int {
	n.t.Helper()
	var all []string
	if err := n.DB.Select(n.t.Context(), &all, "SELECT sealed FROM proofs WHERE sealed <> ''"); err != nil {
		n.t.Fatal(err)
	}
	by := map[string]int{}
	for _, sealed := range all {
		id, _, _ := strings.Cut(sealed, ".")
		by[id]++
	}
	return by
}

func TestANewKeyIsUsedOnceEveryNodeHoldsItAndAllFromBeforeIsReadStill(t *testing.T) {
	t.Parallel()
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		first, second := keyring.NewSecret(), keyring.NewSecret()
		one := openKeyed(t, s, first)
		two := openKeyed(t, s, first)
		c, err := one.Catalog.Current(catalog.CurrentSlug)
		if err != nil {
			t.Fatal(err)
		}
		person := one.prove(c, contest.ProofPhone, "13800138000", "13800138000")
		seen := one.prove(c, contest.ProofStaff, "张三 1234", "")
		session, err := one.Sessions.Begin(t.Context(), person.Player, 0, "phone")
		if err != nil {
			t.Fatal(err)
		}
		cookie, invitation := one.Sessions.Token(session), one.Referrals.Code(c.ContestID, person.Player)
		one.record("before")
		one.follow()
		two.follow()

		one.holds(second, first)
		one.follow()
		two.follow()
		status, err := one.Keys.Status(t.Context())
		if err != nil || status.Keys[0].ID != second.ID() || status.Keys[0].WritesFrom != 0 ||
			len(status.Keys[0].Lacking) != 1 {
			t.Fatalf("before the other node holds the key: %+v, %v", status, err)
		}
		if one.writes() != first.ID() || status.Settled() {
			t.Error("a node writes by a key that another does not hold")
		}

		two.holds(second, first)
		two.follow()
		one.follow()
		if one.writes() != first.ID() || !one.Keys.Ring().Unsettled() || !two.Keys.Ring().Unsettled() {
			t.Error("the nodes do not wait for the moment that they agreed on")
		}
		one.wait(11 * time.Second)
		two.follow()
		late := one.prove(c, contest.ProofPhone, "13900139000", "13900139000") // one has not looked at the store since
		if again := two.prove(c, contest.ProofPhone, "13900139000", "13900139000"); again.Player != late.Player {
			t.Errorf("while the nodes write by two keys one person is the players %d and %d", late.Player, again.Player)
		}
		one.follow()
		if one.writes() != second.ID() || two.writes() != second.ID() {
			t.Fatalf("they write by %s and %s, not by %s", one.writes(), two.writes(), second.ID())
		}

		if of, ok := two.Sessions.Read(cookie); !ok || of.Player != person.Player || !of.Stale(of.IssuedAt) {
			t.Errorf("the cookie from before is %+v, %t; it should be good and be replaced", of, ok)
		}
		if two.Referrals.Code(c.ContestID, person.Player) == invitation {
			t.Error("invitations are made with the earlier key")
		}
		for n, by := range []*keyed{one, two} {
			if again := by.prove(c, contest.ProofPhone, "13800138000", "13800138000"); again.Player != person.Player {
				t.Errorf("node %d: the person who proved a phone before is another one now", n)
			}
			if again := by.prove(c, contest.ProofStaff, "张三 1234", ""); again.Player != seen.Player {
				t.Errorf("node %d: the person whom staff had seen is another one now", n)
			}
		}
		two.record("after")
		if check, err := one.Staff.CheckLog(t.Context(), 0); err != nil || check.Broken != 0 || check.Entries < 2 {
			t.Errorf("the audit log over two keys: %+v, %v", check, err)
		}
		two.prove(c, contest.ProofPhone, "13700137000", "13700137000")
		if by := two.sealedBy(); len(by) != 2 {
			t.Errorf("sealed by %v before they are sealed anew", by)
		}

		if err := one.reseal(t.Context()); err != nil {
			t.Fatal(err)
		}
		if by := two.sealedBy(); len(by) != 2 {
			t.Errorf("sealed by %v at once, while another node may write by the earlier key", by)
		}
		one.wait(keyring.TurnsFor)
		if err := one.reseal(t.Context()); err != nil {
			t.Fatal(err)
		}
		if by := two.sealedBy(); len(by) != 1 {
			t.Errorf("sealed by %v after all is sealed anew", by)
		}
		if phone, err := two.Players.ProofValue(t.Context(), c.ContestID, person.Player, contest.ProofPhone); err != nil ||
			phone != "13800138000" {
			t.Errorf("sealed anew it opens to %q, %v", phone, err)
		}
		status, err = two.Keys.Status(t.Context())
		if err != nil || !status.Settled() || len(status.Sealed) != len(one.sealed()) {
			t.Errorf("in the end: %+v, %v", status, err)
		}
	})
}

func TestANodeThatLacksAKeyIsTakenOutOfServiceOrDoesNotStart(t *testing.T) {
	t.Parallel()
	s := testkit.Embedded(t)
	first, second := keyring.NewSecret(), keyring.NewSecret()
	one := openKeyed(t, s, first)
	two := openKeyed(t, s, first) // it runs and says nothing: as if it had been cut off
	one.follow()
	one.holds(second, first)
	one.follow()
	if one.writes() != second.ID() {
		t.Fatal("a node alone does not use its new key at once")
	}
	two.follow()
	if missing := two.Keys.Missing(); !slices.Equal(missing, []string{second.ID()}) {
		t.Errorf("a node that comes back with the earlier key alone lacks %v", missing)
	}
	two.holds(second, first)
	two.follow()
	if missing := two.Keys.Missing(); missing != nil || two.writes() != second.ID() {
		t.Errorf("once it has the file it lacks %v and writes by %s", missing, two.writes())
	}
	for name, secrets := range map[string][]keyring.Secret{
		"the earlier alone": {first}, "the new alone": {second}, "another": {keyring.NewSecret()},
	} {
		two.holds(secrets...)
		if a, err := New(t.Context(), Config{Data: s.DataFolder, Redis: s.RedisAddr(), KeyFile: two.file}); err == nil {
			a.Close()
			t.Errorf("with %s the program starts", name)
		} else if !strings.Contains(err.Error(), "another key") {
			t.Errorf("with %s: %v", name, err)
		}
	}
}

func TestAKeyFileThatIsDamagedWhileTheProgramRunsChangesNothing(t *testing.T) {
	t.Parallel()
	s := testkit.Embedded(t)
	first := keyring.NewSecret()
	one := openKeyed(t, s, first)
	one.follow()
	for name, damage := range map[string]func(){
		"gone":                   func() { os.Remove(one.file) },
		"half written":           func() { os.WriteFile(one.file, []byte("abcd"), 0o600) },
		"without the key in use": func() { one.holds(keyring.NewSecret()) },
	} {
		damage()
		one.follow()
		status, err := one.Keys.Status(t.Context())
		if err != nil || len(status.Keys) != 1 || len(status.Nodes) != 1 || status.Nodes[0].Problem == "" {
			t.Errorf("%s: %+v, %v; want one key, and a problem that is told", name, status, err)
		}
		if one.writes() != first.ID() || one.Keys.Missing() != nil {
			t.Errorf("%s: the node does not go on as it was", name)
		}
	}
}

func TestAnInstallationOfBeforeTheRingGoesOnWithItsOneKey(t *testing.T) {
	t.Parallel()
	s := testkit.Embedded(t)
	first, second := keyring.NewSecret(), keyring.NewSecret()
	one := openKeyed(t, s, first)
	one.execute("DELETE FROM ring_keys") // as the earlier program left it, with the fingerprint alone
	again := openKeyed(t, s, second, first)
	if again.writes() != first.ID() {
		t.Error("a ring that was made while the program stood still is used before the nodes agree")
	}
	again.follow()
	if again.writes() != second.ID() {
		t.Error("the new key is not used")
	}
}

func TestSealingAnewGoesOnWhereAKilledNodeStopped(t *testing.T) {
	t.Parallel()
	s := testkit.Embedded(t)
	first, second := keyring.NewSecret(), keyring.NewSecret()
	one := openKeyed(t, s, first)
	c, err := one.Catalog.Current(catalog.CurrentSlug)
	if err != nil {
		t.Fatal(err)
	}
	const people = rotation.AtOnce + 5
	for i := range people {
		one.prove(c, contest.ProofAccount, fmt.Sprint("person ", i), fmt.Sprint("person ", i))
	}
	one.follow()
	one.holds(second, first)
	one.follow()
	one.wait(time.Minute)
	proofs := rotation.Sealed{Name: "proofs", Again: one.Players.SealAgain}
	batch, err := proofs.Again(t.Context(), "")
	if err != nil || batch.Next == "" || batch.Resealed != rotation.AtOnce {
		t.Fatalf("the first batch: %+v, %v", batch, err)
	}
	// The node was killed before it noted the batch; another begins it again.
	one.execute(`INSERT INTO ring_reseals (secret, what, reached, looked_at, resealed, done_at, lease_until)
		VALUES (?, 'proofs', '', 0, 0, 0, 1)`, second.ID())
	if err := one.reseal(t.Context()); err != nil {
		t.Fatal(err)
	}
	if by := one.sealedBy(); len(by) != 1 {
		t.Errorf("sealed by %v", by)
	}
	status, err := one.Keys.Status(t.Context())
	at := slices.IndexFunc(status.Sealed, func(p rotation.Progress) bool { return p.Name == "proofs" })
	if err != nil || !status.Settled() || status.Sealed[at].Looked != people || status.Sealed[at].Resealed != 5 {
		t.Errorf("in the end: %+v, %v", status, err)
	}
}
