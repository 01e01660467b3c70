package board_test

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/board"
	"anquanda/internal/contest"
	"anquanda/internal/play"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

const million = 1_000_000

// A board of a million players on a real Redis. Run it with
//
//	go test -run '^$' -bench Million ./internal/board
func BenchmarkAMillionPlayers(b *testing.B) {
	a := arena.New(b, testkit.Servers(b))
	players := make([]sqldb.ID, 500)
	for i := range players {
		players[i] = a.Enrol(fmt.Sprint("选手", i), "n1")
	}
	a.Boards.Reconcile(b.Context())
	fill(b, a)
	var count testkit.RedisCalls
	a.Redis.AddHook(&count)

	// One at a time, as in a quiet hour: each total makes its own round trip.
	b.Run("set a total", func(b *testing.B) { setTotals(b, a, players, &count, 1) })
	// As many as wait share one.
	b.Run("set totals in bursts of 200", func(b *testing.B) { setTotals(b, a, players, &count, 200) })
	b.Run("read top 50, my rank and neighbours", func(b *testing.B) {
		count.Store(0)
		for i := range b.N {
			p, err := a.Boards.Page(b.Context(), a.Contest, board.Query{Board: "total", From: 1, Size: 50,
				Me: players[i%len(players)]})
			if err != nil || p.Me == nil || len(p.Entries) != 50 || p.Total < million {
				b.Fatalf("%+v, %v", p, err)
			}
		}
		b.ReportMetric(float64(count.Load())/float64(b.N), "round-trips/op")
	})
}

// fill puts a million players beside those who play.
func fill(b *testing.B, a *arena.Arena) {
	keys := redisdb.Keys(a.Contest.ContestID)
	for from := 0; from < million; from += 5000 {
		_, err := a.Redis.Pipelined(b.Context(), func(pipe redis.Pipeliner) error {
			scores, names := make([]redis.Z, 5000), make([]any, 0, 10_000)
			for i := range scores {
				id := fmt.Sprintf("%013s", strconv.FormatInt(int64(from+i+1), 36))
				scores[i] = redis.Z{Member: id, Score: float64(from+i) - float64((from+i)%600)*math.Exp2(31)}
				names = append(names, id, "0=1,20260616=1 0 选手")
			}
			pipe.ZAdd(b.Context(), keys.BoardPlayers("best", 0, ""), scores...)
			pipe.ZAdd(b.Context(), keys.BoardPlayers("best", 20260616, ""), scores...)
			pipe.HSet(b.Context(), keys.BoardWho(), names...)
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// setTotals hands finished attempts over, so many before it waits for Redis.
func setTotals(b *testing.B, a *arena.Arena, players []sqldb.ID, count *testkit.RedisCalls, burst int) {
	ctx, stop := context.WithCancel(context.Background())
	if err := a.Boards.Reconcile(ctx); err != nil { // so that Run finds nothing behind
		b.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { a.Boards.Run(ctx); close(ended) }()
	defer func() { stop(); <-ended }()
	count.Store(0)
	b.ResetTimer()
	for i := range b.N {
		player := players[i%len(players)]
		attempt := contest.Attempt{ID: int64(i + 1), Level: "first", FinishedAt: a.Clock.MS() + int64(i),
			Score: 10 * (1 + i%3)}
		record := contest.Record{Registered: true, History: contest.History{attempt}}
		a.Boards.Follow(&play.Change{ContestID: a.Contest.ContestID, Contest: a.Contest.Definition, PlayerID: player,
			Attempt: &attempt, Summary: a.Contest.Summarize(&record, attempt.FinishedAt), Version: time.Now().UnixNano()})
		if i%burst == burst-1 || i == b.N-1 {
			for !a.Boards.Settled() {
				time.Sleep(10 * time.Microsecond)
			}
		}
	}
	b.StopTimer()
	b.ReportMetric(float64(count.Load())/float64(b.N), "round-trips/op")
}
