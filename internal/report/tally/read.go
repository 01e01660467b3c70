package tally

import (
	"context"
	"slices"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Hour is what happened within an hour.
type Hour struct {
	Hour int // since 1970, UTC
	Counts
	Events map[Series]int64
}

// Day is what happened on a day of the contest's zone.
type Day struct {
	Day int // yyyymmdd
	Counts
	Events map[Series]int64
}

// Named is what happened to one channel, unit or division over the whole contest.
type Named struct {
	Ref string
	Counts
}

// Totals are the counters of a contest: a pure value, of some thousand rows at most, from
// which pages and reports are made.
type Totals struct {
	Whole     Counts
	Events    map[Series]int64
	Hours     []Hour // those asked for, in order; those without anything left out
	Days      []Day  // all, in order
	Channels  []Named
	Units     []Named
	Divisions []Named
}

// Totals reads the counters of a contest, with the hours from one on. It reads no attempts
// and no answers.
func (s *Service) Totals(
	ctx context.Context, c *contest.Definition, contestID sqldb.ID, fromHour int,
) (*Totals, error) {
	var rows []countRow
	err := s.db.Select(ctx, &rows, "SELECT "+sqldb.Columns[countRow]("")+` FROM tally_counts WHERE contest_id = ? AND
		(span = ? OR (span = ? AND kind = '') OR (span = ? AND kind = '' AND slot >= ?))
		ORDER BY span, kind, slot, ref`,
		contestID, spanAll, spanDay, spanHour, fromHour)
	if err != nil {
		return nil, errs.Wrap(err, "read the counters of contest %d", contestID)
	}
	var events []eventRow
	err = s.db.Select(ctx, &events, `SELECT contest_id, kind, slot, happened FROM tally_events
		WHERE contest_id = ? ORDER BY slot`, contestID)
	if err != nil {
		return nil, errs.Wrap(err, "read what happened in contest %d", contestID)
	}
	t := &Totals{Events: map[Series]int64{}}
	for i := range rows {
		t.take(&rows[i])
	}
	for _, e := range events {
		t.happened(c, e, fromHour)
	}
	return t, nil
}

func (t *Totals) take(row *countRow) {
	if row.Counts == (Counts{}) {
		return // everything that it counted was taken back
	}
	switch {
	case row.Span == spanHour:
		t.Hours = append(t.Hours, Hour{Hour: row.Slot, Counts: row.Counts, Events: map[Series]int64{}})
	case row.Span == spanDay:
		t.Days = append(t.Days, Day{Day: row.Slot, Counts: row.Counts, Events: map[Series]int64{}})
	case row.Kind == kindAll:
		t.Whole = row.Counts
	case row.Kind == kindChannel:
		t.Channels = append(t.Channels, Named{row.Ref, row.Counts})
	case row.Kind == kindUnit:
		t.Units = append(t.Units, Named{row.Ref, row.Counts})
	case row.Kind == kindDivision:
		t.Divisions = append(t.Divisions, Named{row.Ref, row.Counts})
	}
}

// happened adds an event to its hour and day, which are made where nobody played then.
func (t *Totals) happened(c *contest.Definition, e eventRow, fromHour int) {
	t.Events[e.Kind] += e.Happened
	day := c.Day(int64(e.Slot) * hourMS)
	t.Days = insert(t.Days, Day{Day: day, Events: map[Series]int64{}}, func(d Day) int { return d.Day - day },
		func(d *Day) { d.Events[e.Kind] += e.Happened })
	if e.Slot >= fromHour {
		fresh := Hour{Hour: e.Slot, Events: map[Series]int64{}}
		t.Hours = insert(t.Hours, fresh, func(h Hour) int { return h.Hour - e.Slot },
			func(h *Hour) { h.Events[e.Kind] += e.Happened })
	}
}

// Person is the sheet of one player.
type Person struct {
	Player   sqldb.ID
	Division string
	*Sheet
}

// Sheets goes through the sheets of all players of a contest, each once, with little
// memory: some hundred bytes a player are read, and no answers.
func (s *Service) Sheets(ctx context.Context, contestID sqldb.ID, visit func(Person) error) error {
	var row playerRow
	err := s.db.Each(ctx, &row, func() error {
		sheet, err := unpack(row.Packed)
		if err != nil {
			return errs.Wrap(err, "read the sheet of player %d", row.PlayerID)
		}
		return visit(Person{row.PlayerID, row.Division, sheet})
	}, "SELECT "+playerColumns+" FROM tally_players WHERE contest_id = ?", contestID)
	return errs.Wrap(err, "read the sheets of contest %d", contestID)
}

// Question names a question of a contest.
type Question struct {
	Bank int // among the banks of the contest
	ID   string
}

// Questions are the questions behind the numbers of sheets.
func (s *Service) Questions(ctx context.Context, contestID sqldb.ID) (map[int]Question, error) {
	numbers, err := s.readNumbers(ctx, contestID)
	questions := make(map[int]Question, len(numbers))
	for key, number := range numbers {
		questions[number] = Question(key)
	}
	return questions, err
}

// insert has change change the element that order finds at 0, which fresh becomes where
// there is none.
func insert[T any](in []T, fresh T, order func(T) int, change func(*T)) []T {
	at, found := slices.BinarySearchFunc(in, 0, func(e T, _ int) int { return order(e) })
	if !found {
		in = slices.Insert(in, at, fresh)
	}
	change(&in[at])
	return in
}
