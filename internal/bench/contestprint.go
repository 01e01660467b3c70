package bench

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
)

// ContestReport is what `anquanda bench report` found.
type ContestReport struct {
	Machine   Machine         `json:"machine"`
	Wanted    ContestConfig   `json:"-"`
	Counted   Counted         `json:"counted"`
	Figures   []ContestFigure `json:"figures"`
	PackBytes int             `json:"pack_bytes"`
}

// ContestFigure is one step, done once or some times.
type ContestFigure struct {
	Step  string    `json:"step"`
	Times []float64 `json:"-"` // seconds
	Count int       `json:"count"`
	P50   float64   `json:"p50_ms"`
	P95   float64   `json:"p95_ms"`
	// PeakBytes is the most resident memory of the process that did it meanwhile; 0 where the
	// system does not tell.
	PeakBytes int64 `json:"peak_bytes,omitempty"`
	// Aimed: it has aims, and Met tells whether all are reached.
	Aimed bool `json:"aimed,omitempty"`
	Met   bool `json:"met,omitempty"`

	aimSeconds float64
	aimPeak    int64
}

// add ends a figure and adds it.
func (r *ContestReport) add(f ContestFigure) {
	slices.Sort(f.Times)
	at := func(part float64) float64 {
		return 1000 * f.Times[min(len(f.Times)-1, int(part*float64(len(f.Times))))]
	}
	f.Count, f.P50, f.P95 = len(f.Times), at(0.5), at(0.95)
	f.Aimed = f.aimSeconds > 0 || f.aimPeak > 0
	f.Met = f.Aimed && f.P95 <= 1000*f.aimSeconds && (f.aimPeak == 0 || f.PeakBytes <= f.aimPeak)
	r.Figures = append(r.Figures, f)
}

// Print writes the figures for people.
func (r *ContestReport) Print(w io.Writer) {
	m := r.Machine
	fmt.Fprintf(w, "%s · %s · %s · %d cores · %s\n", m.Time.Format("2006-01-02 15:04 UTC"), m.SQL, m.Redis, m.Cores, m.Go)
	fmt.Fprintf(w, "%d made-up players, %d units, of which most filled in %d weeks\n\n", r.Wanted.Players, r.Wanted.Units,
		r.Wanted.Weeks)
	fmt.Fprintf(w, "%-42s %6s %10s %10s %9s\n", "", "times", "p50 ms", "p95 ms", "peak MB")
	for _, f := range r.Figures {
		p95, peak, verdict := "", "", ""
		if f.Count > 1 {
			p95 = fmt.Sprintf("%.0f", f.P95)
		}
		if f.PeakBytes > 0 {
			peak = fmt.Sprintf("%.0f", float64(f.PeakBytes)/(1<<20))
		}
		if f.Aimed {
			verdict = "   SHORT"
			if f.Met {
				verdict = "   MET"
			}
		}
		fmt.Fprintf(w, "%-42s %6d %10.0f %10s %9s%s\n", f.Step, f.Count, f.P50, p95, peak, verdict)
	}
	fmt.Fprintf(w, "\nThe pack is %.1f MB. The aims, up to 100,000 players and 10 million answers: a first page in %d ms, a pack in "+
		"%.0f s and by the\ncommand in %d MB. Times of the console are over HTTP; its peak is that of the whole program that serves.\n",
		float64(r.PackBytes)/(1<<20), aimPage.Milliseconds(), aimPack.Seconds(), aimPackPeak>>20)
	r.Counted.print(w, r.Agree())
}

// forgetPeak has Linux forget the most memory that a process had (proc(5), clear_refs).
func forgetPeak(pid int) {
	// Where it is refused, peakOf tells the most since the process began.
	_ = os.WriteFile("/proc/"+strconv.Itoa(pid)+"/clear_refs", []byte("5"), 0)
}

// peakOf is the most resident memory of a process since then, in bytes; 0 where the system
// does not tell.
func peakOf(pid int) int64 {
	text, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	for line := range bytes.Lines(text) {
		if rest, ok := bytes.CutPrefix(line, []byte("VmHWM:")); ok {
			n, _ := strconv.ParseInt(string(bytes.TrimSpace(bytes.TrimSuffix(bytes.TrimSpace(rest), []byte("kB")))), 10, 64)
			return n << 10
		}
	}
	return 0
}
