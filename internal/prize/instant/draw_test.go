package instant_test

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/chance"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/prize"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/prize/instant"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/fair"
)

func TestOfFiveHundredAtOnceTenWinTheLastTenUnits(t *testing.T) {
	for name, nodes := range map[string]int{"one node": 1, "two nodes": 2} {
		t.Run(name, func(t *testing.T) {
			fair.Each(t, func(t *testing.T, f *fair.Fair) {
				at := []*fair.Node{f.Node}
				for len(at) < nodes {
					at = append(at, f.NewNode())
				}
				owners := f.Crowd(500, "")
				won := 0
				for _, draw := range f.DrawAtOnce("sure", owners, at...) {
					switch {
					case draw.PrizeKey == "mower" && draw.AwardID != nil && draw.Reason == chance.AsRolled:
						won++
					case draw.PrizeKey != "thanks" || draw.Reason != chance.SoldOut || draw.AwardID != nil:
						t.Errorf("a draw came to %+v", draw)
					}
				}
				if won != 10 {
					t.Errorf("%d won, want 10", won)
				}
				if n := f.Count(`SELECT COUNT(DISTINCT unit_no) FROM awards
					WHERE prize_key = 'mower' AND unit_no BETWEEN 1 AND 10`); n != 10 {
					t.Errorf("%d units are out, want 10", n)
				}
				if n := f.Count("SELECT COUNT(*) FROM draws"); n != 500 {
					t.Errorf("%d chances are used, want 500", n)
				}
			})
		})
	}
}

func TestALostReplyAskedAgainGivesTheSameDraw(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		player := f.Player("")
		chance := f.Chances(player, 1)[0]
		var all sync.WaitGroup
		var mu sync.Mutex
		came := map[string]int{}
		nodes := []*fair.Node{f.Node, f.NewNode()}
		for i := range 20 {
			all.Go(func() {
				draw, err := nodes[i%2].Instant.Draw(t.Context(), f.Contest, player, "sure", chance)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				defer mu.Unlock()
				came[draw.AwardID.String()]++
			})
		}
		all.Wait()
		if len(came) != 1 || f.Count("SELECT COUNT(*) FROM awards") != 1 {
			t.Errorf("the awards are %v", came)
		}
		f.At("2026-06-19 10:00:00")
		if draw, err := f.Instant.Draw(t.Context(), f.Contest, player, "sure", chance); err != nil ||
			came[draw.AwardID.String()] != 20 {
			t.Errorf("read later: %+v, %v", draw, err)
		}
		if _, err := f.Instant.Draw(t.Context(), f.Contest, f.Player(""), "sure", chance); !errors.Is(err,
			instant.ErrNoChance) {
			t.Errorf("read by another player: %v", err)
		}
	})
}

func TestARefusedDrawKeepsTheChance(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		player, other := f.Player(""), f.Player("")
		chance := f.Chances(player, 1)[0]
		points := f.Grant(player, contest.GrantPoints, 5, 1)[0]
		stranger := sqldb.ID(77)
		for _, c := range []struct {
			name, pool    string
			player, spend sqldb.ID
			want          error
		}{
			{"another's chance", "sure", other, chance, instant.ErrNoChance},
			{"no such chance", "sure", player, 12345, instant.ErrNoChance},
			{"points as a chance", "sure", player, points, instant.ErrNoChance},
			{"no such pool", "nowhere", player, chance, instant.ErrPoolUnknown},
			{"a pool that is not open", "closed", player, chance, instant.ErrPoolClosed},
			{"who takes no part", "sure", stranger, f.Chances(stranger, 1)[0], identity.ErrNotEnrolled},
			{"a phone that is not known", "limited", player, chance, instant.ErrNeedsPhone},
		} {
			if _, err := f.Instant.Draw(t.Context(), f.Contest, c.player, c.pool, c.spend); !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", c.name, err, c.want)
			}
		}
		if n := f.Count("SELECT COUNT(*) FROM draws"); n != 0 {
			t.Errorf("%d chances are used", n)
		}
		if _, total, err := f.Instant.Chances(t.Context(), f.Contest.ContestID, player, 10); err != nil || total != 1 {
			t.Errorf("%d chances are left, %v", total, err)
		}
		if _, err := f.Instant.Draw(t.Context(), f.Contest, player, "sure", chance); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Instant.Draw(t.Context(), f.Contest, player, "wheel", chance); !errors.Is(err, instant.ErrChanceUsed) {
			t.Errorf("the chance in another pool: %v", err)
		}
		if _, total, err := f.Instant.Chances(t.Context(), f.Contest.ContestID, player, 10); err != nil || total != 0 {
			t.Errorf("%d chances are left, %v", total, err)
		}
	})
}

func TestUnitsThatComeFreeLaterAreNotWonBefore(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		player := f.Player("")
		var came []chance.Reason
		for range 3 {
			came = append(came, f.DrawFrom(player, "daily").Reason)
		}
		f.At("2026-06-17 10:00:00")
		came = append(came, f.DrawFrom(player, "daily").Reason)
		for i, want := range []chance.Reason{chance.AsRolled, chance.AsRolled, chance.Unreleased, chance.AsRolled} {
			if came[i] != want {
				t.Errorf("draw %d: %q, want %q", i+1, came[i], want)
			}
		}
	})
}

func TestTheThirdDrawOfWhoHasWonNothingIsSure(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		player := f.Player("")
		var keys []string
		for range 6 {
			keys = append(keys, f.DrawFrom(player, "third").PrizeKey)
		}
		if got := strings.Join(keys, " "); got != "thanks thanks pan thanks thanks thanks" {
			t.Errorf("six draws gave %s", got)
		}
	})
}

func TestWhatDrawingsWillGiveIsNotWonBefore(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		f.Apply(fair.Festival +
			"drawings: [{key: final, title: 总决赛, at: 2026-06-30 20:00, source: 双色球, prizes: [{prize: mower, count: 8}]}]\n")
		won := 0
		for _, draw := range f.DrawAtOnce("sure", f.Crowd(12, ""), f.Node) {
			if draw.AwardID != nil {
				won++
			}
		}
		if won != 2 {
			t.Errorf("%d won of a stock of 10 with 8 for the drawing, want 2", won)
		}
	})
}

func TestAUnitThatCameBackIsWonAgain(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		f.DrawAtOnce("sure", f.Crowd(11, ""), f.Node)
		if err := f.Exec("UPDATE awards SET unit_no = NULL, status = 'forfeited' WHERE unit_no IN (4, 10)"); err != nil {
			t.Fatal(err)
		}
		for _, want := range []chance.Reason{chance.AsRolled, chance.AsRolled, chance.SoldOut} {
			if draw := f.DrawFrom(f.Player(""), "sure"); draw.Reason != want {
				t.Errorf("a draw came to %+v, want %q", draw, want)
			}
		}
		if n := f.Count("SELECT COUNT(*) FROM awards WHERE unit_no IS NOT NULL"); n != 10 {
			t.Errorf("%d units are out", n)
		}
	})
}

func TestPointsThatAreWonAreCreditedOnce(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		player := f.Player("")
		chances := f.Chances(player, 2)
		for _, chance := range append(chances, chances...) {
			if _, err := f.Instant.Draw(t.Context(), f.Contest, player, "credit", chance); err != nil {
				t.Fatal(err)
			}
		}
		points := func() int {
			b, err := f.Instant.Balance(t.Context(), f.Contest.ContestID, player, "")
			if err != nil {
				t.Fatal(err)
			}
			return b.Left()
		}
		if got := points(); got != 40 {
			t.Errorf("%d points, want 40", got)
		}
		// As if the program had died between the win and the credit.
		if err := f.Exec("UPDATE awards SET status = 'won'"); err != nil {
			t.Fatal(err)
		}
		if err := f.Exec("DELETE FROM grants WHERE rule_key = 'points' AND amount = 20"); err != nil {
			t.Fatal(err)
		}
		if err := f.Exec("DELETE FROM deeds"); err != nil {
			t.Fatal(err)
		}
		f.At("2026-06-16 10:01:00")
		// One that cannot be credited stands before the others and does not stop them.
		if err := f.Exec(`INSERT INTO awards (id, contest_id, player_id, prize_key, kind, tier, unit_no, stock,
			source_kind, source_key, status, won_at, changed_at)
			VALUES (1, ?, ?, 'gone', 'points', '', 1, 1, 'pool', 'credit', 'won', 1, 1)`,
			f.Contest.ContestID, player); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := f.Instant.Sweep(t.Context()); fair.Code(err) != "prize_unknown" {
				t.Errorf("a sweep over a prize that nobody knows: %v", err)
			}
		}
		if err := f.Exec("DELETE FROM awards WHERE id = 1"); err != nil {
			t.Fatal(err)
		}
		if got, open := points(), f.Count("SELECT COUNT(*) FROM awards WHERE status <> 'credited'"); got != 40 || open != 0 {
			t.Errorf("after the sweep %d points and %d awards not credited, want 40 and 0", got, open)
		}
	})
}

func TestAnErrorOfTheRulesIsTold(t *testing.T) {
	for _, err := range []error{instant.ErrPoolClosed, instant.ErrNoChance, instant.ErrTooFew} {
		if e := errs.From(err); e.Kind == errs.Internal || e.Message == "" {
			t.Errorf("%v", err)
		}
	}
}

func BenchmarkDrawsOfManyPlayersAtOnce(b *testing.B) {
	for name, stores := range map[string]func(testing.TB) *testkit.Store{"SQLite": testkit.Embedded,
		"MariaDB": testkit.Servers} {
		b.Run(name, func(b *testing.B) {
			f := fair.New(b, stores(b))
			var players []sqldb.ID // some of them win points, which reads their ledger
			var chances []sqldb.ID
			for range 100 {
				player := f.Player("")
				players, chances = append(players, player), append(chances, f.Grant(player, contest.GrantChance, 1, b.N/100+1)...)
			}
			var next atomic.Int64
			b.SetParallelism(100)
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					at := int(next.Add(1) - 1)
					mine := at%100*(b.N/100+1) + at/100
					if _, err := f.Instant.Draw(b.Context(), f.Contest, players[at%100], "wheel", chances[mine]); err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}

func TestStockThatChangesWhilePlayersDrawIsNeverExceeded(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		f.Catalog.SetGuard(prize.GuardStock(drawing.Promised))
		other := f.NewNode()
		owners := f.Crowd(200, "")
		before := f.Contest
		var all sync.WaitGroup
		all.Go(func() { drawAtOnceBy(f, before, "sure", owners, f.Node, other) })
		for _, stock := range []string{"6", "9", "7"} { // what is refused changes nothing
			f.Catalog.Apply(t.Context(), "festival.yaml",
				[]byte(strings.Replace(fair.Festival, "value: 120000, stock: 10", "value: 120000, stock: "+stock, 1)), "改库存")
		}
		all.Wait()
		last, err := f.Catalog.Current("festival")
		if err != nil {
			t.Fatal(err)
		}
		out, highest := f.Count("SELECT COUNT(unit_no) FROM awards"), f.Count("SELECT MAX(unit_no) FROM awards")
		if stock := last.Prizes[0].Stock; highest > stock || out != highest {
			t.Errorf("%d units are out, up to number %d, of a stock of %d", out, highest, stock)
		}
		if n := f.Count("SELECT COUNT(*) FROM draws"); n != 200 {
			t.Errorf("%d chances are used, want 200", n)
		}
	})
}

// drawAtOnceBy draws by a definition that may be overtaken.
func drawAtOnceBy(f *fair.Fair, c *catalog.Contest, pool string, owners map[sqldb.ID]sqldb.ID, nodes ...*fair.Node) {
	var all sync.WaitGroup
	i := 0
	for chance, owner := range owners {
		n := nodes[i%len(nodes)]
		i++
		all.Go(func() {
			for range 50 {
				_, err := n.Instant.Draw(f.T.Context(), c, owner, pool, chance)
				if err == nil {
					return
				}
				if errs.From(err).Kind != errs.Unavailable {
					f.T.Errorf("draw: %v", err)
					return
				}
			}
			f.T.Error("a draw is refused for ever")
		})
	}
	all.Wait()
}
