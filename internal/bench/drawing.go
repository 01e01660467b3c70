package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

// DrawingReport is what `anquanda bench drawing` measured.
type DrawingReport struct {
	Entrants        int             `json:"entrants"`
	Places          int             `json:"places"`
	Go              string          `json:"go"`
	Cores           int             `json:"cores"`
	TranscriptBytes int64           `json:"transcript_bytes"`
	Figures         []DrawingFigure `json:"figures"`
}

// DrawingFigure is one step of a drawing, in a process of its own, reading and
// writing of the files included.
type DrawingFigure struct {
	Step      string  `json:"step"`
	Seconds   float64 `json:"seconds"`
	PeakBytes int64   `json:"peak_bytes"` // resident memory of the process
	Met       bool    `json:"met"`
}

// What each step aims at for a million entrants.
const (
	drawingSeconds = 10
	drawingPeak    = 512 << 20
)

// Drawing has program, this one, freeze a made-up list of that many entrants,
// draw a thousandth of them with as many reserves, and verify the transcript. say
// is told what is under way.
func Drawing(ctx context.Context, program string, entrants int, say func(string)) (*DrawingReport, error) {
	folder, err := os.MkdirTemp("", "anquanda-bench-drawing-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	in := func(name string) string { return filepath.Join(folder, name) }
	say("writing the list")
	if err := writeEntrants(in("list.csv"), entrants); err != nil {
		return nil, err
	}
	winners := max(1, entrants/1000)
	report := &DrawingReport{Entrants: entrants, Places: 2 * winners, Go: runtime.Version(), Cores: runtime.NumCPU()}
	steps := []struct {
		name string
		args []string
	}{
		{"freeze", []string{"draw", "run", "--freeze", in("list.csv"), "--select", fmt.Sprint(winners), "--reserves",
			fmt.Sprint(winners), "--named", "bench:6"}},
		{"draw", []string{"draw", "run", in("list.frozen.json"), "--seed-file", in("list.seed"), "--source",
			"9 18 26 34 41 45"}},
		{"verify", []string{"draw", "verify", in("list.transcript.json")}},
	}
	for _, step := range steps {
		say(step.name)
		figure, err := measureStep(ctx, program, step.args)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", step.name, err)
		}
		figure.Step = step.name
		report.Figures = append(report.Figures, figure)
	}
	info, err := os.Stat(in("list.transcript.json"))
	if err != nil {
		return nil, err
	}
	report.TranscriptBytes = info.Size()
	return report, nil
}

// writeEntrants writes a list in which every tenth entrant is the person of the
// one before, so that limits for a person are at work too.
func writeEntrants(path string, entrants int) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(file)
	fmt.Fprintln(w, "entrant,person")
	for i := range entrants {
		person := i
		if i%10 == 9 {
			person--
		}
		fmt.Fprintf(w, "AQ-%08X,%d\n", i*2654435761&0xffffffff, person)
	}
	return errors.Join(w.Flush(), file.Close())
}

func measureStep(ctx context.Context, program string, args []string) (DrawingFigure, error) {
	step := exec.CommandContext(ctx, program, args...)
	began := time.Now()
	out, err := step.CombinedOutput()
	figure := DrawingFigure{Seconds: time.Since(began).Seconds()}
	if err != nil {
		return figure, fmt.Errorf("%w: %s", err, out)
	}
	if usage, ok := step.ProcessState.SysUsage().(*syscall.Rusage); ok {
		figure.PeakBytes = usage.Maxrss << 10 // Linux counts KiB
	}
	figure.Met = figure.Seconds <= drawingSeconds && figure.PeakBytes <= drawingPeak
	return figure, nil
}

// Print writes the figures for people.
func (r *DrawingReport) Print(w io.Writer) {
	fmt.Fprintf(w, "%d entrants, %d places; each step in a process of its own, files included; %d cores, %s\n\n",
		r.Entrants, r.Places, r.Cores, r.Go)
	fmt.Fprintf(w, "%-8s %10s %10s %14s\n", "step", "seconds", "peak MB", "entrants/s")
	for _, f := range r.Figures {
		verdict := "MET"
		if !f.Met {
			verdict = "SHORT"
		}
		fmt.Fprintf(w, "%-8s %10.2f %10.0f %14.0f   %s\n", f.Step, f.Seconds, float64(f.PeakBytes)/(1<<20),
			float64(r.Entrants)/f.Seconds, verdict)
	}
	fmt.Fprintf(w, "\ntranscript %.1f MB; the aim of each step, up to a million entrants: %d s and %d MB\n",
		float64(r.TranscriptBytes)/(1<<20), drawingSeconds, drawingPeak>>20)
}
