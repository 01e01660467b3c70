package contest_test

import (
	"strings"
	"testing"

	"anquanda/internal/contest"
)

// trail is a contest whose levels open by spots, by any of two things, and again.
const trail = `contest: trail
title: 寻宝
organizer: 测试
bank: safety
training: {opens: 2026-05-30 00:00, closes: 2026-05-31 00:00}
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
spots:
  - {key: east, title: 东门, opens: day 2, closes: day 20, hours: "09:00-17:30"}
  - {key: west, title: 西门, daily: true}
levels:
  - {key: start, title: 起点, questions: [{count: 5}], opens: 2026-06-01 08:00, closes: day 3, again: [
      {opens: day 10, closes: day 12}, {opens: day 20, closes: day 21}]}
  - {key: door, title: 门, questions: [{count: 5}], after: [{spot: east}]}
  - {key: both, title: 都要, questions: [{count: 5}], after: [start, {spot: west}]}
  - {key: any, title: 有一样, questions: [{count: 5}], unlock: any, after: [start, {spot: west, same: day}]}
earnings:
  - {key: east, for: found, spots: [east], give: {points: 5}}
  - {key: each, for: found, give: {points: 1, chances: 1}, max: 2, per: contest}
certificates:
  - {key: both, title: 走完, text: 好, who: {found: 2}}
`

func found(t *testing.T, d *contest.Definition, spot, at string) contest.Deed {
	t.Helper()
	deed, err := d.FindSpot(d.Spot(spot), shanghai(t, at))
	if err != nil {
		t.Fatalf("%s at %s: %v", spot, at, err)
	}
	return deed
}

func TestASpotIsFoundWithinItsDaysAndHoursAlone(t *testing.T) {
	d := parsed(t, trail)
	for _, c := range []struct {
		spot, at string
		want     error
		ref      string
	}{
		{"west", "2026-05-30 12:00:00", contest.ErrNotOpen, ""}, // in the training it would be used up for nothing
		{"west", "2026-06-01 07:59:59", contest.ErrNotOpen, ""},
		{"west", "2026-06-01 08:00:00", nil, "west.20260601"},
		{"west", "2026-06-02 00:00:00", nil, "west.20260602"},
		{"west", "2026-06-30 22:00:00", contest.ErrClosed, ""},
		{"east", "2026-06-01 12:00:00", contest.ErrSpotNotYet, ""},
		{"east", "2026-06-02 08:59:59", contest.ErrSpotHours, ""},
		{"east", "2026-06-02 09:00:00", nil, "east"},
		{"east", "2026-06-02 17:29:59", nil, "east"},
		{"east", "2026-06-02 17:30:00", contest.ErrSpotHours, ""},
		{"east", "2026-06-20 12:00:00", contest.ErrSpotOver, ""},
	} {
		deed, err := d.FindSpot(d.Spot(c.spot), shanghai(t, c.at))
		if err != c.want || deed.Ref != c.ref {
			t.Errorf("%s at %s: %q, %v; want %q, %v", c.spot, c.at, deed.Ref, err, c.ref, c.want)
		}
	}
}

func TestHoursOfADayAreReadToTheMinuteOrRefused(t *testing.T) {
	for hours, right := range map[string]bool{"00:00-24:00": true, "09:00-09:01": true, "09:00-17:30": true,
		"9:00-17:00": false, "17:00-09:00": false, "09:00-09:00": false, "09:00": false, "24:00-24:00": false,
		"09:00-25:00": false, "09:60-10:00": false, "上午": false} {
		_, err := contest.Parse("t", []byte(strings.Replace(trail, "09:00-17:30", hours, 1)))
		if (err == nil) != right {
			t.Errorf("%s: %v", hours, err)
		}
	}
}

func TestALevelOpensByASpotByAllOrByAny(t *testing.T) {
	d := parsed(t, trail)
	const noon = "2026-06-05 12:00:00"
	start := contest.Attempt{Level: "start", Ordinal: 1, StartedAt: shanghai(t, "2026-06-02 09:00:00"),
		FinishedAt: shanghai(t, "2026-06-02 09:01:00"), Passed: true}
	east, west := found(t, d, "east", "2026-06-04 10:00:00"), found(t, d, "west", noon)
	yesterday := found(t, d, "west", "2026-06-04 23:59:00")
	for _, c := range []struct {
		name  string
		deeds []contest.Deed
		done  contest.History
		open  string // door, both, any
	}{
		{"nothing", nil, nil, ""},
		{"the east", []contest.Deed{east}, nil, "door"},
		{"the west today", []contest.Deed{west}, nil, "any"},
		{"the west yesterday", []contest.Deed{yesterday}, nil, ""},
		{"the level", nil, contest.History{start}, "any"},
		{"the level and the west yesterday", []contest.Deed{yesterday}, contest.History{start}, "both any"},
		{"everything", []contest.Deed{east, west}, contest.History{start}, "door both any"},
	} {
		now := shanghai(t, noon) + 1
		s := d.Summarize(&contest.Record{History: c.done, Deeds: c.deeds, Registered: true}, now)
		var open []string
		for i, state := range d.LevelStates(s, now)[1:] {
			key := d.Levels[i+1].Key
			if _, _, err := d.NewAttempt(s, key, now, false); (err == nil) != state.Open {
				t.Errorf("%s: %s is shown open %v, and begins with %v", c.name, key, state.Open, err)
			}
			if state.Open {
				open = append(open, key)
			}
		}
		if got := strings.Join(open, " "); got != c.open {
			t.Errorf("%s opens %q, want %q", c.name, got, c.open)
		}
	}
	s := d.Summarize(&contest.Record{Deeds: []contest.Deed{west}}, shanghai(t, noon)+1)
	if opened := d.OpenedBy("west", s, shanghai(t, noon)+1); len(opened) != 1 || opened[0].Key != "any" {
		t.Errorf("the west opens %v", opened)
	}
}

func TestALevelThatOpensAgainShowsItsAnswersAfterTheLastTimeAlone(t *testing.T) {
	d := parsed(t, trail)
	l := &d.Levels[0]
	l.Shows = contest.ShowsEnd
	if got, want := d.ShownAt(l, shanghai(t, "2026-06-02 09:00:00")), shanghai(t, "2026-06-21 00:00:00"); got != want {
		t.Errorf("shown at %d, want %d", got, want)
	}
	s := d.Summarize(&contest.Record{}, d.Window.Opens.MS)
	for _, c := range []struct {
		at  string
		err error
	}{{"2026-06-02 23:59:59", nil}, {"2026-06-03 00:00:00", contest.ErrNotYet}, {"2026-06-10 00:00:00", nil},
		{"2026-06-11 23:59:00", nil}, {"2026-06-12 00:00:00", contest.ErrNotYet}, {"2026-06-20 12:00:00", nil},
		{"2026-06-21 00:00:00", contest.ErrOver}} {
		now := shanghai(t, c.at)
		a, _, err := d.NewAttempt(s, "start", now, false)
		if err != c.err {
			t.Errorf("%s: %v, want %v", c.at, err, c.err)
		}
		if end := shanghai(t, "2026-06-12 00:00:00"); c.at == "2026-06-11 23:59:00" && a.DeadlineAt != end {
			t.Errorf("an attempt of the makeup ends at %d, want %d", a.DeadlineAt, end)
		}
	}
}

func TestFindingGivesOnceASpotAndADailyOneOnceADay(t *testing.T) {
	d := parsed(t, trail)
	record := &contest.Record{Registered: true}
	points, chances := 0, 0
	for _, deed := range []contest.Deed{found(t, d, "east", "2026-06-02 10:00:00"),
		found(t, d, "west", "2026-06-02 11:00:00"),
		found(t, d, "west", "2026-06-03 11:00:00")} {
		record.Deeds = append(record.Deeds, deed)
		grants := d.EarnDeed(d.Summarize(record, deed.At), deed)
		record.Grants = append(record.Grants, grants...)
		for _, g := range grants {
			switch g.Kind {
			case contest.GrantPoints:
				points += g.Amount
			case contest.GrantChance:
				chances++
			}
		}
	}
	if points != 7 || chances != 2 {
		t.Errorf("%d points and %d chances, want 7 and 2", points, chances)
	}
	who, late := d.Certificates[0].Who, record.Deeds[2].At+1
	if !d.MeetsNow(who, d.Summarize(record, late)) || !d.Meets(who, record, d.Window.Opens.MS, late) {
		t.Error("who found both spots does not meet the condition")
	}
	record.Deeds = record.Deeds[1:] // one spot on two days is one spot
	if d.MeetsNow(who, d.Summarize(record, late)) || d.Meets(who, record, d.Window.Opens.MS, late) {
		t.Error("one spot found on two days counts as two")
	}
}

func TestWhatIsWrongWithSpotsIsFoundAtItsPlace(t *testing.T) {
	for _, c := range []struct{ old, new, path string }{
		{"{spot: east}]", "{spot: north}]", "levels[1].after[0].spot"},
		{"{spot: east}]", "{spot: east, level: start}]", "levels[1].after[0]"},
		{"{spot: east}]", "{spot: east, by: passed}]", "levels[1].after[0]"},
		{"spots: [east]", "spots: [north]", "earnings[0].spots[0]"},
		{"for: found, spots", "for: share, spots", "earnings[0].spots"},
		{"found: 2", "found: 3", "certificates[0].who.found"},
		{"key: west", "key: east", "spots[1].key"},
		{"closes: day 20, h", "closes: day 2, h", "spots[0].closes"},
		{", closes: day 3, again", ", again", "levels[0].closes"},
		{"{opens: day 10", "{opens: day 2", "levels[0].again[0].opens"},
		{"unlock: any", "unlock: some", "levels[3].unlock"},
	} {
		_, err := contest.Parse("t", []byte(strings.Replace(trail, c.old, c.new, 1)))
		if err == nil || !strings.Contains(err.Error(), ": "+c.path+": ") {
			t.Errorf("%s: %v, want it at %s", c.new, err, c.path)
		}
	}
}
