package drawing_test

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/fair"
)

type enrolmentRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	PlayerID  sqldb.ID `db:"player_id"`
	Nickname  string   `db:"nickname"`
	UnitID    sqldb.ID `db:"unit_id"`
	JoinedAt  int64    `db:"joined_at"`
}

// many lets so many take part with a point each, without the code that answers go
// through.
func many(h *fair.Hall, n int) {
	h.T.Helper()
	const together = 10_000
	at := h.Clock().UnixMilli()
	for done := 0; done < n; done += together {
		var players []enrolmentRow
		var grants []fair.GrantRow
		for i := done; i < min(n, done+together); i++ {
			id := h.IDs.Next()
			players = append(players, enrolmentRow{
				ContestID: h.Contest.ContestID, PlayerID: id, Nickname: fmt.Sprintf("平安青松%d", i), JoinedAt: at,
			})
			grants = append(grants, fair.GrantRow{
				ID: h.IDs.Next(), ContestID: h.Contest.ContestID, PlayerID: id, Kind: contest.GrantPoints,
				Source: "test", RuleKey: "test", Amount: 1, GrantedAt: at,
			})
		}
		err := h.DB.InTx(h.T.Context(), func(tx *sqldb.Tx) error {
			if err := sqldb.Insert(h.T.Context(), tx, "INSERT INTO enrolments", players); err != nil {
				return err
			}
			return sqldb.Insert(h.T.Context(), tx, "INSERT INTO grants", grants)
		})
		if err != nil {
			h.T.Fatal(err)
		}
	}
}

// peak runs work and returns how much more than before the heap held at most.
func peak(work func()) int64 {
	heap := func() int64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	runtime.GC()
	before := heap()
	var most atomic.Int64
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() {
		for ctx.Err() == nil {
			most.Store(max(most.Load(), heap()))
			time.Sleep(20 * time.Millisecond)
		}
	}()
	work()
	return max(most.Load(), heap()) - before
}

func TestAFreezeStreamsItsEntrantsAndTellsHowFarItIs(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		const players = 24_000
		h := fair.NewHall(t, s)
		many(h, players)
		id := h.PlannedDrawing("grand")
		ctx, stop := context.WithCancel(t.Context())
		told := map[int64]bool{}
		watched := make(chan struct{})
		go func() {
			defer close(watched)
			for ctx.Err() == nil {
				if row, err := h.Drawing(ctx, id); err == nil && row.State == drawing.Freezing {
					told[row.Done] = true
				}
				time.Sleep(2 * time.Millisecond)
			}
		}()
		used := peak(func() {
			if err := h.Freeze(t.Context(), fair.Sun, id, drawing.Seen{}); err != nil {
				t.Error(err)
			}
		})
		stop()
		<-watched
		row, err := h.Drawing(t.Context(), id)
		if err != nil || row.People != players || row.Done != players || row.Total != players {
			t.Errorf("the drawing is %+v, %v", row, err)
		}
		if len(told) < 4 {
			t.Errorf("how far it is was told %d times", len(told))
		}
		// A part of 2,000 players with all they did, twice by the garbage collector's
		// way, and some forty bytes an entry.
		if used > 48<<20 {
			t.Errorf("%d MB more than before", used>>20)
		}
	})
}

// BenchmarkDrawingOfAMillion freezes, draws and writes the transcript of a million
// entrants that stand in a store: go test -bench Million -benchtime 1x -timeout 30m
func BenchmarkDrawingOfAMillion(b *testing.B) {
	for b.Loop() {
		h := fair.NewHall(b, testkit.Embedded(b))
		many(h, 1_000_000)
		id := h.PlannedDrawing("grand")
		step := func(name string, work func() error) {
			began := time.Now()
			used := peak(func() {
				if err := work(); err != nil {
					b.Fatal(err)
				}
			})
			b.ReportMetric(time.Since(began).Seconds(), name+"-s")
			b.ReportMetric(float64(used>>20), name+"-MB")
		}
		step("freeze", func() error { return h.Freeze(b.Context(), fair.Sun, id, drawing.Seen{}) })
		h.At("2026-06-18 21:00:00")
		h.Enter(b.Context(), fair.Sun, id, []string{"9 3 20 31 12 1", "16"})
		h.Enter(b.Context(), fair.Wu, id, []string{"9 3 20 31 12 1", "16"})
		step("draw", func() error { _, err := h.Draw(b.Context(), fair.Sun, id); return err })
		step("transcript", func() error { return h.WriteTranscript(b.Context(), id, io.Discard) })
	}
}
