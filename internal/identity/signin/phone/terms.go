package phone

import (
	"fmt"
	"regexp"
	"time"

	"anquanda/internal/puzzle"
)

// Terms are how much is sent, as an operator writes it.
type Terms struct {
	// Daily is the budget: the most messages a day, over all contests. It has no default:
	// each message costs money.
	Daily int64 `yaml:"daily"`
	// A minute, an hour and 24 hours of one phone; providers and carriers refuse more than
	// 1, 5 and 10. Default: those.
	PhoneHour int `yaml:"phone_hour"`
	PhoneDay  int `yaml:"phone_day"`
	// Of one network (/24, /64) and one browser. A network that the contest names as a
	// place counts for PlaceTimes as many. Default: 300, 1000; 5, 10.
	NetworkHour int64 `yaml:"network_hour"`
	NetworkDay  int64 `yaml:"network_day"`
	DeviceHour  int64 `yaml:"device_hour"`
	DeviceDay   int64 `yaml:"device_day"`
	// Work is what a page has to work out first; the zero value is puzzle.Usual.
	Work puzzle.Effort `yaml:"work"`
	// Refuse are beginnings of numbers that no code goes to, such as 170 and 171 (virtual
	// operators, whose numbers are for hire).
	Refuse []string `yaml:"refuse"`
}

// placeTimes is how many networks' worth a named place gets: a school stands behind one
// address.
const placeTimes = 10

// filled sets what was left out.
func (t Terms) filled() Terms {
	for _, of := range []struct {
		value   *int64
		without int64
	}{{&t.NetworkHour, 300}, {&t.NetworkDay, 1000}, {&t.DeviceHour, 5}, {&t.DeviceDay, 10}} {
		if *of.value == 0 {
			*of.value = of.without
		}
	}
	if t.PhoneHour == 0 {
		t.PhoneHour = 5
	}
	if t.PhoneDay == 0 {
		t.PhoneDay = 10
	}
	if t.Work == (puzzle.Effort{}) {
		t.Work = puzzle.Usual
	}
	return t
}

var beginning = regexp.MustCompile(`^1[0-9]{0,9}$`)

// Check is one line about what is wrong.
func (t Terms) Check() error {
	filled := t.filled()
	switch {
	case t.Daily < 1 || t.Daily > 10_000_000:
		return fmt.Errorf("daily: say how many messages may go out a day, 1 to 10000000; it is %d", t.Daily)
	case filled.PhoneHour < 1 || filled.PhoneHour > 5:
		return fmt.Errorf("phone_hour: carriers take 1 to 5, not %d", t.PhoneHour)
	case filled.PhoneDay < 1 || filled.PhoneDay > 10:
		return fmt.Errorf("phone_day: carriers take 1 to 10, not %d", t.PhoneDay)
	case filled.NetworkHour < 1 || filled.NetworkDay < 1 || filled.DeviceHour < 1 || filled.DeviceDay < 1:
		return fmt.Errorf("network_hour, network_day, device_hour, device_day: at least 1")
	case filled.Work.Bits < 1 || filled.Work.Bits > 20 || filled.Work.Answers < 1 || filled.Work.Answers > 64:
		return fmt.Errorf("work: bits are 1 to 20 and answers 1 to 64, not %d and %d", t.Work.Bits, t.Work.Answers)
	}
	for _, prefix := range t.Refuse {
		if !beginning.MatchString(prefix) {
			return fmt.Errorf("refuse: %q is no beginning of a mobile number", prefix)
		}
	}
	return nil
}

// window bounds how many messages there may be within a time.
type window struct {
	per  time.Duration
	most int
}

func (t Terms) windows() []window {
	return []window{{time.Minute, 1}, {time.Hour, t.PhoneHour}, {24 * time.Hour, t.PhoneDay}}
}

// nextAt is when the next message may go out after those of past (UTC ms, oldest first).
// A time ahead of now counts: clocks of nodes differ, and one may be put back.
func nextAt(windows []window, past []int64) int64 {
	next := int64(0)
	for _, w := range windows {
		if len(past) >= w.most {
			next = max(next, past[len(past)-w.most]+w.per.Milliseconds())
		}
	}
	return next
}

// china is the time by which budgets are counted, and by which providers count.
var china = time.FixedZone("UTC+8", 8*60*60)

// dayOf and hourOf name the day and the hour of a time: 20260616, 2026061610.
func dayOf(at time.Time) int64 {
	y, m, d := at.In(china).Date()
	return int64(y)*10_000 + int64(m)*100 + int64(d)
}

func hourOf(at time.Time) int64 { return dayOf(at)*100 + int64(at.In(china).Hour()) }

// endOfDay is when a new day's budget begins.
func endOfDay(at time.Time) time.Time {
	y, m, d := at.In(china).Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, china)
}

// endOfHour is when a new hour begins.
func endOfHour(at time.Time) time.Time { return at.Truncate(time.Hour).Add(time.Hour) }
