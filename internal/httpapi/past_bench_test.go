package httpapi_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/fair"
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

// mostStarts is how many attempts a player begins at once before each costs work (limit.Start),
// which is no part of what is measured.
const mostStarts = 90

// What a start, a last answer and a look at the home cost a player after so many
// attempts, in milliseconds over HTTP; run it with -benchtime 90x.
func BenchmarkAfterSoManyAttempts(b *testing.B) {
	for name, stores := range map[string]func(testing.TB) *testkit.Store{"SQLite": embedded,
		"MariaDB": testkit.Servers} {
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
	for starts := 0; b.Loop(); starts++ {
		if starts == mostStarts {
			b.Fatalf("run it with -benchtime %dx", mostStarts)
		}
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
		var rows []pastAttempt
		var responses []pastResponse
		var grants []fair.GrantRow
		for n := range attempts {
			id, at := player+1+sqldb.ID(n), now-int64(attempts-n)*600_000
			rows = append(rows, pastAttempt{
				ID: id, ContestID: c.ContestID, PlayerID: player, Level: "first", Period: c.Day(at), Ordinal: n + 1,
				ContestVersion: c.Version, BankVersion: c.BankVersion, Seed: 1, Questions: 1,
				StartedAt: at, DeadlineAt: at + 1000, FinishedAt: at + 500,
				Answered: 1, Correct: 1, Score: 10, Passed: true, UsedMS: 400, AllRight: true,
			})
			responses = append(responses, pastResponse{
				AttemptID: id, Position: 1, QuestionID: c.Bank.Questions[n%len(c.Bank.Questions)].ID, Choice: "0",
				Correct: true, UsedMS: 400, AnsweredAt: at + 500,
			})
			grants = append(grants, fair.GrantRow{
				ID: id, ContestID: c.ContestID, PlayerID: player, Kind: contest.GrantPoints,
				Source: fmt.Sprintf("right/a%d/1", id), RuleKey: "right", Amount: 1, GrantedAt: at + 500,
			})
		}
		if err := sqldb.Insert(b.Context(), tx, "INSERT INTO attempts", rows); err != nil {
			return err
		}
		if err := sqldb.Insert(b.Context(), tx, "INSERT INTO responses", responses); err != nil {
			return err
		}
		_, err := tx.Exec(b.Context(), "INSERT INTO progress (contest_id, player_id, version) VALUES (?, ?, 1)",
			c.ContestID, player)
		if err != nil {
			return err
		}
		return sqldb.Insert(b.Context(), tx, "INSERT INTO grants", grants)
	})
	if err != nil {
		b.Fatal(err)
	}
}

// pastAttempt and pastResponse are rows of attempts and responses.
type pastAttempt struct {
	ID             sqldb.ID `db:"id"`
	ContestID      sqldb.ID `db:"contest_id"`
	PlayerID       sqldb.ID `db:"player_id"`
	Level          string   `db:"level_key"`
	Period         int      `db:"period"`
	Ordinal        int      `db:"ordinal"`
	UnitID         sqldb.ID `db:"unit_id"`
	ContestVersion int      `db:"contest_version"`
	BankVersion    int      `db:"bank_version"`
	Seed           int64    `db:"seed"`
	Questions      int      `db:"questions"`
	StartedAt      int64    `db:"started_at"`
	DeadlineAt     int64    `db:"deadline_at"`
	FinishedAt     int64    `db:"finished_at"`
	Answered       int      `db:"answered"`
	Correct        int      `db:"correct"`
	Score          int      `db:"score"`
	Passed         bool     `db:"passed"`
	UsedMS         int64    `db:"used_ms"`
	AllRight       bool     `db:"all_right"`
}

type pastResponse struct {
	AttemptID  sqldb.ID `db:"attempt_id"`
	Position   int      `db:"position"`
	QuestionID string   `db:"question_id"`
	Choice     string   `db:"choice"`
	Correct    bool     `db:"correct"`
	UsedMS     int64    `db:"used_ms"`
	AnsweredAt int64    `db:"answered_at"`
}
