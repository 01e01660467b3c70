package sqldb_test

import (
	"testing"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// A node whose host loses its network says nothing any more, and its connection stays: the
// first transaction stands for it, with a second for the twenty that there are.
func TestANodeThatVanishesInATransactionHoldsNobodyUpForLong(t *testing.T) {
	t.Parallel()
	s := testkit.Servers(t)
	db := withThings(s)
	addThings(t, db, numbered(1, 1)...)
	vanishes, err := sqldb.OpenMySQL(background, s.MySQLDSN+"?wait_timeout=1")
	if err != nil {
		t.Fatal(err)
	}
	defer vanishes.Close()
	add := func(tx *sqldb.Tx) error {
		_, err := tx.Exec(background, "UPDATE things SET amount = amount + 1 WHERE id = 1")
		return err
	}
	holds, goOn, ended := make(chan bool), make(chan bool), make(chan error)
	go func() {
		first := true
		ended <- vanishes.InTx(background, func(tx *sqldb.Tx) error {
			if err := add(tx); err != nil || !first {
				return err
			}
			first = false
			close(holds)
			<-goOn
			return add(tx)
		})
	}()
	<-holds
	began := time.Now()
	if err := db.InTx(background, add); err != nil {
		t.Errorf("another node: %v", err)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("another node waits for %v", took)
	}
	close(goOn)
	err = <-ended // it may have been run again as a whole
	want := int64(2)
	if err != nil {
		want--
	}
	if amount := amountOf(t, db, 1); amount != want {
		t.Errorf("the first was told %v, and two nodes added %d", err, amount)
	}
}

func TestTheServerGivesConnectionsUpThatAreLeft(t *testing.T) {
	db := testkit.Servers(t).DB
	var seconds int
	if err := db.Get(background, &seconds, "SELECT @@wait_timeout"); err != nil || seconds != 20 {
		t.Errorf("a connection is kept for %d s, %v; want 20", seconds, err)
	}
}
