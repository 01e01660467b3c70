package bench

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/catalog"
	"anquanda/internal/staff"
)

// ContestConfig is what `anquanda bench report` is told.
type ContestConfig struct {
	Stores
	Players int
	Answers int // of each player, on average
	Units   int
	Weeks   int // for which each unit fills in what happened off line
	Loads   int // of the first page
	Keep    bool
	Seed    uint64
	Program string // the file of anquanda
}

// contestReport is one run of the benchmark.
type contestReport struct {
	ContestConfig
	*scratch
	say      func(string)
	report   *ContestReport
	in       *catalog.Contest
	password string
}

// benchLogin is the account that looks at the console.
const benchLogin = "bench"

// Contest makes a contest with people who played and units that reported, and measures what
// an organizer waits for: the first page, the analysis of questions, the draft of the closing
// and its pack. say is told what is under way.
func Contest(ctx context.Context, config ContestConfig, say func(string)) (report *ContestReport, err error) {
	s, err := newScratch(config.Stores)
	if err != nil {
		return nil, err
	}
	r := &contestReport{ContestConfig: config, scratch: s, say: say, password: rand.Text(),
		report: &ContestReport{Wanted: config}}
	defer func() {
		if config.Keep {
			say(fmt.Sprintf("kept: --data %s --mysql %q", s.Data, s.MySQL))
			return
		}
		err = errors.Join(err, s.drop(context.WithoutCancel(ctx)))
	}()
	if err := r.fill(ctx); err != nil {
		return nil, err
	}
	if err := r.measure(ctx); err != nil {
		return nil, err
	}
	return r.report, nil
}

// fill stores the contest as it stands after the people have played.
func (r *contestReport) fill(ctx context.Context) error {
	a, err := app.New(ctx, r.scratch.Config)
	if err != nil {
		return err
	}
	return errors.Join(r.fillWith(ctx, a), a.Close())
}

func (r *contestReport) fillWith(ctx context.Context, a *app.App) (err error) {
	if r.report.Machine, err = machineOf(ctx, a); err != nil {
		return err
	}
	if _, err := a.Staff.Add(ctx, staff.CommandLine, benchLogin, "试压", staff.Owner, r.password); err != nil {
		return err
	}
	r.in, err = a.Catalog.Apply(ctx, "bench-report.yaml", []byte(definition(r.ContestConfig, time.Now())), "试压")
	for _, c := range a.Catalog.All() {
		r.contests = append(r.contests, c.ContestID)
	}
	if err != nil {
		return err
	}
	r.say(fmt.Sprintf("storing %d players with %d answers each", r.Players, r.Answers))
	if err := r.timed("store people, attempts and answers", 0, func() error { return r.fillPlayed(ctx, a) }); err != nil {
		return err
	}
	r.say(fmt.Sprintf("storing what %d units filled in for %d weeks", r.Units, r.Weeks))
	if err := r.timed("store what units filled in", 0, func() error { return r.fillEntries(ctx, a) }); err != nil {
		return err
	}
	r.say("counting all of it anew")
	err = r.timed("count everything anew", 0, func() error { return a.Tally.Settle(ctx, r.in.ContestID) })
	if err != nil {
		return err
	}
	if err := r.freeze(ctx, a); err != nil {
		return err
	}
	r.say("counting the rows plainly")
	return r.recount(ctx, a.DB)
}

// timed adds a step of this process to the report.
func (r *contestReport) timed(step string, aim time.Duration, work func() error) error {
	began := time.Now()
	if err := work(); err != nil {
		return fmt.Errorf("%s: %w", step, err)
	}
	r.report.add(ContestFigure{Step: step, Times: []float64{time.Since(began).Seconds()}, aimSeconds: aim.Seconds()})
	return nil
}

// measure runs the program, as operators do, over what was stored.
func (r *contestReport) measure(ctx context.Context) (err error) {
	n, err := startNode(r.Program, []string{"serve"}, r.scratch.Config, filepath.Join(r.Data, "node.log"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, n.stop()) }()
	if err := n.ready(ctx); err != nil {
		return err
	}
	staff, err := signIn(ctx, n.address, benchLogin, r.password)
	if err != nil {
		return err
	}
	staff.client.Timeout = 10 * aimPack // what takes longer than it should is measured too
	if err := r.look(ctx, staff, n.pid()); err != nil {
		return err
	}
	return r.pack(ctx)
}

// What a contest of 100,000 players and 10 million answers aims at.
const (
	aimPage     = 300 * time.Millisecond
	aimPack     = 2 * time.Minute
	aimPackPeak = 300 << 20
)

// look opens the screens of the console, each as often as says something.
func (r *contestReport) look(ctx context.Context, host *liveHost, pid int) error {
	path := "/contests/" + r.in.Slug
	var page pageSeen
	var entries entriesSeen
	var pack []byte
	steps := []struct {
		step  string
		times int
		aim   time.Duration
		call  func() error
	}{
		{"the first page of the console", r.Loads, aimPage, func() error { return host.get(ctx, path+"/course", &page) }},
		{"the analysis of questions, worked out", 1, 0, func() error { return host.get(ctx, path+"/knowledge", nil) }},
		{"the analysis of questions, again", 5, 0, func() error { return host.get(ctx, path+"/knowledge", nil) }},
		{"what units filled in", 5, 0, func() error { return host.get(ctx, path+"/entries", &entries) }},
		{"the draft of the closing", 5, 0, func() error { return host.get(ctx, path+"/closing", nil) }},
		{"the closing pack, by the console", 1, aimPack, func() (err error) {
			pack, err = host.fetch(ctx, "GET", path+"/closing/pack", nil)
			return err
		}},
	}
	for _, s := range steps {
		r.say(s.step)
		figure := ContestFigure{Step: s.step, aimSeconds: s.aim.Seconds()}
		forgetPeak(pid)
		for range s.times {
			began := time.Now()
			if err := s.call(); err != nil {
				return fmt.Errorf("%s: %w", s.step, err)
			}
			figure.Times = append(figure.Times, time.Since(began).Seconds())
		}
		figure.PeakBytes = peakOf(pid)
		r.report.add(figure)
	}
	r.report.PackBytes = len(pack)
	r.report.Counted.Page, r.report.Counted.Towns = toldBy(&page, &entries), page.differs(r.report.Counted.towns)
	counted, err := countedIn(pack)
	r.report.Counted.Pack = counted
	return err
}

// pack makes the closing pack by the command, in a process of its own.
func (r *contestReport) pack(ctx context.Context) error {
	const step = "the closing pack, by anquanda report"
	r.say(step)
	args := []string{"report", r.in.Slug, "-o", filepath.Join(r.Data, "pack"), "--data", r.Data}
	if r.mysql() != "" {
		args = append(args, "--mysql", r.mysql())
	}
	if r.scratch.Redis != "" {
		args = append(args, "--redis", r.scratch.Redis)
	}
	measured, err := measureStep(ctx, r.Program, args)
	if err != nil {
		return fmt.Errorf("%s: %w", step, err)
	}
	r.report.add(ContestFigure{Step: step, Times: []float64{measured.Seconds}, PeakBytes: measured.PeakBytes,
		aimSeconds: aimPack.Seconds(), aimPeak: aimPackPeak})
	return os.RemoveAll(filepath.Join(r.Data, "pack"))
}

// mysql is the address of the database of this run; empty for SQLite.
func (r *contestReport) mysql() string { return r.scratch.Config.MySQL }

// writers is how many transactions store rows at once.
func (r *contestReport) writers() int {
	if r.mysql() == "" {
		return 1 // SQLite has one
	}
	return min(3, 1+runtime.NumCPU())
}
