package limit

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/puzzle"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

var theKey = keyring.Only([]byte("0123456789abcdef0123456789abcdef"))

// hall is one address in Nanjing, say.
var hall = Network{Name: "203.0.113.0/24"}

func open(t testing.TB, addresses string) *redisdb.DB {
	t.Helper()
	db, err := redisdb.Open(context.Background(), addresses)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// insideAndServer runs a test on the Redis inside and on a server.
func insideAndServer(t *testing.T, test func(t *testing.T, addresses string)) {
	t.Run("inside", func(t *testing.T) { test(t, "") })
	onServer(t, test)
}

func onServer(t *testing.T, test func(t *testing.T, addresses string)) {
	t.Run("server", func(t *testing.T) { test(t, testkit.StartRedis(t, testkit.RedisOptions{}).Addr) })
}

// eachRedis is insideAndServer and a cluster.
func eachRedis(t *testing.T, test func(t *testing.T, addresses string)) {
	insideAndServer(t, test)
	onCluster(t, test)
}

func onCluster(t *testing.T, test func(t *testing.T, addresses string)) {
	t.Run("cluster", func(t *testing.T) {
		var addresses []string
		for _, node := range testkit.StartCluster(t, 3) {
			addresses = append(addresses, node.Addr)
		}
		test(t, strings.Join(addresses, ","))
	})
}

// guest is who joins as a new person of a network.
func guest(of Network, n int) Who {
	return Who{Contest: 7, Device: fmt.Sprint("device", n), Network: of}
}

// insist makes a call as a page does: it does the work that it is asked for.
func insist(l *Limiter, use Use, who Who) (worked bool, err error) {
	err = l.Take(context.Background(), use, who, Work{})
	var needed *WorkNeeded
	if !errors.As(err, &needed) {
		return false, err
	}
	return true, l.Take(context.Background(), use, who, Work{needed.Text, puzzle.Solve(needed.Challenge)})
}

// easy makes work as good as free while a test runs.
func easy(t *testing.T) {
	usual := puzzle.Usual
	puzzle.Usual = puzzle.Effort{Bits: 1, Answers: 1}
	t.Cleanup(func() { puzzle.Usual = usual })
}

func TestAHallOf2000BehindOneAddressJoinsAndPlaysWithoutARefusal(t *testing.T) {
	easy(t)
	insideAndServer(t, func(t *testing.T, addresses string) {
		l := New(open(t, addresses), theKey, time.Now)
		worked := 0
		for n := range 2000 {
			asked, err := insist(l, Join, guest(hall, n))
			if err != nil {
				t.Fatalf("guest %d is refused: %v", n, err)
			}
			if asked {
				worked++
			}
			if _, err := insist(l, Start, Who{Contest: 7, Player: sqldb.ID(n + 1), Network: hall}); err != nil {
				t.Fatalf("player %d cannot begin: %v", n, err)
			}
		}
		if worked > 1400 || worked < 1000 {
			t.Errorf("%d of 2000 had to work", worked)
		}
	})
}

func TestFromOneNetworkAScriptPaysForEachGuestAndThenWaits(t *testing.T) {
	easy(t)
	insideAndServer(t, func(t *testing.T, addresses string) {
		l := New(open(t, addresses), theKey, time.Now)
		free, paid := 0, 0
		var refused error
		for n := range 5000 {
			worked, err := insist(l, Join, guest(hall, n))
			switch {
			case err != nil:
				refused = err
			case worked:
				paid++
			default:
				free++
			}
		}
		// what is let in while the test runs comes on top
		if free < 600 || free > 1000 || paid < 3000 || paid > 4300 {
			t.Errorf("%d came in for nothing, %d by work", free, paid)
		}
		e := errs.From(refused)
		if !errors.Is(refused, ErrTooMany) || e.Wait < time.Second || !strings.Contains(e.Message, "秒后再试") {
			t.Errorf("who waits is told %v, %q, %v", refused, e.Message, e.Wait)
		}
		if _, err := insist(l, Join, guest(Network{Name: "198.51.100.0/24"}, 1)); err != nil {
			t.Errorf("another network: %v", err)
		}
		if _, err := insist(l, Join, Who{Contest: 8, Network: hall}); err != nil {
			t.Errorf("another contest: %v", err)
		}
	})
}

func TestTwoNodesShareACount(t *testing.T) {
	share := func(t *testing.T, addresses string) {
		first, second := New(open(t, addresses), theKey, time.Now), New(open(t, addresses), theKey, time.Now)
		who := Who{Contest: 7, Device: "tablet"}
		for n := range 5 {
			if err := []*Limiter{first, second}[n%2].Take(t.Context(), Join, who, Work{}); err != nil {
				t.Fatalf("join %d: %v", n, err)
			}
		}
		for _, node := range []*Limiter{first, second} {
			if err := node.Take(t.Context(), Join, who, Work{}); !errors.Is(err, ErrWorkNeeded) {
				t.Errorf("the sixth of a device: %v", err)
			}
		}
	}
	onServer(t, share)
	onCluster(t, share)
}

func TestWorkCountsOnceForItsCallContestAndNetwork(t *testing.T) {
	easy(t)
	eachRedis(t, func(t *testing.T, addresses string) {
		l := New(open(t, addresses), theKey, time.Now)
		other := l
		if addresses != "" {
			other = New(open(t, addresses), theKey, time.Now)
		}
		who := guest(hall, 1)
		done := func() Work {
			var needed *WorkNeeded
			for err := error(nil); !errors.As(err, &needed); {
				err = l.Take(t.Context(), Join, who, Work{})
			}
			return Work{needed.Text, puzzle.Solve(needed.Challenge)}
		}
		work := done()
		if err := l.Take(t.Context(), Join, who, work); err != nil {
			t.Fatalf("work is not taken: %v", err)
		}
		for name, node := range map[string]*Limiter{"the same": l, "another": other} {
			if err := node.Take(t.Context(), Join, who, work); !errors.Is(err, ErrWorkNeeded) {
				t.Errorf("work is taken again, by %s node: %v", name, err)
			}
		}
		elsewhere, another := who, who
		elsewhere.Network.Name = "198.51.100.0/24"
		another.Contest = 8
		another.Device = who.Device + "x"
		work = done()
		if err := l.Take(t.Context(), Join, elsewhere, work); !errors.Is(err, ErrWorkNeeded) {
			t.Errorf("work of another network is taken: %v", err)
		}
		if l.worked(t.Context(), l.place(Join, another), work) || l.worked(t.Context(), l.place(Start, who), work) {
			t.Error("work for another contest or call is taken")
		}
	})
}

func TestWithRedisAwayANodeCountsByItselfAndAfterwardsForAllAgain(t *testing.T) {
	easy(t)
	db := open(t, testkit.StartRedis(t, testkit.RedisOptions{}).Addr)
	cut := testkit.CutRedis(db)
	l := New(db, theKey, time.Now)
	cut.Store(true)
	tablet := Who{Contest: 7, Device: "tablet", Network: hall}
	for n := range 5 {
		if err := l.Take(t.Context(), Join, tablet, Work{}); err != nil {
			t.Fatalf("join %d without Redis: %v", n, err)
		}
	}
	err := l.Take(t.Context(), Join, tablet, Work{})
	var needed *WorkNeeded
	if !errors.As(err, &needed) {
		t.Fatalf("the sixth without Redis: %v", err)
	}
	work := Work{needed.Text, puzzle.Solve(needed.Challenge)}
	if err := l.Take(t.Context(), Join, tablet, work); err != nil {
		t.Errorf("work without Redis: %v", err)
	}
	if l.worked(t.Context(), l.place(Join, tablet), work) {
		t.Error("work is taken twice without Redis")
	}
	cut.Store(false)
	if !l.away.is() {
		t.Error("a node asks a Redis at once that did not answer just now")
	}
	l.away.until.Store(0)
	if err := l.Take(t.Context(), Join, tablet, Work{}); err != nil || l.away.is() {
		t.Errorf("with Redis back, which knows of nothing: %v, away %v", err, l.away.is())
	}
}

func TestAClockThatIsMovedGivesNothing(t *testing.T) {
	eachRedis(t, func(t *testing.T, addresses string) {
		clock := time.Now()
		l := New(open(t, addresses), theKey, func() time.Time { return clock })
		tablet := Who{Contest: 7, Device: "tablet"}
		for range 5 {
			l.Take(t.Context(), Join, tablet, Work{})
		}
		for _, moved := range []time.Duration{-24 * time.Hour, 24 * time.Hour, 365 * 24 * time.Hour} {
			clock = clock.Add(moved)
			if err := l.Take(t.Context(), Join, tablet, Work{}); !errors.Is(err, ErrWorkNeeded) {
				t.Errorf("with the clock moved by %v: %v", moved, err)
			}
		}
	})
}

func TestANamedPlaceAndAnOwnNetworkAreRoomy(t *testing.T) {
	easy(t)
	l := New(open(t, ""), theKey, time.Now)
	school := Network{Name: "203.0.113.7/32", Roomy: true}
	for n := range 4000 {
		if err := l.Take(t.Context(), Join, guest(school, n), Work{}); err != nil {
			t.Fatalf("pupil %d: %v", n, err)
		}
	}
	if err := l.Take(t.Context(), Join, guest(hall, 1), Work{}); err != nil {
		t.Errorf("a neighbour of the school: %v", err)
	}
}

func TestWhatALinkLoadsIsRefusedWithoutWork(t *testing.T) {
	l := New(open(t, ""), theKey, time.Now)
	var err error
	for range 200 {
		err = l.Take(t.Context(), Transcript, Who{Network: hall}, Work{})
	}
	if !errors.Is(err, ErrTooMany) || errs.From(err).Wait == 0 {
		t.Errorf("the 200th transcript: %v", err)
	}
}

func TestEveryRuleIsSaidInFull(t *testing.T) {
	for use, terms := range table {
		for i, rule := range terms.Rules {
			free, worked := rule.Free, rule.Worked
			if free.Burst < 1 || free.Refill < 1 || free.Every < time.Second {
				t.Errorf("%s by %s: free %+v", use, rule.By, free)
			}
			if terms.NoWork != (worked == Bucket{}) || !terms.NoWork && (worked.Burst < 1 || worked.Refill < 1) {
				t.Errorf("%s by %s: with work %+v", use, rule.By, worked)
			}
			if i > 0 && free.Burst <= terms.Rules[i-1].Free.Burst {
				t.Errorf("%s by %s lets through no more than by %s", use, rule.By, terms.Rules[i-1].By)
			}
		}
	}
}

func BenchmarkTake(b *testing.B) {
	who := Who{Contest: 7, Player: 9, Device: "tablet", Network: hall}
	endless := Bucket{1 << 30, 1 << 20, time.Second}
	one := []Rule{{By: ByNetwork, Free: endless}}
	var four []Rule
	for _, by := range []By{ByPlayer, ByDevice, ByNetwork, ByContest} {
		four = append(four, Rule{By: by, Free: endless})
	}
	for name, rules := range map[string][]Rule{"one rule": one, "four rules": four} {
		terms := Terms{NoWork: true, Rules: rules}
		table["bench"] = terms
		for _, redis := range []string{"inside", "server", "memory"} {
			b.Run(name+"/"+redis, func(b *testing.B) {
				table["bench"] = terms
				address := ""
				if redis == "server" {
					address = testkit.StartRedis(b, testkit.RedisOptions{}).Addr
				}
				db := open(b, address)
				calls := &testkit.RedisCalls{}
				db.AddHook(calls)
				l := New(db, theKey, time.Now)
				l.alone = redis == "memory"
				l.Take(b.Context(), "bench", who, Work{}) // loads the script
				calls.Store(0)
				b.ReportAllocs()
				for b.Loop() {
					if err := l.Take(b.Context(), "bench", who, Work{}); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(calls.Load())/float64(b.N), "trips/op")
			})
		}
	}
	delete(table, "bench")
}

func TestTheNetworksOfAPlaceHaveTheNamesOfTheirAddresses(t *testing.T) {
	for text, want := range map[string][]string{
		"203.0.113.7/32":     {"203.0.113.0/24"},
		"203.0.112.0/23":     {"203.0.112.0/24", "203.0.113.0/24"},
		"255.255.254.0/23":   {"255.255.254.0/24", "255.255.255.0/24"},
		"2001:db8:0:fe::/63": {"2001:db8:0:fe::/64", "2001:db8:0:ff::/64"},
		"2001:db8::1/128":    {"2001:db8::/64"},
	} {
		if got := slices.Collect(NetworksIn(netip.MustParsePrefix(text))); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
	n := 0
	for range NetworksIn(netip.MustParsePrefix("::/0")) {
		n++
	}
	if n != 1<<16 {
		t.Errorf("of everything %d networks are gone through", n)
	}
}
