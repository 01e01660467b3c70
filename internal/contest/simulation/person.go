package simulation

import (
	"math/rand/v2"
	"slices"
	"strconv"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
)

// person is one simulated player: how good, how eager, how social.
type person struct {
	d      *contest.Definition
	days   int
	random *rand.Rand
	record contest.Record
	rules  *contest.Summary // of the record
	now    int64
	nextID int64
	// wrong is, for each level, how many questions of each of its draws the last attempt
	// did not answer right.
	wrong map[string][]int

	right    float64 // share of questions answered right
	comes    float64 // chance of coming on a day
	patience int     // attempts on a day at most
	social   float64 // chance of sharing on a day
}

func newPerson(d *contest.Definition, c Config, player int) *person {
	random := rand.New(rand.NewPCG(c.Seed, uint64(player)))
	p := &person{d: d, days: c.Days, random: random, wrong: map[string][]int{}}
	p.right = min(1, 0.3+0.5*random.Float64()+0.25*random.Float64())
	p.comes = 0.1 + 0.9*random.Float64()*random.Float64()
	p.patience = 1 + random.IntN(10)
	p.social = 0.5 * random.Float64()
	p.record.Registered = random.IntN(20) > 0
	if n := len(d.Players.Divisions); n > 0 {
		p.record.Division = d.Players.Divisions[random.IntN(n)].Key
	}
	p.rules = d.Summarize(&p.record, d.Window.Opens.MS)
	return p
}

const dayMS = 24 * 60 * 60 * 1000

// live goes through the days and counts what it comes to.
func (p *person) live(r *Result) {
	opens := p.d.Window.Opens.MS
	for day := range p.days {
		start := opens + int64(day)*dayMS
		if start >= p.d.Window.Closes.MS {
			break
		}
		if p.random.Float64() >= p.comes {
			continue
		}
		p.now = start + p.random.Int64N(dayMS*9/10)
		p.deed(r, contest.DeedCheckin, strconv.Itoa(day))
		p.play(r)
		if p.random.Float64() < p.social {
			p.deed(r, contest.DeedShare, strconv.Itoa(day))
			p.play(r) // where sharing gives another try
		}
		if p.random.Float64() < p.social/5 {
			p.deed(r, contest.DeedInvite, strconv.Itoa(day))
		}
	}
	p.count(r)
}

// play begins attempts until none is left or the player has had enough.
func (p *person) play(r *Result) {
	for range p.patience {
		level, ok := p.choose(r)
		if !ok {
			return
		}
		attempt, _, err := p.d.NewAttempt(p.rules, level.Key, p.now, false)
		r.Decisions++
		if err != nil {
			r.Refused[errs.From(err).Code]++
			return
		}
		p.finish(r, level, attempt)
	}
}

// choose picks a level: mostly one that may be played and is not passed yet.
func (p *person) choose(r *Result) (*contest.Level, bool) {
	if p.random.IntN(20) == 0 { // one that tries what may be locked
		return &p.d.Levels[p.random.IntN(len(p.d.Levels))], true
	}
	states := p.d.LevelStates(p.rules, p.now)
	r.Decisions++
	best := -1
	for i, state := range states {
		if state.Open && state.TriesLeft > 0 && (best < 0 || states[best].Passed && !state.Passed) {
			best = i
		}
	}
	if best < 0 {
		return nil, false
	}
	return &p.d.Levels[best], true
}

func (p *person) finish(r *Result, level *contest.Level, a contest.Attempt) {
	p.nextID++
	a.ID = p.nextID
	p.d.Begin(p.rules, a)
	run, left := p.begin(level, a)
	asked, wrong := total(left), make([]int, len(left))
	for !level.Over(run, asked) {
		used := int64(2000 + p.random.IntN(8000))
		a.UsedMS += used
		p.now += used
		draw, right := pick(left, p.random.IntN(total(left))), p.random.Float64() < p.right
		left[draw]--
		if !right {
			wrong[draw]++
		}
		run = level.Answer(run, level.Worth(draw), right)
	}
	for draw, n := range left { // what was not asked is not right either
		wrong[draw] += n
	}
	p.wrong[level.Key] = wrong
	a.FinishedAt = min(p.now, a.DeadlineAt)
	a.Correct, a.Score, a.Passed, a.Full = run.Correct, run.Score, level.PassedBy(run), run.Correct == level.Count()
	p.record.History = append(p.record.History, a)
	p.d.End(p.rules, a)
	p.take(r, p.d.EarnAttempt(p.rules, a))
	count := &r.Levels[slices.IndexFunc(p.d.Levels, func(l contest.Level) bool { return l.Key == level.Key })]
	count.Begun++
	count.Score += int64(a.Score)
	count.Most = max(count.Most, int64(a.Score))
	if a.Passed {
		count.Passed++
	}
	if a.Full {
		count.Full++
	}
}

// begin is where an attempt starts, and how many questions of each draw it asks: where
// only the wrong ones are asked again, what the one before has right stays right.
func (p *person) begin(level *contest.Level, a contest.Attempt) (run contest.Run, left []int) {
	if a.Retries == 0 {
		for _, draw := range level.Questions {
			left = append(left, draw.Count)
		}
		return run, left
	}
	before := p.record.History[slices.IndexFunc(p.record.History, func(b contest.Attempt) bool {
		return b.ID == a.Retries
	})]
	return contest.Run{Correct: before.Correct, Score: before.Score}, slices.Clone(p.wrong[level.Key])
}

func total(left []int) (n int) {
	for _, count := range left {
		n += count
	}
	return n
}

// pick is the draw of the so-manieth question that is left.
func pick(left []int, place int) int {
	for draw, count := range left {
		if place < count {
			return draw
		}
		place -= count
	}
	return len(left) - 1
}

func (p *person) deed(r *Result, kind contest.DeedKind, ref string) {
	deed := contest.Deed{Kind: kind, Ref: ref, At: p.now}
	p.record.Deeds = append(p.record.Deeds, deed)
	p.d.Do(p.rules, deed)
	r.Deeds[kind]++
	r.Decisions++
	p.take(r, p.d.EarnDeed(p.rules, deed))
}

// take puts grants into the record and counts them by rule.
func (p *person) take(r *Result, grants []contest.Grant) {
	r.Decisions++
	p.record.Grants = append(p.record.Grants, grants...)
	p.d.Gain(p.rules, grants)
	for _, g := range grants {
		count := &r.Rules[slices.IndexFunc(p.d.Earnings, func(e contest.Earning) bool { return e.Key == g.Rule })]
		count.Times++
		switch g.Kind {
		case contest.GrantPoints:
			count.Points += int64(g.Amount)
		case contest.GrantChance:
			count.Chances += int64(g.Amount)
		case contest.GrantTry:
			count.Tries += int64(g.Amount)
		case contest.GrantCard:
			count.Cards++
		}
	}
}

// count adds what the player holds in the end.
func (p *person) count(r *Result) {
	r.Players++
	r.Points.take(int64(p.rules.Sum(contest.GrantPoints)))
	r.Chances.take(int64(p.rules.Sum(contest.GrantChance)))
	r.Cards[len(p.d.CardsHeld(p.rules))]++
	for _, total := range p.d.Totals(p.rules) {
		spread := r.Totals[string(total.Measure)]
		spread.take(total.Points)
		r.Totals[string(total.Measure)] = spread
	}
	held := p.d.Window.Opens.MS + int64(p.days)*dayMS
	for i := range p.d.Drawings {
		drawing := &p.d.Drawings[i]
		from, to := p.d.DrawnFrom(drawing, held)
		if p.d.Meets(drawing.Who, &p.record, from, to) {
			r.Drawings[i].Players++
			r.Drawings[i].Tickets += int64(p.d.TicketsOf(drawing, &p.record, from, to))
		}
	}
	for _, certificate := range p.d.Certificates {
		if p.d.Meets(certificate.Who, &p.record, p.d.Window.Opens.MS, p.d.Window.Closes.MS) {
			r.Certified[certificate.Key]++
		}
	}
}
