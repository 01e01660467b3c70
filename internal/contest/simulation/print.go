package simulation

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"
)

// Print writes the result as tables for people.
func (r *Result) Print(w io.Writer) {
	fmt.Fprintf(w, "contest %s: %d players, %d days, seed %d\n", r.Contest, r.Players, r.Days, r.Seed)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "\nlevel\tattempts\tpassed\tall right\tright in part\tmean score\thighest\t\n")
	for _, l := range r.Levels {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%.1f\t%v\t\n", l.Level, l.Begun, l.Passed, l.Full, l.Partly,
			l.Score/float64(max(1, l.Begun)), l.Most)
	}
	if len(r.Rules) > 0 {
		fmt.Fprint(t, "\nrule\tgrants\tpoints\tchances\ttries\tcards\tpurse\t\n")
		for _, e := range r.Rules {
			fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t\n", e.Rule, e.Times, e.Points, e.Chances, e.Tries, e.Cards,
				e.Purse)
		}
	}
	fmt.Fprint(t, "\nrefused because\tattempts\t\n")
	for _, code := range slices.Sorted(maps.Keys(r.Refused)) {
		fmt.Fprintf(t, "%s\t%d\t\n", code, r.Refused[code])
	}
	fmt.Fprint(t, "\nheld\tby players\tin all\tmost\t\n")
	line := func(name string, s Spread) { fmt.Fprintf(t, "%s\t%d\t%v\t%v\t\n", name, s.Holders, s.Sum, s.Most) }
	line("points", r.Points)
	line("chances", r.Chances)
	for _, measure := range slices.Sorted(maps.Keys(r.Totals)) {
		line("board "+measure, r.Totals[measure])
	}
	for n, players := range r.Cards[1:] {
		fmt.Fprintf(t, "%d cards\t%d\t\t\t\n", n+1, players)
	}
	for _, key := range slices.Sorted(maps.Keys(r.Certified)) {
		fmt.Fprintf(t, "certificate %s\t%d\t\t\t\n", key, r.Certified[key])
	}
	if r.Teams != nil {
		fmt.Fprintf(t, "teams\t%d\t%d members\t%d ranked\t\n", r.Teams.Formed, r.Teams.Members, r.Teams.Ranked)
	}
	r.printPrizes(t)
	t.Flush() //nolint:errcheck // what cannot be printed cannot be told either
}

// printPrizes tells what pools, shop and drawings gave, and what that is worth.
func (r *Result) printPrizes(t io.Writer) {
	if r.Training.Begun > 0 {
		fmt.Fprintf(t, "\ntraining\tattempts\tpassed\t\nbefore the contest\t%d\t%d\t\n", r.Training.Begun, r.Training.Passed)
	}
	for _, p := range r.Pools {
		fmt.Fprintf(t, "\npool %s\trolled\tgiven\t\n", p.Pool)
		for _, prize := range p.Prizes {
			fmt.Fprintf(t, "%s\t%d\t%d\t\n", prize.Prize, prize.Rolled, prize.Given)
		}
		for _, why := range slices.Sorted(maps.Keys(p.Missed)) {
			fmt.Fprintf(t, "otherwise: %s\t\t%d\t\n", why, p.Missed[why])
		}
		fmt.Fprintf(t, "in all\t%d draws\t%d wins\t\n", p.Draws, p.Wins)
	}
	if len(r.Drawings) > 0 {
		fmt.Fprint(t, "\ndrawing\theld\tentrants\ttickets\twinners\tnot given\t\n")
	}
	for _, d := range r.Drawings {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t\n", d.Drawing, d.Held, d.Players, d.Tickets, d.Winners, d.Unclaimed)
		if d.Share > 0 {
			fmt.Fprintf(t, "  shared\t%d\tcents or points, %d a head\t\n", d.Shared, d.Share)
		}
	}
	if len(r.Prizes) > 0 {
		fmt.Fprint(t, "\nprize\tstock\tgiven\tpools\tshop\tdrawings\t\n")
	}
	for _, p := range r.Prizes {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t\n", p.Prize, p.Stock, p.Given, p.Pools, p.Shop, p.Drawings)
	}
	if r.Budget > 0 {
		fmt.Fprintf(t, "\nworth in yuan\tgiven\tof\t\nall prizes\t%.2f\t%.2f\t\n", float64(r.Money)/100,
			float64(r.Budget)/100)
	}
	for _, room := range r.Unplayed {
		fmt.Fprintf(t, "\nlive room %s\tnot simulated\t\n", room)
	}
}
