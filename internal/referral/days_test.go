package referral_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/testkit/arena"
)

// daily is Demo with rewards for days in a row.
var daily = strings.Replace(arena.Demo, "levels:", `earnings:
  - {key: three, for: checkin, days: 3, give: {points: 5}}
levels:`, 1)

func TestDaysInARowEarnOnceHoweverManyPressAtOnce(t *testing.T) {
	each(t, daily, func(t *testing.T, a *arena.Arena) {
		anna := a.Enrol("安娜", "")
		a.Clock.Set("2026-06-10 09:00:00")
		for day := 1; day <= 6; day++ {
			var pressing sync.WaitGroup
			for range 4 {
				pressing.Go(func() {
					if _, err := a.Referrals.CheckIn(t.Context(), a.Contest, anna); err != nil {
						t.Errorf("day %d: %v", day, err)
					}
				})
			}
			pressing.Wait()
			wantPoints(t, a, anna, day/3*5)
			a.Clock.Pass(24 * time.Hour)
		}
		if n := a.Count("deeds", "kind = 'checkin'"); n != 6 {
			t.Errorf("%d check-ins are stored, want 6", n)
		}
		record, err := a.Play.Record(t.Context(), a.Contest.Definition, a.Contest.ContestID, anna)
		if err != nil {
			t.Fatal(err)
		}
		if row := a.Contest.Summarize(record, 0).Rows; row == nil || row.Last == 0 {
			t.Errorf("made of the record there is %+v", row)
		}
	})
}

func TestAFullProfileEarnsOnce(t *testing.T) {
	definition := strings.Replace(daily, "earnings:", "earnings:\n  - {key: told, for: profile, give: {points: 7}}", 1)
	each(t, definition, func(t *testing.T, a *arena.Arena) {
		anna := a.Enrol("安娜", "")
		for i := range 3 {
			done, err := a.Referrals.ProfileFilled(t.Context(), a.Contest, anna)
			if err != nil || done.Repeated != (i > 0) {
				t.Errorf("time %d comes to %+v, %v", i+1, done, err)
			}
		}
		wantPoints(t, a, anna, 7)
		e, err := a.Players.Enrolment(t.Context(), a.Contest.ContestID, anna)
		if err != nil {
			t.Fatal(err)
		}
		summary, err := a.Play.Summary(t.Context(), a.Contest, e)
		if err != nil {
			t.Fatal(err)
		}
		if summary.Did(contest.DeedProfile).Count != 1 || a.Referrals.ProfileDue(a.Contest, e, summary) {
			t.Error("it is due once more")
		}
	})
}
