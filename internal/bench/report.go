package bench

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"anquanda/internal/bench/load"
)

// phase is the letter of a phase of `anquanda bench answers`.
type phase string

const (
	phaseBare    phase = "a"
	phaseRows    phase = "b"
	phaseAnswers phase = "c"
	phaseEach    phase = "d"
	phaseOpen    phase = "e"
)

var phaseTitles = map[phase]string{
	phaseBare:    "no-op Gin handler",
	phaseRows:    "bare commits of 512 rows, 2 writers",
	phaseAnswers: "durable answers",
	phaseEach:    "the same, one commit an answer",
	phaseOpen:    "durable answers on a schedule",
}

// Figure is what one phase measured. Latencies are milliseconds; of the open
// loop they count from the scheduled moment.
type Figure struct {
	Phase       phase          `json:"phase"`
	Connections int            `json:"connections,omitempty"`
	Offered     float64        `json:"offered_per_second,omitempty"`
	PerSecond   float64        `json:"per_second"`
	P50         float64        `json:"p50_ms,omitempty"`
	P99         float64        `json:"p99_ms,omitempty"`
	P999        float64        `json:"p999_ms,omitempty"`
	LastP50     float64        `json:"last_answers_p50_ms,omitempty"` // of those that ended an attempt
	LastP99     float64        `json:"last_answers_p99_ms,omitempty"`
	CPU         CPU            `json:"cpu"`
	Missed      int            `json:"missed,omitempty"`
	Lost        int            `json:"lost,omitempty"`
	Refused     map[string]int `json:"refused,omitempty"`
	// What came before the measured window, for the record.
	EnrolPerSecond float64 `json:"enrolments_per_second,omitempty"`
	StartPerSecond float64 `json:"starts_per_second,omitempty"`
}

// String names the figure.
func (f Figure) String() string {
	text := fmt.Sprintf("(%s) %s", f.Phase, phaseTitles[f.Phase])
	if f.Connections > 0 {
		text += fmt.Sprintf(", %d connections", f.Connections)
	}
	return text
}

func (f *Figure) take(r *load.Result) {
	f.PerSecond, f.P50, f.P99, f.P999 = r.PerSecond, r.P50, r.P99, r.P999
	f.LastP50, f.LastP99 = r.LastP50, r.LastP99
	f.Missed, f.Lost, f.Refused = r.Missed, r.Lost, r.Refused
	f.EnrolPerSecond, f.StartPerSecond = r.EnrolPerSecond, r.StartPerSecond
}

// AnswersReport is what `anquanda bench answers` found.
type AnswersReport struct {
	Machine Machine  `json:"machine"`
	Figures []Figure `json:"figures"`
	Aims    []Aim    `json:"aims"`
	Stored  Stored   `json:"stored"`
}

// Print writes the report as a table for people.
func (r *AnswersReport) Print(w io.Writer) {
	m := r.Machine
	fmt.Fprintf(w, "%s · %s · %s · %d cores · %s\n", m.Time.Format("2006-01-02 15:04 UTC"), m.SQL, m.Redis, m.Cores, m.Go)
	if !m.Durable {
		fmt.Fprintln(w, "This store acknowledges commits before they are on the disk: no figure below is of a durable answer.")
	}
	columns := r.processors()
	fmt.Fprintf(w, "\n%-58s %9s %8s %8s %8s   %-*s   %s\n", "", "", "", "", "", len(titles(columns)),
		"% of the processors:", "µs each:")
	fmt.Fprintf(w, "%-58s %9s %8s %8s %8s   %s   %7s %7s\n", "", "a second", "p50 ms", "p99 ms", "p99.9 ms",
		titles(columns), "program", "all")
	slices.SortStableFunc(r.Figures, func(a, b Figure) int { return int(a.Phase[0]) - int(b.Phase[0]) })
	for _, f := range r.Figures {
		latencies := ""
		if f.P50 > 0 {
			latencies = fmt.Sprintf(" %8.1f %8.1f %8.1f", f.P50, f.P99, f.P999)
		}
		fmt.Fprintf(w, "%-58s %9.0f%27s   %s   %7.1f %7.1f\n", f, f.PerSecond, latencies, f.CPU.row(columns),
			f.CPU.ProgramMicros, f.CPU.AllMicros)
		if f.LastP50 > 0 {
			fmt.Fprintf(w, "%-58s %9s %8.1f %8.1f\n", "    of these, the last answers of attempts", "", f.LastP50, f.LastP99)
		}
		f.printTrouble(w)
	}
	fmt.Fprintln(w, "\nThe generator runs on the same processors as the program: its own small HTTP client, in a process of its own,")
	fmt.Fprintln(w, "with the same connections kept open in every phase. The rest is whatever else runs here.")
	if rest := r.disturbance(); rest > quiet {
		fmt.Fprintf(w, "This machine was busy with something else: it took %.0f %% of the processors while (a) ran, which needs nobody\n"+
			"else. Phases beside each other may not compare; \"µs each\" suffers less.\n", 100*rest)
	}
	if len(r.Aims) > 0 {
		fmt.Fprintln(w, "\nAims")
	}
	for _, a := range r.Aims {
		fmt.Fprintf(w, "  %s\n", a)
	}
	fmt.Fprintf(w, "\n%s.\n", r.Stored)
}

// quiet is how much others may take of the processors before it is told.
const quiet = 0.1

// disturbance is what others took of the processors while only the program and
// the generator had work, at most.
func (r *AnswersReport) disturbance() float64 {
	most := 0.0
	for _, f := range r.Figures {
		if f.Phase == phaseBare && f.CPU.Rest != nil {
			most = max(most, *f.CPU.Rest)
		}
	}
	return most
}

func (f *Figure) printTrouble(w io.Writer) {
	if f.Missed > 0 {
		fmt.Fprintf(w, "    %d answers were due and could not be sent; the latencies leave them out\n", f.Missed)
	}
	if f.Lost > 0 {
		fmt.Fprintf(w, "    %d requests got no reply\n", f.Lost)
	}
	for _, why := range slices.Sorted(maps.Keys(f.Refused)) {
		fmt.Fprintf(w, "    refused %d times: %s\n", f.Refused[why], why)
	}
}

// processors are the columns of shares: program, generator, the processes
// beside, rest.
func (r *AnswersReport) processors() []string {
	columns := []string{"program", "generator"}
	for _, f := range r.Figures {
		for _, name := range slices.Sorted(maps.Keys(f.CPU.Beside)) {
			if !slices.Contains(columns, name) {
				columns = append(columns, name)
			}
		}
	}
	return append(columns, "rest")
}

func titles(columns []string) string {
	text := ""
	for _, name := range columns {
		text += fmt.Sprintf(" %*s", max(5, len(name)), name)
	}
	return text
}

// row is the shares in percent, under their titles.
func (c CPU) row(columns []string) string {
	text := ""
	for _, name := range columns {
		share, known := c.Beside[name]
		switch {
		case name == "program":
			share, known = c.Program, true
		case name == "generator":
			share, known = c.Generator, true
		case name == "rest" && c.Rest != nil:
			share, known = *c.Rest, true
		}
		cell := ""
		if known {
			cell = fmt.Sprintf("%.0f", 100*share)
		}
		text += fmt.Sprintf(" %*s", max(5, len(name)), cell)
	}
	return text
}
