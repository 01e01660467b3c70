package pledge_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/keyring"
	"anquanda/internal/pledge"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/unit"
)

const definition = `contest: relay
title: 安全生产月
organizer: 县应急管理局
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
retention: 30d
levels: [{key: first, title: 第一关, questions: [{count: 1}], pass: 1}]
pledge:
  title: 我为安全生产倡议
  lines: [遵守安全规章, 发现隐患立即报告]
earnings: [{key: signed, for: pledge, give: {points: 5}, max: 1, per: contest}]
`

// relay is a contest with a pledge on the stores of a test.
type relay struct {
	*node
	t       testing.TB
	store   *testkit.Store
	contest *catalog.Contest

	mu       sync.Mutex
	now      time.Time
	credited map[sqldb.ID]int // times, by player
	broken   bool             // play does not take deeds
}

// node is one program of the installation.
type node struct {
	db      *sqldb.DB
	catalog *catalog.Catalog
	players *identity.Players
	pledges *pledge.Service
}

func eachRelay(t *testing.T, test func(t *testing.T, r *relay)) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) { test(t, newRelay(t, s)) })
}

func newRelay(t testing.TB, s *testkit.Store) *relay {
	t.Helper()
	s.Migrate(sqldb.Migrations(), staff.Migrations(), bank.Migrations(), unit.Migrations(), catalog.Migrations(),
		identity.Migrations(), pledge.Migrations())
	r := &relay{t: t, store: s, credited: map[sqldb.ID]int{}}
	r.at("2026-06-16 10:00:00")
	asked := question.Question{ID: "q", Kind: question.TrueFalse, Stem: "灭火器要放在锁着的柜子里。",
		Options: question.TrueFalseOptions,
		Right:   []int{1}, Difficulty: 1, Topics: []string{"消防"}, Explanation: "要取用方便", Source: question.Source{Title: "消防法"}}
	if _, _, err := bank.NewStore(s.DB, r.clock).Import(t.Context(), staff.CommandLine, "safety",
		[]question.Question{asked}, "测试"); err != nil {
		t.Fatal(err)
	}
	r.node = r.newNode()
	c, err := r.catalog.Apply(t.Context(), "relay.yaml", []byte(definition), "测试")
	if err != nil {
		t.Fatal(err)
	}
	r.contest = c
	return r
}

// newNode starts another program on the same stores.
func (r *relay) newNode() *node {
	r.t.Helper()
	db := r.store.Open()
	ids, err := sqldb.NewIDs(r.t.Context(), db)
	if err != nil {
		r.t.Fatal(err)
	}
	n := &node{db: db, players: identity.NewPlayers(db, ids, nil, r.clock)}
	n.catalog = catalog.New(db, ids, bank.NewStore(db, r.clock), r.clock)
	if err := n.catalog.Refresh(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
	n.pledges = pledge.New(pledge.Config{DB: db, Catalog: n.catalog, Players: n.players,
		Keys: keyring.Only([]byte("a key")),
		Now:  r.clock, Credit: r.credit})
	r.t.Cleanup(n.pledges.Close)
	return n
}

func (r *relay) credit(
	_ context.Context, _ *catalog.Contest, player sqldb.ID, deed contest.Deed,
) ([]contest.Grant, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.broken {
		return nil, sqldb.ErrAway
	}
	if deed.Kind != contest.DeedPledge || deed.Ref != "1" {
		return nil, fmt.Errorf("a deed %v", deed)
	}
	if r.credited[player]++; r.credited[player] > 1 {
		return nil, nil
	}
	return []contest.Grant{{Kind: contest.GrantPoints, Source: "signed/0/1", Rule: "signed", Amount: 5, At: deed.At}}, nil
}

func (r *relay) clock() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.now
}

// at sets the clock to a moment in China.
func (r *relay) at(text string) {
	moment, err := time.ParseInLocation(time.DateTime, text, time.FixedZone("Asia/Shanghai", 8*60*60))
	if err != nil {
		panic(err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now = moment
}

func (r *relay) pass(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now = r.now.Add(d)
}

func (r *relay) enrol(name string) sqldb.ID {
	r.t.Helper()
	e, err := r.players.Enrol(context.Background(), r.contest.ContestID, 0, name, 0)
	if err != nil {
		r.t.Fatal(err)
	}
	return e.PlayerID
}

// sign lets a new player sign by the link of a signature (nil: none).
func (r *relay) sign(name string, from *pledge.Signed) *pledge.Signed {
	r.t.Helper()
	by := pledge.Signing{PlayerID: r.enrol(name), Name: name}
	if from != nil {
		by.From = r.pledges.Code(r.contest.ContestID, from.Number)
	}
	signed, err := r.pledges.Sign(context.Background(), r.contest, by)
	if err != nil {
		r.t.Fatal(err)
	}
	return signed
}

func (r *relay) count(where string, args ...any) (n int) {
	r.t.Helper()
	if err := r.db.Get(context.Background(), &n, "SELECT COUNT(*) FROM signatures WHERE "+where, args...); err != nil {
		r.t.Fatal(err)
	}
	return n
}

// whole fails the test unless the numbers of the contest run from 1 without a
// gap, as many as were counted, and times rise with them.
func (r *relay) whole() {
	r.t.Helper()
	var rows []pledge.Signature
	if err := r.db.Select(context.Background(), &rows,
		"SELECT number, depth, parent, signed_at FROM signatures ORDER BY number"); err != nil {
		r.t.Fatal(err)
	}
	depths := map[int64]int{}
	for i, row := range rows {
		if row.Number != int64(i+1) {
			r.t.Fatalf("signature %d has the number %d", i+1, row.Number)
		}
		if i > 0 && row.SignedAt < rows[i-1].SignedAt {
			r.t.Errorf("number %d was signed before number %d", row.Number, rows[i-1].Number)
		}
		if depths[row.Number] = depths[row.Parent] + 1; depths[row.Number] != row.Depth {
			r.t.Errorf("number %d is at depth %d, want %d", row.Number, row.Depth, depths[row.Number])
		}
	}
	if n, err := r.pledges.Count(context.Background(), r.contest.ContestID); err != nil || n != int64(len(rows)) {
		r.t.Errorf("%d are counted of %d signatures, %v", n, len(rows), err)
	}
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return errs.From(err).Code
}
