package app_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"anquanda/internal/app"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/play"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

var tableWithContest = regexp.MustCompile(`(?s)CREATE TABLE (\w+) \(\n  [^;]*?contest_id`)

// tablesOfContests are all tables that say of which contest their rows are.
func tablesOfContests(t *testing.T) (tables []string) {
	t.Helper()
	migrations, err := app.Migrations()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range migrations {
		for _, statement := range strings.SplitAfter(m.SQL, ";") {
			if match := tableWithContest.FindStringSubmatch(statement); match != nil {
				tables = append(tables, match[1])
			}
		}
	}
	if len(tables) < 20 {
		t.Fatalf("only %d tables of contests: %v", len(tables), tables)
	}
	return tables
}

// A rehearsal is played beside the real contest and wiped: nothing of it is left,
// and nothing of the real one is touched.
func TestARehearsalLeavesNothingBehindAndTouchesNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		folder := s.DataFolder
		if folder == "" {
			folder = t.TempDir() // of the key
		}
		a, err := app.New(t.Context(), app.Config{Data: folder, MySQL: s.MySQLDSN, Redis: s.RedisAddr(), AtOnce: true})
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		real, err := a.Catalog.Current("workmonth")
		if err != nil {
			t.Fatal(err)
		}
		playOnce(t, a, real)
		before := rowsOf(t, a.DB, real.ContestID)

		rehearsal, err := a.Catalog.Rehearse(t.Context(), staff.CommandLine, "workmonth")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Catalog.Rehearse(t.Context(), staff.CommandLine, "workmonth"); err != catalog.ErrRehearsing {
			t.Errorf("a second rehearsal: %v", err)
		}
		if current, err := a.Catalog.Current(catalog.CurrentSlug); err != nil || current.ContestID != real.ContestID {
			t.Errorf("the current contest is %+v, %v", current.Slug, err)
		}
		playOnce(t, a, rehearsal)
		late, err := a.Players.Enrol(t.Context(), rehearsal.ContestID, 0, "来晚了", 0)
		if err != nil {
			t.Fatal(err)
		}
		step, err := a.Play.Start(t.Context(), rehearsal, late.PlayerID, rehearsal.Levels[0].Key, play.With{})
		if err != nil {
			t.Fatal(err)
		}
		if played := rowsOf(t, a.DB, rehearsal.ContestID); played["attempts"] != 2 || played["standings"] == 0 ||
			played["units"] != before["units"] {
			t.Errorf("the rehearsal has %v", played)
		}
		if after := rowsOf(t, a.DB, real.ContestID); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("playing the rehearsal changed the real contest from %v to %v", before, after)
		}
		if err := a.EndRehearsal(t.Context(), staff.CommandLine, "workmonth"); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Play.Respond(t.Context(), late.PlayerID, step.Ticket,
			play.Response{Question: step.Question.ID}); err == nil {
			t.Error("an answer is taken after the end of its rehearsal")
		}
		var orphans int
		if err := a.DB.Get(t.Context(), &orphans,
			"SELECT COUNT(*) FROM responses WHERE attempt_id NOT IN (SELECT id FROM attempts)"); err != nil || orphans > 0 {
			t.Errorf("%d responses of no attempt are left, %v", orphans, err)
		}
		for table, rows := range rowsOf(t, a.DB, rehearsal.ContestID) {
			t.Errorf("%d rows of the rehearsal are left in %s", rows, table)
		}
		if after := rowsOf(t, a.DB, real.ContestID); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("ending the rehearsal changed the real contest from %v to %v", before, after)
		}
		if _, err := a.Catalog.Current(rehearsal.Slug); err != catalog.ErrUnknown {
			t.Errorf("the rehearsal that ended is still there: %v", err)
		}
		if keys, err := a.Redis.Keys(t.Context(), redisdb.Keys(rehearsal.ContestID).Prefix()+"*").Result(); err != nil ||
			len(keys) > 0 {
			t.Errorf("in Redis are left %v, %v", keys, err)
		}
	})
}

func playOnce(t *testing.T, a *app.App, c *catalog.Contest) {
	t.Helper()
	e, err := a.Players.Enrol(t.Context(), c.ContestID, 0, "小明", 0)
	if err != nil {
		t.Fatal(err)
	}
	step, err := a.Play.Start(t.Context(), c, e.PlayerID, c.Levels[0].Key, play.With{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Play.Respond(t.Context(), e.PlayerID, step.Ticket,
		play.Response{Question: step.Question.ID}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Play.Finish(t.Context(), e.PlayerID, step.Ticket); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Play.Do(t.Context(), c, e.PlayerID, contest.Deed{Kind: contest.DeedCheckin, Ref: "1",
		At: c.Window.Opens.MS}); err != nil {
		t.Fatal(err)
	}
}

// rowsOf counts the rows of a contest in every table that has some.
func rowsOf(t *testing.T, db *sqldb.DB, contestID sqldb.ID) map[string]int {
	t.Helper()
	rows := map[string]int{}
	for _, table := range tablesOfContests(t) {
		var n int
		if err := db.Get(t.Context(), &n, "SELECT COUNT(*) FROM "+table+" WHERE contest_id = ?", contestID); err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			rows[table] = n
		}
	}
	return rows
}
