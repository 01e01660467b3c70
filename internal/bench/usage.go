package bench

import (
	"bytes"
	"os"
	"runtime"
	"runtime/pprof"
	"strconv"
	"strings"
	"time"

	"anquanda/internal/bench/load"
)

// Process is one that works for the program: its database, its Redis.
type Process struct {
	Name string
	PID  int
}

// usage is how long processors have been computing up to a moment.
type usage struct {
	at      time.Time
	program time.Duration
	beside  []time.Duration // of each process
	machine time.Duration   // everything on it; 0 where the system does not tell
}

func takeUsage(processes []Process) usage {
	u := usage{at: time.Now(), program: load.CPUTime(), machine: machineTime()}
	for _, p := range processes {
		u.beside = append(u.beside, processTime(p.PID))
	}
	return u
}

// tick is the unit of both files below on every Linux that Go runs on.
const tick = 10 * time.Millisecond

// processTime reads Linux's /proc/PID/stat: the 14th and 15th fields are ticks in
// user and system mode (proc_pid_stat(5)). The second is a name in brackets that
// may hold blanks.
func processTime(pid int) time.Duration {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0
	}
	const user, system = 14 - 3, 15 - 3 // after the name
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	if len(fields) <= system {
		return 0
	}
	return ticks(fields[user]) + ticks(fields[system])
}

func ticks(field string) time.Duration {
	n, _ := strconv.ParseInt(field, 10, 64)
	return time.Duration(n) * tick
}

// machineTime reads the first line of Linux's /proc/stat: ticks in user, nice,
// system, idle, iowait, irq, softirq, steal (proc_stat(5)).
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
		busy += ticks(field)
	}
	return busy
}

// CPU is what computed while a figure was measured. Shares are of all
// processors, from 0 to 1.
type CPU struct {
	Program   float64 `json:"program"`
	Generator float64 `json:"generator"`
	// Beside are the processes that were named: the database and Redis.
	Beside map[string]float64 `json:"beside,omitempty"`
	// Rest is whatever else ran; nil where the system does not tell.
	Rest *float64 `json:"rest,omitempty"`
	// ProgramMicros is processor time for each request or row in microseconds;
	// AllMicros adds the generator's and that of the processes beside. Other work
	// on the machine changes them less than the rates: by up to half where it
	// wanted all processors and more.
	ProgramMicros float64 `json:"program_us_each"`
	AllMicros     float64 `json:"all_us_each"`
}

// cpuBetween is what was used between two moments, in which the generator
// computed for so many seconds.
func cpuBetween(before, after usage, processes []Process, generator, perSecond float64) CPU {
	seconds := after.at.Sub(before.at).Seconds()
	whole := seconds * float64(runtime.NumCPU())
	if whole <= 0 || perSecond == 0 {
		return CPU{}
	}
	program := (after.program - before.program).Seconds()
	all := program + generator
	c := CPU{Program: program / whole, Generator: generator / whole}
	for i, p := range processes {
		if c.Beside == nil {
			c.Beside = map[string]float64{}
		}
		used := (after.beside[i] - before.beside[i]).Seconds()
		c.Beside[p.Name] = used / whole
		all += used
	}
	c.ProgramMicros, c.AllMicros = 1e6*program/(perSecond*seconds), 1e6*all/(perSecond*seconds)
	if after.machine > 0 {
		rest := max(0, (after.machine-before.machine).Seconds()-all) / whole
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
