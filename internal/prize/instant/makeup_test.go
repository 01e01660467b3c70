package instant_test

import (
	"errors"
	"strconv"
	"sync"
	"testing"

	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/prize/instant"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit/fair"
)

// mending is the festival with a reward for days in a row, and a price for missed ones.
const mending = fair.Festival + `
earnings: [{key: three, for: checkin, days: 3, give: {points: 50}}]
makeup: {price: 10, most: 2}
`

// comeOn lets a player check in on days of June.
func comeOn(t *testing.T, f *fair.Fair, player sqldb.ID, days ...string) {
	t.Helper()
	for _, day := range days {
		f.At("2026-06-" + day + " 10:00:00")
		deed := contest.Deed{Kind: contest.DeedCheckin, Ref: strconv.Itoa(f.Contest.Day(f.Clock().UnixMilli())),
			At: f.Clock().UnixMilli()}
		if _, err := f.Play.Do(t.Context(), f.Contest, player, deed); err != nil {
			t.Fatal(err)
		}
	}
}

func wantBalance(t *testing.T, f *fair.Fair, player sqldb.ID, want instant.Balance) {
	t.Helper()
	if b, err := f.Instant.Balance(t.Context(), f.Contest.ContestID, player, ""); err != nil || b != want {
		t.Errorf("%+v, %v; want %+v", b, err, want)
	}
}

func TestADayIsMadeUpAndPaidForOnceWhateverRaces(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		f.Apply(mending)
		player := f.Player("")
		f.Grant(player, contest.GrantPoints, 100, 1)
		comeOn(t, f, player, "14", "16")
		nodes := []*fair.Node{f.Node, f.NewNode()}
		var all sync.WaitGroup
		for i := range 12 {
			all.Go(func() {
				for range 20 {
					_, err := nodes[i%2].Instant.MakeUp(t.Context(), f.Contest, player, 20260615, 10)
					if err == nil {
						return
					}
					if errs.From(err).Kind != errs.Unavailable {
						t.Error(err)
						return
					}
				}
			})
		}
		all.Wait()
		wantBalance(t, f, player, instant.Balance{Earned: 150, Spent: 10})
		if n := f.Count("SELECT COUNT(*) FROM deeds WHERE kind = 'makeup'"); n != 1 {
			t.Errorf("%d days are made up, want 1", n)
		}
	})
}

func TestOfManyDaysAtOnceNoMoreAreMadeUpThanMayBe(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		f.Apply(mending)
		player := f.Player("")
		f.Grant(player, contest.GrantPoints, 100, 1)
		comeOn(t, f, player, "16")
		nodes := []*fair.Node{f.Node, f.NewNode()}
		var all sync.WaitGroup
		for i := range 6 {
			all.Go(func() {
				for range 20 {
					_, err := nodes[i%2].Instant.MakeUp(t.Context(), f.Contest, player, 20260610+i, 10)
					if err == nil || errors.Is(err, contest.ErrMakeupsGone) {
						return
					}
					if errs.From(err).Kind != errs.Unavailable {
						t.Error(err)
						return
					}
				}
			})
		}
		all.Wait()
		if n := f.Count("SELECT COUNT(*) FROM deeds WHERE kind = 'makeup'"); n != 2 {
			t.Errorf("%d days are made up, want 2", n)
		}
		if n := f.Count("SELECT SUM(amount) FROM spends"); n != 20 {
			t.Errorf("%d points are paid, want 20", n)
		}
	})
}

func TestAMakeupThatIsRefusedTakesNothing(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		player := f.Player("")
		if _, err := f.Instant.MakeUp(t.Context(), f.Contest, player, 20260615, 10); !errors.Is(err, contest.ErrNoMakeup) {
			t.Errorf("where nothing can be made up: %v", err)
		}
		f.Apply(mending)
		comeOn(t, f, player, "14", "16")
		refused := func(day, price int, want error) {
			t.Helper()
			if _, err := f.Instant.MakeUp(t.Context(), f.Contest, player, day, price); !errors.Is(err, want) {
				t.Errorf("%d for %d points: %v, want %v", day, price, err, want)
			}
		}
		refused(20260615, 10, instant.ErrTooFew) // the 50 that it would earn do not pay for it
		f.Grant(player, contest.GrantPoints, 100, 1)
		refused(20260614, 10, contest.ErrNotMissed)
		refused(20260615, 1, instant.ErrMakeupPrice)
		refused(20260615, -10, instant.ErrMakeupPrice)
		refused(20260616, 10, contest.ErrDayTooOld)
		refused(20260617, 10, contest.ErrDayTooOld)
		refused(20260608, 10, contest.ErrDayTooOld)
		undo := f.Disqualify(player)
		refused(20260615, 10, conduct.ErrDisqualified)
		undo()
		f.At("2026-06-30 22:00:00")
		refused(20260629, 10, contest.ErrMakeupClosed)
		wantBalance(t, f, player, instant.Balance{Earned: 100})
		if n := f.Count("SELECT COUNT(*) FROM deeds WHERE kind = 'makeup'"); n != 0 {
			t.Errorf("%d days are made up", n)
		}
	})
}
