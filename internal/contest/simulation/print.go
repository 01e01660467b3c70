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
	fmt.Fprint(t, "\nlevel\tattempts\tpassed\tall right\tmean score\thighest\t\n")
	for _, l := range r.Levels {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%.1f\t%d\t\n", l.Level, l.Begun, l.Passed, l.Full,
			float64(l.Score)/float64(max(1, l.Begun)), l.Most)
	}
	if len(r.Rules) > 0 {
		fmt.Fprint(t, "\nrule\tgrants\tpoints\tchances\ttries\tcards\t\n")
		for _, e := range r.Rules {
			fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t\n", e.Rule, e.Times, e.Points, e.Chances, e.Tries, e.Cards)
		}
	}
	fmt.Fprint(t, "\nrefused because\tattempts\t\n")
	for _, code := range slices.Sorted(maps.Keys(r.Refused)) {
		fmt.Fprintf(t, "%s\t%d\t\n", code, r.Refused[code])
	}
	fmt.Fprint(t, "\nheld\tby players\tin all\tmost\t\n")
	line := func(name string, s Spread) { fmt.Fprintf(t, "%s\t%d\t%d\t%d\t\n", name, s.Holders, s.Sum, s.Most) }
	line("points", r.Points)
	line("chances", r.Chances)
	for _, measure := range slices.Sorted(maps.Keys(r.Totals)) {
		line("board "+measure, r.Totals[measure])
	}
	for n, players := range r.Cards[1:] {
		fmt.Fprintf(t, "%d cards\t%d\t\t\t\n", n+1, players)
	}
	for _, d := range r.Drawings {
		fmt.Fprintf(t, "drawing %s\t%d\t%d tickets\t\t\n", d.Drawing, d.Players, d.Tickets)
	}
	for _, key := range slices.Sorted(maps.Keys(r.Certified)) {
		fmt.Fprintf(t, "certificate %s\t%d\t\t\t\n", key, r.Certified[key])
	}
	t.Flush() //nolint:errcheck // what cannot be printed cannot be told either
}
