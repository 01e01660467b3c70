package play_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// everyDay is Demo with a point for each right answer, up to 43 a day.
var everyDay = strings.NewReplacer("attempts: {max: 5}", "attempts: {max: 50}", "levels:", `earnings:
  - {key: right, for: attempt, each: {correct: 1}, give: {points: 1}}
caps: [{of: points, max: 43, per: day}]
levels:`, "boards:", "boards:\n  - {key: points, title: 积分榜, subject: player, measure: points, daily: true}").Replace(arena.Demo)

// What finishing costs, with as many players at once, each after so many days of 15
// attempts and 43 points.
func BenchmarkFinishingAfterDays(b *testing.B) {
	for _, days := range []int{0, 10, 30} {
		b.Run(fmt.Sprintf("%d", days), func(b *testing.B) {
			a := arena.New(b, testkit.Embedded(b))
			a.Apply(everyDay)
			a.Clock.Set("2026-06-30 10:00:00")
			const players = 64
			ids := make([]sqldb.ID, players)
			for i := range ids {
				ids[i] = a.Enrol("小明", "n1")
				past(b, a, ids[i], days)
			}
			b.ResetTimer()
			for range b.N {
				b.StopTimer()
				tickets := make([]string, players)
				for i, id := range ids {
					step := a.Start(id, "first")
					tickets[i] = a.Respond(id, step.Ticket, arena.Answer(step.Question, true)).Ticket
				}
				b.StartTimer()
				var all sync.WaitGroup
				for i, id := range ids {
					all.Go(func() {
						if _, err := a.Play.Finish(b.Context(), id, tickets[i]); err != nil {
							b.Error(err)
						}
					})
				}
				all.Wait()
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/players, "µs/finish")
		})
	}
}

// past gives a player so many days of attempts and points.
func past(b *testing.B, a *arena.Arena, player sqldb.ID, days int) {
	err := a.DB.InTx(b.Context(), func(tx *sqldb.Tx) error {
		var attempts, grants [][]any
		for day := range days {
			at := a.Clock.MS() - int64(days-day)*86_400_000
			for n := range 15 {
				id := int64(player)*1_000 + int64(day*15+n)
				attempts = append(attempts, []any{id, a.Contest.ContestID, player, "first", 20260000 + day, n + 1, 0, 1, 1, 1, 3, at, at + 1000, at + 500, 3, 3, 30, 1, 400})
			}
			for n := range 43 {
				id := int64(player)*10_000 + int64(day*43+n)
				grants = append(grants, []any{id, a.Contest.ContestID, player, "points", fmt.Sprintf("right/a%d/%d", day, n), "right", 1, at})
			}
		}
		err := tx.InsertRows(b.Context(), `INSERT INTO attempts (id, contest_id, player_id, level_key, period, ordinal, unit_id, contest_version, bank_version,
			seed, questions, started_at, deadline_at, finished_at, answered, correct, score, passed, used_ms)`, attempts)
		if err != nil {
			return err
		}
		return tx.InsertRows(b.Context(), "INSERT INTO grants (id, contest_id, player_id, kind, source, rule_key, amount, granted_at)", grants)
	})
	if err != nil {
		b.Fatal(err)
	}
}
