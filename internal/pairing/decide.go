package pairing

import (
	"context"
	"log/slog"
	"math"

	"anquanda/internal/board"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// settles is how long after the end of a round its answers may still be on their way to the
// store, in milliseconds: longer than a store may be away before a call is given up.
const settles = 15_000

// decide writes down who won, once the round is over and whoever began in it has ended.
// Where another node was faster, that stands.
func (s *Service) decide(
	ctx context.Context, in *catalog.Contest, p *contest.Pairing, state *State, now int64,
) (bool, error) {
	period, ok := in.PlayedIn(p)
	of, known := in.Board(p.Board)
	if !ok || !known || now < period.Closes.MS+settles {
		return false, nil
	}
	due := period.Closes.MS // what ends later counts for the next round
	if due >= in.Window.Closes.MS {
		due = math.MaxInt64 // see contest.RoundOf
	}
	open, err := s.play.UnderWay(ctx, in.ContestID, period.Closes.MS, due)
	if err != nil || open > 0 {
		return false, err
	}
	ranked, err := s.boards.RankedUnitsIn(ctx, in, of, p.Stored())
	if err != nil {
		return false, err
	}
	units := make(map[sqldb.ID]*board.RankedUnit, len(ranked))
	for i := range ranked {
		units[ranked[i].ID] = &ranked[i]
	}
	pairs := make([]Pair, len(state.Pairs))
	for i, pair := range state.Pairs {
		pairs[i] = pair.decided(units)
		pairs[i].FirstName, pairs[i].SecondName = NameOf(in, pair.FirstID, ""), NameOf(in, pair.SecondID, "")
	}
	return true, s.write(ctx, in, p, pairs, now)
}

// write keeps the results of all pairs, or where another node decided first, none.
func (s *Service) write(ctx context.Context, in *catalog.Contest, p *contest.Pairing, pairs []Pair, now int64) error {
	first := false
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		n, err := tx.Exec(ctx,
			"UPDATE pairings SET decided_at = ? WHERE contest_id = ? AND pairing_key = ? AND decided_at = 0",
			now, in.ContestID, p.Key)
		if first = n > 0; err != nil || !first {
			return err
		}
		for i := range pairs {
			r := &pairs[i]
			_, err := tx.Exec(ctx, `UPDATE unit_pairs SET first_name = ?, second_name = ?, first_points = ?, second_points = ?,
					first_players = ?, second_players = ?, winner_id = ?
				WHERE contest_id = ? AND pairing_key = ? AND place = ?`, r.FirstName, r.SecondName, r.FirstPoints,
				r.SecondPoints, r.FirstPlayers, r.SecondPlayers, r.WinnerID, r.ContestID, r.Key, r.Place)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && first {
		slog.InfoContext(ctx, "decided who won a pairing", "contest", in.Slug, "pairing", p.Key, "pairs", len(pairs))
	}
	return errs.Wrap(err, "decide who won")
}

// decided is a pair with what its units have on the board and who wins: who ranks ahead,
// of equals the first. Who is not on the board loses, unless there is nobody to lose to.
func (p Pair) decided(units map[sqldb.ID]*board.RankedUnit) Pair {
	first, second := units[p.FirstID], units[p.SecondID]
	if first != nil {
		p.FirstPoints, p.FirstPlayers, p.WinnerID = first.Points, first.Players, p.FirstID
	}
	if second != nil {
		p.SecondPoints, p.SecondPlayers = second.Points, second.Players
		if first == nil || second.Ahead(first) {
			p.WinnerID = p.SecondID
		}
	}
	if p.SecondID == 0 {
		p.WinnerID = p.FirstID
	}
	return p
}

// NameOf is what a unit of a pair is called: its present name, so that it is one unit in all
// rounds, else the one that it was decided under. Empty for 0.
func NameOf(in *catalog.Contest, id sqldb.ID, decided string) string {
	if u, ok := in.Units.Get(id); ok {
		return u.Name
	}
	return decided
}
