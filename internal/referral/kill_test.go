package referral_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/play"
	"anquanda/internal/referral"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// A crash between the reward and the commit is a hook that fails after it.
func TestARewardIsNeitherLostNorGivenTwiceWhereTheTransactionFails(t *testing.T) {
	for _, counts := range []string{"joined", "finished"} {
		t.Run(counts, func(t *testing.T) {
			var broken atomic.Bool
			failing := func(c *play.Config) {
				c.Hooks = append(c.Hooks, func(context.Context, *play.Work, []*play.Change) error {
					if broken.Load() {
						return errors.New("the power went")
					}
					return nil
				})
			}
			testkit.Each(t, func(t *testing.T, s *testkit.Store) {
				broken.Store(false)
				a := arena.New(t, s, failing)
				a.Apply(strings.Replace(sharing, "per_day: 3", "per_day: 3, counts: "+counts, 1))
				anna, ben := a.Enrol("安娜", ""), a.Enrol("小本", "")
				step := a.Start(ben, "first")
				broken.Store(true)
				_, err := a.Referrals.Arrive(t.Context(), a.Contest, ben, referral.Coming{Referral: code(a, anna)})
				if (err == nil) != (counts == "finished") {
					t.Errorf("arriving: %v", err)
				}
				if _, err := a.Play.Finish(t.Context(), ben, step.Ticket); err == nil {
					t.Error("the attempt finished")
				}
				wantPoints(t, a, anna, 0)
				if n := a.Count("arrivals", "state = 'waiting'"); n != 1 {
					t.Errorf("%d wait, want 1", n)
				}
				broken.Store(false)
				for range 2 { // the page tells again, and the player ends the attempt again
					if _, err := a.Referrals.Arrive(t.Context(), a.Contest, ben,
						referral.Coming{Referral: code(a, anna)}); err != nil {
						t.Error(err)
					}
					if _, err := a.Play.Finish(t.Context(), ben, step.Ticket); err != nil {
						t.Error(err)
					}
				}
				wantPoints(t, a, anna, 10)
			})
		})
	}
}

const killed = `contest: killed
title: 邀请
organizer: 县应急管理局
bank: safety
window: {opens: 2026-01-01, closes: 2030-01-01}
share: {per_day: 1000}
earnings: [{key: invited, for: invite, give: {points: 10, chances: 1}}]
levels: [{key: only, title: 第一关, time: {least: 0s}, questions: [{count: 2, kinds: [single]}], pass: 1}]
`

// The program is killed with -9 while invitees finish. Each of them counts once.
func TestKillingTheProgramGrantsEachInvitationOnce(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		folder := t.TempDir()
		playThroughKills(t, func() (*sqldb.DB, error) { return sqldb.OpenSQLite(t.Context(), folder) }, "--data", folder)
	})
	t.Run("MariaDB", func(t *testing.T) {
		stores := testkit.Servers(t)
		playThroughKills(t, func() (*sqldb.DB, error) { return sqldb.OpenMySQL(t.Context(), stores.MySQLDSN) },
			"--data", t.TempDir(), "--mysql", stores.MySQLDSN)
	})
}

func playThroughKills(t *testing.T, open func() (*sqldb.DB, error), stores ...string) {
	file := filepath.Join(t.TempDir(), "killed.yaml")
	if err := os.WriteFile(file, []byte(killed), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(testkit.Binary(t), append([]string{"contest", "apply", file},
		stores...)...).CombinedOutput(); err != nil {
		t.Fatalf("contest apply: %v\n%s", err, out)
	}
	questions, err := app.ShippedQuestions()
	if err != nil {
		t.Fatal(err)
	}
	program := testkit.StartProgram(t, stores...)
	phone := func() *testkit.Player { return testkit.NewPlayer(program.Base, "killed", questions) }
	anna := phone()
	var mine struct{ Path string }
	if err := errors.Join(anna.Enrol("安娜", ""), anna.Call(http.MethodGet, anna.InContest("/invitations"), nil,
		&mine)); err != nil {
		t.Fatal(err)
	}
	_, invitation, _ := strings.Cut(mine.Path, "?r=")
	const friends = 40
	var finished atomic.Int64
	var running sync.WaitGroup
	for i := range friends {
		running.Go(func() {
			p := phone()
			insist(t, func() error { return p.Enrol(fmt.Sprintf("朋友%d", i), "") })
			insist(t, func() error {
				return p.Call(http.MethodPost, p.InContest("/visits"), map[string]string{"referral": invitation}, nil)
			})
			time.Sleep(time.Duration(i) * 20 * time.Millisecond)
			insist(t, func() error { _, err := p.Play("only", 2); return err })
			finished.Add(1)
		})
	}
	for _, n := range []int64{8, 24} {
		for end := time.Now().Add(testkit.Patience); finished.Load() < n && time.Now().Before(end); {
			time.Sleep(time.Millisecond)
		}
		program.Restart() // kill -9 and start again
	}
	running.Wait()
	program.Kill()
	db, err := open()
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for what, query := range map[string]string{
		"counted": "SELECT COUNT(*) FROM arrivals WHERE state = 'counted'",
		"deeds":   "SELECT COUNT(*) FROM deeds WHERE kind = 'invite'",
		"points":  "SELECT COUNT(*) FROM grants WHERE kind = 'points' AND amount = 10",
		"chances": "SELECT COUNT(*) FROM grants WHERE kind = 'chance'",
	} {
		var n int
		if err := db.Get(t.Context(), &n, query); err != nil || n != friends {
			t.Errorf("%s: %d, %v; want %d", what, n, err, friends)
		}
	}
}

// insist does something until it succeeds: the program may just be down.
func insist(t *testing.T, do func() error) {
	for end := time.Now().Add(testkit.Patience); ; time.Sleep(20 * time.Millisecond) {
		err := do()
		if err == nil {
			return
		}
		if time.Now().After(end) {
			t.Error(err)
			return
		}
	}
}
