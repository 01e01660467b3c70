package instant_test

import (
	"errors"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/prize/instant"
	"anquanda/internal/testkit/fair"
)

// flowering is the festival with bags for flowers, and cards that make up a day.
var flowering = strings.Replace(mending, "price: 50}", "price: 50, purse: flowers}", 1) + `
purses: [{key: flowers, title: 小红花}, {key: mend, title: 补签卡}]
`

func TestAPriceIsPaidFromItsPurseAlone(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		f.Apply(strings.Replace(flowering, "makeup: {price: 10,", "makeup: {price: 1, purse: mend,", 1))
		player := f.Player("")
		f.Grant(player, contest.GrantPoints, 1000, 1)
		f.Grant(player, contest.GrantInto("mend"), 1, 1)
		comeOn(t, f, player, "13", "16")
		_, err := f.Instant.Exchange(t.Context(), f.Contest, player, "bag", 50, "a")
		if !errors.Is(err, instant.ErrTooFew) || !strings.Contains(errs.From(err).Message, "小红花不够") {
			t.Errorf("points alone: %v", err)
		}
		f.Grant(player, contest.GrantInto("flowers"), 60, 1)
		for _, request := range []string{"b", "b"} {
			if _, err := f.Instant.Exchange(t.Context(), f.Contest, player, "bag", 50, request); err != nil {
				t.Error(err)
			}
		}
		if _, err := f.Instant.MakeUp(t.Context(), f.Contest, player, 20260615, 1); err != nil {
			t.Errorf("a day for a card: %v", err)
		}
		if _, err := f.Instant.MakeUp(t.Context(), f.Contest, player, 20260614, 1); !errors.Is(err,
			instant.ErrTooFew) {
			t.Errorf("a second day without a card: %v", err)
		}
		for purse, want := range map[string]instant.Balance{"": {Earned: 1000}, "flowers": {Earned: 60, Spent: 50},
			"mend": {Earned: 1, Spent: 1}} {
			if b, err := f.Instant.Balance(t.Context(), f.Contest.ContestID, player, purse); err != nil || b != want {
				t.Errorf("%q has %+v, %v; want %+v", purse, b, err, want)
			}
		}
		spent, err := f.Instant.Spent(t.Context(), f.Contest.ContestID, player)
		if err != nil || len(spent) != 2 || spent["flowers"] != 50 || spent["mend"] != 1 {
			t.Errorf("by purse %v, %v", spent, err)
		}
	})
}
