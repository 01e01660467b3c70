package forensics

import (
	"context"
	"reflect"
	"slices"

	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
)

// playersPerRead is how many players are looked at together.
const playersPerRead = 300

// shownAtMost is how many results and grants an evidence lists.
const shownAtMost = 10

type rulesEvidence struct {
	Attempts int            `json:"attempts"` // whose result the rules do not give
	Grants   int            `json:"grants"`   // that no rule gives
	Results  []oddResult    `json:"results"`
	Odd      []grantedByWho `json:"odd"`
}

// oddResult is an attempt whose stored result its stored answers do not come to.
type oddResult struct {
	Attempt string  `json:"attempt"`
	Level   string  `json:"level"`
	At      int64   `json:"at"`
	Stored  float64 `json:"stored"`  // score
	Counted float64 `json:"counted"` // score, by the rules
	Foreign int     `json:"foreign"` // answers to questions that were not asked
	Wrongly int     `json:"wrongly"` // answers that are judged wrongly
}

type grantedByWho struct {
	Kind   contest.GrantKind `json:"kind"`
	Source string            `json:"source"`
	Amount int               `json:"amount"`
	At     int64             `json:"at"`
}

// rules are the definitions that a contest has had, and what corrections of
// questions have changed.
type rules struct {
	byVersion map[int]*contest.Definition
	earning   []*contest.Definition // those that differ in what they give
	corrected map[string]int64      // question to when its newest correction came
	settled   bool                  // no correction waits to be scored
}

func (l *scan) readRules(ctx context.Context) (*rules, error) {
	var versions []struct {
		Version int    `db:"version"`
		Body    string `db:"body"`
	}
	err := l.db.Select(ctx, &versions, "SELECT version, body FROM contest_versions WHERE contest_id = ? ORDER BY version",
		l.contest.ContestID)
	if err != nil {
		return nil, errs.Wrap(err, "read the versions of a contest")
	}
	r := &rules{byVersion: map[int]*contest.Definition{}, corrected: map[string]int64{}, settled: true}
	banks := map[string]bool{}
	for _, v := range versions {
		d, err := contest.Parse("version", []byte(v.Body))
		if err != nil {
			return nil, errs.Wrap(err, "version %d of contest %d", v.Version, l.contest.ContestID)
		}
		r.byVersion[v.Version] = d
		if !slices.ContainsFunc(r.earning, func(e *contest.Definition) bool { return givesTheSame(e, d) }) {
			r.earning = append(r.earning, d)
		}
		for _, bank := range d.Banks() {
			banks[bank] = true
		}
	}
	var corrections []struct {
		Bank       string `db:"bank"`
		QuestionID string `db:"question_id"`
		CreatedAt  int64  `db:"created_at"`
		UndoneAt   int64  `db:"undone_at"`
		RescoredAt int64  `db:"rescored_at"`
	}
	err = l.db.Select(ctx, &corrections,
		"SELECT bank, question_id, created_at, undone_at, rescored_at FROM bank_corrections")
	for _, c := range corrections {
		if !banks[c.Bank] {
			continue
		}
		r.corrected[c.QuestionID] = max(r.corrected[c.QuestionID], c.CreatedAt, c.UndoneAt)
		r.settled = r.settled && c.RescoredAt != 0
	}
	return r, errs.Wrap(err, "read the corrections of questions")
}

func givesTheSame(a, b *contest.Definition) bool {
	return reflect.DeepEqual(a.Earnings, b.Earnings) && reflect.DeepEqual(a.Caps, b.Caps) &&
		reflect.DeepEqual(a.Periods, b.Periods) &&
		a.Window == b.Window && a.TimeZone == b.TimeZone
}

// eachPlayer looks at the pace of every player and counts results and grants anew.
func (l *scan) eachPlayer(ctx context.Context) error {
	r, err := l.readRules(ctx)
	if err != nil {
		return err
	}
	after := sqldb.ID(0)
	for {
		var players []sqldb.ID
		err := l.db.Select(ctx, &players,
			"SELECT player_id FROM enrolments WHERE contest_id = ? AND player_id > ? ORDER BY player_id LIMIT ?",
			l.contest.ContestID, after, playersPerRead)
		if err != nil || len(players) == 0 {
			return errs.Wrap(err, "read the players of a contest")
		}
		after = players[len(players)-1]
		if err := l.judgePlayers(ctx, r, players); err != nil {
			return err
		}
	}
}

func (l *scan) judgePlayers(ctx context.Context, r *rules, players []sqldb.ID) error {
	recounts, err := l.play.Recount(ctx, l.contest.ContestID, players)
	if err != nil {
		return err
	}
	byPlayer := map[sqldb.ID][]play.Recount{}
	for _, recount := range recounts {
		byPlayer[recount.PlayerID] = append(byPlayer[recount.PlayerID], recount)
	}
	odd, err := l.oddGrants(ctx, r, players, byPlayer)
	if err != nil {
		return err
	}
	for _, player := range players {
		var p pace
		var h hasteEvidence
		evidence := rulesEvidence{Results: []oddResult{}, Odd: []grantedByWho{}}
		for i := range byPlayer[player] {
			recount := &byPlayer[player][i]
			h.add(recount)
			for j := range recount.Answers {
				p.add(l.crowd, &recount.Answers[j])
			}
			if r.settled && !recount.Agrees() {
				evidence.result(l.contest.Definition, recount)
			}
		}
		if err := l.judgeHaste(player, &h); err != nil {
			return err
		}
		if err := l.judgePace(player, &p); err != nil {
			return err
		}
		for _, g := range odd[player] {
			evidence.grant(g)
		}
		if evidence.Attempts+evidence.Grants > 0 {
			if err := l.signal(player, conduct.SignalRules, 100, evidence); err != nil {
				return err
			}
		}
	}
	return l.seen(len(recounts))
}

func (e *rulesEvidence) result(d *contest.Definition, r *play.Recount) {
	if e.Attempts++; e.Attempts <= shownAtMost {
		e.Results = append(e.Results, oddResult{sqldb.ID(r.Stored.ID).String(), r.Stored.Level, r.Stored.FinishedAt,
			d.Points(r.Stored.Score), d.Points(r.Counted.Score), r.Foreign, r.Wrongly})
	}
}

func (e *rulesEvidence) grant(g contest.Grant) {
	if e.Grants++; e.Grants <= shownAtMost {
		e.Odd = append(e.Odd, grantedByWho{g.Kind, g.Source, g.Amount, g.At})
	}
}
