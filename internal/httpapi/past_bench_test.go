package httpapi_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// manyAttempts is a contest of one question an attempt, as often as one likes.
const manyAttempts = `contest: often
title: 天天一题
organizer: 县应急管理局
bank: safety
window: {opens: 2026-01-01, closes: 2096-12-31}
levels:
  - {key: first, title: 每日一题, questions: [{count: 1, kinds: [single]}], pass: 1, attempts: {max: 0}}
earnings:
  - {key: right, for: attempt, each: {correct: 1}, give: {points: 1}}
caps: [{of: points, max: 43, per: day}]
boards:
  - {key: best, title: 榜, subject: player, measure: best, daily: true}
  - {key: points, title: 积分榜, subject: player, measure: points, daily: true}
`

// What a start, a last answer and a look at the home cost a player after so many
// attempts, in milliseconds over HTTP.
func BenchmarkAfterSoManyAttempts(b *testing.B) {
	for name, stores := range map[string]func(testing.TB) *testkit.Store{"SQLite": testkit.Embedded, "MariaDB": testkit.Servers} {
		b.Run(name, func(b *testing.B) {
			s := stores(b)
			house, tearDown, err := build(app.Config{Data: s.DataFolder, MySQL: s.MySQLDSN, Redis: s.RedisAddr()}, 7)
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(tearDown)
			if _, err := house.app.Catalog.Apply(b.Context(), "often.yaml", []byte(manyAttempts), "test"); err != nil {
				b.Fatal(err)
			}
			for _, attempts := range []int{1, 100, 10_000} {
				b.Run(fmt.Sprintf("%d", attempts), func(b *testing.B) { playAfter(b, house, attempts) })
			}
		})
	}
}

func playAfter(b *testing.B, house *building, attempts int) {
	p := testkit.NewPlayer(house.url, "often", house.bank)
	if err := p.Enrol("青禾小李", ""); err != nil {
		b.Fatal(err)
	}
	addPast(b, house, attempts)
	if err := p.Call(http.MethodGet, p.InContest(""), nil, nil); err != nil { // sums up what was put in by hand
		b.Fatal(err)
	}
	var start, answer, home time.Duration
	for b.Loop() {
		began := time.Now()
		step, err := p.Start("first")
		if err != nil {
			b.Fatal(err)
		}
		start += time.Since(began)
		began = time.Now()
		if last, err := p.Send(step.Ticket, p.Answer(step.Question, true)); err != nil || last.Result == nil {
			b.Fatal(last, err)
		}
		answer += time.Since(began)
		began = time.Now()
		if err := p.Call(http.MethodGet, p.InContest(""), nil, nil); err != nil {
			b.Fatal(err)
		}
		home += time.Since(began)
	}
	for unit, took := range map[string]time.Duration{"start-ms": start, "last-answer-ms": answer, "home-ms": home} {
		b.ReportMetric(float64(took.Microseconds())/1000/float64(b.N), unit)
	}
}

// addPast gives the newest player attempts of the days before, each right.
func addPast(b *testing.B, house *building, attempts int) {
	c, err := house.app.Catalog.Current("often")
	if err != nil {
		b.Fatal(err)
	}
	var player sqldb.ID
	err = house.app.DB.Get(b.Context(), &player, "SELECT MAX(player_id) FROM enrolments WHERE contest_id = ?", c.ContestID)
	if err != nil {
		b.Fatal(err)
	}
	now := time.Now().UnixMilli()
	err = house.app.DB.InTx(b.Context(), func(tx *sqldb.Tx) error {
		var rows, responses, grants [][]any
		for n := range attempts {
			id, at := int64(player)+1+int64(n), now-int64(attempts-n)*600_000
			day := c.Day(at)
			rows = append(rows, []any{id, c.ContestID, player, "first", day, n + 1, 0, c.Version, c.BankVersion, 1, 1, at, at + 1000, at + 500, 1, 1, 10, 1, 400, 1})
			responses = append(responses, []any{id, 1, c.Bank.Questions[n%len(c.Bank.Questions)].ID, "0", 1, 400, at + 500})
			grants = append(grants, []any{id, c.ContestID, player, "points", fmt.Sprintf("right/a%d/1", id), "right", 1, at + 500})
		}
		err := tx.InsertRows(b.Context(), `INSERT INTO attempts (id, contest_id, player_id, level_key, period, ordinal, unit_id, contest_version,
			bank_version, seed, questions, started_at, deadline_at, finished_at, answered, correct, score, passed, used_ms, all_right)`, rows)
		if err != nil {
			return err
		}
		if err := tx.InsertRows(b.Context(), "INSERT INTO responses (attempt_id, position, question_id, choice, correct, used_ms, answered_at)", responses); err != nil {
			return err
		}
		if err := tx.InsertRows(b.Context(), "INSERT INTO progress (contest_id, player_id, version)", [][]any{{c.ContestID, player, 1}}); err != nil {
			return err
		}
		return tx.InsertRows(b.Context(), "INSERT INTO grants (id, contest_id, player_id, kind, source, rule_key, amount, granted_at)", grants)
	})
	if err != nil {
		b.Fatal(err)
	}
}
