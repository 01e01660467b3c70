package bench

import (
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"

	"anquanda/internal/bench/load"
)

// DayReport is what `anquanda bench day` found.
type DayReport struct {
	Machine Machine  `json:"machine"`
	Measure float64  `json:"measured_seconds"` // of each probe
	Hurry   float64  `json:"hurry"`
	Runs    []DayRun `json:"runs"`
}

// DayRun is what a number of nodes held.
type DayRun struct {
	Nodes int `json:"nodes"`
	// Held is the most people an hour of whose requests 99 of a hundred were answered in time.
	Held        float64    `json:"people_an_hour"`
	Probes      []DayProbe `json:"probes"`
	Stored      Stored     `json:"stored"`
	Drawn       int        `json:"draws_acknowledged"`
	DrawsStored int        `json:"draws_stored"`
	ExactlyOnce bool       `json:"exactly_once"`
}

// DayProbe is one number of people an hour, tried.
type DayProbe struct {
	PeopleAnHour float64          `json:"people_an_hour"`
	Held         bool             `json:"held"`
	PerSecond    float64          `json:"requests_per_second"`
	Answers      int              `json:"answers"` // in all, those before what is measured too
	Came         int              `json:"came"`    // people
	AtOnce       int              `json:"at_once"` // the most people together
	All          load.DayFigure   `json:"all"`
	Kinds        []load.DayFigure `json:"kinds"`
	Lost         int              `json:"lost,omitempty"`
	Refused      map[string]int   `json:"refused,omitempty"`
	Spent        DaySpent         `json:"processors"`
}

// DaySpent is how many processors were busy, each from 0 to 1.
type DaySpent struct {
	Nodes     float64            `json:"nodes"`
	Beside    map[string]float64 `json:"beside,omitempty"`
	Generator float64            `json:"generator"`
	// Rest is other work on the machine; 0 where the system does not tell.
	Rest float64 `json:"rest"`
}

// spentBetween adds up processes, of which the first ones are nodes.
func spentBetween(before, after usage, processes []Process, nodes int) DaySpent {
	seconds := after.at.Sub(before.at).Seconds()
	s := DaySpent{Beside: map[string]float64{}, Generator: (after.program - before.program).Seconds() / seconds}
	all := s.Generator
	for i, p := range processes {
		busy := (after.beside[i] - before.beside[i]).Seconds() / seconds
		all += busy
		if i < nodes {
			s.Nodes += busy
		} else {
			s.Beside[p.Name] += busy
		}
	}
	if after.machine > 0 {
		s.Rest = max(0, (after.machine-before.machine).Seconds()/seconds-all)
	}
	return s
}

func newDayProbe(rate float64, r *load.DayResult, spent DaySpent) *DayProbe {
	p := &DayProbe{PeopleAnHour: rate, PerSecond: float64(r.All.Count) / r.Seconds, Answers: r.Acknowledged, Came: r.Came,
		AtOnce: r.AtOnce, All: r.All, Kinds: r.Kinds, Lost: r.Lost, Refused: r.Refused, Spent: spent}
	p.Held = r.All.Count > 0 && r.All.P99 < float64(aimDay.Milliseconds()) && r.Lost == 0 && len(r.Refused) == 0
	return p
}

// best is the probe of the most people that held; nil for none.
func (r *DayRun) best() (best *DayProbe) {
	for i := range r.Probes {
		if p := &r.Probes[i]; p.Held && (best == nil || p.PeopleAnHour > best.PeopleAnHour) {
			best = p
		}
	}
	return best
}

// ExactlyOnce reports whether all that was acknowledged is stored, once.
func (r *DayReport) ExactlyOnce() bool {
	for i := range r.Runs {
		if !r.Runs[i].ExactlyOnce {
			return false
		}
	}
	return true
}

// Print writes the report for people.
func (r *DayReport) Print(w io.Writer) {
	m := r.Machine
	fmt.Fprintf(w, "%s · %s · %s · %d cores for all of it · %s\n", m.Time.Format("2006-01-02 15:04 UTC"), m.SQL, m.Redis,
		m.Cores, m.Go)
	fmt.Fprintf(w, "People come at random moments and wait for nobody; they think %g times as fast as in life, so that fewer "+
		"are there\nat once for as many requests. Each probe measures %g s, and times count from when a person wants something.\n",
		r.Hurry, r.Measure)
	for i := range r.Runs {
		r.Runs[i].print(w)
	}
	r.printNeeds(w)
}

func (r *DayRun) print(w io.Writer) {
	fmt.Fprintf(w, "\n%s: %.0f people an hour with p99 under %d ms\n", nodesText(r.Nodes), r.Held, aimDay.Milliseconds())
	fmt.Fprintf(w, "  %10s %8s %8s %8s %8s   %s\n", "people/h", "there", "req/s", "p50 ms", "p99 ms", "processors busy")
	for i := range r.Probes {
		p, said := &r.Probes[i], ""
		if !p.Held {
			said = "  broke"
		}
		if p.Lost > 0 {
			said += fmt.Sprintf(", %d lost", p.Lost)
		}
		for _, why := range slices.Sorted(maps.Keys(p.Refused)) {
			said += fmt.Sprintf(", %d refused: %s", p.Refused[why], why)
		}
		fmt.Fprintf(w, "  %10.0f %8d %8.0f %8.1f %8.1f   %s%s\n", p.PeopleAnHour, p.AtOnce, p.PerSecond, p.All.P50, p.All.P99,
			p.Spent, said)
	}
	if best := r.best(); best != nil {
		for _, k := range best.Kinds {
			fmt.Fprintf(w, "    %-8s %7d requests, p50 %7.1f ms, p99 %7.1f ms\n", k.Kind, k.Count, k.P50, k.P99)
		}
	}
	fmt.Fprintf(w, "  %s\n  %d draws acknowledged, %d stored\n", r.Stored, r.Drawn, r.DrawsStored)
}

func nodesText(n int) string {
	if n == 1 {
		return "1 node"
	}
	return fmt.Sprintf("%d nodes", n)
}

// String is who was busy.
func (s DaySpent) String() string {
	return fmt.Sprintf("nodes %.2f", s.Nodes) +
		besideText(s.Beside, func(busy float64) string { return fmt.Sprintf("%.2f", busy) }) +
		fmt.Sprintf(", people %.2f, other work %.2f of %d", s.Generator, s.Rest, runtime.NumCPU())
}

// besideText tells processors by the name of who uses them.
func besideText(beside map[string]float64, say func(float64) string) string {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(beside)) {
		fmt.Fprintf(&text, ", %s %s", name, say(beside[name]))
	}
	return text.String()
}
