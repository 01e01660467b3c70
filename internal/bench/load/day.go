package load

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// DayJob is people who come to a contest as they do after a text message: whoever comes does not wait for those who
// came before, and each does what a person does, one after the other, with time to read and to think.
type DayJob struct {
	Nodes   []string // host:port, in turn for each request
	Contest string
	Levels  []string // the first and the one after it
	Pool    string
	Boards  []string // the first is looked at more often
	Channel string   // of the link in the message
	Units   []string // ids
	// PeopleAnHour come on average, at random moments.
	PeopleAnHour float64
	Ramp         time.Duration // before what is measured
	Measure      time.Duration
	Hurry        float64 // by how much thinking is shorter than in life; 1: not at all
	First        int     // the number of the first person: phones are told apart by it
	// Code is the newest code that a phone got by text message.
	Code func(phone string) string
}

// DayKind is what a request of a person is for.
type DayKind string

// The kinds.
const (
	DayPage   DayKind = "page"
	DayAsset  DayKind = "asset"
	DayHome   DayKind = "home"
	DayEnrol  DayKind = "enrol"
	DaySignIn DayKind = "sign in"
	DayStart  DayKind = "start"
	DayAnswer DayKind = "answer"
	DayBoard  DayKind = "board"
	DayShare  DayKind = "share"
	DayDraw   DayKind = "draw"
)

// DayFigure is what requests of a kind took, from the moment at which a person wanted them to the whole reply, in
// milliseconds.
type DayFigure struct {
	Kind  DayKind `json:"kind"` // empty: all
	Count int     `json:"count"`
	P50   float64 `json:"p50_ms"`
	P99   float64 `json:"p99_ms"`
}

// DayResult is what a job measured. Count and Drawn are of the whole job, the rest is of the time that was measured.
type DayResult struct {
	Count
	Drawn      int
	Persons    int // who came in the whole job
	Came       int // who came while it was measured
	Seconds    float64
	All        DayFigure
	Kinds      []DayFigure
	Connects   int // connections of the balancer
	AtOnce     int // the most people who were there together
	CPUSeconds float64
}

// day is one job under way.
type day struct {
	DayJob
	*balancer
	look        look
	from, until time.Time
	present     atomic.Int64
	most        atomic.Int64

	mu     sync.Mutex
	took   map[DayKind][]uint32 // microseconds
	result *DayResult
}

// dayDrain bounds how long the last replies may take.
const dayDrain = 10 * time.Second

// Day runs a job. on is called at the beginning and at the end of what is measured.
func Day(ctx context.Context, job DayJob, on func(window string)) (*DayResult, error) {
	d := &day{DayJob: job, balancer: newBalancer(job.Nodes), took: map[DayKind][]uint32{}, result: &DayResult{}}
	defer d.hangUp()
	if err := d.lookAtPage(); err != nil {
		return nil, err
	}
	begun := time.Now()
	d.from = begun.Add(job.Ramp)
	d.until = d.from.Add(job.Measure)
	var people sync.WaitGroup
	arriving := make(chan struct{})
	go func() {
		defer close(arriving)
		d.arrive(ctx, begun, &people)
	}()
	pauseUntil(ctx, d.from)
	on(WindowOpen)
	before := CPUTime()
	pauseUntil(ctx, d.until)
	d.result.CPUSeconds = (CPUTime() - before).Seconds()
	on(WindowClosed)
	<-arriving
	gone := make(chan struct{})
	go func() { people.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-time.After(dayDrain):
		d.hangUp()
		<-gone
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	d.sum()
	return d.result, nil
}

// arrive lets people come at random moments (a Poisson process) until the end.
func (d *day) arrive(ctx context.Context, begun time.Time, people *sync.WaitGroup) {
	random := rand.New(rand.NewPCG(uint64(d.First), 616))
	every := float64(time.Hour) / d.PeopleAnHour
	at := begun
	for {
		at = at.Add(time.Duration(random.ExpFloat64() * every))
		if !at.Before(d.until) || ctx.Err() != nil {
			return
		}
		pauseUntil(ctx, at)
		if !at.Before(d.from) {
			d.result.Came++
		}
		p := newPerson(d, d.First+d.result.Persons, at)
		d.result.Persons++
		people.Go(func() {
			here := d.present.Add(1)
			for most := d.most.Load(); here > most && !d.most.CompareAndSwap(most, here); most = d.most.Load() {
			}
			p.visit()
			d.present.Add(-1)
			d.add(p)
		})
	}
}

func pauseUntil(ctx context.Context, moment time.Time) {
	if wait := time.Until(moment); wait > 0 {
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

// record keeps what a request took, if it was wanted in the time that is measured.
func (d *day) record(kind DayKind, wanted time.Time) {
	if wanted.Before(d.from) || !wanted.Before(d.until) {
		return
	}
	took := uint32(min(time.Since(wanted).Microseconds(), int64(^uint32(0))))
	d.mu.Lock()
	defer d.mu.Unlock()
	d.took[kind] = append(d.took[kind], took)
}

func (d *day) add(p *person) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.result.Add(&p.Count)
	d.result.Drawn += p.drawn
}

func (d *day) sum() {
	r := d.result
	r.Seconds, r.AtOnce, r.Connects = d.Measure.Seconds(), int(d.most.Load()), int(d.dialed.Load())
	r.All = dayFigure("", slices.Concat(slices.Collect(maps.Values(d.took))...))
	for kind, took := range d.took {
		r.Kinds = append(r.Kinds, dayFigure(kind, took))
	}
	slices.SortFunc(r.Kinds, func(a, b DayFigure) int { return cmp.Compare(b.Count, a.Count) })
}

func dayFigure(kind DayKind, took []uint32) DayFigure {
	slices.Sort(took)
	return DayFigure{Kind: kind, Count: len(took), P50: quantile(took, 0.5), P99: quantile(took, 0.99)}
}

// look is which files the page loads: first at once, and parts where something is opened that most never see.
type look struct {
	first []string
	parts map[string][]string // by source, as phone/screens/play.js
}

var (
	assetOf = regexp.MustCompile(`(?:href|src)="(/assets/[^"]+)"`)
	partsOf = regexp.MustCompile(`\{(?:"[a-z/]+\.js":\["/assets/[^\]]+\],?)+\}`)
)

// lookAtPage reads the page and its script, as a browser does.
func (d *day) lookAtPage() error {
	page, err := fetch("http://" + d.Nodes[0] + "/c/" + d.Contest)
	if err != nil {
		return err
	}
	for _, asset := range assetOf.FindAllStringSubmatch(page, -1) {
		d.look.first = append(d.look.first, asset[1])
		if !strings.HasSuffix(asset[1], ".js") {
			continue
		}
		script, err := fetch("http://" + d.Nodes[0] + asset[1])
		if err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(partsOf.FindString(script)), &d.look.parts); err != nil {
			return fmt.Errorf("the parts of %s: %w", asset[1], err)
		}
	}
	if len(d.look.parts["phone/screens/play.js"]) == 0 {
		return errors.New("the page names no part for playing")
	}
	return nil
}

func fetch(address string) (string, error) {
	reply, err := http.Get(address)
	if err != nil {
		return "", err
	}
	defer reply.Body.Close()
	if reply.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s: %s", address, reply.Status)
	}
	text, err := io.ReadAll(reply.Body)
	return string(text), err
}
