package tally

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// questionKey names a question of a contest: by the bank among those of the contest.
type questionKey struct {
	Bank int    `db:"bank"`
	ID   string `db:"question_id"`
}

// numbering is the short numbers of a contest's questions, as this node knows them. A
// number never changes.
type numbering struct {
	mu sync.Mutex
	of map[questionKey]int
}

type numberRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	Number    int      `db:"number"`
	questionKey
}

// numbersOf gives the numbers of questions; those without one get the next.
func (s *Service) numbersOf(ctx context.Context, contestID sqldb.ID, met []questionKey) (map[questionKey]int, error) {
	s.mu.Lock()
	n := s.numbers[contestID]
	if n == nil {
		n = &numbering{}
		s.numbers[contestID] = n
	}
	s.mu.Unlock()
	n.mu.Lock()
	defer n.mu.Unlock()
	lacks := func() []questionKey {
		lacking := map[questionKey]bool{}
		for _, key := range met {
			if _, known := n.of[key]; !known {
				lacking[key] = true
			}
		}
		return slices.SortedFunc(maps.Keys(lacking), func(a, b questionKey) int { return strings.Compare(a.ID, b.ID) })
	}
	for try := 0; len(lacks()) > 0; try++ {
		var err error
		if n.of, err = s.readNumbers(ctx, contestID); err != nil {
			return nil, err
		}
		err = s.giveNumbers(ctx, contestID, len(n.of), lacks())
		if err != nil && (try > 2 || !sqldb.IsDuplicate(err)) {
			return nil, errs.Wrap(err, "number the questions of contest %d", contestID)
		}
	}
	numbers := make(map[questionKey]int, len(met))
	for _, key := range met {
		numbers[key] = n.of[key]
	}
	return numbers, nil
}

func (s *Service) readNumbers(ctx context.Context, contestID sqldb.ID) (map[questionKey]int, error) {
	var rows []numberRow
	err := s.db.Select(ctx, &rows, `SELECT contest_id, number, bank, question_id FROM tally_questions
		WHERE contest_id = ?`, contestID)
	of := make(map[questionKey]int, len(rows))
	for _, row := range rows {
		of[row.questionKey] = row.Number
	}
	return of, errs.Wrap(err, "read the numbers of questions")
}

// giveNumbers gives the numbers that follow the last one; where another node gives them at
// the same moment, the key refuses.
func (s *Service) giveNumbers(ctx context.Context, contestID sqldb.ID, last int, keys []questionKey) error {
	rows := make([]numberRow, len(keys))
	for i, key := range keys {
		rows[i] = numberRow{contestID, last + 1 + i, key}
	}
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		return sqldb.Insert(ctx, tx, "INSERT INTO tally_questions", rows)
	})
}
