package shared_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/keyring"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
	"anquanda/internal/wechat"
	"anquanda/internal/wechat/shared"
	"anquanda/internal/wechat/standin"
)

// nodes are several programs on the same stores, and the stand-in that all ask.
type nodes struct {
	t      *testing.T
	stand  *testkit.WeChat
	clock  *arena.Clock
	stores *testkit.Store
	shared []*shared.Store
	wechat []*wechat.Client
}

const three = 3

func openNodes(t *testing.T, s *testkit.Store) *nodes {
	t.Helper()
	s.Migrate(sqldb.Migrations(), shared.Migrations())
	n := &nodes{t: t, stand: testkit.StartWeChat(t), clock: &arena.Clock{}, stores: s}
	n.clock.Set("2026-06-16 10:00:00")
	for range three {
		store := n.open(n.clock.Now)
		client := wechat.NewClient(n.stand.Account(), n.clock.Now)
		client.Shelf = store
		n.shared, n.wechat = append(n.shared, store), append(n.wechat, client)
	}
	return n
}

// open is what one more node shares, by a clock of its own.
func (n *nodes) open(now func() time.Time) *shared.Store {
	n.t.Helper()
	redis, err := redisdb.Open(n.t.Context(), n.stores.RedisAddr())
	if err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(func() { redis.Close() })
	return shared.New(n.stores.Open(), redis, keyring.Only(make([]byte, 32)), now)
}

// atOnce does the same on all nodes at once, several times each.
func (n *nodes) atOnce(each int, do func(node int)) {
	var running sync.WaitGroup
	for node := range n.shared {
		for range each {
			running.Go(func() { do(node) })
		}
	}
	running.Wait()
}

func (n *nodes) sign(node int) error {
	_, err := n.wechat[node].SignPage(n.t.Context(), "https://quiz.example.gov.cn/")
	return err
}

// calls is how often the tokens were asked for.
func (n *nodes) calls() string {
	return fmt.Sprint(n.stand.Calls("stable_token"), " ", n.stand.Calls("getticket"))
}

func TestAllNodesUseOneTokenThatOneOfThemRenews(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		n := openNodes(t, s)
		n.atOnce(3, func(node int) {
			if err := n.sign(node); err != nil {
				t.Errorf("node %d: %v", node, err)
			}
		})
		if got := n.calls(); got != "1 1" {
			t.Errorf("WeChat was asked %s times for the token and the ticket", got)
		}
		n.clock.Pass(2*time.Hour - wechat.Early + time.Second)
		n.atOnce(3, func(node int) {
			if err := n.sign(node); err != nil {
				t.Errorf("shortly before the end, node %d: %v", node, err)
			}
		})
		// A node that came with the token of before was refused and asked for the ticket again.
		if got := n.calls(); got != "2 2" && got != "2 3" {
			t.Errorf("shortly before the end WeChat was asked %s times", got)
		}
	})
}

func TestANodeThatComesWhileAnotherRenewsAsksForNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		n := openNodes(t, s)
		for moment := 1; moment <= 5; moment++ {
			name := fmt.Sprint("token ", moment)
			asked, ask, end, ended := int32(0), make(chan struct{}), make(chan struct{}), make(chan struct{})
			renew := func(context.Context) (wechat.Token, error) {
				if atomic.AddInt32(&asked, 1) == 1 {
					close(ask)
					<-end
				}
				return wechat.Token{Value: name, Until: n.clock.Now().Add(time.Hour)}, nil
			}
			go func() {
				defer close(ended)
				n.shared[0].Token(t.Context(), name, "", renew)
			}()
			<-ask
			looks := 0
			late := n.open(func() time.Time { // the other is done when this node looks at its clock for the n-th time
				if looks++; looks == moment {
					close(end)
					<-ended
				}
				return n.clock.Now()
			})
			token, err := late.Token(t.Context(), name, "", renew)
			if err != nil || token.Value != name || asked != 1 {
				t.Errorf("done at its look %d: %q, %v, WeChat was asked %d times", moment, token.Value, err, asked)
			}
		}
	})
}

func TestATokenThatWasEndedEarlyIsReplacedForAllNodes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		n := openNodes(t, s)
		n.stand.Set(func(w *standin.Server) { w.Seconds = 60 })
		for node := range n.wechat {
			if err := n.sign(node); err != nil {
				t.Fatal(err)
			}
		}
		n.stand.EndTokens()
		n.clock.Pass(time.Minute) // the ticket has ended, the token is good by its own word
		n.atOnce(2, func(node int) {
			if err := n.sign(node); err != nil {
				t.Errorf("node %d: %v", node, err)
			}
		})
		if tokens := n.stand.Calls("stable_token"); tokens != 2 {
			t.Errorf("the token was asked for %d times", tokens)
		}
	})
}

func TestWithoutRedisTheTokensAreReadFromSQL(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		n := openNodes(t, s)
		s.KillRedis()
		for node := range n.wechat {
			if err := n.sign(node); err != nil {
				t.Errorf("node %d: %v", node, err)
			}
		}
		if got := n.calls(); got != "1 1" {
			t.Errorf("WeChat was asked %s times", got)
		}
	})
}

func TestWithoutAnyStoreEachNodeAsksForItself(t *testing.T) {
	n := openNodes(t, testkit.Embedded(t))
	broken, err := redisdb.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	broken.Close()
	db := n.stores.Open()
	db.Close()
	n.wechat[0].Shelf = shared.New(db, broken, keyring.Only(make([]byte, 32)), n.clock.Now)
	if err := n.sign(0); err != nil {
		t.Error(err)
	}
}

func TestAfterAFailureAllNodesLeaveWeChatAloneForAWhile(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		n := openNodes(t, s)
		n.stand.Set(func(w *standin.Server) { w.Fail[""] = 40164 })
		n.atOnce(2, func(node int) {
			if err := n.sign(node); !errors.Is(err, wechat.ErrNoCard) {
				t.Errorf("node %d: %v", node, err)
			}
		})
		n.stand.Set(func(w *standin.Server) { clear(w.Fail) })
		if err := n.sign(0); err == nil || n.calls() != "1 0" {
			t.Errorf("%v after %s calls", err, n.calls())
		}
		n.clock.Pass(wechat.Pause + time.Second)
		for node := range n.wechat {
			if err := n.sign(node); err != nil {
				t.Errorf("then node %d: %v", node, err)
			}
		}
	})
}
