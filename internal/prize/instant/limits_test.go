package instant_test

import (
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/contest/chance"
	"anquanda/internal/prize/instant"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit/fair"
)

func TestAFamilyThatDrawsAtOnceOnTwoNodesKeepsToItsLimit(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		owners := f.Crowd(40, "n") // one phone for all of them
		for _, player := range owners {
			f.Mark(player, contest.FieldPhone, "the same phone")
		}
		wins, limited := 0, 0
		for _, draw := range f.DrawAtOnce("limited", owners, f.Node, f.NewNode()) {
			switch {
			case draw.AwardID != nil:
				wins++
			case draw.Reason == chance.OverLimit && draw.PrizeKey == "":
				limited++
			}
		}
		if wins != 2 || limited != 38 {
			t.Errorf("%d won and %d were over the limit, want 2 and 38", wins, limited)
		}
	})
}

func TestLimitsCountByPlayerDayUnitAndTier(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		phone := func(player sqldb.ID, n int) sqldb.ID {
			f.Mark(player, contest.FieldPhone, sqldb.ID(n).String())
			return player
		}
		keen := phone(f.Player("s"), 1)
		if draw := f.DrawFrom(keen, "limited"); draw.AwardID == nil {
			t.Errorf("the first draw of the day: %+v", draw)
		}
		if draw := f.DrawFrom(keen, "limited"); draw.Reason != chance.OverLimit {
			t.Errorf("the second draw of the day: %+v", draw)
		}
		f.At("2026-06-17 00:00:00")
		if draw := f.DrawFrom(keen, "limited"); draw.AwardID == nil {
			t.Errorf("the first draw of the next day: %+v", draw)
		}
		for i := range 3 { // the town has won twice of five
			if draw := f.DrawFrom(phone(f.Player("s"), 10+i), "limited"); draw.AwardID == nil {
				t.Errorf("player %d of the town: %+v", i, draw)
			}
		}
		if draw := f.DrawFrom(phone(f.Player("s"), 20), "limited"); draw.Reason != chance.OverLimit {
			t.Errorf("the sixth win of the town: %+v", draw)
		}
		if draw := f.DrawFrom(phone(f.Player("n"), 21), "limited"); draw.AwardID == nil {
			t.Errorf("another town: %+v", draw)
		}
		if draw := f.DrawFrom(phone(f.Player(""), 22), "limited"); draw.AwardID == nil {
			t.Errorf("who has no town: %+v", draw)
		}
	})
}

func TestALimitThatCameLaterCountsWhatWasWonBefore(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		f.Apply(strings.Replace(fair.Festival,
			"limits: [{by: player, max: 1, per: day}, {by: phone, max: 2}, {by: unit, max: 5, tier: kitchen}]", "", 1))
		player := f.Player("n")
		f.Mark(player, contest.FieldPhone, "a phone")
		f.DrawFrom(player, "limited")
		f.DrawFrom(player, "limited")
		f.At("2026-06-18 10:00:00")
		f.Apply(fair.Festival)
		if draw := f.DrawFrom(player, "limited"); draw.Reason != chance.OverLimit {
			t.Errorf("the third win of a phone: %+v", draw)
		}
	})
}

func TestPhonesAndAddressesOfWinsGoWithTheRetention(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		player := f.Player("n")
		f.Mark(player, contest.FieldPhone, "a phone")
		f.Mark(player, contest.FieldAddress, "a home")
		f.DrawFrom(player, "limited")
		for _, want := range []int64{2, 0} {
			if rows, err := instant.Expire(t.Context(), f.DB, f.Contest.ContestID); err != nil || rows != want {
				t.Errorf("%d marks are deleted, %v; want %d", rows, err, want)
			}
			if n := f.Count("SELECT COUNT(*) FROM win_marks"); n != 2 {
				t.Errorf("%d marks are kept, want those of the player and the unit", n)
			}
		}
	})
}
