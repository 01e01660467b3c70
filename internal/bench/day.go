package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/bench/load"
	"anquanda/internal/catalog"
	"anquanda/internal/referral"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// DayConfig is what `anquanda bench day` is told.
type DayConfig struct {
	Stores
	Nodes     []int   // numbers of nodes that are measured, each on a database of its own
	From      float64 // people an hour to begin with
	Most      float64 // people an hour that are tried at most; 0: until it breaks
	Measure   time.Duration
	Hurry     float64   // by how much people think shorter than in life
	Processes []Process // that work for the nodes: database, Redis
	Program   string    // the file of anquanda
	// NodeArguments come before the flags of serve: "serve", or what stands in for it.
	NodeArguments []string
	Progress      *Progress
}

// aimDay is what 99 of a hundred requests have to be answered in.
const aimDay = 500 * time.Millisecond

// dayRun is one number of nodes.
type dayRun struct {
	*DayConfig
	*scratch
	report  *DayRun
	nodes   []*node
	codes   codes
	channel string
	in      *catalog.Contest
	persons int
	total   load.Count
	drawn   int
}

// Day measures how many people an hour take part, as they do after a text message, so that 99 of a hundred requests
// are answered within half a second: on each number of nodes it raises the number of people until it breaks.
func Day(ctx context.Context, config DayConfig) (*DayReport, error) {
	report := &DayReport{Measure: config.Measure.Seconds(), Hurry: config.Hurry}
	for _, nodes := range config.Nodes {
		run, err := dayOn(ctx, &config, nodes, report)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", nodesText(nodes), err)
		}
		report.Runs = append(report.Runs, *run)
	}
	return report, nil
}

func dayOn(ctx context.Context, config *DayConfig, nodes int, report *DayReport) (run *DayRun, err error) {
	s, err := newScratch(config.Stores)
	if err != nil {
		return nil, err
	}
	r := &dayRun{DayConfig: config, scratch: s, report: &DayRun{Nodes: nodes}}
	defer func() { err = errors.Join(err, s.end(ctx, r.nodes, config.Progress)) }()
	err = onHandler(ctx, &r.codes, func(gateway string) error {
		config.Progress.begin("preparing " + nodesText(nodes))
		if err := r.prepare(ctx, report); err != nil {
			return err
		}
		if err := r.start(ctx, nodes, "http://"+gateway); err != nil {
			return err
		}
		if err := r.raise(ctx); err != nil {
			return err
		}
		return r.verify(ctx)
	})
	return r.report, err
}

// dayContest is a contest with all that a day has: two levels that most pass who guess, draws for who proves a phone.
// People in a hurry are no programs, so no answer is too fast.
const dayContest = `contest: bench-day
title: 试压
organizer: 试压
contact: 试压
timezone: Asia/Shanghai
window: {opens: %s 00:00, closes: %s 00:00}
bank: safety
feedback: each
players: {unit: {ask: optional}, proof: [phone], proven: [pools], guests: {questions: 0}}
levels:
  - {key: one, title: 一, questions: [{count: 6, kinds: [single]}, {count: 4, kinds: [truefalse]}],
     time: {question: 60s, least: 0s}, pass: 3, attempts: {max: 20, per: day}}
  - {key: two, title: 二, questions: [{count: 6, kinds: [single]}, {count: 4, kinds: [truefalse]}],
     time: {question: 60s, least: 0s}, pass: 3, attempts: {max: 20, per: day}}
earnings:
  - {key: passed, when: {result: passed}, give: {points: 10, chances: 1}, max: 1, per: level}
share: {title: 一起来答安全题, text: 几分钟学几样保平安的本领。, counts: finished, per_day: 3}
prizes: [{key: bonus, title: 二十积分, kind: points, value: 20, stock: 1000000}]
pools: [{key: bonus, title: 过关抽积分, prizes: [{prize: bonus, odds: 300000, guaranteed: 3}]}]
boards:
  - {key: total, title: 个人榜, subject: player, measure: best}
  - {key: units, title: 单位榜, subject: unit, measure: best}
units:
%s`

// dayUnits is a county: towns with villages.
func dayUnits() string {
	var text strings.Builder
	for town := range 20 {
		fmt.Fprintf(&text, "  - {code: t%d, name: 第%d镇, headcount: 500, children: [", town, town+1)
		for village := range 15 {
			fmt.Fprintf(&text, "{code: t%dv%d, name: 第%d镇%d村, headcount: 30}, ", town, village, town+1, village+1)
		}
		text.WriteString("]}\n")
	}
	return text.String()
}

// prepare makes what the nodes find: the schema, the contest, the channel of the message.
func (r *dayRun) prepare(ctx context.Context, report *DayReport) error {
	a, err := app.New(ctx, r.scratch.Config)
	if err != nil {
		return err
	}
	day := func(after time.Duration) string { return time.Now().Add(after).Format(time.DateOnly) }
	text := fmt.Sprintf(dayContest, day(-48*time.Hour), day(30*24*time.Hour), dayUnits())
	r.in, err = a.Catalog.Apply(ctx, "bench-day.yaml", []byte(text), "试压")
	if err == nil {
		var made *referral.Channel
		if made, err = a.Referrals.AddChannel(ctx, staff.CommandLine, r.in.ContestID, "短信", "sms"); err == nil {
			r.channel = made.Code
		}
	}
	for _, c := range a.Catalog.All() {
		r.contests = append(r.contests, c.ContestID)
	}
	if err == nil {
		report.Machine, err = machineOf(ctx, a)
	}
	return errors.Join(err, a.Close())
}

// start starts the nodes, which believe the balancer who asks and send codes by the gateway.
func (r *dayRun) start(ctx context.Context, nodes int, gateway string) error {
	sms, err := writeProvider(r.Data, gateway, 10_000_000)
	if err != nil {
		return err
	}
	arguments := append(append([]string{}, r.NodeArguments...), "--proxies", "127.0.0.1", "--sms", sms)
	for i := range nodes {
		n, err := startNode(r.Program, arguments, r.scratch.Config, filepath.Join(r.Data, fmt.Sprintf("node%d.log", i+1)))
		if err != nil {
			return err
		}
		r.nodes = append(r.nodes, n)
	}
	for _, n := range r.nodes {
		if err := n.ready(ctx); err != nil {
			return err
		}
	}
	return nil
}

// raise lets more and more people come until it breaks, and closes in on where.
func (r *dayRun) raise(ctx context.Context) error {
	held, broken := 0.0, 0.0
	for rate := r.From; ; {
		ok, err := r.holds(ctx, rate)
		if err != nil {
			return err
		}
		if ok {
			held = rate
		} else {
			broken = rate
		}
		r.report.Held = held
		switch {
		case r.Most > 0 && held >= r.Most:
			return nil
		case broken == 0:
			rate *= 2
			if r.Most > 0 {
				rate = min(rate, r.Most)
			}
		case held == 0 && rate < r.From/8, held > 0 && broken/held < closeEnough:
			return nil
		case held == 0:
			rate /= 2
		default:
			rate = (held + broken) / 2
		}
	}
}

// closeEnough is how near what held and what broke come to each other.
const closeEnough = 1.2

// holds tries a number of people an hour, and a second time where the first broke: other work may have been in the way.
func (r *dayRun) holds(ctx context.Context, rate float64) (bool, error) {
	for range 2 {
		probe, err := r.probe(ctx, rate)
		if err != nil {
			return false, err
		}
		r.report.Probes = append(r.report.Probes, *probe)
		if probe.Held {
			return true, nil
		}
	}
	return false, nil
}

func (r *dayRun) probe(ctx context.Context, rate float64) (*DayProbe, error) {
	r.Progress.begin(fmt.Sprintf("%s, %.0f people an hour", nodesText(len(r.nodes)), rate))
	job := load.DayJob{Contest: r.in.Slug, Levels: []string{"one", "two"}, Pool: "bonus",
		Boards: []string{"total", "units"}, Channel: r.channel, PeopleAnHour: rate,
		Ramp: time.Duration(float64(load.DayLasts) / r.Hurry), Measure: r.Measure, Hurry: r.Hurry, First: r.persons,
		Code: r.codes.of}
	for _, n := range r.nodes {
		job.Nodes = append(job.Nodes, n.address)
	}
	for _, parent := range r.in.Units.Children(0) {
		for _, u := range r.in.Units.Children(parent.ID) {
			job.Units = append(job.Units, u.ID.String())
		}
	}
	processes := r.processes()
	var before, after usage
	result, err := load.Day(ctx, job, func(window string) {
		if window == load.WindowOpen {
			before = takeUsage(processes)
		} else {
			after = takeUsage(processes)
		}
	})
	if err != nil {
		return nil, err
	}
	r.persons += result.Persons
	r.total.Add(&result.Count)
	r.drawn += result.Drawn
	return newDayProbe(rate, result, spentBetween(before, after, processes, len(r.nodes))), nil
}

func (r *dayRun) processes() []Process {
	var all []Process
	for i, n := range r.nodes {
		all = append(all, Process{Name: fmt.Sprintf("node %d", i+1), PID: n.pid()})
	}
	return append(all, r.Processes...)
}

// verify compares what is stored with what was acknowledged.
func (r *dayRun) verify(ctx context.Context) error {
	r.Progress.begin("comparing what is stored with what was acknowledged")
	db, err := r.scratch.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	if r.report.Stored, err = compareStored(ctx, db, &r.total); err != nil {
		return err
	}
	return r.verifyDraws(ctx, db)
}

// verifyDraws compares the draws; those whose reply was lost may be stored or not.
func (r *dayRun) verifyDraws(ctx context.Context, db *sqldb.DB) error {
	r.report.Drawn = r.drawn
	if err := db.Get(ctx, &r.report.DrawsStored, "SELECT COUNT(*) FROM draws"); err != nil {
		return err
	}
	r.report.ExactlyOnce = r.report.Stored.ExactlyOnce && r.drawn <= r.report.DrawsStored &&
		r.report.DrawsStored <= r.drawn+r.total.Lost
	return nil
}

// codes is a gateway of short messages that keeps the newest code of each phone.
type codes struct {
	mu   sync.Mutex
	sent map[string]string
}

// ServeHTTP takes a message.
func (c *codes) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var message struct {
		Phone     string            `json:"phone"`
		Variables map[string]string `json:"variables"`
	}
	if err := json.NewDecoder(r.Body).Decode(&message); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sent == nil {
		c.sent = map[string]string{}
	}
	c.sent[strings.TrimPrefix(message.Phone, "+86")] = message.Variables["code"]
	fmt.Fprintf(w, `{"id":"%d"}`, len(c.sent))
}

// of is the newest code of a phone; empty for none.
func (c *codes) of(phone string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.sent[phone]
}
