package contest_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"anquanda/internal/contest"
)

const madeUp = inARow + "makeup: {price: 4, most: 3}\n"

// makesUp lets a player make up a day, and returns the points of the rules for days in a
// row.
func (l *life) makesUp(t *testing.T, day int, at int64) (points int) {
	t.Helper()
	l.now = at
	if err := l.d.MayMakeUp(day, l.summary.Did(contest.DeedMakeup).Count, at); err != nil {
		t.Fatalf("%d cannot be made up: %v", day, err)
	}
	deed := contest.MakeUp(day, at)
	l.record.Deeds = append(l.record.Deeds, deed)
	l.d.Do(l.summary, deed)
	before := len(l.record.Grants)
	l.gain(l.d.EarnDeed(l.summary, deed), false)
	for _, g := range l.record.Grants[before:] {
		if g.Rule == "each" {
			t.Error("a day that is made up gives what is given for coming")
		}
		points += g.Amount
	}
	return points
}

func TestADayThatIsMadeUpJoinsTheDaysAroundItAndGivesNothingTwice(t *testing.T) {
	l := newLife(t, twoLevels+madeUp)
	at := func(day string) int64 { return shanghai(t, "2026-06-"+day+" 09:00:00") }
	for _, day := range []string{"01", "02", "03", "05", "06"} {
		l.comes(at(day))
	}
	// 1 to 3 gave once; with the 4th there are six days, which are two times three.
	if got := l.makesUp(t, 20260604, at("06")+1000); got != 5 {
		t.Errorf("the fourth day gives %d, want 5", got)
	}
	if _, row := l.d.LastDays(l.summary, l.now); row != 6 {
		t.Errorf("%d days in a row, want 6", row)
	}
	if got := l.comes(at("07")); got != 20 {
		t.Errorf("the seventh day gives %d, want 20", got)
	}
	if got := l.comes(at("08")); got != 0 {
		t.Errorf("the eighth day gives %d, want nothing", got)
	}
}

func TestWhichDaysCanBeMadeUp(t *testing.T) {
	d := parsed(t, twoLevels+madeUp)
	now := shanghai(t, "2026-06-10 00:00:00")
	for day, want := range map[int]error{20260609: nil, 20260603: nil, 20260602: contest.ErrDayTooOld,
		20260610: contest.ErrDayTooOld, 20260611: contest.ErrDayTooOld, 20260631: contest.ErrDayTooOld,
		0:  contest.ErrDayTooOld,
		-1: contest.ErrDayTooOld} {
		if err := d.MayMakeUp(day, 2, now); err != want {
			t.Errorf("%d: %v, want %v", day, err, want)
		}
	}
	if err := d.MayMakeUp(20260531, 0, shanghai(t, "2026-06-02 09:00:00")); err != contest.ErrDayTooOld {
		t.Errorf("a day before the contest: %v", err)
	}
	if err := d.MayMakeUp(20260609, 3, now); err != contest.ErrMakeupsGone {
		t.Errorf("a fourth day of three: %v", err)
	}
	if err := d.MayMakeUp(20260630, 0, d.Window.Closes.MS); err != contest.ErrMakeupClosed {
		t.Errorf("after the end: %v", err)
	}
	if err := parsed(t, twoLevels+inARow).MayMakeUp(20260609, 0, now); err != contest.ErrNoMakeup {
		t.Errorf("where nothing can be made up: %v", err)
	}
}

// In whatever order days are come and made up, the summary kept is the one made of the
// record, and what was given is never more than the rows come to in the end.
func TestDaysMadeUpInAnyOrderGiveWhatTheRowsComeTo(t *testing.T) {
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 8))
		l := newLife(t, twoLevels+inARow+"makeup: {price: 4, most: 100}\n")
		came, points := map[int]bool{}, 0
		for day := 1; day <= 29; day++ {
			now := l.d.Window.Opens.MS + int64(day-1)*24*time.Hour.Milliseconds()
			if random.IntN(3) > 0 {
				came[day] = true
				points += l.comes(now)
			}
			back := day - 1 - random.IntN(contest.MadeUpWithin)
			if random.IntN(3) == 0 && back >= 1 && back < day && !came[back] {
				came[back] = true
				points += l.makesUp(t, 20260600+back, now+1)
			}
			if kept, made := asJSON(t, l.summary), asJSON(t, l.d.Summarize(&l.record, l.record.LatestAt())); kept != made {
				t.Fatalf("seed %d, day %d: kept it is\n%s\nand made anew\n%s", seed, day, kept, made)
			}
		}
		want, row, long := 0, 0, 0
		for day := 1; day <= 30; day++ {
			if came[day] {
				row++
				continue
			}
			want += row / 3 * 5
			if row >= 7 {
				long = 20
			}
			row = 0
		}
		if points != want+long {
			t.Errorf("seed %d: %d points, want %d", seed, points, want+long)
		}
	}
}
