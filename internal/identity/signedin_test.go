package identity

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"testing"
	"time"

	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// twoNodes are the sessions of two nodes on one store, with a clock that is set.
func twoNodes(t *testing.T, s *testkit.Store, now *int64) (a, b *Sessions) {
	t.Helper()
	clock := func() time.Time { return time.UnixMilli(*now) }
	key := keyring.Only(make([]byte, 32))
	ids := players(t, s).ids
	node := func() *Sessions {
		n := NewSessions(s.DB, ids, key, clock)
		t.Cleanup(n.Close)
		return n
	}
	return node(), node()
}

func begin(t *testing.T, s *Sessions, player sqldb.ID) (Session, string) {
	t.Helper()
	of, err := s.Begin(t.Context(), player, 0, "安卓手机，微信")
	if err != nil {
		t.Fatal(err)
	}
	return of, s.Token(of)
}

func follow(t *testing.T, nodes ...*Sessions) {
	t.Helper()
	for _, n := range nodes {
		if err := n.Follow(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestASessionThatIsEndedHoldsOnNoNode(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		now := int64(tokenNow)
		a, b := twoNodes(t, s, &now)
		one, oneToken := begin(t, a, 7)
		two, twoToken := begin(t, b, 7)
		if devices, err := a.Devices(t.Context(), 7); err != nil || len(devices) != 2 {
			t.Fatalf("%+v, %v", devices, err)
		}
		if err := a.End(t.Context(), 8, one.ID); !errors.Is(err, ErrSessionUnknown) {
			t.Errorf("somebody else ends it: %v", err)
		}
		if err := a.End(t.Context(), 7, one.ID); err != nil {
			t.Fatal(err)
		}
		follow(t, b)
		for name, n := range map[string]*Sessions{"the node": a, "another node": b} {
			if _, ok := n.Read(oneToken); ok {
				t.Errorf("on %s the token still holds", name)
			}
			if of, ok := n.Read(twoToken); !ok || of.ID != two.ID {
				t.Errorf("on %s the other device is out too", name)
			}
		}
		if err := b.End(t.Context(), 7, one.ID); !errors.Is(err, ErrSessionUnknown) {
			t.Errorf("ended again: %v", err)
		}
	})
}

func TestEndingAllOthersLeavesThisDevice(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		now := int64(tokenNow)
		a, b := twoNodes(t, s, &now)
		mine, mineToken := begin(t, a, 7)
		_, lost := begin(t, a, 7)
		_, others := begin(t, a, 8)
		earlier := earlierToken(a, 7, now)
		if _, ok := a.Read(earlier); !ok {
			t.Fatal("a token of the earlier form does not hold")
		}
		if err := a.EndAll(t.Context(), 7, mine.ID); err != nil {
			t.Fatal(err)
		}
		follow(t, b)
		for _, n := range []*Sessions{a, b} {
			if _, ok := n.Read(mineToken); !ok {
				t.Error("this device is out")
			}
			if _, ok := n.Read(others); !ok {
				t.Error("another player is out")
			}
			for _, token := range []string{lost, earlier} {
				if of, ok := n.Read(token); ok {
					t.Errorf("%+v still holds", of)
				}
			}
		}
		// A node that starts later knows it too.
		c := NewSessions(s.DB, a.ids, keyring.Only(make([]byte, 32)), a.now)
		t.Cleanup(c.Close)
		follow(t, c)
		if _, ok := c.Read(lost); ok {
			t.Error("after a start the token holds again")
		}
	})
}

// earlierToken is a token as it was before sessions were stored.
func earlierToken(s *Sessions, player sqldb.ID, now int64) string {
	body := binary.BigEndian.AppendUint64(nil, uint64(player))
	body = binary.BigEndian.AppendUint64(body, uint64(now))
	return base64.RawURLEncoding.EncodeToString(s.macs.Newest().sum(body)[:earlierBody+tokenMAC])
}

func TestATokenOfTheEarlierFormBecomesASession(t *testing.T) {
	s := testkit.Embedded(t)
	now := int64(tokenNow)
	a, _ := twoNodes(t, s, &now)
	of, ok := a.Read(earlierToken(a, 7, now))
	if !ok || of.Player != 7 || !of.Stale(now) {
		t.Fatalf("%+v, %t", of, ok)
	}
	renewed, err := a.Renew(t.Context(), of, "电脑，浏览器")
	if err != nil || renewed.ID == 0 || renewed.Player != 7 || renewed.Stale(now) {
		t.Fatalf("%+v, %v", renewed, err)
	}
}

func TestATokenHoldsForItsTimeAndIsRenewedByComing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		now := int64(tokenNow)
		a, _ := twoNodes(t, s, &now)
		of, token := begin(t, a, 7)
		now += (TokenLife - time.Hour).Milliseconds()
		renewed, err := a.Renew(t.Context(), of, "")
		if err != nil || !of.Stale(now) {
			t.Fatal(err)
		}
		fresh := a.Token(renewed)
		now += 2 * time.Hour.Milliseconds()
		if _, ok := a.Read(token); ok {
			t.Error("an old token holds")
		}
		if _, ok := a.Read(fresh); !ok {
			t.Error("the renewed one does not")
		}
		if rows, err := a.Prune(t.Context()); err != nil || rows != 0 {
			t.Errorf("%d of those in use are pruned, %v", rows, err)
		}
		now += TokenLife.Milliseconds()
		if rows, err := a.Prune(t.Context()); err != nil || rows != 1 {
			t.Errorf("%d old ones are pruned, %v", rows, err)
		}
	})
}

func TestADeviceIsNamedInWords(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) MicroMessenger/8.0.40":        "苹果手机，微信",
		"Mozilla/5.0 (Linux; Android 9; V1901A) AppleWebKit Mobile Safari MicroMessenger/8.0": "安卓手机，微信",
		"Mozilla/5.0 (Linux; Android 12; SM-T500) AppleWebKit Safari":                         "安卓平板，浏览器",
		"Mozilla/5.0 (Phone; OpenHarmony 4.1) ArkWeb Mobile":                                  "鸿蒙手机，浏览器",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120":                                "电脑，浏览器",
		"Mozilla/5.0 (Windows NT 10.0) MicroMessenger/7 wxwork/4":                             "电脑，企业微信",
		"Mozilla/5.0 (Linux; Android 9) Mobile DingTalk/6":                                    "安卓手机，钉钉", "": "其他设备，浏览器", "curl/8": "其他设备，浏览器",
	} {
		if got := DeviceName(agent); got != want {
			t.Errorf("%q is %s, want %s", agent, got, want)
		}
	}
}
