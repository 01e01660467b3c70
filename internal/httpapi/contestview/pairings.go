package contestview

import (
	"context"
	"errors"

	"anquanda/internal/board"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/pairing"
	"anquanda/internal/sqldb"
)

// Pairing is a pairing of units as everybody sees it.
type Pairing struct {
	Key       string `json:"key"`
	Title     string `json:"title"`
	Round     string `json:"round"`    // title of its period
	Says      string `json:"says"`     // who meets whom, in words
	OpensAt   int64  `json:"opens_at"` // UTC ms, as are the others
	ClosesAt  int64  `json:"closes_at"`
	DecidedAt int64  `json:"decided_at"` // 0: not yet
	Measure   string `json:"measure"`
	Late      bool   `json:"late"`  // totals are not there now
	Waits     string `json:"waits"` // why it is not known who meets whom; empty once it is
	Pairs     []Pair `json:"pairs"`
}

// Pair are two units that meet, each with what it has in the round so far.
type Pair struct {
	Place     int   `json:"place"` // from 1
	First     Side  `json:"first"`
	Second    *Side `json:"second"` // null: it has no opponent
	Corrected bool  `json:"corrected"`
}

// Side is one of a pair.
type Side struct {
	Unit  string   `json:"unit"`
	Score *float64 `json:"score"` // null: not on the board, or the round has not begun
	Won   bool     `json:"won"`
	Mine  bool     `json:"mine"` // of who asks
}

// Pairings reads the pairings of a contest.
type Pairings struct {
	Pairings *pairing.Service
	Boards   *board.Service
}

// Of lists the pairings of a contest as they stand in states; mine is the unit of who asks
// on a board, or 0.
func (s Pairings) Of(ctx context.Context, in *catalog.Contest, states map[string]*pairing.State, now int64,
	mine func(contest.Board) sqldb.ID) ([]Pairing, error) {
	all := make([]Pairing, 0, len(in.Pairings))
	for i := range in.Pairings {
		p := &in.Pairings[i]
		of, _ := in.Board(p.Board)
		one := Pairing{Key: p.Key, Title: p.Title, Says: rulespage.Meeting(in.Definition, p),
			Measure: rulespage.MeasureUnit(in.Definition, &of), Pairs: []Pair{}}
		if period, ok := in.PlayedIn(p); ok {
			one.Round, one.OpensAt, one.ClosesAt = period.Title, period.Opens.MS, period.Closes.MS
		}
		state := states[p.Key]
		var pairs []pairing.Pair
		switch {
		case state != nil:
			one.DecidedAt, pairs = state.DecidedAt, state.Pairs
		case p.Seeds != nil:
			one.Waits = "到时间按名次排定"
		default:
			var err error
			if pairs, one.Waits, err = s.Pairings.Meet(ctx, in, p, states); err != nil {
				return nil, err
			}
		}
		if err := s.tell(ctx, in, &one, p, pairs, now, mine(of)); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// tell adds the pairs: as they were decided, or with the totals of the round so far.
func (s Pairings) tell(ctx context.Context, in *catalog.Contest, one *Pairing, p *contest.Pairing, pairs []pairing.Pair,
	now int64, mine sqldb.ID) error {
	of, _ := in.Board(p.Board)
	var totals map[sqldb.ID]int64
	if one.DecidedAt == 0 && now >= one.OpensAt && len(pairs) > 0 {
		var units []sqldb.ID
		for _, pair := range pairs {
			units = append(units, pair.FirstID, pair.SecondID)
		}
		var err error
		totals, err = s.Boards.Totals(ctx, in, of, p.Stored(), units)
		if one.Late = errors.Is(err, board.ErrAway); err != nil && !one.Late {
			return err
		}
	}
	side := func(id sqldb.ID, name string, points, players int64, winner sqldb.ID) Side {
		if one.DecidedAt == 0 {
			points, players = totals[id], 0
			if _, there := totals[id]; there {
				players = 1
			}
		}
		told := Side{Unit: pairing.NameOf(in, id, name), Won: winner == id, Mine: mine == id}
		if players > 0 {
			score := in.PointsOn(&of, points)
			told.Score = &score
		}
		return told
	}
	for _, pair := range pairs {
		told := Pair{Place: pair.Place, Corrected: pair.CorrectedAt != 0,
			First: side(pair.FirstID, pair.FirstName, pair.FirstPoints, pair.FirstPlayers, pair.WinnerID)}
		if pair.SecondID != 0 {
			second := side(pair.SecondID, pair.SecondName, pair.SecondPoints, pair.SecondPlayers, pair.WinnerID)
			told.Second = &second
		}
		one.Pairs = append(one.Pairs, told)
	}
	return nil
}
