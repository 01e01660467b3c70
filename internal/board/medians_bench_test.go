package board_test

import (
	"fmt"
	"testing"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// Units of 100,000 players by their median time, on two boards: what is worked out whenever
// something has changed and it is time. Run it with
//
//	go test -run '^$' -bench Medians ./internal/board
func BenchmarkMediansOfUnits(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *testkit.Store{"SQLite": testkit.Embedded,
		"MariaDB": testkit.Servers} {
		b.Run(name, func(b *testing.B) { medians(b, arena.New(b, open(b))) })
	}
}

func medians(b *testing.B, a *arena.Arena) {
	a.Apply(timed)
	units := []sqldb.ID{a.Unit("n1"), a.Unit("n2"), a.Unit("s1"), a.Unit("s2")}
	for from := 0; from < 100_000; from += 1000 {
		err := a.DB.InTx(b.Context(), func(tx *sqldb.Tx) error {
			for i := from; i < from+1000; i++ {
				if _, err := tx.Exec(b.Context(), `INSERT INTO standings (contest_id, measure, period, player_id, unit_id,
					points, reached_at, version, changed_at, answered) VALUES (?, 'time', 0, ?, ?, ?, 1, 1, 1, 3)`,
					a.Contest.ContestID, i+1, units[i%4], 800_000+i*7919%60_000); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(fmt.Errorf("from %d: %w", from, err))
		}
	}
	for b.Loop() {
		if err := a.Boards.RefreshUnits(b.Context(), a.Contest.ContestID, 0); err != nil {
			b.Fatal(err)
		}
	}
}
