package simulation

import (
	"math/rand/v2"

	"anquanda/internal/contest"
)

// listsOf are the lists that a player comes on. Simulated players know nothing of each
// other, so no board is there to go by: as many come on a list as it takes, by lot; of
// units the share that its units are of all, and half of those whom staff might name.
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
		case of && board.Subject == contest.SubjectTeam: // were all teams full
			part = min(1, float64(l.Count*d.Teams.Size.Most)/float64(max(1, players)))
		case of && board.Subject == contest.SubjectUnit:
			part = float64(l.Count) / float64(all)
		case of:
			part = float64(l.Count) / float64(max(1, players))
		case len(l.Units) > 0:
			part = float64(len(l.Units)) / float64(all)
		}
		if random.Float64() < part {
			on = append(on, l)
		}
	}
	return on
}
