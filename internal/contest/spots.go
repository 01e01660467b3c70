package contest

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"anquanda/internal/errs"
)

// Spot is a place, such as a booth or the end of a trail, with a code that is printed
// there. Who gives its code has found the spot: once, or once a day of a daily one. A code
// proves no more than that somebody saw it: its picture can be handed on. Hours and a
// daily code bound what such a picture is good for.
type Spot struct {
	Key   string `yaml:"key"`
	Title string `yaml:"title"`
	Where string `yaml:"where"` // where it stands, or the clue that leads there
	// When it can be found: within Opens to Closes (zero: the contest's window), and of each
	// day within Hours.
	Opens  Moment `yaml:"opens"`
	Closes Moment `yaml:"closes"`
	Hours  Hours  `yaml:"hours"`
	Daily  bool   `yaml:"daily"` // another code every day, and found anew
	Issue  int    `yaml:"issue"` // raised by 1, the printed codes end and others are made
}

// Hours are a time of every day in the contest's zone, as 09:00-17:30; empty: all of it.
type Hours string

// span is from when to when, in minutes of the day.
func (h Hours) span() (from, to int, ok bool) {
	if h == "" {
		return 0, 24 * 60, true
	}
	first, last, both := strings.Cut(string(h), "-")
	from, opens := minuteOf(first)
	to, closes := minuteOf(last)
	return from, to, both && opens && closes && from < to
}

func minuteOf(text string) (minute int, ok bool) {
	if text == "24:00" {
		return 24 * 60, true
	}
	t, err := time.Parse("15:04", text)
	return t.Hour()*60 + t.Minute(), err == nil && len(text) == len("15:04")
}

// Why a spot cannot be found.
var (
	ErrSpotNotYet = errs.New(errs.Forbidden, "spot_not_open", "这个打卡点还没有开放")
	ErrSpotOver   = errs.New(errs.Forbidden, "spot_closed", "这个打卡点已经结束")
	ErrSpotHours  = errs.New(errs.Forbidden, "spot_hours", "这个打卡点现在不开放，请按时间来")
)

// Spot returns the spot of that key; nil when there is none.
func (d *Definition) Spot(key string) *Spot {
	i := slices.IndexFunc(d.Spots, func(s Spot) bool { return s.Key == key })
	if i < 0 {
		return nil
	}
	return &d.Spots[i]
}

// FindSpot is the deed of finding a spot at now, or why it cannot be found: of the
// contest, or of the spot.
func (d *Definition) FindSpot(spot *Spot, now int64) (Deed, error) {
	switch {
	case now < d.Window.Opens.MS: // in the training too: it would be found for nothing
		return Deed{}, ErrNotOpen
	case now >= d.Window.Closes.MS:
		return Deed{}, ErrClosed
	case now < spot.Opens.MS:
		return Deed{}, ErrSpotNotYet
	case spot.Closes.MS != 0 && now >= spot.Closes.MS:
		return Deed{}, ErrSpotOver
	}
	from, to, _ := spot.Hours.span()
	clock := time.UnixMilli(now).In(d.zone)
	if minute := clock.Hour()*60 + clock.Minute(); minute < from || minute >= to {
		return Deed{}, ErrSpotHours
	}
	deed := Deed{Kind: DeedFound, Ref: spot.Key, At: now}
	if spot.Daily {
		deed.Ref += dayMark + strconv.Itoa(d.Day(now))
	}
	return deed, nil
}

// dayMark parts a daily spot's key, which cannot hold it, from the day.
const dayMark = "."

// SpotOf is the key of the spot that a deed found.
func SpotOf(ref string) string {
	key, _, _ := strings.Cut(ref, dayMark)
	return key
}

// FoundNow reports whether the player has found the spot, today if it is a daily one.
func (d *Definition) FoundNow(spot *Spot, s *Summary, now int64) bool {
	at, found := s.Found[spot.Key]
	return found && (!spot.Daily || d.Day(at) == d.Day(now))
}
