// Package arena sets up a small contest on the real stores of a test: a bank
// whose right answers show, a clock that stands still, and as many nodes as the
// test wants.
package arena

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"anquanda/internal/bank"
	"anquanda/internal/board"
	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/keyring"
	"anquanda/internal/pairing"
	"anquanda/internal/play"
	"anquanda/internal/pledge"
	"anquanda/internal/poll"
	"anquanda/internal/prize"
	"anquanda/internal/question"
	"anquanda/internal/redisdb"
	"anquanda/internal/referral"
	"anquanda/internal/report/tally"
	"anquanda/internal/shortlist"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/team"
	"anquanda/internal/testkit"
	"anquanda/internal/unit"
)

// Demo is the definition that most tests play: three levels, each opening the
// next, two towns with villages, boards of every sort.
const Demo = `contest: demo
title: 安全知识闯关
organizer: 县应急管理局
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
players: {unit: {ask: optional}}
levels:
  - {key: first, title: 第一关, questions: [{count: 3, kinds: [single]}], pass: 2, attempts: {max: 5}}
  - {key: second, title: 第二关, questions: [{count: 2, kinds: [multiple]}, {count: 1, kinds: [truefalse]}], pass: 2}
  - {key: third, title: 第三关, questions: [{count: 2, kinds: [fill]}], pass: 1, attempts: {max: 1, per: contest}}
boards:
  - {key: total, title: 个人榜, subject: player, measure: best, daily: true}
  - {key: villages, title: 村榜, subject: unit, measure: best, daily: true}
  - {key: towns, title: 镇榜, subject: unit, measure: best, depth: 1}
  - {key: crowd, title: 参与榜, subject: unit, measure: players, depth: 1, daily: true}
units:
  - {code: n, name: 北镇, children: [{code: n1, name: 北一村}, {code: n2, name: 北二村}]}
  - {code: s, name: 南镇, children: [{code: s1, name: 南一村}, {code: s2, name: 南二村}]}
`

// Slug is the contest of Demo.
const Slug = "demo"

// Clock is a clock that moves only when it is told to. It is safe for
// concurrent use.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Zone is the contest's own.
var Zone = time.FixedZone("Asia/Shanghai", 8*60*60)

// Now is the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// MS is the time in UTC milliseconds.
func (c *Clock) MS() int64 { return c.Now().UnixMilli() }

// Pass lets time pass.
func (c *Clock) Pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Set sets the clock to a moment of the contest's zone, 2026-06-16 10:00:00.
func (c *Clock) Set(text string) {
	moment, err := time.ParseInLocation(time.DateTime, text, Zone)
	if err != nil {
		panic(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = moment
}

// Arena is a contest on the stores of a test.
type Arena struct {
	*Node // the first one
	Store *testkit.Store
	Clock *Clock
	T     testing.TB
	// Contest is the edition that was applied last.
	Contest *catalog.Contest

	options []Option
}

// Node is one program of an installation, as far as play and boards go.
type Node struct {
	DB      *sqldb.DB
	Redis   *redisdb.DB
	Banks   *bank.Store
	Catalog *catalog.Catalog
	Players *identity.Players
	Boards  *board.Service
	Play    *play.Service
	// Referrals reach Redis only where they Run.
	Referrals *referral.Service
}

// Option changes how the nodes of an Arena are wired.
type Option func(*play.Config)

// Paced holds answers against the time that reading takes, as the program does.
func Paced(c *play.Config) { c.AtOnce = false }

// New makes the tables, the bank "safety" and the contest Demo, and starts the
// first node at 10:00 on 16 June 2026.
func New(t testing.TB, s *testkit.Store, options ...Option) *Arena {
	t.Helper()
	return NewWith(t, s, map[string][]question.Question{"safety": Bank()}, Demo, options...)
}

// NewWith is New with other banks and another definition.
func NewWith(
	t testing.TB, s *testkit.Store, banks map[string][]question.Question, definition string, options ...Option,
) *Arena {
	t.Helper()
	slog.SetLogLoggerLevel(slog.LevelError) // warnings are what the tests provoke
	s.Migrate(sqldb.Migrations(), staff.Migrations(), bank.Migrations(), unit.Migrations(), catalog.Migrations(),
		conduct.Migrations(),
		identity.Migrations(), play.Migrations(), board.Migrations(), referral.Migrations(), prize.Migrations(),
		pledge.Migrations(), tally.Migrations(), shortlist.Migrations(), poll.Migrations(), team.Migrations(),
		pairing.Migrations())
	a := &Arena{Store: s, T: t, Clock: &Clock{}, options: options}
	a.Clock.Set("2026-06-16 10:00:00")
	a.Node = a.NewNode()
	for name, questions := range banks {
		if _, _, err := a.Banks.Import(t.Context(), staff.CommandLine, name, questions, "测试"); err != nil {
			t.Fatal(err)
		}
	}
	a.Apply(definition)
	if test, ok := t.(*testing.T); ok {
		t.Cleanup(func() { a.checkSummaries(test) })
	}
	return a
}

// checkSummaries holds, when a test is over, what the rules look at of each player
// against the rows that it sums up.
func (a *Arena) checkSummaries(t *testing.T) {
	for _, c := range a.Catalog.All() {
		found, err := a.Play.MendSummaries(context.Background(), c)
		if err != nil {
			t.Errorf("hold the summaries of %s against their rows: %v", c.Slug, err)
		}
		if found.Wrong > 0 {
			t.Errorf("of %d players in %s the summaries of %d do not equal their rows", found.Players, c.Slug, found.Wrong)
		}
	}
}

// Apply stores a definition and makes it the Contest.
func (a *Arena) Apply(definition string) {
	a.T.Helper()
	c, err := a.Catalog.Apply(a.T.Context(), "demo.yaml", []byte(definition), "测试")
	if err != nil {
		a.T.Fatal(err)
	}
	a.Contest = c
}

// Key seals the tickets of all nodes.
var Key = []byte("the key of every node in an arena")[:32]

// NewNode starts another node on the same stores. Boards reach Redis only once
// they Run (see RunBoards).
func (a *Arena) NewNode(options ...Option) *Node {
	a.T.Helper()
	db := a.Store.Open()
	ids, err := sqldb.NewIDs(a.T.Context(), db)
	if err != nil {
		a.T.Fatal(err)
	}
	redis, err := redisdb.Open(a.T.Context(), a.Store.RedisAddr())
	if err != nil {
		a.T.Fatal(err)
	}
	keys := keyring.Only(Key)
	vault := personal.NewVault(keys, keys)
	n := &Node{DB: db, Redis: redis, Banks: bank.NewStore(db, a.Clock.Now),
		Players: identity.NewPlayers(db, ids, vault, a.Clock.Now)}
	n.Catalog = catalog.New(db, ids, n.Banks, a.Clock.Now)
	if err := n.Catalog.Refresh(a.T.Context()); err != nil {
		a.T.Fatal(err)
	}
	n.Boards = board.New(db, redis, n.Catalog, n.Players, a.Clock.Now)
	n.Referrals = referral.New(referral.Config{DB: db, Redis: redis, Catalog: n.Catalog, Players: n.Players, Keys: keys,
		Hashes: keys, Now: a.Clock.Now})
	config := play.Config{DB: db, Redis: redis, IDs: ids, Catalog: n.Catalog, Players: n.Players, Keys: keys,
		Now:       a.Clock.Now,
		AtOnce:    true, // the clock stands still while players answer
		Hooks:     []play.Hook{n.Referrals.CreditInviters, n.Boards.SetStandings},
		Followers: []play.Follower{n.Boards.Follow, n.Referrals.Follow}}
	for _, option := range append(a.options, options...) {
		option(&config)
	}
	n.Play = play.New(config)
	n.Referrals.Join(n.Play)
	n.followProofs()
	a.T.Cleanup(func() {
		n.Referrals.Close()
		n.Play.Close()
		redis.Close()
	})
	return n
}

// followProofs wires what being proven changes, as app does.
func (n *Node) followProofs() {
	n.Players.SetProofHooks(identity.ProofHooks{
		Within: func(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, aside bool, at int64) error {
			if err := n.Boards.Touch(ctx, tx, contestID, player); err != nil || aside {
				return err
			}
			return n.Referrals.CountProven(ctx, tx, contestID, player, at)
		},
		After: n.Boards.Refresh,
	})
}

// Prove proves a player by the first way that the contest takes, as the person of a number.
func (a *Arena) Prove(player sqldb.ID, number string) identity.Proven {
	a.T.Helper()
	proof := identity.Proof{Kind: a.Contest.Players.Proof[0], Subjects: []string{number}, At: a.Clock.MS()}
	done, err := a.Players.Prove(a.T.Context(), a.Contest.Definition, a.Contest.ContestID, player, proof)
	if err != nil {
		a.T.Fatal(err)
	}
	return done
}

// RunBoards keeps a node's boards in Redis until the test ends, or until the
// returned function is called.
func (a *Arena) RunBoards(n *Node) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { n.Boards.Run(ctx) })
	stop = func() {
		cancel()
		running.Wait()
	}
	a.T.Cleanup(stop)
	return stop
}

// Bank is 40 questions, ten of each kind that can be played. What is right shows:
// see Answer.
func Bank() []question.Question {
	var questions []question.Question
	add := func(kind question.Kind, i int, q question.Question) {
		q.ID, q.Kind, q.Difficulty = fmt.Sprintf("%s-%02d", kind, i), kind, 1
		q.Topics, q.Explanation = []string{"消防"}, "因为如此"
		q.Source = question.Source{Title: "消防法", Article: "第四十四条"}
		questions = append(questions, q)
	}
	for i := range 10 {
		options := []string{"错甲", "错乙", "错丙", "错丁"}
		options[i%4] = "对"
		add(question.Single, i, question.Question{Stem: fmt.Sprintf("单选第%d题？", i), Options: options, Right: []int{i % 4}})
		add(question.Multiple, i, question.Question{Stem: fmt.Sprintf("多选第%d题？", i),
			Options: []string{"对甲", "错乙", "对丙", "错丁"}, Right: []int{0, 2}})
		add(question.TrueFalse, i, question.Question{Stem: fmt.Sprintf("判断第%d题，%s。", i, question.TrueFalseOptions[i%2]),
			Options: question.TrueFalseOptions, Right: []int{i % 2}})
		add(question.Fill, i, question.Question{Stem: fmt.Sprintf("填空第%d题：____和____。", i),
			Blanks: [][]string{{"119"}, {"120", "一二零"}}})
	}
	return questions
}
