package bench

import (
	"fmt"
	"slices"
)

// What the answer path aims at, on one machine with the load generator beside it.
const (
	aimOfBare  = 0.4 // durable answers for each request that a no-op handler takes
	aimOfEach  = 3.5 // durable answers for each that has a commit of its own
	aimOpenP99 = 40  // milliseconds, at half of the best rate
	aimProgram = 2.5 // the program's processor time for an answer, by that for a no-op
)

// Aim is one aim and what was reached.
type Aim struct {
	What    string  `json:"what"`
	Reached float64 `json:"reached"`
	Wanted  float64 `json:"wanted"`
	AtMost  bool    `json:"at_most,omitempty"` // else at least
	Met     bool    `json:"met"`
	// ByProcessor is the same ratio by processor time for each, which a busy
	// machine bends less; 0 where it is not known.
	ByProcessor float64 `json:"by_processor_time,omitempty"`
}

// aimsOf compares figures of the same number of connections; an aim without its
// figures is left out.
func aimsOf(figures []Figure) []Aim {
	var ofBare, ofEach, open []Aim
	for _, f := range figures {
		c, ok := answersAt(figures, f.Connections)
		switch {
		case f.Phase == phaseOpen:
			open = append(open, Aim{What: fmt.Sprintf("(e) p99 is under %d ms", aimOpenP99), Reached: f.P99,
				Wanted: aimOpenP99, AtMost: true,
				Met: f.P99 > 0 && f.P99 < aimOpenP99 && f.Missed == 0})
		case !ok || f.PerSecond == 0:
		case f.Phase == phaseBare:
			ofBare = append(ofBare, atLeast("(a)", c, f, aimOfBare))
			if f.CPU.ProgramMicros > 0 {
				ofBare = append(ofBare, ofProgram(c, f))
			}
		case f.Phase == phaseEach:
			ofEach = append(ofEach, atLeast("(d)", c, f, aimOfEach))
		}
	}
	return slices.Concat(ofBare, ofEach, open)
}

// answersAt is the figure of shared commits at that number of connections.
func answersAt(figures []Figure, connections int) (Figure, bool) {
	for _, f := range figures {
		if f.Phase == phaseAnswers && f.Connections == connections {
			return f, true
		}
	}
	return Figure{}, false
}

func atLeast(name string, c, of Figure, wanted float64) Aim {
	a := Aim{What: fmt.Sprintf("(c) is %g × %s or more, at %d connections", wanted, name, c.Connections),
		Reached: c.PerSecond / of.PerSecond, Wanted: wanted}
	a.Met = a.Reached >= wanted
	if c.CPU.AllMicros > 0 {
		a.ByProcessor = of.CPU.AllMicros / c.CPU.AllMicros
	}
	return a
}

// ofProgram compares what the program itself spends on an answer and on a no-op.
func ofProgram(c, bare Figure) Aim {
	a := Aim{What: fmt.Sprintf("(c) takes at most %g × the program's time of (a), at %d", aimProgram, c.Connections),
		Reached: c.CPU.ProgramMicros / bare.CPU.ProgramMicros, Wanted: aimProgram, AtMost: true}
	a.Met = a.Reached <= aimProgram
	return a
}

// String is the aim with MET, or SHORT and by how much.
func (a Aim) String() string {
	short := 1 - a.Reached/a.Wanted
	if a.AtMost {
		short = a.Reached/a.Wanted - 1
	}
	verdict := "MET"
	if !a.Met {
		verdict = fmt.Sprintf("SHORT by %.0f %%", 100*short)
	}
	text := fmt.Sprintf("%-62s %6.2f   %s", a.What, a.Reached, verdict)
	if a.ByProcessor > 0 {
		text = fmt.Sprintf("%-92s by processor time %.2f", text, a.ByProcessor)
	}
	return text
}
