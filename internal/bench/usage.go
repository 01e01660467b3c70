package bench

import (
	"os"
	"runtime"
	"runtime/pprof"
	"strconv"
	"strings"
	"time"

	"anquanda/internal/bench/load"
)

// usage is how long processors have been computing up to a moment.
type usage struct {
	at      time.Time
	program time.Duration
	machine time.Duration // everything on it; 0 where the system does not tell
}

func takeUsage() usage { return usage{at: time.Now(), program: load.CPUTime(), machine: machineTime()} }

// machineTime reads the first line of Linux's /proc/stat: hundredths of a second
// in user, nice, system, idle, iowait, irq, softirq, steal (proc_stat(5)).
func machineTime() time.Duration {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(text), "\n")
	const idle, iowait, steal = 4, 5, 8
	busy := time.Duration(0)
	for i, field := range strings.Fields(line) {
		if i == 0 || i == idle || i == iowait || i > steal {
			continue
		}
		n, _ := strconv.ParseInt(field, 10, 64)
		busy += time.Duration(n) * 10 * time.Millisecond
	}
	return busy
}

// CPU is how much of the machine's processors was used, from 0 to 1.
type CPU struct {
	Program   float64 `json:"program"`
	Generator float64 `json:"generator"`
	// EachMicros is the program's processor time for each request or row, in
	// microseconds: other work on the machine hardly changes it.
	EachMicros float64 `json:"program_us_each"`
	// Rest is the database, Redis and whatever else runs here; nil where the
	// system does not tell.
	Rest *float64 `json:"rest,omitempty"`
}

// shares is what was used between two moments, in which the generator computed
// for so many seconds.
func shares(before, after usage, generator, perSecond float64) CPU {
	seconds := after.at.Sub(before.at).Seconds()
	whole := seconds * float64(runtime.NumCPU())
	if whole <= 0 || perSecond == 0 {
		return CPU{}
	}
	program := (after.program - before.program).Seconds()
	c := CPU{Program: program / whole, Generator: generator / whole, EachMicros: 1e6 * program / (perSecond * seconds)}
	if after.machine > 0 {
		rest := max(0, (after.machine-before.machine).Seconds()/whole-c.Program-c.Generator)
		c.Rest = &rest
	}
	return c
}

// profile is a CPU profile that is being written; nil for none.
type profile struct{ file *os.File }

func startProfile(path string) (*profile, error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return &profile{file}, pprof.StartCPUProfile(file)
}

func (p *profile) stop() error {
	if p == nil {
		return nil
	}
	pprof.StopCPUProfile()
	return p.file.Close()
}
