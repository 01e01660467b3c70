package hall

import (
	"context"
	"sync"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/pace"
	"anquanda/internal/sqldb"
)

const (
	// slotLength is how finely the hour is counted: what is told is of the last six.
	slotLength = 10 * time.Minute
	slotsTold  = 6
	slotsKept  = 12
	// storeEvery is how often a node stores what it has heard: as many rows as questions
	// were answered since, whatever the crowd.
	storeEvery = 10 * time.Second
	// missedLeast is how long the answer to MostMissed is kept.
	missedLeast = 15 * time.Second
	// enough is how many must have answered. One question that a few have missed says more
	// of them than of it.
	enough = 20
	// telling is from which share of wrong answers, in per cent, a question is told.
	telling = 30
)

// Missed is a question and how it was answered within the last hour.
type Missed struct {
	Bank     string `db:"bank"`
	Question string `db:"question_id"`
	Answers  int    `db:"answers"`
	Wrong    int    `db:"wrong"`
}

// asked names a question within ten minutes.
type asked struct {
	slot           int64
	contest        sqldb.ID
	bank, question string
}

// heard is how a question was answered since it was stored last. players are the first who
// did: until there are enough, each counts once, so that nobody makes a hall's question alone.
type heard struct {
	answers, wrong int
	players        map[sqldb.ID]bool
}

// counts are what a node has heard. It is safe for concurrent use.
type counts struct {
	mu    sync.Mutex
	heard map[asked]*heard
}

// Heard counts an answer of a player. It does not block.
func (s *Service) Heard(contestID, player sqldb.ID, bank, question string, correct bool) {
	key := asked{s.slot(), contestID, bank, question}
	s.counts.mu.Lock()
	defer s.counts.mu.Unlock()
	h := s.counts.heard[key]
	if h == nil {
		h = &heard{players: map[sqldb.ID]bool{}}
		s.counts.heard[key] = h
	}
	if len(h.players) < enough {
		if h.players[player] {
			return
		}
		h.players[player] = true
	}
	h.answers++
	if !correct {
		h.wrong++
	}
}

func (s *Service) slot() int64 { return s.millis() / slotLength.Milliseconds() }

// Run stores what was heard until ctx ends.
func (s *Service) Run(ctx context.Context) {
	pace.Every(ctx, storeEvery, "count missed questions", s.StoreHeard)
}

// StoreHeard stores what this node has heard since the last time.
func (s *Service) StoreHeard(ctx context.Context) error {
	rows := s.counts.take(s.slot())
	if len(rows) == 0 {
		return nil
	}
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		for key, h := range rows {
			if err := key.add(ctx, tx, h); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, "DELETE FROM missed_answers WHERE slot < ?", s.slot()-slotsKept)
		return err
	})
	return errs.Wrap(err, "store how questions were answered")
}

// take hands out what was heard, and forgets slots that are over; of the present one it
// goes on knowing who has answered.
func (c *counts) take(present int64) map[asked]heard {
	c.mu.Lock()
	defer c.mu.Unlock()
	rows := map[asked]heard{}
	for key, h := range c.heard {
		if h.answers > 0 {
			rows[key] = *h
			h.answers, h.wrong = 0, 0
		}
		if key.slot < present {
			delete(c.heard, key)
		}
	}
	return rows
}

func (k asked) add(ctx context.Context, tx *sqldb.Tx, h heard) error {
	matched, err := tx.Exec(ctx, `UPDATE missed_answers SET answers = answers + ?, wrong = wrong + ?
		WHERE slot = ? AND contest_id = ? AND bank = ? AND question_id = ?`,
		h.answers, h.wrong, k.slot, k.contest, k.bank, k.question)
	if err != nil || matched > 0 {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO missed_answers (slot, contest_id, bank, question_id, answers, wrong)
		VALUES (?, ?, ?, ?, ?, ?)`, k.slot, k.contest, k.bank, k.question, h.answers, h.wrong)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale // another node was faster: add to its row
	}
	return err
}

// MostMissed is the question of a contest that was missed most within the last hour, of
// those that fit; nil where too few have answered. fits says whether a question may be told.
func (s *Service) MostMissed(ctx context.Context, contestID sqldb.ID, fits func(bank, question string) bool) (
	*Missed, error) {
	return s.missed.Get(contestID, func() (*Missed, error) {
		var rows []Missed
		err := s.db.Select(ctx, &rows, `SELECT bank, question_id, SUM(answers) AS answers, SUM(wrong) AS wrong
			FROM missed_answers WHERE slot > ? AND contest_id = ? GROUP BY bank, question_id ORDER BY bank, question_id`,
			s.slot()-slotsTold, contestID)
		if err != nil {
			return nil, errs.Wrap(err, "look for the question missed most in contest %d", contestID)
		}
		return worst(rows, fits), nil
	})
}

// worst is the question with the largest share of wrong answers.
func worst(rows []Missed, fits func(bank, question string) bool) (most *Missed) {
	for i := range rows {
		r := &rows[i]
		if r.Answers < enough || 100*r.Wrong < telling*r.Answers {
			continue
		}
		if (most == nil || r.Wrong*most.Answers > most.Wrong*r.Answers) && fits(r.Bank, r.Question) {
			most = r
		}
	}
	return most
}
