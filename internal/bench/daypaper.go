package bench

import (
	"fmt"
	"io"
	"math"

	"anquanda/internal/bench/load"
)

// onPaper is a contest that was not measured, by its busiest hour.
type onPaper struct {
	name    string
	people  float64 // in that hour; 0: as many as give these answers
	answers float64 // in that hour
}

// What is known of the national contest of 2025 in its 31 days, and what is assumed of its
// busiest hour and of a province.
const (
	nationPeople  = 8.07e6
	nationAnswers = 850e6
	nationDays    = 31
	busiestDay    = 3.0     // times the average day
	busiestHour   = 1.0 / 8 // of that day
	provinces     = 31
	largeProvince = 3.0 // times the average one
	busyAtMost    = 0.6 // of a processor, so that a rush finds room
)

// contestsOnPaper are a county after its text message, a large province, and the nation.
func contestsOnPaper() []onPaper {
	nation := nationAnswers / nationDays * busiestDay * busiestHour
	return []onPaper{
		{name: "a county: 10,000 people in an hour", people: 10_000},
		{name: fmt.Sprintf("a large province: %.2g times the average of %d", largeProvince, provinces),
			answers: nation * largeProvince / provinces},
		{name: fmt.Sprintf("the nation: %.2f million people, %.0f million answers in %d days", nationPeople/1e6,
			nationAnswers/1e6, nationDays), answers: nation},
	}
}

// need is what a contest would take in its busiest hour, worked out from one probe.
type need struct {
	People float64 // an hour, as those of the probe
	// Processors by what uses them: nodes, and each process that was named.
	Nodes  float64
	Beside map[string]float64
}

// needOf works with processor time for each person: times, and not rates, since a probe shares its machine.
func needOf(c onPaper, p *DayProbe, measured float64) need {
	answers := 0
	for _, k := range p.Kinds {
		if k.Kind == load.DayAnswer {
			answers = k.Count
		}
	}
	n := need{People: c.people, Beside: map[string]float64{}}
	if c.people == 0 && answers > 0 {
		n.People = c.answers / (float64(answers) / measured * 3600 / p.PeopleAnHour)
	}
	times := n.People / p.PeopleAnHour / busyAtMost
	n.Nodes = times * p.Spent.Nodes
	for name, busy := range p.Spent.Beside {
		n.Beside[name] = times * busy
	}
	return n
}

// printNeeds tells what contests would need by the run with the fewest nodes.
func (r *DayReport) printNeeds(w io.Writer) {
	if len(r.Runs) == 0 || r.Runs[0].best() == nil {
		return
	}
	best := r.Runs[0].best()
	fmt.Fprintf(w, "\nON PAPER, not measured: processors like these in the busiest hour, busy to %.0f %%, by the processor time of\n"+
		"%.0f people an hour on %s. The busiest day is taken for %.2g times the average, its busiest hour for %.3g of it.\n"+
		"The database is one machine: that it takes so much from so many is not shown by this.\n", 100*busyAtMost,
		best.PeopleAnHour, nodesText(r.Runs[0].Nodes), busiestDay, busiestHour)
	for _, c := range contestsOnPaper() {
		n := needOf(c, best, r.Measure)
		fmt.Fprintf(w, "  %-66s %9.0f people/h: %s\n", c.name, n.People, n)
	}
}

// String is the processors, rounded up.
func (n need) String() string {
	text := fmt.Sprintf("nodes %.0f", math.Ceil(n.Nodes))
	return text + besideText(n.Beside, func(busy float64) string { return fmt.Sprintf("%.0f", math.Ceil(busy)) })
}
