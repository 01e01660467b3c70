package httpapi_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/staff"
	"anquanda/internal/testkit/contests"
)

// harvest is one device that joins as guest after guest, plays all levels that it can and
// notes what every verdict tells. It passes by what it has learnt; what it does not know it
// gets wrong, which tells the answer too.
type harvest struct {
	h        *house
	contest  string
	patience int             // guests without anything new until it gives up
	learnt   map[string]bool // by stem
	guests   int
}

func (v *harvest) run() {
	v.learnt = map[string]bool{}
	for idle := 0; idle < v.patience; idle++ {
		before := len(v.learnt)
		v.play()
		if len(v.learnt) > before {
			idle = -1
		}
	}
}

// play lets one more guest play the levels in turn, each as often as it may.
func (v *harvest) play() {
	v.guests++
	p := v.h.enrolled(v.contest)
	in, err := v.h.app.Catalog.Current(v.contest)
	if err != nil {
		v.h.t.Fatal(err)
	}
	for i := range in.Levels {
		for passed := false; !passed; {
			step, err := p.Start(in.Levels[i].Key)
			if err != nil {
				return // no try is left
			}
			for step.Result == nil {
				stem := step.Question.Stem
				if step, err = p.Send(step.Ticket, p.Answer(step.Question, v.learnt[stem])); err != nil {
					v.h.t.Fatal(err)
				}
				v.learnt[stem] = v.learnt[stem] || step.Verdict.Right != nil
			}
			passed = step.Result.Passed
		}
	}
}

// The network's limits and the least times only slow such a script down, so neither stands
// in its way here: what it gets is what an hour gives at any speed.
func TestOneDeviceOfManyGuestsLearnsLessThanATwentiethOfABankWithGoods(t *testing.T) {
	h := openHouse(t, embedded(t))
	h.later(time.Until(time.Date(2027, 6, 16, 12, 0, 0, 0, time.FixedZone("", 8*3600)))) // the hour is of one day
	all := len(contests.Bank(t))
	goods := strings.NewReplacer("contest: workmonth", "contest: goods",
		"  proof: [staff]\n  proven: [shop]\n  guests: {questions: 0}\n", "  proof: [phone]\n",
		"{key: bonus, title: 二十积分, kind: points, value: 20, stock: 100000}",
		"{key: bonus, title: 电水壶, kind: goods, value: 9900, stock: 10, collect: 到一楼领取}",
		"contact: 示范活动，请联系搭建本系统的单位", "contact: 县安委办 12345").Replace(contests.Text(t, "workmonth"))
	if _, err := h.app.Catalog.Apply(t.Context(), "goods.yaml", []byte(goods), "test"); err != nil {
		t.Fatal(err)
	}
	v := &harvest{h: h, contest: "goods", patience: 12}
	v.run()
	t.Logf("with goods, %d guests of one device learnt the answers of %d questions of %d (%.1f %%)", v.guests,
		len(v.learnt), all, 100*float64(len(v.learnt))/float64(all))
	if len(v.learnt)*20 >= all || len(v.learnt) < 20 {
		t.Errorf("%d of %d", len(v.learnt), all)
	}
	shipped := &harvest{h: h, contest: "workmonth", patience: 3}
	shipped.run()
	t.Logf("the shipped contest, which lets guests see all: %d guests, %d questions (%.1f %%)",
		shipped.guests, len(shipped.learnt), 100*float64(len(shipped.learnt))/float64(all))
	if len(shipped.learnt)*2 < all {
		t.Errorf("where the definition says so, guests are to see all: %d of %d", len(shipped.learnt), all)
	}
}

func TestTheCheckWarnsWhereGuestsSeeAllOfALevel(t *testing.T) {
	h := commonHouse(t)
	desk := h.member(staff.Organizer)
	for players, want := range map[string]bool{
		"{proof: [phone], guests: {questions: 40}}":   false,
		"{proof: [phone], guests: {questions: 9000}}": true,
		"{}": false,
	} {
		text := strings.Replace(bareContest, "levels:", "players: "+players+"\nlevels:", 1)
		var reply struct {
			Findings []any
			Concerns []struct{ Code, Path, Severity string }
		}
		err := desk.Call(http.MethodPost, "/api/v1/console/contests/check", map[string]any{"text": text}, &reply)
		if err != nil || len(reply.Findings) > 0 {
			t.Fatal(err, reply)
		}
		warned := slices.ContainsFunc(reply.Concerns, func(c struct{ Code, Path, Severity string }) bool {
			return c.Code == "guest-sample" && c.Path == "levels[0].questions" && c.Severity == "warning"
		})
		if warned != want {
			t.Errorf("%s: the check says %v", players, reply.Concerns)
		}
	}
}
