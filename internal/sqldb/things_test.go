package sqldb_test

import (
	"context"
	"testing"
	"testing/fstest"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// things is a table of no package, for the tests here.
var things = fstest.MapFS{"0900_things.sql": {Data: []byte(`
CREATE TABLE things (
  id BIGINT NOT NULL PRIMARY KEY,
  name VARCHAR(40) NOT NULL UNIQUE,
  amount BIGINT NOT NULL
);`)}}

var background = context.Background()

func withThings(s *testkit.Store) *sqldb.DB {
	s.Migrate(sqldb.Migrations(), things)
	return s.DB
}

type thing struct {
	ID     int64  `db:"id"`
	Name   string `db:"name"`
	Amount int64  `db:"amount"`
}

func insertThings(ctx context.Context, tx *sqldb.Tx, items []thing) error {
	return sqldb.Insert(ctx, tx, "INSERT INTO things", items)
}

func addThings(t *testing.T, db *sqldb.DB, items ...thing) {
	t.Helper()
	err := db.InTx(background, func(tx *sqldb.Tx) error { return insertThings(background, tx, items) })
	if err != nil {
		t.Fatal(err)
	}
}

// stored reads the ids that are in the table, in order.
func stored(t *testing.T, db *sqldb.DB) (ids []int64) {
	t.Helper()
	if err := db.Select(background, &ids, "SELECT id FROM things ORDER BY id"); err != nil {
		t.Fatal(err)
	}
	return ids
}

func amountOf(t *testing.T, db *sqldb.DB, id int64) (amount int64) {
	t.Helper()
	if err := db.Get(background, &amount, "SELECT amount FROM things WHERE id = ?", id); err != nil {
		t.Fatal(err)
	}
	return amount
}
