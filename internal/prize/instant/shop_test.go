package instant_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/prize/instant"
	"anquanda/internal/testkit/fair"
)

func TestPointsBuyWhatTheyReachForAndNoMore(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		player := f.Player("")
		f.Grant(player, contest.GrantPoints, 40, 3) // 120 for bags of 50
		for _, c := range []struct {
			request, key string
			want         error
		}{
			{"a", "mower", instant.ErrNotForSale}, {"a", "nothing", instant.ErrNotForSale},
			{"a", "bag", nil}, {"a", "bag", nil}, {"b", "bag", nil}, {"c", "bag", instant.ErrTooFew},
		} {
			if _, err := f.Instant.Exchange(t.Context(), f.Contest, player, c.key, 0, c.request); !errors.Is(err, c.want) {
				t.Errorf("%s %s: %v, want %v", c.request, c.key, err, c.want)
			}
		}
		b, err := f.Instant.Balance(t.Context(), f.Contest.ContestID, player, "")
		if err != nil || b != (instant.Balance{Earned: 120, Spent: 100}) {
			t.Errorf("%+v, %v", b, err)
		}
		if n := f.Count("SELECT COUNT(*) FROM awards WHERE source_kind = 'shop'"); n != 2 {
			t.Errorf("%d bags, want 2", n)
		}
	})
}

func TestABalanceIsSpentOnceWhateverRaces(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		player := f.Player("")
		f.Grant(player, contest.GrantPoints, 175, 1) // three bags of five
		nodes := []*fair.Node{f.Node, f.NewNode()}
		var all sync.WaitGroup
		for i := range 40 {
			all.Go(func() {
				for range 20 {
					_, err := nodes[i%2].Instant.Exchange(t.Context(), f.Contest, player, "bag", 0, fmt.Sprint("request ", i))
					if err == nil || errors.Is(err, instant.ErrTooFew) {
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
		b, err := f.Instant.Balance(t.Context(), f.Contest.ContestID, player, "")
		if err != nil || b.Spent != 150 {
			t.Errorf("%+v, %v; want 150 spent", b, err)
		}
		if n := f.Count("SELECT COUNT(*) FROM awards"); n != 3 {
			t.Errorf("%d bags, want 3", n)
		}
	})
}

func TestWhatIsSoldOutCostsNothing(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		var last error
		for range 6 {
			player := f.Player("")
			f.Grant(player, contest.GrantPoints, 50, 1)
			_, last = f.Instant.Exchange(t.Context(), f.Contest, player, "bag", 0, "once")
		}
		if !errors.Is(last, instant.ErrSoldOut) {
			t.Errorf("the sixth of five: %v", last)
		}
		if n := f.Count("SELECT COUNT(*) FROM spends"); n != 5 {
			t.Errorf("%d were paid for, want 5", n)
		}
	})
}
