package app

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/pairing"
	"anquanda/internal/play"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/unit"
)

// cupOfVillages has two rounds; who wins the first is on a list that opens the final's level
// and gives a chance.
const cupOfVillages = `contest: villages
title: 各村对抗
organizer: 测试
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
periods:
  - {title: 半决赛, opens: 2026-06-16 09:00, closes: 2026-06-16 12:00}
  - {title: 决赛, opens: 2026-06-16 14:00, closes: 2026-06-16 18:00}
players: {unit: {ask: optional}}
units: [{code: a, name: 甲村}, {code: b, name: 乙村}, {code: c, name: 丙村}, {code: d, name: 丁村}]
boards: [{key: rounds, title: 每期村榜, subject: unit, measure: sum, period: own, depth: 1}]
pairings:
  - {key: semi, title: 半决赛, board: rounds, round: 1, pairs: [{first: a, second: b}, {first: c, second: d}]}
  - {key: final, title: 决赛, board: rounds, round: 2, winners: semi}
lists: [{key: on, title: 晋级名单, pairing: semi}, {key: best, title: 冠军名单, pairing: final}]
earnings: [{key: on, for: list, list: on, give: {chances: 1}}]
levels:
  - {key: heat, title: 初赛, questions: [{count: 1, kinds: [single]}], attempts: {max: 9}}
  - {key: last, title: 决赛题, after: [{list: on}], questions: [{count: 1, kinds: [single]}], attempts: {max: 9}}
`

// The times at which its rounds are over, and the second begins.
const (
	semiOver  = "2026-06-16 12:00:20"
	finalOn   = "2026-06-16 14:00:00"
	finalOver = "2026-06-16 18:00:20"
)

// cupDay is the cup on the stores of a test, in its first round.
type cupDay struct {
	t     *testing.T
	nodes [2]*App
	*App  // the first of them
	c     *catalog.Contest
	clock *atomic.Int64
}

func eachCup(t *testing.T, test func(*testing.T, *cupDay)) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		nodes, c, clock := villages(t, s, cupOfVillages)
		d := &cupDay{t, nodes, nodes[0], c, clock}
		d.looks()
		test(t, d)
	})
}

func (d *cupDay) at(text string) {
	d.t.Helper()
	at, err := time.ParseInLocation(time.DateTime, text, d.c.Zone())
	if err != nil {
		d.t.Fatal(err)
	}
	d.clock.Store(at.UnixMilli())
}

// comes lets a player of a village take part (of none by an empty code), who plays so often.
func (d *cupDay) comes(c *catalog.Contest, village string, often int) sqldb.ID {
	d.t.Helper()
	var home sqldb.ID
	if u, ok := c.Units.ByCode(village); ok {
		home = u.ID
	}
	e, err := d.Players.Enrol(d.t.Context(), c.ContestID, 0, "村民", home)
	if err != nil {
		d.t.Fatal(err)
	}
	for range often {
		playLevel(d.t, d.App, c, e.PlayerID, "heat", rightOptions)
	}
	return e.PlayerID
}

// looks lets both nodes look what there is to do, at once and again.
func (d *cupDay) looks() {
	d.t.Helper()
	var both sync.WaitGroup
	for range 2 {
		for _, node := range d.nodes {
			both.Go(func() {
				if err := node.MakeLists(d.t.Context()); err != nil {
					d.t.Error(err)
				}
			})
		}
		both.Wait()
	}
}

// changed reads the contest again after its units were changed.
func (d *cupDay) changed() {
	d.t.Helper()
	var err error
	for _, node := range d.nodes {
		if err := node.Catalog.Refresh(d.t.Context()); err != nil {
			d.t.Fatal(err)
		}
	}
	if d.c, err = d.Catalog.Of(d.c.ContestID); err != nil {
		d.t.Fatal(err)
	}
}

// shows tells a pairing as everybody sees it: ! stands behind who won.
func (d *cupDay) shows(key string) string {
	d.t.Helper()
	states, err := d.Pairings.Of(d.t.Context(), d.c)
	if err != nil {
		d.t.Fatal(err)
	}
	all, err := d.pairs().Of(d.t.Context(), d.c, states, d.clock.Load(), func(contest.Board) sqldb.ID { return 0 })
	if err != nil {
		d.t.Fatal(err)
	}
	var text []string
	for _, p := range all {
		if p.Key != key {
			continue
		}
		for _, pair := range p.Pairs {
			sides := pair.First.Unit
			if pair.First.Won {
				sides += "!"
			}
			if pair.Second != nil {
				sides += ":" + pair.Second.Unit
				if pair.Second.Won {
					sides += "!"
				}
			}
			text = append(text, sides)
		}
		text = append(text, p.Waits)
	}
	return strings.TrimSpace(strings.Join(text, " "))
}

// on are the players who are on a list, among some.
func (d *cupDay) on(list string, players ...sqldb.ID) (on []bool) {
	d.t.Helper()
	rows, err := d.Lists.Rows(d.t.Context(), d.c.ContestID, list, 100)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, player := range players {
		at := -1
		for i := range rows {
			if rows[i].PlayerID == player && rows[i].On {
				at = i
			}
		}
		on = append(on, at >= 0)
	}
	return on
}

func (d *cupDay) rows(where string) (n int) {
	d.t.Helper()
	if err := d.DB.Get(d.t.Context(), &n, "SELECT COUNT(*) FROM "+where); err != nil {
		d.t.Fatal(err)
	}
	return n
}

func (d *cupDay) imports(table string, mode unit.Mode) {
	d.t.Helper()
	tree, err := d.Units.Tree(d.t.Context(), d.c.ContestID)
	if err != nil {
		d.t.Fatal(err)
	}
	plan := unit.NewPlan(tree, unit.ReadTable("单位.csv", []byte(table)), mode)
	in := unit.Contest{ID: d.c.ContestID, Slug: d.c.Slug}
	if err := d.Units.Import(d.t.Context(), staff.CommandLine, in, plan, false, "调整单位"); err != nil {
		d.t.Fatal(err)
	}
	d.changed()
}

var wang, li = staff.Actor{ID: 7, Name: "王"}, staff.Actor{ID: 8, Name: "李"}

// corrects lets two of staff say who has won.
func (d *cupDay) corrects(place int, winner pairing.Side) {
	d.t.Helper()
	d.agrees(d.proposes(place, winner))
}

func (d *cupDay) proposes(place int, winner pairing.Side) sqldb.ID {
	d.t.Helper()
	if err := d.Pairings.Propose(d.t.Context(), wang, d.c, "semi", place, winner, "代答"); err != nil {
		d.t.Fatal(err)
	}
	waiting, err := d.Pairings.Waiting(d.t.Context(), d.c)
	if err != nil || len(waiting) != 1 {
		d.t.Fatal(waiting, err)
	}
	return waiting[0].ID
}

func (d *cupDay) agrees(proposal sqldb.ID) {
	d.t.Helper()
	if err := d.Pairings.Agree(d.t.Context(), li, d.c, proposal); err != nil {
		d.t.Fatal(err)
	}
}

// wrongOption is one that is not right.
func wrongOption(asked *play.Asked, q *question.Question) []string {
	right := rightOptions(asked, q)
	at := slices.IndexFunc(asked.Options, func(o play.Option) bool { return !slices.Contains(right, o.ID) })
	return []string{asked.Options[at].ID}
}
