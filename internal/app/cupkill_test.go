package app_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// duel is two villages that meet; who wins is on a list that gives points.
const duel = `contest: duel
title: 两村对抗
organizer: 社区
bank: safety
window: {opens: 2020-01-01, closes: 2040-01-01}
periods: [{title: 对抗周, opens: 2020-01-02 00:00, closes: %q}]
players: {unit: {ask: required}}
units: [{code: a, name: 甲村}, {code: b, name: 乙村}]
boards: [{key: rounds, title: 每期村榜, subject: unit, measure: players, period: own}]
pairings: [{key: duel, title: 对阵, board: rounds, round: 1, pairs: [{first: a, second: b}]}]
lists: [{key: "on", title: 晋级名单, pairing: duel}]
earnings: [{key: "on", for: list, list: "on", give: {points: 7}}]
levels: [{key: heat, title: 初赛, time: {least: 0s}, questions: [{count: 1, kinds: [single]}], pass: 1, attempts: {max: 9}}]
`

// The programs, two where the stores serve two, die between the decision and its list, and
// once more when the list is made: there is one result, one list, and everybody is given once.
func TestKillingTheProgramsBetweenADecisionAndItsListDecidesAndGivesOnce(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		folder := t.TempDir()
		meetThroughKills(t, 1, openSQLite(t, folder), "SELECT RAISE(ABORT, 'dies');", "--data", folder)
	})
	t.Run("MariaDB", func(t *testing.T) {
		mariadb, redis := testkit.StartMariaDB(t, testkit.MariaDBOptions{}), testkit.StartRedis(t, testkit.RedisOptions{})
		meetThroughKills(t, 2, openMySQL(t, mariadb.DSN("duel")), "SIGNAL SQLSTATE '45000';",
			"--data", t.TempDir(), "--mysql", mariadb.DSN("duel"), "--redis", redis.Addr)
	})
}

func meetThroughKills(t *testing.T, programs int, db *sqldb.DB, dies string, stores ...string) {
	bank, err := app.ShippedQuestions()
	if err != nil {
		t.Fatal(err)
	}
	closing := func(at time.Time) {
		t.Helper()
		file := filepath.Join(t.TempDir(), "duel.yaml")
		text := fmt.Appendf(nil, duel, at.In(time.FixedZone("", 8*3600)).Format("2006-01-02 15:04"))
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		apply := append(append([]string{"contest", "apply", "--reason", "测试"}, stores...), file)
		out, err := exec.Command(testkit.Binary(t), apply...).CombinedOutput()
		if err != nil {
			t.Fatalf("contest apply: %v\n%s", err, out)
		}
	}
	count := func(rows string) (n int) {
		t.Helper()
		if err := db.Get(t.Context(), &n, "SELECT COUNT(*) FROM "+rows); err != nil {
			t.Fatal(err)
		}
		return n
	}
	change := func(statement string) {
		t.Helper()
		err := db.InTx(t.Context(), func(tx *sqldb.Tx) error { _, err := tx.Exec(t.Context(), statement); return err })
		if err != nil {
			t.Fatal(err)
		}
	}
	await := func(rows string, want int) {
		t.Helper()
		for end := time.Now().Add(testkit.Patience); count(rows) < want; time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("there are %d of %s, want %d", count(rows), rows, want)
			}
		}
	}
	closing(time.Date(2039, 1, 1, 0, 0, 0, 0, time.UTC))
	running := make([]*testkit.Program, programs)
	for i := range running {
		running[i] = testkit.StartProgram(t, stores...)
	}
	const first, second = 40, 3
	for i := range first + second {
		var home string
		code := map[bool]string{true: "a", false: "b"}[i < first]
		if err := db.Get(t.Context(), &home, `SELECT u.id FROM units u JOIN contests c ON c.id = u.contest_id
				WHERE c.slug = 'duel' AND u.code = ?`, code); err != nil {
			t.Fatal(err)
		}
		p := testkit.NewPlayer(running[i%programs].Base, "duel", bank)
		err := patiently(func() error { return p.Enrol("村民", home) })
		if err == nil {
			_, err = p.Play("heat", 1)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	die := func() {
		for _, p := range running {
			p.Kill()
		}
	}
	begin := func() {
		for _, p := range running {
			p.Restart()
		}
	}
	await("pairings", 1)
	die()
	closing(time.Now().Add(-2 * time.Minute))
	change("CREATE TRIGGER dies BEFORE INSERT ON shortlists FOR EACH ROW BEGIN " + dies + " END")
	begin()
	await("pairings WHERE decided_at > 0", 1)
	die()
	if n := count("shortlists") + count("shortlisted"); n > 0 {
		t.Errorf("%d rows of the list are made", n)
	}
	change("DROP TRIGGER dies")
	begin()
	await("grants WHERE rule_key = 'on'", 1) // of forty
	die()
	begin()
	await("grants WHERE rule_key = 'on'", first)
	await("shortlists WHERE giving_until = 0", 1)
	for _, p := range running {
		p.Stop() // what it does, it ends
	}
	for rows, want := range map[string]int{"pairings": 1, "unit_pairs": 1, "shortlists": 1, "shortlisted": first,
		"unit_pairs WHERE winner_id = first_id AND first_points = 40 AND second_points = 3": 1,
		"shortlisted WHERE owed = 0": first, "deeds WHERE kind = 'list'": first, "grants WHERE rule_key = 'on'": first} {
		if n := count(rows); n != want {
			t.Errorf("there are %d of %s, want %d", n, rows, want)
		}
	}
}
