package shared_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

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
		redis, err := redisdb.Open(t.Context(), s.RedisAddr())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { redis.Close() })
		store, err := shared.New(s.Open(), redis, make([]byte, 32), n.clock.Now)
		if err != nil {
			t.Fatal(err)
		}
		client := wechat.NewClient(n.stand.Account(), n.clock.Now)
		client.Shelf = store
		n.shared, n.wechat = append(n.shared, store), append(n.wechat, client)
	}
	return n
}

// exchange brings a code to a node.
func (n *nodes) exchange(node int, code string) (wechat.Login, error) {
	return n.shared[node].Exchange(n.t.Context(), n.stand.AppID, code, n.wechat[node].Exchange)
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

func TestACodeThatComesToAllNodesAtOnceIsAskedForOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		n := openNodes(t, s)
		code := n.stand.Code(n.stand.AppID, standin.Person{OpenID: "o1", UnionID: "u1"})
		want := wechat.Login{OpenID: "o1", UnionID: "u1"}
		n.atOnce(3, func(node int) {
			if login, err := n.exchange(node, code); err != nil || login != want {
				t.Errorf("node %d learns %+v, %v", node, login, err)
			}
		})
		n.clock.Pass(shared.CodeLife - time.Second)
		if login, err := n.exchange(1, code); err != nil || login != want {
			t.Errorf("after minutes it is %+v, %v", login, err)
		}
		if calls := n.stand.Calls("exchange"); calls != 1 {
			t.Errorf("WeChat was asked %d times", calls)
		}
	})
}

func TestWhatWeChatRefusesIsRefusedAlikeOnAllNodes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		n := openNodes(t, s)
		n.stand.Set(func(w *standin.Server) { w.Fail["exchange"] = -1 })
		code := n.stand.Code(n.stand.AppID, standin.Person{OpenID: "o1"})
		n.atOnce(2, func(node int) {
			var refused *wechat.Error
			_, err := n.exchange(node, code)
			if !errors.As(err, &refused) || refused.Fault != wechat.Busy || refused.Code != -1 {
				t.Errorf("node %d: %v", node, err)
			}
		})
		if calls := n.stand.Calls("exchange"); calls != 1 {
			t.Errorf("WeChat was asked %d times", calls)
		}
	})
}

func TestAPhoneThatHangsUpDoesNotLoseItsCode(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		n := openNodes(t, s)
		code := n.stand.Code(n.stand.AppID, standin.Person{OpenID: "o1"})
		ctx, hangUp := context.WithCancel(t.Context())
		n.stand.Set(func(w *standin.Server) { w.Hold = func(string) { hangUp() } })
		login, err := n.shared[0].Exchange(ctx, n.stand.AppID, code, n.wechat[0].Exchange)
		if err != nil || login.OpenID != "o1" {
			t.Errorf("the first: %+v, %v", login, err)
		}
		if login, err := n.exchange(1, code); err != nil || login.OpenID != "o1" {
			t.Errorf("the second: %+v, %v", login, err)
		}
	})
}

func TestANodeThatDiedWithACodeIsFollowedByAnother(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		n := openNodes(t, s)
		code := n.stand.Code(n.stand.AppID, standin.Person{OpenID: "o1"})
		died := errors.New("the node is gone")
		dies := func(context.Context, string) (wechat.Login, error) { return wechat.Login{}, died }
		_, err := n.shared[0].Exchange(t.Context(), n.stand.AppID, code, dies)
		if !errors.Is(err, died) {
			t.Fatal(err)
		}
		n.clock.Pass(8 * time.Second)
		var learned atomic.Int32
		n.atOnce(2, func(node int) {
			login, err := n.exchange(node, code)
			if err != nil || login.OpenID != "o1" {
				t.Errorf("node %d learns %+v, %v", node, login, err)
			}
			learned.Add(1)
		})
		if calls := n.stand.Calls("exchange"); calls != 1 || learned.Load() != 2*three {
			t.Errorf("WeChat was asked %d times, %d learned it", calls, learned.Load())
		}
	})
}

func TestOldCodesAreDeletedWithWhatWeChatSaid(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		n := openNodes(t, s)
		for i := range 4 {
			if i == 3 {
				n.clock.Pass(shared.CodeLife + time.Second)
			}
			if _, err := n.exchange(0, n.stand.Code(n.stand.AppID, standin.Person{OpenID: fmt.Sprint("o", i)})); err != nil {
				t.Fatal(err)
			}
		}
		if rows, err := n.shared[1].Sweep(t.Context()); rows != 3 || err != nil {
			t.Errorf("%d codes are deleted, %v", rows, err)
		}
		if rows, err := n.shared[2].Sweep(t.Context()); rows != 0 || err != nil {
			t.Errorf("then %d more, %v", rows, err)
		}
	})
}

func TestWhatIsKeptOfACodeTellsNoOpenID(t *testing.T) {
	n := openNodes(t, testkit.Embedded(t))
	code := n.stand.Code(n.stand.AppID, standin.Person{OpenID: "o-of-somebody"})
	if _, err := n.exchange(0, code); err != nil {
		t.Fatal(err)
	}
	var rows []struct {
		Hash   string `db:"code_hash"`
		Sealed string `db:"sealed"`
	}
	err := n.stores.DB.Select(t.Context(), &rows, "SELECT code_hash, sealed FROM wechat_codes")
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	if rows[0].Hash == code || len(rows[0].Hash) != 64 || len(rows[0].Sealed) < 40 {
		t.Errorf("the row is %+v", rows[0])
	}
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
	alone, err := shared.New(db, broken, make([]byte, 32), n.clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	n.wechat[0].Shelf = alone
	if err := n.sign(0); err != nil {
		t.Error(err)
	}
	if _, err := alone.Exchange(t.Context(), n.stand.AppID, "0code", n.wechat[0].Exchange); err == nil ||
		n.stand.Calls("exchange") != 0 {
		t.Errorf("a code whose answer nobody could keep is used up: %v", err)
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
