// Package fair is a contest with prizes on real stores, for the tests of the ledger of
// prizes and of its doors: players, chances, a clock that is set, several nodes.
package fair

import (
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/keyring"
	"anquanda/internal/play"
	"anquanda/internal/prize"
	"anquanda/internal/prize/instant"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/unit"
)

// Fair is the contest of Festival, or of what was applied since, on the stores of a
// test. Node is its first program.
type Fair struct {
	*Node
	T       testing.TB
	Contest *catalog.Contest

	store *testkit.Store

	mu     sync.Mutex
	now    time.Time
	random *rand.Rand
}

// Node is one program of the installation.
type Node struct {
	DB      *sqldb.DB
	IDs     *sqldb.IDs
	Catalog *catalog.Catalog
	Players *identity.Players
	Play    *play.Service
	Ledger  *prize.Ledger
	Instant *instant.Service
}

// Each runs a test at a fair of its own on every pair of stores.
func Each(t *testing.T, test func(t *testing.T, f *Fair)) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) { test(t, New(t, s)) })
}

// New opens a fair on stores.
func New(t testing.TB, s *testkit.Store) *Fair {
	t.Helper()
	s.Migrate(sqldb.Migrations(), staff.Migrations(), bank.Migrations(), unit.Migrations(), catalog.Migrations(),
		conduct.Migrations(),
		identity.Migrations(), play.Migrations(), prize.Migrations())
	f := &Fair{T: t, store: s, random: rand.New(rand.NewPCG(1, 2))}
	f.At("2026-06-16 10:00:00")
	asked := question.Question{ID: "q", Kind: question.TrueFalse, Stem: "灭火器要放在锁着的柜子里。",
		Options: question.TrueFalseOptions,
		Right:   []int{1}, Difficulty: 1, Topics: []string{"消防"}, Explanation: "要取用方便", Source: question.Source{Title: "消防法"}}
	if _, _, err := bank.NewStore(s.DB, f.Clock).Import(t.Context(), staff.CommandLine, "safety",
		[]question.Question{asked},
		"测试"); err != nil {
		t.Fatal(err)
	}
	f.Node = f.NewNode()
	f.Apply(Festival)
	return f
}

// NewNode starts another program on the same stores.
func (f *Fair) NewNode() *Node {
	f.T.Helper()
	db := f.store.Open()
	ids, err := sqldb.NewIDs(f.T.Context(), db)
	if err != nil {
		f.T.Fatal(err)
	}
	vault := personal.NewVault(keyring.Only([]byte("the key of what winners tell us.")), keyring.Only([]byte("hashes")))
	n := &Node{DB: db, IDs: ids, Players: identity.NewPlayers(db, ids, vault, f.Clock)}
	n.Catalog = catalog.New(db, ids, bank.NewStore(db, f.Clock), f.Clock)
	if err := n.Catalog.Refresh(f.T.Context()); err != nil {
		f.T.Fatal(err)
	}
	keys := keyring.Only([]byte("the key of every node at the fair")[:32])
	n.Play = play.New(play.Config{DB: db, AtOnce: true, IDs: ids, Catalog: n.Catalog, Players: n.Players, Keys: keys,
		Now: f.Clock})
	n.Ledger = prize.New(prize.Config{DB: db, IDs: ids, Players: n.Players, Keys: keys, Hashes: keys, Now: f.Clock})
	n.Instant = instant.New(instant.Config{DB: db, Catalog: n.Catalog, Players: n.Players, Play: n.Play, Ledger: n.Ledger,
		Now: f.Clock, Random: f.roll})
	f.T.Cleanup(n.Instant.Close)
	f.T.Cleanup(n.Play.Close)
	return n
}

// Apply makes a definition the contest of the fair.
func (f *Fair) Apply(definition string) {
	f.T.Helper()
	c, err := f.Catalog.Apply(f.T.Context(), "festival.yaml", []byte(definition), "测试")
	if err != nil {
		f.T.Fatal(err)
	}
	f.Contest = c
}

func (f *Fair) roll() uint64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.random.Uint64()
}

// Mark lets a player be known by a phone or an address, beside those of before.
func (f *Fair) Mark(player sqldb.ID, kind contest.FieldKind, hash string) {
	f.T.Helper()
	err := f.Exec("INSERT INTO personal_marks (contest_id, player_id, kind, hash, marked_at) VALUES (?, ?, ?, ?, ?)",
		f.Contest.ContestID, player, string(kind), hash, f.Clock().UnixMilli())
	if err != nil {
		f.T.Fatal(err)
	}
}

// Prove proves a player by a phone number.
func (f *Fair) Prove(player sqldb.ID, phone string) identity.Proven {
	f.T.Helper()
	done, err := f.Players.Prove(f.T.Context(), f.Contest.Definition, f.Contest.ContestID, player,
		identity.Proof{Kind: contest.ProofPhone, Subjects: []string{phone}, Value: phone, At: f.Clock().UnixMilli()})
	if err != nil {
		f.T.Fatal(err)
	}
	return done
}

// Pass lets time pass.
func (f *Fair) Pass(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = f.now.Add(d)
}

// Clock is the time at the fair.
func (f *Fair) Clock() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// At sets the clock to a moment in China.
func (f *Fair) At(text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = time.UnixMilli(MS(text))
}

// Player lets somebody take part; the code of the unit may be empty.
func (f *Fair) Player(unitCode string) sqldb.ID {
	f.T.Helper()
	var unitID sqldb.ID
	if unitCode != "" {
		if err := f.DB.Get(f.T.Context(), &unitID, "SELECT id FROM units WHERE contest_id = ? AND code = ?",
			f.Contest.ContestID, unitCode); err != nil {
			f.T.Fatal(err)
		}
	}
	e, err := f.Players.Enrol(f.T.Context(), f.Contest.ContestID, 0, "安全员", unitID)
	if err != nil {
		f.T.Fatal(err)
	}
	return e.PlayerID
}

// Chances gives a player chances to draw, as play does.
func (f *Fair) Chances(player sqldb.ID, count int) (ids []sqldb.ID) {
	f.T.Helper()
	return f.Grant(player, contest.GrantChance, 1, count)
}

// GrantRow is one row of grants, for tests that give without the code that answers
// go through.
type GrantRow struct {
	ID        sqldb.ID          `db:"id"`
	ContestID sqldb.ID          `db:"contest_id"`
	PlayerID  sqldb.ID          `db:"player_id"`
	Kind      contest.GrantKind `db:"kind"`
	Source    string            `db:"source"`
	RuleKey   string            `db:"rule_key"`
	Amount    int               `db:"amount"`
	GrantedAt int64             `db:"granted_at"` // UTC ms
}

// Grant gives a player so many grants of an amount each.
func (f *Fair) Grant(player sqldb.ID, kind contest.GrantKind, amount, count int) (ids []sqldb.ID) {
	f.T.Helper()
	err := f.DB.InTx(f.T.Context(), func(tx *sqldb.Tx) error {
		ids = nil
		var rows []GrantRow
		for range count {
			id := f.IDs.Next()
			ids = append(ids, id)
			rows = append(rows, GrantRow{
				ID: id, ContestID: f.Contest.ContestID, PlayerID: player, Kind: kind,
				Source: "test/" + id.String(), RuleKey: "test", Amount: amount, GrantedAt: f.Clock().UnixMilli(),
			})
		}
		return sqldb.Insert(f.T.Context(), tx, "INSERT INTO grants", rows)
	})
	if err != nil {
		f.T.Fatal(err)
	}
	return ids
}

// DrawFrom draws on the first node and must not fail.
func (f *Fair) DrawFrom(player sqldb.ID, pool string) *instant.Draw {
	f.T.Helper()
	draw, err := f.Instant.Draw(f.T.Context(), f.Contest, player, pool, f.Chances(player, 1)[0])
	if err != nil {
		f.T.Fatalf("draw from %s: %v", pool, err)
	}
	return draw
}

// Count is the number that a query reads.
func (f *Fair) Count(query string, args ...any) (n int) {
	f.T.Helper()
	if err := f.DB.Get(f.T.Context(), &n, query, args...); err != nil {
		f.T.Fatal(err)
	}
	return n
}

// Exec goes round the code.
func (f *Fair) Exec(query string, args ...any) error {
	return f.DB.InTx(f.T.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(f.T.Context(), query, args...)
		return err
	})
}

// Disqualify disqualifies a player, by two persons, and returns what takes it back.
func (f *Fair) Disqualify(player sqldb.ID) (undo func()) {
	f.T.Helper()
	ctx, cases := f.T.Context(), conduct.New(f.DB, f.IDs, f.Clock)
	must := func(err error) {
		f.T.Helper()
		if err != nil {
			f.T.Fatal(err)
		}
	}
	c, err := cases.Open(ctx, Sun, f.Contest.ContestID, player, conduct.ByHand, "有人反映")
	must(err)
	must(cases.Propose(ctx, Sun, c.ID, "用程序答题"))
	must(cases.Agree(ctx, Wu, c.ID))
	return func() {
		f.T.Helper()
		must(cases.Undo(ctx, Sun, c.ID, "查明是误会"))
		must(cases.AgreeUndo(ctx, Wu, c.ID))
	}
}

// Rehearsed is the contest as the catalog gives the rehearsal of another.
func Rehearsed(c *catalog.Contest) *catalog.Contest {
	copied := *c
	copied.RehearsalOf = c.ContestID + 1
	return &copied
}

// ApplyGuarded applies a definition as catalog does with the guard.
func (f *Fair) ApplyGuarded(definition string) error {
	c, err := f.Catalog.Apply(f.T.Context(), "festival.yaml", []byte(definition), "改库存")
	if err == nil {
		f.Contest = c
	}
	return err
}

// DrawAtOnce draws once for each of the chances, over the nodes in turn, all at
// the same time. Refusals that change nothing are asked again, as the page does.
func (f *Fair) DrawAtOnce(pool string, owners map[sqldb.ID]sqldb.ID, nodes ...*Node) map[sqldb.ID]*instant.Draw {
	f.T.Helper()
	var all sync.WaitGroup
	var mu sync.Mutex
	draws := map[sqldb.ID]*instant.Draw{}
	i := 0
	for chance, owner := range owners {
		n := nodes[i%len(nodes)]
		i++
		all.Go(func() {
			for try := 1; ; try++ {
				draw, err := n.Instant.Draw(f.T.Context(), f.Contest, owner, pool, chance)
				if errors.Is(err, sqldb.ErrAway) && try < 50 {
					continue
				}
				if err != nil {
					f.T.Errorf("draw %d: %v", chance, err)
					return
				}
				mu.Lock()
				draws[chance] = draw
				mu.Unlock()
				return
			}
		})
	}
	all.Wait()
	return draws
}

// Crowd is so many players with a chance each, by chance.
func (f *Fair) Crowd(size int, unitCode string) map[sqldb.ID]sqldb.ID {
	f.T.Helper()
	owners := map[sqldb.ID]sqldb.ID{}
	for range size {
		player := f.Player(unitCode)
		owners[f.Chances(player, 1)[0]] = player
	}
	return owners
}
