package bench

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/bench/load"
	"anquanda/internal/catalog"
	"anquanda/internal/sqldb"
)

// AnswersConfig is what `anquanda bench answers` is told.
type AnswersConfig struct {
	Stores
	Measure     time.Duration // each phase; twice that for the open loop
	Connections []int
	Only        string    // letters of the phases to run; empty: all
	Processes   []Process // that the program's figures name
	CPUProfile  string    // file for a profile of the program while it takes answers; empty: none
}

// Phases are the letters of all phases of Answers.
const Phases = "abcde"

// eachAt is the number of connections at which commits of their own are measured
// and the profile is taken.
const eachAt = 256

// answers is one run of the benchmark.
type answers struct {
	AnswersConfig
	*scratch
	generator *load.Generator
	progress  *Progress
	report    *AnswersReport
	total     load.Count // over all phases that store answers
}

// Answers measures how many durable answers a second the program takes, beside
// what the machine can do at best. The order puts figures that are compared
// beside each other in time, since machines get faster and slower.
func Answers(
	ctx context.Context, config AnswersConfig, generator *load.Generator, progress *Progress,
) (report *AnswersReport, err error) {
	s, err := newScratch(config.Stores)
	if err != nil {
		return nil, err
	}
	b := &answers{AnswersConfig: config, scratch: s, generator: generator, progress: progress, report: &AnswersReport{}}
	defer func() {
		if failed := s.end(ctx, nil, progress); err == nil {
			err = failed
		}
	}()
	if err := b.run(ctx); err != nil {
		if ctx.Err() != nil {
			err = ctx.Err() // what broke because of it says less
		}
		return nil, err
	}
	return b.report, nil
}

func (b *answers) run(ctx context.Context) error {
	compared := b.Connections[len(b.Connections)-1]
	if slices.Contains(b.Connections, eachAt) {
		compared = eachAt
	}
	// The schema, the bank and the contest are made here, before anything is measured.
	err := b.onProgram(ctx, false, func(a *app.App, _ string) (err error) {
		for _, c := range a.Catalog.All() {
			b.contests = append(b.contests, c.ContestID)
		}
		b.report.Machine, err = machineOf(ctx, a)
		return err
	})
	if err != nil {
		return err
	}
	for _, n := range b.Connections {
		if err := b.bare(ctx, n); err != nil {
			return err
		}
		if err := b.closed(ctx, phaseAnswers, n, n == compared); err != nil {
			return err
		}
		if n == compared {
			if err := b.closed(ctx, phaseEach, n, false); err != nil {
				return err
			}
		}
	}
	if err := b.rows(ctx); err != nil {
		return err
	}
	if err := b.open(ctx); err != nil {
		return err
	}
	b.report.Aims = aimsOf(b.report.Figures)
	return b.verify(ctx)
}

func (b *answers) wants(p phase) bool { return b.Only == "" || strings.Contains(b.Only, string(p)) }

// bare measures the handler that does nothing.
func (b *answers) bare(ctx context.Context, connections int) error {
	if !b.wants(phaseBare) {
		return nil
	}
	return onHandler(ctx, noOp(), func(address string) error {
		return b.measure(Figure{Phase: phaseBare, Connections: connections},
			load.Job{Kind: load.Bare, Address: address, Measure: b.Measure}, "")
	})
}

// closed measures the whole path of answers, with shared commits or one each.
func (b *answers) closed(ctx context.Context, p phase, connections int, profiled bool) error {
	if !b.wants(p) {
		return nil
	}
	profile := ""
	if profiled {
		profile = b.CPUProfile
	}
	return b.onProgram(ctx, p == phaseEach, func(a *app.App, address string) error {
		job, err := playJob(a, address)
		if err != nil {
			return err
		}
		job.Kind, job.Measure = load.Closed, b.Measure
		return b.measure(Figure{Phase: p, Connections: connections}, job, profile)
	})
}

// open measures latencies at half of the best rate, over most connections.
func (b *answers) open(ctx context.Context) error {
	best := 0.0
	for _, f := range b.report.Figures {
		if f.Phase == phaseAnswers {
			best = max(best, f.PerSecond)
		}
	}
	if !b.wants(phaseOpen) || best == 0 {
		return nil
	}
	return b.onProgram(ctx, false, func(a *app.App, address string) error {
		job, err := playJob(a, address)
		if err != nil {
			return err
		}
		job.Kind, job.Measure, job.Rate = load.Open, 2*b.Measure, best/2
		return b.measure(Figure{Phase: phaseOpen, Connections: slices.Max(b.Connections), Offered: best / 2}, job, "")
	})
}

// playJob plays the first level of the contest made last, as shipped, for
// players from all of its units.
func playJob(a *app.App, address string) (load.Job, error) {
	c, err := a.Catalog.Current(catalog.CurrentSlug)
	if err != nil {
		return load.Job{}, err
	}
	level := &c.Levels[0]
	job := load.Job{Address: address, Contest: c.Slug, Level: level.Key, Questions: level.Count()}
	for parents := []sqldb.ID{0}; len(parents) > 0; parents = parents[1:] {
		for _, u := range c.Units.Children(parents[0]) {
			parents = append(parents, u.ID)
			job.Units = append(job.Units, u.ID.String())
		}
	}
	return job, nil
}

// measure runs a job, adds its figure to the report and its counts to the total.
func (b *answers) measure(f Figure, job load.Job, profilePath string) error {
	job.Connections = f.Connections
	b.progress.begin(f.String())
	runtime.GC() // what phases before left is not this one's to collect
	var before, after usage
	var profiled *profile
	var failed error
	result, err := b.generator.Run(job, func(e load.Event) {
		switch e.Window {
		case load.WindowOpen:
			profiled, failed = startProfile(profilePath)
			before = takeUsage(b.Processes)
		case load.WindowClosed:
			after = takeUsage(b.Processes)
			failed = errors.Join(failed, profiled.stop())
		default:
			b.progress.show(fmt.Sprintf("%s %d/%d", e.Stage, e.Done, e.Of))
		}
	})
	b.progress.clear()
	if err == nil {
		err = failed
	}
	if err != nil {
		return fmt.Errorf("%s: %w", f, err)
	}
	f.take(result)
	f.CPU = cpuBetween(before, after, b.Processes, result.CPUSeconds, result.PerSecond)
	b.report.Figures = append(b.report.Figures, f)
	if f.Phase != phaseBare {
		b.total.Add(&result.Count)
	}
	return nil
}
