package contest_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"anquanda/internal/contest"
)

const inARow = `earnings:
  - {key: three, for: checkin, days: 3, give: {points: 5}}
  - {key: seven, for: checkin, days: 7, give: {points: 20}, max: 1}
  - {key: each, for: checkin, give: {points: 1}, max: 1, per: day}
`

// comes lets a player check in at a moment, in the record and in the summary, and returns
// the points of the rules for days in a row.
func (l *life) comes(at int64) (points int) {
	l.now = at
	before := len(l.record.Grants)
	l.do(contest.DeedCheckin, time.UnixMilli(at).Format("20060102"))
	for _, g := range l.record.Grants[before:] {
		if g.Rule != "each" {
			points += g.Amount
		}
	}
	return points
}

func TestDaysInARowAreCountedByTheContestsMidnight(t *testing.T) {
	for name, c := range map[string]struct {
		at   []string
		want []int
	}{
		"seven days": {[]string{"06-01 08:00", "06-02 23:59", "06-03 00:00", "06-04 12:00", "06-05 12:00", "06-06 12:00",
			"06-07 12:00", "06-08 12:00", "06-09 12:00"}, []int{0, 0, 5, 0, 0, 5, 20, 0, 5}},
		"a missed day begins anew": {[]string{"06-01 09:00", "06-02 09:00", "06-04 09:00", "06-05 09:00", "06-06 09:00"},
			[]int{0, 0, 0, 0, 5}},
		"twice on a day is once": {[]string{"06-01 09:00", "06-01 10:00", "06-02 09:00", "06-03 09:00"}, []int{0, 0, 0, 5}},
		"a long pause":           {[]string{"06-01 09:00", "06-02 09:00", "06-20 09:00"}, []int{0, 0, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLife(t, twoLevels+inARow)
			for i, at := range c.at {
				if got := l.comes(shanghai(t, "2026-"+at+":00")); got != c.want[i] {
					t.Errorf("check-in %d, at %s, gives %d, want %d", i+1, at, got, c.want[i])
				}
			}
		})
	}
}

// Whatever days a player comes on, what days in a row give is what the rows come to, kept
// as things happen or made of the record.
func TestDaysInARowGiveWhatTheRowsComeTo(t *testing.T) {
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 3))
		l := newLife(t, twoLevels+inARow)
		points, row, want, long := 0, 0, 0, 0
		for day := range 29 {
			at := l.d.Window.Opens.MS + int64(day)*24*time.Hour.Milliseconds()
			if random.IntN(6) == 0 {
				row = 0
				continue
			}
			row++
			if row%3 == 0 {
				want += 5
			}
			if row%7 == 0 && long == 0 {
				long = 20
			}
			points += l.comes(at)
			if kept, made := asJSON(t, l.summary), asJSON(t, l.d.Summarize(&l.record, l.record.LatestAt())); kept != made {
				t.Fatalf("seed %d, day %d: kept it is\n%s\nand made anew\n%s", seed, day, kept, made)
			}
			if _, shown := l.d.LastDays(l.summary, l.now); shown != row {
				t.Fatalf("seed %d, day %d: %d days in a row are shown, want %d", seed, day, shown, row)
			}
		}
		if points != want+long {
			t.Errorf("seed %d: %d points, want %d", seed, points, want+long)
		}
	}
}

func TestTheLastDaysShowWhatWasMissed(t *testing.T) {
	l := newLife(t, twoLevels+inARow)
	for _, at := range []string{"2026-06-01 09:00:00", "2026-06-03 09:00:00"} {
		l.comes(shanghai(t, at))
	}
	days, row := l.d.LastDays(l.summary, shanghai(t, "2026-06-04 00:00:00"))
	if row != 1 || len(days) != 4 || !days[0].Came || days[1].Came || !days[2].Came || days[3].Came ||
		days[3].Day != 20260604 {
		t.Errorf("on the fourth day %+v, %d in a row", days, row)
	}
	if _, row := l.d.LastDays(l.summary, shanghai(t, "2026-06-05 00:00:00")); row != 0 {
		t.Errorf("with a whole day missed there are still %d in a row", row)
	}
}

func TestAProfileIsFullWithAllThatIsAskedOfEverybody(t *testing.T) {
	d := parsed(t, twoLevels+`players:
  unit: {ask: optional}
  fields:
    - {key: name, label: 姓名, kind: name, when: earn}
    - {key: home, label: 住址, kind: address, ask: optional, when: start}
    - {key: phone, label: 手机号, kind: phone, when: claim}
`)
	has := func(keys ...string) func(string) bool {
		return func(key string) bool {
			for _, k := range keys {
				if k == key {
					return true
				}
			}
			return false
		}
	}
	for _, c := range []struct {
		filled func(string) bool
		unit   bool
		want   bool
	}{{has("name", "home"), true, true}, {has("name"), true, false}, {has("name", "home"), false, false}} {
		if got := d.ProfileFull(c.filled, c.unit, false); got != c.want {
			t.Errorf("it is full: %v, want %v", got, c.want)
		}
	}
	if nothing := parsed(t, twoLevels); nothing.ProfileFull(has(), true, true) {
		t.Error("a profile is full where nothing is asked")
	}
}
