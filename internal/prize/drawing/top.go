package drawing

import (
	"cmp"
	"context"
	"math"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
)

// podium keeps the first so many of a board while players come by in any order.
type podium struct {
	catalog  *catalog.Contest
	board    contest.Board
	order    func(*catalog.Contest, contest.Total) float64
	count    int
	from, to int64
	first    []standing // at most twice count, the first count of them sorted
}

type standing struct {
	order  float64
	player sqldb.ID
}

// newPodium is for the board of a condition. Where a drawing looks at the whole
// contest its board does too: also at what was finished a moment after the end, by
// who began before it.
func (d *Drawings) newPodium(s *sieve, top contest.Top) *podium {
	p := &podium{catalog: s.contest, order: d.order, count: top.Count, from: s.from, to: s.to}
	p.board, _ = s.contest.Board(top.Board) // the check of definitions knows it
	if whole := s.contest.Window; s.from == whole.Opens.MS && s.to == whole.Closes.MS {
		p.from, p.to = 0, math.MaxInt64
	}
	return p
}

func (p *podium) add(player sqldb.ID, r *contest.Record) {
	if p.board.Division != "" && p.board.Division != r.Division {
		return
	}
	total, ok := p.catalog.TotalWithin(&p.board, r, p.from, p.to)
	if !ok || !p.board.Ranks(total) {
		return
	}
	p.first = append(p.first, standing{p.order(p.catalog, total), player})
	if len(p.first) >= 2*p.count {
		p.cut()
	}
}

func (p *podium) cut() {
	slices.SortFunc(p.first, func(a, b standing) int {
		return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.player, b.player))
	})
	p.first = p.first[:min(len(p.first), p.count)]
}

func (p *podium) players() map[sqldb.ID]bool {
	p.cut()
	players := make(map[sqldb.ID]bool, len(p.first))
	for _, s := range p.first {
		players[s.player] = true
	}
	return players
}

// rank finds who is among the first of the board that a drawing asks for. It goes
// through what players did, not through the board: the board is a view that may lag
// or be away, and shows today, not the period of the drawing.
func (f *freezing) rank(ctx context.Context) error {
	top := f.sieve.drawing.Who.Top
	if top == nil {
		return nil
	}
	p := f.newPodium(f.sieve, *top)
	err := f.eachRead(ctx, f.sieve.contest, func(ids []sqldb.ID, who map[sqldb.ID]identity.Enrolment,
		records map[sqldb.ID]*contest.Record) error {
		for _, id := range ids {
			if f.sieve.ranks(who[id]) {
				p.add(id, records[id])
			}
		}
		f.done += int64(len(ids))
		return f.step(ctx, func(*sqldb.Tx) error { return nil })
	})
	f.sieve.top = p.players()
	return err
}

// ranks reports whether a player holds a rank for this drawing: not who is disqualified
// or set aside, nor who is not proven where that is asked. Made-up players would else
// take the first places from those who may be drawn.
func (s *sieve) ranks(e identity.Enrolment) bool {
	return s.out[e.PlayerID] != disqualifiedText && !s.aside[e.PlayerID] &&
		s.contest.Admits(contest.ForDrawings, e.Proofs) && s.contest.Admits(contest.ForBoards, e.Proofs)
}
