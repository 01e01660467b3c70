package simulation_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/contest/compliance"
	"anquanda/internal/contest/simulation"
)

// author makes up definitions as somebody would who does not look twice.
type author struct{ *rand.Rand }

func (a author) one(of ...string) string { return of[a.IntN(len(of))] }

func (a author) some(share float64, text string, args ...any) string {
	if a.Float64() >= share {
		return ""
	}
	return fmt.Sprintf(text, args...)
}

// day is one of a contest from the 1st to the 9th of June, or a bit outside.
func (a author) day() string { return fmt.Sprintf("2026-06-%02d", 1+a.IntN(11)) }

func (a author) definition() string {
	var b strings.Builder
	b.WriteString("contest: made-up\ntitle: 编的\norganizer: 测试\nbank: safety\n" +
		"window: {opens: 2026-06-01, closes: 2026-06-09 20:00}\n")
	b.WriteString(a.some(0.3, "periods: [{title: 上, opens: 2026-06-01, closes: 2026-06-05}, {title: 下, opens: %s, closes: 2026-06-20}]\n",
		a.one("2026-06-05", "2026-06-08", "2026-06-12")))
	divided := a.IntN(3) == 0
	if divided {
		b.WriteString("players: {divisions: [{key: x, title: 甲组}, {key: y, title: 乙组}]}\n")
	}
	levels := 1 + a.IntN(4)
	b.WriteString("levels:\n")
	for i := range levels {
		b.WriteString(a.level(i, divided))
	}
	b.WriteString(a.some(0.3, "attempts: [{max: %d, per: %s, of: %s%s}]\n", 1+a.IntN(6), a.one("day", "week", "contest"),
		a.one("attempts", "levels"), a.some(0.3, ", firm: true")))
	b.WriteString("cards: [{key: l0, title: 卡}, {key: red, title: 红}]\npurses: [{key: f, title: 花}]\nearnings:\n")
	for i := range 1 + a.IntN(4) {
		b.WriteString(a.earning(i, levels))
	}
	b.WriteString(a.some(0.3, "caps: [{of: %s, max: %d, per: %s}]\n",
		a.one("points", "chance"), 12+a.IntN(30), a.one("day", "contest")))
	b.WriteString(a.some(0.3, "makeup: {price: %d, most: %d}\n", 1+a.IntN(4), 1+a.IntN(3)))
	b.WriteString(a.some(0.5, "pledge: {title: 承诺, lines: [不占消防通道。]}\n"))
	b.WriteString(a.prizes(levels))
	return b.String()
}

func (a author) level(i int, divided bool) string {
	count := 1 + a.IntN(5)
	text := fmt.Sprintf("  - {key: l%d, title: 第%d关, questions: [{count: %d}], score: %d", i, i, count, 1+a.IntN(9))
	if a.IntN(5) == 0 {
		text += fmt.Sprintf(", steps: {goal: %d, back: %d}", 1+a.IntN(count), a.IntN(2))
	} else {
		text += fmt.Sprintf(", pass: %d", a.IntN(count+1))
		text += a.some(0.2, ", retry: wrong") + a.some(0.15, ", ends: {wrong: %d}", 1+a.IntN(3))
	}
	text += a.some(0.3, ", opens: %s", a.day())
	if divided {
		text += a.some(0.4, ", divisions: [%s]", a.one("x", "y"))
	}
	text += a.some(0.4, ", attempts: {max: %d, per: %s}", a.IntN(4), a.one("day", "week", "contest"))
	switch {
	case i == 0:
	case a.IntN(3) == 0:
		text += ", after: []"
	case a.IntN(3) == 0:
		text += fmt.Sprintf(", after: [{level: l%d, by: %s, same: %s}]", a.IntN(i), a.one("passed", "finished"), a.one("day", "contest"))
	}
	return text + "}\n"
}

func (a author) earning(i, levels int) string {
	kind := a.one("attempt", "attempt", "attempt", "checkin", "share", "invite", "pledge", "row", "profile")
	if kind == "row" {
		return fmt.Sprintf("  - {key: e%d, for: checkin, days: %d, give: {%s}%s}\n", i, 2+a.IntN(9), a.give("checkin"),
			a.some(0.5, ", max: %d", 1+a.IntN(2)))
	}
	text := fmt.Sprintf("  - {key: e%d, for: %s", i, kind)
	text += a.some(0.3, ", levels: [l%d]", a.IntN(levels))
	if a.IntN(2) == 0 {
		least := a.IntN(7)
		text += fmt.Sprintf(", when: {least: %d%s%s}", least, a.some(0.3, ", below: %d", least+1+a.IntN(4)),
			a.some(0.5, ", result: %s", a.one("passed", "failed", "full")))
	}
	if kind == "attempt" {
		text += a.some(0.2, ", each: {correct: %d}", 1+a.IntN(6))
	}
	give := a.give(kind)
	return text + fmt.Sprintf(", give: {%s}%s}\n", give, a.some(0.6, ", max: %d, per: %s", 1+a.IntN(3), a.one("day", "contest")))
}

// give gives no tries for attempts: how far those lead hangs on how each went.
func (a author) give(kind string) string {
	given := a.one("points: 3", "chances: 1", "points: 2, chances: 2", "tries: 1", "card: red", "points: 1, card: red",
		"purse: f, amount: 2")
	if kind == "attempt" && given == "tries: 1" {
		return "points: 1"
	}
	return given
}

func (a author) prizes(levels int) string {
	if a.IntN(3) == 0 {
		return ""
	}
	text := fmt.Sprintf("prizes:\n  - {key: cup, title: 杯, value: 900, stock: %d%s}\n", 1+a.IntN(400), a.some(0.3, ", price: %d", 1+a.IntN(9)))
	text += a.some(0.2, "  - {key: fan, title: 扇, value: 100, stock: 5}\n")
	if a.IntN(2) == 0 {
		text += fmt.Sprintf("pools: [{key: p, title: 抽, prizes: [{prize: cup, odds: %d%s}]%s%s}]\n", a.number(0, 50, 20_000, 300_000),
			a.some(0.3, ", release: [{units: %d%s%s}]", 1+a.IntN(50), a.some(0.5, ", daily: true"),
				a.some(0.4, ", at: %s", a.day())),
			a.some(0.3, ", opens: %s", a.day()), a.some(0.2, ", limits: [{by: player, max: 1, per: %s}]", a.one("day", "contest")))
	}
	who := a.one("finished: 1", "finished: 3", "points: 3", "cards: 1", "cards: 2", "full: true", "passed: [all]",
		"pledged: true", fmt.Sprintf("passed: [l%d]", a.IntN(levels)), "score: 20", "invited: 1",
		fmt.Sprintf("best: {level: l%d, %s}", a.IntN(levels), a.one("score: 10", "right: 1", "share: 10")))
	text += a.some(0.6,
		"drawings: [{key: d, title: 摇, %s, who: {%s}, prizes: [{prize: cup, count: %d}]%s}]\n",
		a.one("at: 2026-06-10", "every: day, at: 2026-06-02 10:00", "every: week", "at: 2026-06-05 08:00"), who, 1+a.IntN(9),
		a.some(0.5, ", repeat: true"))
	return text + a.some(0.4, "certificates: [{key: c, title: 证, text: 好, who: {%s}}]\n", who)
}

func (a author) number(of ...int) int { return of[a.IntN(len(of))] }

// promises are the codes of what cannot be kept; laws are no matter here.
var promises = map[string]bool{"no-chance": true, "no-points": true, "over-stock": true, "tiny-odds": true,
	"level-outside": true, "division-locked": true, "beyond-reach": true, "unused": true, "ignored": true,
	"contradicts": true}

func TestWhatTheCheckLetsPassACrowdReaches(t *testing.T) {
	a := author{rand.New(rand.NewPCG(15, 1))}
	played, made := 0, 0
	for ; played < 60 && made < 4000; made++ {
		text := a.definition()
		d, err := contest.Parse("made-up.yaml", []byte(text))
		if err != nil {
			continue // refused with a line is spoken up
		}
		spoke := false
		for _, c := range compliance.Check(d) {
			spoke = spoke || promises[c.Code]
		}
		if spoke {
			continue
		}
		played++
		for _, fault := range kept(d, simulation.Run(d, simulation.Config{Players: 2500, Days: 20, Seed: uint64(made)})) {
			t.Errorf("%s in\n%s", fault, text)
		}
	}
	if played < 60 {
		t.Errorf("of %d definitions only %d passed", made, played)
	}
}

// cardAgain reports whether a rule gives nothing but a card that another one gives too:
// who fulfils it may hold the card by then.
func cardAgain(d *contest.Definition, e *contest.Earning) bool {
	return e.Give == contest.Give{Card: e.Give.Card} && slices.ContainsFunc(d.Earnings, func(o contest.Earning) bool {
		return o.Key != e.Key && o.Give.Card == e.Give.Card
	})
}

// kept lists what a crowd did not come to.
func kept(d *contest.Definition, r *simulation.Result) (faults []string) {
	fault := func(holds bool, text string, args ...any) {
		if !holds {
			faults = append(faults, fmt.Sprintf(text, args...))
		}
	}
	for i, l := range r.Levels {
		fault(l.Begun > 0, "nobody played %s", l.Level)
		fault(l.Most <= d.Points(d.Levels[i].FullScore()), "%s gave %v of %v", l.Level, l.Most,
			d.Points(d.Levels[i].FullScore()))
	}
	for i, e := range r.Rules {
		fault(e.Times > 0 || cardAgain(d, &d.Earnings[i]), "nobody got %s", e.Rule)
	}
	for i, p := range r.Pools {
		fault(p.Draws > 0, "nobody drew from %s", p.Pool)
		for j, prize := range p.Prizes {
			odds := float64(d.Pools[i].Prizes[j].Odds) / 1e6
			mean := odds * float64(p.Draws)
			fault(math.Abs(float64(prize.Rolled)-mean) <= 5*math.Sqrt(mean*(1-odds))+1, "%d of %d draws gave %s with odds of %v",
				prize.Rolled, p.Draws, prize.Prize, odds)
		}
	}
	for _, p := range r.Prizes {
		fault(p.Given <= int64(p.Stock), "%d of %d were given", p.Given, p.Stock)
	}
	for i, w := range r.Drawings {
		fault(w.Players > 0 && w.Winners > 0, "nobody stood in %s", w.Drawing)
		units := int64(0)
		for _, p := range d.Drawings[i].Prizes {
			units += int64(p.Count)
		}
		fault(w.Winners+w.Unclaimed == units*w.Held, "%+v does not come to %d units each time", w, units)
	}
	for _, c := range d.Certificates {
		fault(r.Certified[c.Key] > 0, "nobody got certificate %s", c.Key)
	}
	return faults
}
