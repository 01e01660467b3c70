package bench

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/bench/load"
	"anquanda/internal/errs"
	"anquanda/internal/staff"
)

// LiveConfig is what `anquanda bench live` is told.
type LiveConfig struct {
	Stores
	Players   int
	Nodes     int
	Questions int
	Churn     float64   // share of the phones that leave and come back each minute
	Processes []Process // that work for the nodes: database, Redis
	Program   string    // the file of anquanda
	// NodeArguments come before the flags of serve: "serve", or what stands in for it.
	NodeArguments []string
}

// FilesAside is how many files a process needs beside the streams of phones.
const FilesAside = 1000

// LiveFits says what is wrong where so many players do not fit into processes that may
// hold so many files each.
func LiveFits(players, nodes, files int) error {
	if most := files - FilesAside; (players+nodes-1)/nodes > most {
		return fmt.Errorf("a process may hold %d files (ulimit -n): at most %d phones a node; use --nodes, or raise the limit",
			files, max(most, 0))
	}
	return nil
}

// live is one run of the benchmark.
type live struct {
	LiveConfig
	*scratch
	phones   *load.LivePhones
	progress *Progress
	report   *LiveReport
	nodes    []*node
	host     *liveHost
	login    string
	password string
}

// Live plays a live room with made-up phones against nodes of the program, each a
// process of its own, and measures when what reaches the phones.
func Live(ctx context.Context, config LiveConfig, phones *load.LivePhones, progress *Progress) (*LiveReport, error) {
	s, err := newScratch(config.Stores)
	if err != nil {
		return nil, err
	}
	l := &live{LiveConfig: config, scratch: s, phones: phones, progress: progress, login: "bench",
		report: &LiveReport{Players: config.Players, Nodes: config.Nodes, Churn: config.Churn}}
	err = l.run(ctx)
	err = errors.Join(err, s.end(ctx, l.nodes, progress))
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return l.report, err
}

// liveContest is a contest with a room of so many questions, from one day to another.
const liveContest = `contest: bench-live
title: 试压
organizer: 试压
contact: 试压
timezone: Asia/Shanghai
window: {opens: %s 00:00, closes: %s 00:00}
bank: safety
levels:
  - {key: one, title: 一, questions: [{count: 1, kinds: [single]}], time: {question: 30s}, pass: 1}
live:
  - key: quiz
    title: 我问你答
    draw: [{count: %d, kinds: [single]}]
    time: {question: 60s, countdown: 3s}
    score: {right: 100, speed: 50}
`

// prepare makes what the nodes find: the schema, the contest, an account for the host.
func (l *live) prepare(ctx context.Context) error {
	a, err := app.New(ctx, l.scratch.Config)
	if err != nil {
		return err
	}
	day := func(after time.Duration) string { return time.Now().Add(after).Format(time.DateOnly) }
	text := fmt.Sprintf(liveContest, day(-48*time.Hour), day(30*24*time.Hour), l.Questions)
	_, err = a.Catalog.Apply(ctx, "bench-live.yaml", []byte(text), "试压")
	if err == nil {
		l.password = rand.Text()
		_, err = a.Staff.Add(ctx, staff.CommandLine, l.login, "试压", staff.Owner, l.password)
	}
	for _, c := range a.Catalog.All() {
		l.contests = append(l.contests, c.ContestID)
	}
	if err == nil {
		l.report.Machine, err = machineOf(ctx, a)
	}
	return errors.Join(err, a.Close())
}

func (l *live) run(ctx context.Context) error {
	l.progress.begin("preparing")
	if err := l.prepare(ctx); err != nil {
		return err
	}
	for i := range l.Nodes {
		log := filepath.Join(l.Data, fmt.Sprintf("node%d.log", i+1))
		n, err := startNode(l.Program, l.NodeArguments, l.scratch.Config, log)
		if err != nil {
			return err
		}
		l.nodes = append(l.nodes, n)
	}
	for _, n := range l.nodes {
		if err := n.ready(ctx); err != nil {
			return err
		}
	}
	host, err := signIn(ctx, l.nodes[0].address, l.login, l.password)
	if err != nil {
		return err
	}
	if l.host = host; host.make(ctx, "bench-live", "quiz") != nil {
		return host.failed
	}
	if err := l.gather(); err != nil {
		return err
	}
	if err := l.play(ctx); err != nil {
		return err
	}
	return l.verify(ctx)
}

// gather has all phones join and open their streams.
func (l *live) gather() error {
	l.progress.begin("joining")
	l.report.Resident.Before = l.resident()
	var addresses []string
	for _, n := range l.nodes {
		addresses = append(addresses, n.address)
	}
	processes := len(l.phones.PIDs())
	replies, err := l.phones.Each(func(i int) load.LiveOrder {
		share := l.Players / processes
		if i < l.Players%processes {
			share++
		}
		return load.LiveOrder{Do: load.LiveJoin, Addresses: addresses, Contest: "bench-live", Room: l.host.view.Room.Room,
			Code: l.host.view.Room.Code, Phones: share, Process: i}
	})
	if err != nil {
		return err
	}
	l.report.JoinSeconds = longest(replies)
	l.report.Resident.Joined = l.resident()
	l.progress.begin("connecting")
	replies, err = l.phones.Each(func(int) load.LiveOrder { return load.LiveOrder{Do: load.LiveConnect} })
	if err != nil {
		return err
	}
	l.report.ConnectSeconds = longest(replies)
	l.report.Resident.Connected = l.resident()
	return nil
}

func longest(replies []*load.LiveReply) (seconds float64) {
	for _, r := range replies {
		seconds = max(seconds, r.Seconds)
	}
	return seconds
}

// resident is the memory of all nodes, in bytes.
func (l *live) resident() (bytes int64) {
	for _, n := range l.nodes {
		bytes += residentOf(n.pid())
	}
	return bytes
}

// play plays the whole room.
func (l *live) play(ctx context.Context) error {
	if l.Churn > 0 {
		_, err := l.phones.Each(func(int) load.LiveOrder { return load.LiveOrder{Do: load.LiveChurn, Share: l.Churn} })
		if err != nil {
			return err
		}
	}
	processes := l.processes()
	before := takeUsage(processes)
	for question := 1; question <= l.Questions; question++ {
		l.progress.begin(fmt.Sprintf("question %d of %d", question, l.Questions))
		if err := l.round(ctx, question); err != nil {
			return errs.Wrap(err, "question %d", question)
		}
	}
	l.report.takeProcessors(processes, before, takeUsage(processes))
	replies, err := l.phones.Each(func(int) load.LiveOrder { return load.LiveOrder{Do: load.LiveUsage} })
	for _, r := range replies {
		l.report.Frames += r.Frames
		l.report.FrameBytes += r.Bytes
		l.report.Connects += r.Connects
		l.report.Lost += r.Lost
		l.report.Refused += r.Refused
	}
	return err
}

// processes are all whose computing is told.
func (l *live) processes() []Process {
	var all []Process
	for i, n := range l.nodes {
		all = append(all, Process{Name: fmt.Sprintf("node %d", i+1), PID: n.pid()})
	}
	for i, pid := range l.phones.PIDs() {
		all = append(all, Process{Name: fmt.Sprintf("phones %d", i+1), PID: pid})
	}
	return append(all, l.Processes...)
}

// waitAtMost bounds how long something may take to reach all phones.
const waitAtMost = 60 * time.Second

// round asks one question.
func (l *live) round(ctx context.Context, round int) error {
	r := LiveRound{Round: round}
	pressed, err := l.host.step(ctx, "ready")
	if err != nil {
		return err
	}
	if r.Ready, err = l.await(round, load.SlotReady, pressed); err != nil {
		return err
	}
	time.Sleep(3 * time.Second) // phones tell that they hold it, and nodes tell each other
	if pressed, err = l.host.step(ctx, "open"); err != nil {
		return err
	}
	r.Held = l.host.view.Held
	if r.Pressed, err = l.await(round, load.SlotPressed, pressed); err != nil {
		return err
	}
	opens := l.host.view.Room.OpensAt * 1000
	if r.Opened, err = l.await(round, load.SlotOpened, opens); err != nil {
		return err
	}
	if _, err := l.answers(round, waitAtMost); err != nil {
		return err
	}
	closed, err := l.host.step(ctx, "close")
	if err == nil {
		_, err = l.host.step(ctx, "reveal")
	}
	if err != nil {
		return err
	}
	if r.Rank, err = l.await(round, load.SlotRank, closed); err != nil {
		return err
	}
	// Who left before answering and came back before the close answered after the others.
	replies, err := l.answers(round, 0)
	if err != nil {
		return err
	}
	r.takeAnswers(replies, opens)
	pressed, err = l.host.step(ctx, "standings")
	if err != nil {
		return err
	}
	if r.Standings, err = l.await(round, load.SlotStandings, pressed); err != nil {
		return err
	}
	r.Told = l.host.view.Room.Reveal.Answered
	l.report.Resident.Most = max(l.report.Resident.Most, l.resident())
	l.report.Rounds = append(l.report.Rounds, r)
	return nil
}

// await waits until all phones have a slot, and says how long after a moment they had.
func (l *live) await(round int, slot load.LiveSlot, since int64) (Reach, error) {
	replies, err := l.phones.Each(func(int) load.LiveOrder {
		return load.LiveOrder{Do: load.LiveAwait, Round: round, Slot: slot, Since: since, Within: waitAtMost.Microseconds()}
	})
	return reachOf(replies), err
}

// answers waits until all phones that are there have answered and been told so, and counts.
func (l *live) answers(round int, within time.Duration) ([]*load.LiveReply, error) {
	return l.phones.Each(func(int) load.LiveOrder {
		return load.LiveOrder{Do: load.LiveAnswers, Round: round, Within: within.Microseconds()}
	})
}

// verify compares what is stored with what was acknowledged.
func (l *live) verify(ctx context.Context) error {
	l.progress.begin("comparing what is stored with what was acknowledged")
	db, err := l.scratch.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	var rows []struct {
		Round   int `db:"round"`
		Answers int `db:"answers"`
	}
	err = db.Select(ctx, &rows, "SELECT round, COUNT(*) AS answers FROM live_answers GROUP BY round ORDER BY round")
	if err != nil {
		return errs.Wrap(err, "count answers")
	}
	for _, row := range rows {
		if row.Round <= len(l.report.Rounds) {
			l.report.Rounds[row.Round-1].Stored = row.Answers
		}
	}
	l.report.ExactlyOnce = l.report.storedOnce()
	return nil
}

// residentOf is the memory of a process, in bytes; 0 where the system does not tell.
func residentOf(pid int) int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	var size, pages int64
	fmt.Sscan(string(text), &size, &pages) //nolint:errcheck // two numbers (proc_pid_statm(5))
	return pages * int64(os.Getpagesize())
}
