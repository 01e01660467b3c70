package instant_test

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// rush gives everybody five chances for signing, and its prizes go to the first
// who draw: goods, codes that run out, and points.
const rush = `contest: rush
title: 开抢
organizer: 县应急管理局
accept: [{finding: unproven-prizes, by: 测试, why: 这里试别的}]
bank: safety
window: {opens: 2020-01-01, closes: 2040-01-01}
levels: [{key: first, title: 第一关, questions: [{count: 1}], pass: 1}]
pledge: {title: 倡议, lines: [遵守安全规章]}
earnings: [{key: signed, for: pledge, give: {points: 1, chances: 5}, max: 1, per: contest}]
prizes:
  - {key: mower, title: 割草机, kind: goods, stock: 90}
  - {key: coins, title: 20 积分, kind: points, value: 20, stock: 100000}
  - {key: thanks, title: 谢谢参与, kind: thanks}
pools: [{key: wheel, title: 转盘, prizes: [{prize: mower, odds: 400000}, {prize: coins, odds: 400000},
  {prize: thanks, odds: 200000}]}]
`

// The program is killed three times while people draw. Each chance is used once,
// what was told stands, units awarded are units gone, and points that were won
// are credited once, by the sweep where a kill came between.
func TestKillingTheProgramWhilePeopleDrawLosesNothing(t *testing.T) {
	for name, stores := range map[string]func(t *testing.T) (arguments []string, open func() (*sqldb.DB, error)){
		"SQLite": func(t *testing.T) ([]string, func() (*sqldb.DB, error)) {
			folder := t.TempDir()
			return []string{"--data", folder}, func() (*sqldb.DB, error) { return sqldb.OpenSQLite(t.Context(), folder) }
		},
		"MariaDB": func(t *testing.T) ([]string, func() (*sqldb.DB, error)) {
			dsn := testkit.StartMariaDB(t, testkit.MariaDBOptions{}).DSN("rush")
			return []string{"--data", t.TempDir(), "--mysql", dsn}, func() (*sqldb.DB, error) {
				return sqldb.OpenMySQL(t.Context(), dsn)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			arguments, open := stores(t)
			applyRush(t, arguments)
			serving := testkit.StartProgram(t, arguments...)
			crowd := gather(serving.Base, 12)
			for range 3 {
				crowd.await(t, 100)
				serving.Restart() // kill -9 and start again
			}
			crowd.await(t, 100)
			crowd.stopped.Store(true)
			crowd.walking.Wait()
			db, err := open()
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			crowd.check(t, db)
		})
	}
}

func applyRush(t *testing.T, stores []string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "rush.yaml")
	if err := os.WriteFile(file, []byte(rush), 0o600); err != nil {
		t.Fatal(err)
	}
	arguments := append(append([]string{"contest", "apply"}, stores...), file)
	if out, err := exec.Command(testkit.Binary(t), arguments...).CombinedOutput(); err != nil {
		t.Fatalf("contest apply: %v\n%s", err, out)
	}
}

// rushing is people who come, draw all their chances and go, at some phones; they
// keep asking while the program is away.
type rushing struct {
	base    string
	stopped atomic.Bool
	walking sync.WaitGroup
	drawn   atomic.Int64

	mu    sync.Mutex
	told  map[string]string // award by chance, empty for none
	wrong []string
}

func gather(base string, phones int) *rushing {
	r := &rushing{base: base, told: map[string]string{}}
	for range phones {
		r.walking.Go(func() {
			for !r.stopped.Load() {
				r.one()
			}
		})
	}
	return r
}

func (r *rushing) one() {
	p := testkit.NewPlayer(r.base, "rush", nil)
	var page struct {
		Me struct{ Chances []string }
	}
	for _, step := range []func() error{
		func() error { return p.Enrol("路人", "") },
		func() error {
			return p.Call(http.MethodPost, p.InContest("/pledge"), map[string]string{"name": "路人"}, nil)
		},
		func() error {
			if err := p.Call(http.MethodGet, p.InContest("/draws"), nil, &page); err != nil || len(page.Me.Chances) == 5 {
				return err
			}
			// The kill came between signing and its chances: signing again heals it.
			p.Call(http.MethodPost, p.InContest("/pledge"), map[string]string{"name": "路人"}, nil)
			return errors.New("no chances yet")
		},
	} {
		if !r.patiently(step) {
			return
		}
	}
	for _, chance := range page.Me.Chances {
		r.draw(p, chance)
	}
}

// draw draws until there is a reply, and sometimes asks again to hear the same.
func (r *rushing) draw(p *testkit.Player, chance string) {
	var reply struct {
		Draw struct{ Chance, Award string }
	}
	ask := func() error {
		return p.Call(http.MethodPost, p.InContest("/pools/wheel/draws"), map[string]string{"chance": chance}, &reply)
	}
	if !r.patiently(ask) {
		return
	}
	first := reply.Draw.Award
	if chance[len(chance)-1]%3 == 0 && r.patiently(ask) && reply.Draw.Award != first {
		r.complain("a draw asked again came to another award")
	}
	r.mu.Lock()
	r.told[chance] = first
	r.mu.Unlock()
	r.drawn.Add(1)
}

func (r *rushing) complain(text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.wrong = append(r.wrong, text)
}

// patiently tries until it succeeds; false when the crowd goes home, or the
// server refuses what it may not refuse.
func (r *rushing) patiently(try func() error) bool {
	for !r.stopped.Load() {
		err := try()
		if err == nil {
			return true
		}
		var problem *testkit.Problem
		if errors.As(err, &problem) && problem.Status < 500 {
			r.complain(problem.Error())
			return false
		}
		time.Sleep(20 * time.Millisecond)
	}
	return false
}

// await waits until count more draws were told.
func (r *rushing) await(t *testing.T, count int64) {
	t.Helper()
	deadline := time.Now().Add(testkit.Patience)
	for want := r.drawn.Load() + count; r.drawn.Load() < want; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("only %d draws, want %d", r.drawn.Load(), want)
		}
	}
}

// check holds what was told, and every rule, against the store.
func (r *rushing) check(t *testing.T, db *sqldb.DB) {
	t.Helper()
	for _, wrong := range slices.Compact(r.wrong) {
		t.Error(wrong)
	}
	var rows []struct {
		Chance sqldb.ID  `db:"chance_id"`
		Award  *sqldb.ID `db:"award_id"`
	}
	if err := db.Select(t.Context(), &rows, "SELECT chance_id, award_id FROM draws"); err != nil {
		t.Fatal(err)
	}
	stored := map[string]string{}
	for _, row := range rows {
		stored[row.Chance.String()] = ""
		if row.Award != nil {
			stored[row.Chance.String()] = row.Award.String()
		}
	}
	for chance, award := range r.told {
		if kept, ok := stored[chance]; !ok || kept != award {
			t.Errorf("chance %s was told award %q, and the store has %q (%t)", chance, award, kept, ok)
		}
	}
	none := func(what, query string) {
		t.Helper()
		var n int
		if err := db.Get(t.Context(), &n, query); err != nil || n != 0 {
			t.Errorf("%d %s, %v", n, what, err)
		}
	}
	none("awards without their draw",
		`SELECT COUNT(*) FROM awards a LEFT JOIN draws d ON d.award_id = a.id AND d.chance_id = a.chance_id
			WHERE d.chance_id IS NULL`)
	none("draws that won without an award",
		`SELECT COUNT(*) FROM draws d LEFT JOIN awards a ON a.id = d.award_id AND a.prize_key = d.prize_key
		WHERE d.prize_key <> 'thanks' AND a.id IS NULL`)
	none("draws without a chance",
		`SELECT COUNT(*) FROM draws d
			LEFT JOIN grants g ON g.id = d.chance_id AND g.kind = 'chance' AND g.player_id = d.player_id WHERE g.id IS NULL`)
	none("units of mowers missing below the highest",
		`SELECT MAX(unit_no) - COUNT(*) FROM awards WHERE prize_key = 'mower'`)
	none("awards of points credited without points",
		`SELECT COUNT(*) FROM awards a LEFT JOIN deeds d ON d.kind = 'prize' AND d.player_id = a.player_id
		AND d.ref = CAST(a.id AS CHAR) WHERE a.status = 'credited' AND d.ref IS NULL`)
	none("points credited twice or for nothing",
		`SELECT COUNT(*) FROM grants g LEFT JOIN awards a ON SUBSTR(g.source, 7) = CAST(a.id AS CHAR)
			WHERE g.rule_key = 'coins' AND (a.id IS NULL OR g.amount <> 20)`)
	var mowers int
	if err := db.Get(t.Context(), &mowers, "SELECT COUNT(*) FROM awards WHERE prize_key = 'mower'"); err != nil ||
		mowers != 90 {
		t.Errorf("%d mowers are out of 90, %v; too few drew to see the end of the stock", mowers, err)
	}
}
