package simulation

import (
	"math/rand/v2"
	"slices"

	"anquanda/internal/contest"
)

// listsOf are the lists that a player comes on, where the own total does not keep the
// player off (see reaches). Simulated players know nothing of each other, so no board is
// there to go by: as many come on a list as it takes, by lot; of units the share that its
// units, or those that win, are of all, half where they are to reach a total, and half of those whom staff
// might name.
func listsOf(d *contest.Definition, players, player int, seed uint64) (on []*contest.List) {
	if len(d.Lists) == 0 {
		return nil
	}
	random := rand.New(rand.NewPCG(^seed, uint64(player))) // what else is drawn stays as it is
	for i := range d.Lists {
		l := &d.Lists[i]
		part := 0.5
		board, of := d.Board(l.Board)
		switch all := max(1, units(d.Units)); {
		case of && l.Count == 0 && board.Subject == contest.SubjectPlayer:
			part = 1
		case of && l.Count == 0: // whether a unit reaches a total is chance
		case of && board.Subject == contest.SubjectTeam: // were all teams full
			part = min(1, float64(l.Count*d.Teams.Size.Most)/float64(max(1, players)))
		case of && board.Subject == contest.SubjectUnit:
			part = float64(l.Count) / float64(all)
		case of:
			part = float64(l.Count) / float64(max(1, players))
		case l.Pairing != "":
			part = min(1, float64(d.MostPairs(d.Pairing(l.Pairing)))/float64(all))
		case len(l.Units) > 0:
			part = float64(len(l.Units)) / float64(all)
		}
		if random.Float64() < part {
			on = append(on, l)
		}
	}
	return on
}

// comeOnLists puts the player on the lists that are made by now, and takes what they give.
func (p *person) comeOnLists(r *part) {
	waiting := p.listed[:0]
	for _, l := range p.listed {
		switch {
		case p.d.MadeAt(l) > p.now:
			waiting = append(waiting, l)
		case p.reaches(l):
			p.on = append(p.on, l.Key)
			if p.d.GivesForList(l.Key) {
				p.do(r, p.d.Listing(l.Key, p.now))
			}
		}
	}
	p.listed = waiting
}

// reaches reports whether the player has the total that a list of a board of players asks
// for.
func (p *person) reaches(l *contest.List) bool {
	board, of := p.d.Board(l.Board)
	if !of || board.Subject != contest.SubjectPlayer || l.Least == 0 {
		return true
	}
	return slices.ContainsFunc(p.d.Totals(p.rules), func(t contest.Total) bool {
		return t.Period == 0 && t.Name() == board.TotalName() && board.Ranks(t) && l.Reaches(&board, t.RanksBy())
	})
}
