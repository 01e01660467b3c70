// Package load sends requests as many phones do, and measures the replies. It
// runs in a process of its own beside the server's (Serve there, Generator
// here), so that its share of the machine is seen and its garbage is not the
// server's.
package load

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"
)

// Kind is a way to send load.
type Kind string

// The kinds of load.
const (
	Bare   Kind = "bare"   // posts to any handler, each connection when it is answered
	Closed Kind = "closed" // players, each of which answers when it has the last verdict
	Open   Kind = "open"   // players who answer on a schedule, whatever the server does
)

// Job is one run of load.
type Job struct {
	Kind        Kind
	Address     string // host:port
	Connections int
	Measure     time.Duration
	Rate        float64 // answers a second; of Open only
	// What is played.
	Contest   string
	Level     string
	Questions int
	Units     []string // ids that players choose from
}

// Moments of the window that is measured.
const (
	WindowOpen   = "open"
	WindowClosed = "closed"
)

// Event tells how a job goes. The last one of a job holds Result or Error.
type Event struct {
	Stage  string  `json:",omitempty"`
	Done   int     `json:",omitempty"`
	Of     int     `json:",omitempty"`
	Window string  `json:",omitempty"`
	Result *Result `json:",omitempty"`
	Error  string  `json:",omitempty"`
}

// Result is what a job measured. Latencies are milliseconds; Count is of the
// whole job, warm-up included, the rest is of the window.
type Result struct {
	Count
	Seconds        float64
	Requests       int
	PerSecond      float64
	Missed         int // requests of an open loop that could not be sent
	P50, P99, P999 float64
	// Of the answers that ended an attempt.
	LastP50, LastP99 float64
	CPUSeconds       float64 // of the generator
	EnrolPerSecond   float64
	StartPerSecond   float64
}

// Serve runs the jobs that come in, and tells how they go on out, until in ends.
func Serve(in io.Reader, out io.Writer) error {
	ctx, cancel := context.WithCancel(context.Background())
	jobs := make(chan Job)
	go func() {
		defer cancel() // ends the job under way too
		for decoder := json.NewDecoder(in); ; {
			var job Job
			if decoder.Decode(&job) != nil {
				return
			}
			jobs <- job
		}
	}()
	encoder := json.NewEncoder(out)
	var writes sync.Mutex
	tell := func(e Event) {
		writes.Lock()
		defer writes.Unlock()
		encoder.Encode(e) //nolint:errcheck // nobody reads: in ends too
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case job := <-jobs:
			result, err := do(ctx, job, tell)
			if err != nil {
				tell(Event{Error: err.Error()})
				continue
			}
			tell(Event{Result: result})
		}
	}
}

// Generator is a process that runs Serve. It is not safe for concurrent use.
type Generator struct {
	in     io.WriteCloser
	events *json.Decoder
	end    func() error
}

// Start starts this program again with args, which must make it call Serve.
func Start(ctx context.Context, args ...string) (*Generator, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &Generator{in: in, events: json.NewDecoder(out), end: cmd.Wait}, nil
}

// Inside runs Serve in this process, for tests.
func Inside() *Generator {
	jobsIn, jobsOut := io.Pipe()
	eventsIn, eventsOut := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- Serve(jobsIn, eventsOut)
		eventsOut.Close()
	}()
	return &Generator{in: jobsOut, events: json.NewDecoder(eventsIn), end: func() error { return <-ended }}
}

// Run runs one job and calls on for each event on the way.
func (g *Generator) Run(job Job, on func(Event)) (*Result, error) {
	if err := json.NewEncoder(g.in).Encode(job); err != nil {
		return nil, fmt.Errorf("load generator: %w", err)
	}
	for {
		var e Event
		if err := g.events.Decode(&e); err != nil {
			return nil, fmt.Errorf("load generator: %w", err)
		}
		switch {
		case e.Error != "":
			return nil, errors.New(e.Error)
		case e.Result != nil:
			return e.Result, nil
		}
		on(e)
	}
}

// Close ends the process.
func (g *Generator) Close() error {
	g.in.Close()
	return g.end()
}
