// Package forensics looks for what is unusual about the players of a contest, and
// tells staff what they need to judge it. It writes nothing: signals go to package
// conduct.
//
// It reads the tables of other packages: attempts, responses and grants (play),
// enrolments, set_aside, player_origins and personal (identity), arrivals (referral),
// awards (prize), contest_versions (catalog) and bank_corrections (bank). Its tests run each of
// these statements against the schema as migrated.
package forensics

import (
	"context"
	"encoding/json"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
)

// Forensics looks for what is unusual about players. What it finds are leads, each
// with the figures that it rests on: it judges nobody. It is safe for concurrent
// use.
//
// A scan goes through the finished attempts of a contest three times, some
// thousand at a time: to learn how proven persons answer (a histogram of each
// question), player by player for pace and rules, and in the order of finishing
// for equal answers. What a question takes at least stands fixed beside what is
// learned, so that a crowd of made-up players moves neither. Memory is bounded by
// the questions of the bank and by what is unusual, not by the players.
type Forensics struct {
	db      *sqldb.DB
	catalog *catalog.Catalog
	play    *play.Service
	players *identity.Players
}

// New returns the forensics on what is stored in db.
func New(db *sqldb.DB, c *catalog.Catalog, p *play.Service, players *identity.Players) *Forensics {
	return &Forensics{db: db, catalog: c, play: p, players: players}
}

// scan is one search.
type scan struct {
	*Forensics
	contest *catalog.Contest
	crowd   *crowd
	found   func(conduct.Signal) error
	alive   func(attempts int64) error
	looked  int64
}

// Scan hands every signal of a contest to found, at most one of a kind for a
// player, and tells alive now and then how many attempts it has seen. An error of
// either ends the scan.
func (f *Forensics) Scan(
	ctx context.Context, c *catalog.Contest, found func(conduct.Signal) error, alive func(attempts int64) error,
) error {
	l := &scan{Forensics: f, contest: c, crowd: newCrowd(), found: found, alive: alive}
	for _, step := range []func(context.Context) error{
		l.learnCrowd, l.eachPlayer, l.sameAnswers, l.sameOrigin, l.seriesOfNames, l.rings,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (l *scan) signal(player sqldb.ID, kind conduct.SignalKind, weight int, evidence any) error {
	text, err := json.Marshal(evidence)
	if err != nil {
		return err
	}
	return l.found(conduct.Signal{PlayerID: player, Kind: kind, Weight: max(1, min(weight, 100)), Evidence: text})
}

// finishedRow is a finished attempt as the passes over the crowd need it.
type finishedRow struct {
	ID         sqldb.ID `db:"id"`
	PlayerID   sqldb.ID `db:"player_id"`
	Level      string   `db:"level_key"`
	FinishedAt int64    `db:"finished_at"`
	Held       int      `db:"held"`   // contest.Held
	Proofs     string   `db:"proofs"` // of the player
}

type answerRow struct {
	AttemptID  sqldb.ID `db:"attempt_id"`
	QuestionID string   `db:"question_id"`
	Choice     string   `db:"choice"`
	Correct    bool     `db:"correct"`
	UsedMS     int64    `db:"used_ms"`
}

// attemptsPerRead is how many attempts are looked at together.
const attemptsPerRead = 1000

// eachFinished goes through the finished attempts of the contest in the order in
// which they finished, with the answers that were given.
func (l *scan) eachFinished(ctx context.Context, visit func(*finishedRow, []answerRow) error) error {
	at, after := int64(0), sqldb.ID(0)
	for {
		var part []finishedRow
		err := l.db.Select(ctx, &part, `SELECT a.id, a.player_id, a.level_key, a.finished_at, a.held, e.proofs FROM attempts a
			JOIN enrolments e ON e.contest_id = a.contest_id AND e.player_id = a.player_id
			WHERE a.contest_id = ? AND a.finished_at > 0 AND (a.finished_at > ? OR a.finished_at = ? AND a.id > ?)
			ORDER BY a.finished_at, a.id LIMIT ?`, l.contest.ContestID, at, at, after, attemptsPerRead)
		if err != nil || len(part) == 0 {
			return errs.Wrap(err, "read finished attempts")
		}
		last := part[len(part)-1]
		at, after = last.FinishedAt, last.ID
		answers, err := l.answersOf(ctx, part)
		if err != nil {
			return err
		}
		for i := range part {
			if err := visit(&part[i], answers[part[i].ID]); err != nil {
				return err
			}
		}
		if err := l.seen(len(part)); err != nil {
			return err
		}
	}
}

func (l *scan) answersOf(ctx context.Context, part []finishedRow) (map[sqldb.ID][]answerRow, error) {
	ids := make([]sqldb.ID, len(part))
	for i := range part {
		ids[i] = part[i].ID
	}
	var rows []answerRow
	err := l.db.SelectIn(ctx, &rows, `SELECT attempt_id, question_id, choice, correct, used_ms FROM responses
		WHERE attempt_id IN (?) AND used_ms >= 0 AND choice <> '' ORDER BY attempt_id, question_id`, ids)
	answers := make(map[sqldb.ID][]answerRow, len(part))
	for _, r := range rows {
		answers[r.AttemptID] = append(answers[r.AttemptID], r)
	}
	return answers, errs.Wrap(err, "read answers")
}

func (l *scan) seen(attempts int) error {
	l.looked += int64(attempts)
	return l.alive(l.looked)
}

// others are the other players of a cluster, at most so many.
func others(of sqldb.ID, players []sqldb.ID) []string {
	const most = 20
	names := []string{}
	for _, p := range players {
		if p != of && len(names) < most {
			names = append(names, p.String())
		}
	}
	return names
}
