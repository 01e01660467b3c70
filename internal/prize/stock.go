package prize

import (
	"context"
	"slices"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// TakeTurn lets this transaction hand out prizes of a contest alone, until it
// ends. It comes before what it reads, so that all of that is the newest. A
// transaction of several contests takes their turns in the order of their ids.
func TakeTurn(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	matched, err := tx.Exec(ctx, "UPDATE prize_turns SET turns = turns + 1 WHERE contest_id = ?", contestID)
	if err != nil || matched == 1 {
		return errs.Wrap(err, "take the turn at the prizes of a contest")
	}
	_, err = tx.Exec(ctx, "INSERT INTO prize_turns (contest_id, turns) VALUES (?, 1)", contestID)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "take the first turn at the prizes of a contest")
}

// Source is a way by which prizes go out.
type Source struct {
	Kind SourceKind
	Key  string
}

// Shelf is the stock of one prize, as a transaction reads and hands it out.
type Shelf struct {
	Prize *contest.Prize
	Out   map[Source]int // units, by the way they went
	Total int            // units out
	Units int            // that there are: the stock, of vouchers as many as have a code

	highest int   // number of a unit that is out
	kept    int   // for drawings that are still to come
	freed   []int // numbers below highest that came back
}

// Shelves is the stock of prizes of a contest, by key.
type Shelves map[string]*Shelf

// ReadShelves reads the stock of prizes as it stands in the transaction.
func ReadShelves(ctx context.Context, from sqldb.Reader, contestID sqldb.ID, d *contest.Definition,
	keys []string) (Shelves, error) {
	all := Shelves{}
	for _, key := range keys {
		if p := d.Prize(key); p != nil && p.Kind != contest.PrizeThanks {
			all[key] = &Shelf{Prize: p, Out: map[Source]int{}, Units: p.Stock}
		}
	}
	if len(all) == 0 {
		return all, nil
	}
	if err := all.readOut(ctx, from, contestID); err != nil {
		return nil, err
	}
	if err := all.readCodes(ctx, from, contestID); err != nil {
		return nil, err
	}
	for key, s := range all {
		s.kept = max(0, d.Promised(key)-s.outOf(FromDrawing))
		if s.highest >= s.Units && s.Total < s.Units && s.Prize.Kind != contest.PrizeVoucher {
			if err := s.readFreed(ctx, from, contestID); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

func (all Shelves) keys(which func(*Shelf) bool) (keys []string) {
	for key, s := range all {
		if which(s) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

func (all Shelves) readOut(ctx context.Context, from sqldb.Reader, contestID sqldb.ID) error {
	var rows []struct {
		PrizeKey   string     `db:"prize_key"`
		SourceKind SourceKind `db:"source_kind"`
		SourceKey  string     `db:"source_key"`
		Units      int        `db:"units"`
		Highest    int        `db:"highest"`
	}
	err := from.SelectIn(ctx, &rows, `
		SELECT prize_key, source_kind, source_key, COUNT(*) AS units, MAX(unit_no) AS highest FROM awards
		WHERE contest_id = ? AND prize_key IN (?) AND unit_no IS NOT NULL
		GROUP BY prize_key, source_kind, source_key`, contestID, all.keys(func(*Shelf) bool { return true }))
	for _, r := range rows {
		s := all[r.PrizeKey]
		s.Out[Source{r.SourceKind, r.SourceKey}] = r.Units
		s.Total += r.Units
		s.highest = max(s.highest, r.Highest)
	}
	return errs.Wrap(err, "count the units that are out")
}

// readCodes bounds the units of vouchers by the codes that are there.
func (all Shelves) readCodes(ctx context.Context, from sqldb.Reader, contestID sqldb.ID) error {
	vouchers := all.keys(func(s *Shelf) bool { return s.Prize.Kind == contest.PrizeVoucher })
	for _, key := range vouchers {
		codes, err := countCodes(ctx, from, contestID, key)
		if err != nil {
			return err
		}
		all[key].Units = min(all[key].Units, codes)
	}
	return nil
}

// readFreed finds the numbers that came back, once no new one is left.
func (s *Shelf) readFreed(ctx context.Context, from sqldb.Reader, contestID sqldb.ID) error {
	var taken []int
	err := from.Select(ctx, &taken, `SELECT unit_no FROM awards
		WHERE contest_id = ? AND prize_key = ? AND unit_no IS NOT NULL ORDER BY unit_no`, contestID, s.Prize.Key)
	next := 1
	for _, n := range append(taken, s.Units+1) {
		for ; next < n && next <= s.Units; next++ {
			s.freed = append(s.freed, next)
		}
		next = n + 1
	}
	return errs.Wrap(err, "look for units that came back")
}

func (s *Shelf) outOf(kind SourceKind) (n int) {
	for by, units := range s.Out {
		if by.Kind == kind {
			n += units
		}
	}
	return n
}

// Left is how many units a way other than drawings can still give.
func (s *Shelf) Left() int {
	left := s.Units - s.Total - s.kept
	if s.Prize.Kind == contest.PrizeVoucher {
		left = s.Units - s.highest - s.kept // a code that somebody saw is no prize any more
	}
	return max(0, left)
}

// Take picks the next unit for a way; ok is false when there is none at all.
// What is kept for drawings is the caller's to look at (Left).
func (s *Shelf) Take(by Source) (unit int, ok bool) {
	switch {
	case s.highest < s.Units:
		s.highest++
		unit = s.highest
	case len(s.freed) > 0:
		unit, s.freed = s.freed[0], s.freed[1:]
	default:
		return 0, false
	}
	s.Total++
	s.Out[by]++
	if by.Kind == FromDrawing {
		s.kept = max(0, s.kept-1)
	}
	return unit, true
}
