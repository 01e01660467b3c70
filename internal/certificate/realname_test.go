package certificate

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"anquanda/internal/identity/personal"
	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

func TestNamesOnCertificatesAreSealedAnewAfterARotation(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *testkit.Store) {
		store.Migrate(Migrations())
		db := store.Open()
		secret := func(b byte) keyring.Secret { return bytes.Repeat([]byte{b}, keyring.SecretBytes) }
		ring := keyring.New([]keyring.Secret{secret(1)}, time.Now)
		vault := personal.NewVault(ring.Of("seal"), ring.Of("hash"))
		s := New(Config{DB: db, Keys: ring.Of("certificates"), Vault: vault})
		c := Certificate{ContestID: 1, PlayerID: 2, Key: "done", Number: 3}
		c.NameField, c.NamedAt = "who", 4
		c.Sealed = vault.SealFor(1, 2, sealedAs("done"), "王小明")
		nameless := Certificate{ContestID: 1, PlayerID: 5, Key: "done", Number: 6}
		err := db.InTx(t.Context(), func(tx *sqldb.Tx) error {
			return sqldb.Insert(t.Context(), tx, "INSERT INTO certificates", []Certificate{c, nameless})
		})
		if err != nil {
			t.Fatal(err)
		}
		ring.Arrange([]keyring.Secret{secret(2), secret(1)}, secret(2).ID(), "", 1)
		if _, err := s.SealAgain(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		held, err := s.Of(t.Context(), 1, 2)
		if err != nil || len(held) != 1 || held[0].Sealed == c.Sealed || strings.Contains(held[0].Sealed, "王") {
			t.Fatalf("stored is %+v, %v", held, err)
		}
		if name, err := s.RealName(&held[0]); err != nil || name != "王小明" {
			t.Errorf("it opens to %q, %v", name, err)
		}
	})
}
