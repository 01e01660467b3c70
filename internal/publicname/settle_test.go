package publicname

import (
	"context"
	"testing"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

func TestAChangedListIsJudgedByTwiceAndThenIsSettled(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		s.Migrate(sqldb.Migrations(), staff.Migrations(), Migrations())
		now := time.Now()
		clock := func() time.Time { return now }
		kept, judged := Kept{Name: "青山村霸"}, 0
		holder := func(_ context.Context, judge func(Kept) State) error {
			judged++
			kept.State = judge(kept)
			return nil
		}
		first, second := New(s.DB, clock), New(s.Open(), clock)
		settle := func(n *Names, want int) {
			t.Helper()
			if err := n.Follow(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := n.Settle(t.Context(), holder); err != nil {
				t.Fatal(err)
			}
			if judged != want {
				t.Fatalf("judged %d times, want %d", judged, want)
			}
		}
		if err := first.Add(t.Context(), staff.CommandLine, "村霸", false); err != nil {
			t.Fatal(err)
		}
		settle(first, 1)
		settle(first, 1)
		if kept.State != Unfit {
			t.Errorf("the name is %q", kept.State)
		}
		now = now.Add(settleAgain)
		settle(first, 2) // for what other nodes took in meanwhile
		settle(first, 2)
		settle(second, 2) // finds that it is done
		if err := second.Remove(t.Context(), staff.CommandLine, "村霸"); err != nil {
			t.Fatal(err)
		}
		settle(first, 3)
		if kept.State != Unseen {
			t.Errorf("without the word the name is %q", kept.State)
		}
	})
}

func TestWhatStaffDecidedStandsUntilAWordIsAdded(t *testing.T) {
	o := newOwn([]Word{{Folded: "村霸", Word: "村霸", AddedAt: 100}, {Folded: "官方", Word: "官方", Allowed: true, AddedAt: 100}})
	for _, c := range []struct {
		kept Kept
		want State
	}{
		{Kept{Name: "青山小李"}, Unseen},
		{Kept{Name: "青山村霸"}, Unfit},
		{Kept{Name: "傻逼"}, Unfit},
		{Kept{Name: "王官方", State: Unfit}, Unseen},
		{Kept{Name: "青山村霸", State: Approved, At: 50}, Unfit},
		{Kept{Name: "青山村霸", State: Approved, At: 200}, Approved},
		{Kept{Name: "傻逼", State: Approved, At: 50}, Approved},
		{Kept{Name: "青山小李", State: Hidden}, Hidden},
		{Kept{Name: "青山村霸", State: Waiting}, Waiting},
	} {
		if got := o.judge(c.kept); got != c.want {
			t.Errorf("%+v becomes %q, want %q", c.kept, got, c.want)
		}
	}
}

func TestAnAliasIsFourDigitsAndAlwaysTheSameOfAPlayer(t *testing.T) {
	seen := map[string]int{}
	for player := sqldb.ID(118_605_843_129_176_064); player < 118_605_843_129_176_064+4096*2000; player += 4096 {
		alias := Alias(player)
		if alias != Alias(player) || len([]rune(alias)) != 6 {
			t.Fatalf("%d is %s", player, alias)
		}
		seen[alias]++
	}
	if len(seen) < 1700 {
		t.Errorf("2000 players share %d aliases", len(seen))
	}
}
