package sqldb_test

import (
	"errors"
	"testing"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// The first transaction stands for a node that was stopped in the middle of it.
func TestANodeThatStopsInABriefTransactionHoldsNobodyUp(t *testing.T) {
	db := withThings(testkit.Servers(t)) // SQLite has no other nodes
	addThings(t, db, numbered(1, 1)...)
	holds, goOn, ended := make(chan bool), make(chan bool), make(chan error)
	add := func(tx *sqldb.Tx) error {
		_, err := tx.Exec(background, "UPDATE things SET amount = amount + 1 WHERE id = 1")
		return err
	}
	go func() {
		ended <- db.Brief().InTx(background, func(tx *sqldb.Tx) error {
			if err := add(tx); err != nil {
				return err
			}
			close(holds)
			<-goOn
			return add(tx)
		})
	}()
	<-holds
	if err := db.Brief().InTx(background, add); err != nil {
		t.Errorf("another node: %v", err)
	}
	close(goOn)
	if err := <-ended; !errors.Is(err, sqldb.ErrAway) {
		t.Errorf("the node that woke up late: %v, want that it is told to ask again", err)
	}
	if amount := amountOf(t, db, 1); amount != 1 {
		t.Errorf("two nodes added %d, want what the one that went on did alone", amount)
	}
}
