package bench

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/unit"
)

// playedDays is how long people have played: two days before the contest closes.
const playedDays = 28

// definition is the contest that they play: five levels of ten questions on what ships.
func definition(config ContestConfig, now time.Time) string {
	var text strings.Builder
	day := func(days int) string { return now.AddDate(0, 0, days).Format(time.DateOnly) }
	fmt.Fprintf(&text, `contest: bench-report
title: 试压
organizer: 试压
contact: 试压
timezone: Asia/Shanghai
window: {opens: %s 00:00, closes: %s 00:00}
bank: safety
players:
  unit: {ask: optional}
  divisions: [{key: firm, title: 企业职工}, {key: resident, title: 居民}, {key: head, title: 企业主要负责人}]
levels:
`, day(-playedDays), day(2))
	for i, audience := range []string{"家庭", "社区", "学校", "农村", "企业"} {
		fmt.Fprintf(&text, "  - {key: level%d, title: %s, questions: [{count: 7, kinds: [single], audience: [%s]}, "+
			"{count: 3, kinds: [truefalse], audience: [%s]}], time: {question: 45s}, pass: 6}\n", i+1, audience, audience, audience)
	}
	text.WriteString("units:\n")
	towns := (config.Units + unitsInTown) / (unitsInTown + 1)
	for town := range towns {
		below := (config.Units - towns + town) / towns
		fmt.Fprintf(&text, "  - {code: t%d, name: 第%d镇, headcount: %d, children: [", town, town+1, 10)
		for i := range below {
			fmt.Fprintf(&text, "{code: t%dv%d, name: 第%d镇%d村, headcount: %d}, ", town, i, town+1, i+1,
				1+2*config.Players/config.Units+(town*7+i*13)%100)
		}
		text.WriteString("]}\n")
	}
	return text.String()
}

// unitsInTown is how many units a town has at most.
const unitsInTown = 49

// crowd is the made-up people of a contest, and what they do in the order of time.
type crowd struct {
	in     *catalog.Contest
	random *rand.Rand
	ids    *sqldb.IDs
	people []*person
	goes   []going
	levels []levelAsked
	asked  map[*question.Question]*askedOf
}

// person is one of the people.
type person struct {
	id       sqldb.ID
	unit     sqldb.ID
	division string
	joined   int64
	skill    float64
	tries    []int // by level
}

// going is when somebody begins an attempt.
type going struct {
	person int32
	level  uint8
	at     int64 // UTC ms
}

// levelAsked is a level with the edition that it is played by.
type levelAsked struct {
	*contest.Level
	index   int
	edition *catalog.Contest
}

// askedOf is what people make of a question.
type askedOf struct {
	hard   float64
	lure   int      // the wrong option that most take
	texts  []string // the stored form of each option
	rights []bool   // by option, as the bank grades it
	right  int
}

func newCrowd(in *catalog.Contest, ids *sqldb.IDs, config ContestConfig, now time.Time) *crowd {
	c := &crowd{in: in, random: rand.New(rand.NewPCG(config.Seed, 616)), ids: ids,
		asked: map[*question.Question]*askedOf{}}
	for i := range in.Levels {
		c.levels = append(c.levels, levelAsked{&in.Levels[i], i, in.For(i)})
	}
	c.gather(config.Players)
	c.plan(float64(config.Answers)/float64(in.Levels[0].Count()), now)
	return c
}

// gather makes people: few units have many of them, and some people have no unit.
func (c *crowd) gather(players int) {
	units := slices.DeleteFunc(c.in.Units.Units(), func(u *unit.Unit) bool { return u.ParentID == 0 })
	shares := rand.NewZipf(c.random, 1.2, float64(len(units))/4+1, uint64(max(1, len(units))-1))
	c.random.Shuffle(len(units), func(i, j int) { units[i], units[j] = units[j], units[i] })
	for range players {
		p := &person{id: c.ids.Next(), skill: c.random.NormFloat64(), tries: make([]int, len(c.levels)),
			division: []string{"firm", "resident", "resident", "head"}[min(3, int(c.random.ExpFloat64()*1.3))]}
		if len(units) > 0 && c.random.IntN(20) > 0 {
			p.unit = units[shares.Uint64()].ID
		}
		c.people = append(c.people, p)
	}
}

// plan spreads attempts over days and hours: most on the first days, at noon and in the
// evening. A few people go often, most seldom, and three in a hundred never.
func (c *crowd) plan(mean float64, now time.Time) {
	first := time.UnixMilli(c.in.Window.Opens.MS)
	last := now.Add(-2 * time.Hour).UnixMilli()
	for i, p := range c.people {
		goes := int(math.Round(min(10*mean, c.random.ExpFloat64()*mean/0.97)))
		if c.random.IntN(100) < 3 {
			goes = 0
		} else {
			goes = max(1, goes)
		}
		begins := min(playedDays-1, int(c.random.ExpFloat64()*8))
		p.joined = min(last, first.AddDate(0, 0, begins).Add(c.hour()).UnixMilli())
		for range goes {
			day := begins + c.random.IntN(playedDays-begins)
			at := first.AddDate(0, 0, day).Add(c.hour()).UnixMilli()
			c.goes = append(c.goes, going{int32(i), uint8(c.random.IntN(len(c.levels))), min(last, max(p.joined+5_000, at))})
		}
	}
	slices.SortFunc(c.goes, func(a, b going) int { return int(a.at - b.at) })
}

// hour is a time of the day: around noon or in the evening.
func (c *crowd) hour() time.Duration {
	around := []float64{12.5, 20, 20, 9}[c.random.IntN(4)]
	hour := min(23.9, max(6, around+1.5*c.random.NormFloat64()))
	return time.Duration(hour * float64(time.Hour))
}

// of is what people make of a question: a few that most have wrong, most that most know.
func (c *crowd) of(edition *catalog.Contest, q *question.Question) *askedOf {
	if known := c.asked[q]; known != nil {
		return known
	}
	a := &askedOf{hard: 1.2*c.random.NormFloat64() - 1}
	for i := range q.Options {
		choice := question.Choice{Options: []int{i}}
		a.texts = append(a.texts, choice.Text())
		a.rights = append(a.rights, edition.Bank.Grade(q, choice))
		if a.rights[i] {
			a.right = i
		}
	}
	a.lure = (a.right + 1 + c.random.IntN(max(1, len(q.Options)-1))) % len(q.Options)
	c.asked[q] = a
	return a
}

// choose is the option that a person takes, of the try at a level: who comes again knows more.
func (c *crowd) choose(p *person, a *askedOf, try int) int {
	knows := 1 / (1 + math.Exp(a.hard-p.skill-0.15*float64(min(try, 8))))
	switch {
	case c.random.Float64() < knows:
		return a.right
	case c.random.IntN(3) > 0:
		return a.lure
	}
	return c.random.IntN(len(a.texts))
}
