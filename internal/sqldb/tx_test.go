package sqldb_test

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"sync"
	"testing"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

func TestAnErrorRollsBackAndComesThrough(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		db := withThings(s)
		refused := errors.New("the rules say no")
		err := db.InTx(background, func(tx *sqldb.Tx) error {
			if err := insertThings(background, tx, numbered(1, 3)); err != nil {
				t.Fatal(err)
			}
			return refused
		})
		if err != refused {
			t.Errorf("InTx returns %v, want the work's own error", err)
		}
		if ids := stored(t, db); len(ids) != 0 {
			t.Errorf("rows %v stayed", ids)
		}
	})
}

func TestAPanicRollsBackAndGoesOn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		db := withThings(s)
		func() {
			defer func() {
				if p := recover(); p != "a bug" {
					t.Errorf("recovered %v, want the panic", p)
				}
			}()
			db.InTx(background, func(tx *sqldb.Tx) error {
				if err := insertThings(background, tx, numbered(1, 3)); err != nil {
					t.Fatal(err)
				}
				panic("a bug")
			})
		}()
		addThings(t, db, numbered(9, 1)...) // the connection is free again
		if ids := stored(t, db); !slices.Equal(ids, []int64{9}) {
			t.Errorf("stored %v, want [9]", ids)
		}
	})
}

func TestADeadlockIsTriedAgain(t *testing.T) {
	db := withThings(testkit.Servers(t)) // SQLite has one writer at a time
	addThings(t, db, numbered(1, 2)...)
	var bothHoldOne sync.WaitGroup
	bothHoldOne.Add(2)
	tries := [2]int{}
	var all sync.WaitGroup
	for i, order := range [2][2]int64{{1, 2}, {2, 1}} {
		all.Go(func() {
			err := db.InTx(background, func(tx *sqldb.Tx) error {
				tries[i]++
				for n, id := range order {
					if _, err := tx.Exec(background, "UPDATE things SET amount = amount + 1 WHERE id = ?", id); err != nil {
						return err
					}
					if n == 0 && tries[i] == 1 {
						bothHoldOne.Done()
						bothHoldOne.Wait()
					}
				}
				return nil
			})
			if err != nil {
				t.Errorf("transaction %d: %v", i, err)
			}
		})
	}
	all.Wait()
	if tries[0]+tries[1] < 3 {
		t.Errorf("tries %v: they did not deadlock, so nothing was tested", tries)
	}
	for id := int64(1); id <= 2; id++ {
		if amount := amountOf(t, db, id); amount != 2 {
			t.Errorf("thing %d was added to %d times, want 2", id, amount)
		}
	}
}

func TestStaleReadsAreTriedAgainButNotForEver(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		db := withThings(s)
		tries := 0
		err := db.InTx(background, func(tx *sqldb.Tx) error {
			if tries++; tries == 1 {
				return sqldb.ErrStale
			}
			return nil
		})
		if err != nil || tries != 2 {
			t.Errorf("%d tries and %v, want 2 and no error", tries, err)
		}
		tries = 0
		err = db.InTx(background, func(tx *sqldb.Tx) error { tries++; return sqldb.ErrStale })
		if !errors.Is(err, sqldb.ErrAway) || tries > 10 {
			t.Errorf("%d tries and %v, want few and ErrAway", tries, err)
		}
	})
}

func TestNoUpdateIsLost(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		db := withThings(s)
		addThings(t, db, numbered(1, 1)...)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for range 20 {
					err := db.InTx(background, func(tx *sqldb.Tx) error {
						_, err := tx.Exec(background, "UPDATE things SET amount = amount + 1 WHERE id = 1")
						return err
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if amount := amountOf(t, db, 1); amount != 160 {
			t.Errorf("160 updates left %d", amount)
		}
	})
}

func TestATransactionSeesWhatOthersCommitted(t *testing.T) {
	s := testkit.Servers(t) // SQLite keeps its snapshot; only servers are set to READ COMMITTED
	db := withThings(s)
	addThings(t, db, numbered(1, 1)...)
	err := db.InTx(background, func(tx *sqldb.Tx) error {
		var amount int64
		if err := tx.Get(background, &amount, "SELECT amount FROM things WHERE id = 1"); err != nil {
			return err
		}
		err := db.InTx(background, func(other *sqldb.Tx) error {
			_, err := other.Exec(background, "UPDATE things SET amount = 7 WHERE id = 1")
			return err
		})
		if err != nil {
			return err
		}
		if err := tx.Get(background, &amount, "SELECT amount FROM things WHERE id = 1"); err != nil || amount != 7 {
			t.Errorf("read %d, %v; want 7", amount, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestDuplicatesAreToldFromOtherFailures(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		db := withThings(s)
		addThings(t, db, thing{ID: 1, Name: "one"})
		insert := func(item thing) error {
			return db.InTx(background, func(tx *sqldb.Tx) error {
				return insertThings(background, tx, []thing{item})
			})
		}
		for name, item := range map[string]thing{
			"primary key": {ID: 1, Name: "two"},
			"unique key":  {ID: 2, Name: "one"},
		} {
			if err := insert(item); !sqldb.IsDuplicate(err) || errors.Is(err, sqldb.ErrAway) {
				t.Errorf("%s: %v, want a duplicate", name, err)
			}
		}
		err := db.InTx(background, func(tx *sqldb.Tx) error {
			_, err := tx.Exec(background, "INSERT INTO things (id, name, amount) VALUES (3, NULL, 0)")
			return err
		})
		if err == nil || sqldb.IsDuplicate(err) || errors.Is(err, sqldb.ErrAway) || sqldb.Unreachable(err) {
			t.Errorf("a NULL is refused with %v, want an error of no kind", err)
		}
		if sqldb.IsDuplicate(nil) || sqldb.Unreachable(nil) {
			t.Error("no error at all has a kind")
		}
	})
}

// Text keys differ by case and accent, on both engines.
func TestTextComparesByItsBytes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		db := withThings(s)
		names := []string{"abc", "ABC", "ábc", "安全答", "安全问", "🧯", "🚒", "straße", "strasse"}
		for i, name := range names {
			addThings(t, db, thing{ID: int64(i), Name: name})
		}
		for i, name := range names {
			var ids []int64
			if err := db.Select(background, &ids, "SELECT id FROM things WHERE name = ?", name); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(ids, []int64{int64(i)}) {
				t.Errorf("%q finds %v, want %d alone", name, ids, i)
			}
		}
	})
}

func TestExecCountsTheRowsThatMatched(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		db := withThings(s)
		addThings(t, db, numbered(1, 3)...)
		err := db.InTx(background, func(tx *sqldb.Tx) error {
			for want, query := range []string{
				"UPDATE things SET amount = 5 WHERE id = 99",
				"UPDATE things SET amount = 0 WHERE id = 1", // what it was already
				"DELETE FROM things WHERE id > 1",
			} {
				if n, err := tx.Exec(background, query); err != nil || n != int64(want) {
					t.Errorf("%s: %d rows, %v; want %d", query, n, err, want)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestRowsBeyondOneStatementAreAllInserted(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		db := withThings(s)
		const count = 25_000 // 75,000 values: no engine takes that at once
		addThings(t, db, numbered(1, count)...)
		var n int
		if err := db.Get(background, &n, "SELECT COUNT(*) FROM things"); err != nil || n != count {
			t.Errorf("%d rows, %v; want %d", n, err, count)
		}
		addThings(t, db) // no rows at all is no error
	})
}

func TestReadsInEveryForm(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		db := withThings(s)
		addThings(t, db, numbered(1, 5)...)

		var none thing
		if err := db.Get(background, &none, "SELECT * FROM things WHERE id = 99"); !errors.Is(err, sql.ErrNoRows) {
			t.Errorf("a row that is not there: %v", err)
		}
		var some []int64
		if err := db.SelectIn(background, &some, "SELECT id FROM things WHERE id IN (?) AND id > ? ORDER BY id",
			[]int64{1, 3, 5, 7}, 1); err != nil || !slices.Equal(some, []int64{3, 5}) {
			t.Errorf("SelectIn: %v, %v", some, err)
		}
		var row thing
		var names []string
		err := db.Each(background, &row, func() error {
			names = append(names, row.Name)
			return nil
		}, "SELECT * FROM things ORDER BY id")
		if err != nil || len(names) != 5 || names[4] != "thing 5" {
			t.Errorf("Each: %v, %v", names, err)
		}
		stop := errors.New("enough")
		visits := 0
		err = db.Each(background, &row, func() error { visits++; return stop }, "SELECT * FROM things")
		if err != stop || visits != 1 {
			t.Errorf("Each went on for %d rows and returned %v", visits, err)
		}
		err = db.InTx(background, func(tx *sqldb.Tx) error {
			var inside []thing
			if err := tx.SelectIn(background, &inside, "SELECT * FROM things WHERE id IN (?)", []int64{1, 2}); err != nil ||
				len(inside) != 2 {
				t.Errorf("SelectIn in a transaction: %v, %v", inside, err)
			}
			n, err := tx.ExecIn(background, "UPDATE things SET amount = 1 WHERE id IN (?)", []int64{1, 2, 99})
			if err != nil || n != 2 {
				t.Errorf("ExecIn: %d, %v", n, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestReadsCannotWrite(t *testing.T) {
	s := testkit.Embedded(t)
	db := withThings(s)
	var ids []int64
	if err := db.Select(background, &ids,
		"INSERT INTO things (id, name, amount) VALUES (1, 'x', 0) RETURNING id"); err == nil {
		t.Error("a read wrote past the one writer")
	}
}

func TestAnEndedRequestStopsItsTransaction(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		db := withThings(s)
		ctx, end := context.WithCancel(background)
		err := db.InTx(ctx, func(tx *sqldb.Tx) error {
			if err := insertThings(ctx, tx, numbered(1, 1)); err != nil {
				return err
			}
			end()
			return insertThings(ctx, tx, numbered(2, 1))
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("InTx returns %v, want that it was cancelled", err)
		}
		addThings(t, db, numbered(3, 1)...)
		if ids := stored(t, db); !slices.Equal(ids, []int64{3}) {
			t.Errorf("stored %v, want [3]", ids)
		}
	})
}
