package app

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"anquanda/internal/catalog"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// traces are what tells who a player was, by the condition on which there is one.
var traces = map[string]string{
	"enrolments":        "nickname NOT IN ('', '已退出')",
	"personal":          "1 = 1",
	"question_reports":  "note <> ''",
	"certificates":      "name <> '' OR unit_name <> '' OR sealed_name <> ''",
	"signatures":        "name <> ''",
	"appeals":           "body <> ''",
	"arrivals":          "device <> '' OR network <> ''",
	"unit_name_players": "1 = 1",
	"sms_consents":      "1 = 1",
}

// tracesOf lists the tables that tell who a player was, in order.
func tracesOf(t *testing.T, a *App, contestID, player sqldb.ID) (tables []string) {
	t.Helper()
	for table, where := range traces {
		var rows int
		query := "SELECT COUNT(*) FROM " + table + " WHERE contest_id = ? AND player_id = ? AND (" + where + ")"
		if err := a.DB.Get(t.Context(), &rows, query, contestID, player); err != nil {
			t.Fatal(err)
		}
		if rows > 0 {
			tables = append(tables, table)
		}
	}
	slices.Sort(tables)
	return tables
}

// marksOf counts by how many phones and addresses wins of a contest are counted.
func marksOf(t *testing.T, a *App, contestID sqldb.ID) (marks int) {
	t.Helper()
	err := a.DB.Get(t.Context(), &marks,
		"SELECT COUNT(*) FROM win_marks WHERE contest_id = ? AND mark_kind IN ('phone', 'address')", contestID)
	if err != nil {
		t.Fatal(err)
	}
	return marks
}

// everywhere lets a player leave a trace with every package, and win.
func everywhere(t *testing.T, a *App, c *catalog.Contest, phone string) sqldb.ID {
	t.Helper()
	player := registered(t, a, c, phone)
	if draws(t, a, c, player, 1).AwardID == nil {
		t.Fatal("nothing is won")
	}
	if _, err := a.Units.Type(t.Context(), c.ContestID, player, "北二村"); err != nil {
		t.Fatal(err)
	}
	err := a.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
		for _, statement := range []string{
			`INSERT INTO question_reports (id, contest_id, player_id, bank, question_id, reason, note, created_at, closed_at)
				VALUES (?, ?, ?, 'safety', 'q1', 'answer', '我是李安全', 1, 0)`,
			`INSERT INTO sms_consents (agreed_at, contest_id, player_id, version) VALUES (?, ?, ?, 'v')`,
			`INSERT INTO appeals (decision_id, contest_id, player_id, body, made_at) VALUES (?, ?, ?, '我是李安全', 1)`,
			`INSERT INTO signatures (number, contest_id, player_id, name, masked, parent, depth, signed_at, credited)
				VALUES (?, ?, ?, '李安全', 0, 0, 1, 1, 1)`,
			`INSERT INTO certificates (number, contest_id, player_id, cert_key, contest_title, organizer, title, body, name,
				unit_name, earned_at, sealed_name) VALUES (?, ?, ?, 'k', '', '', '', '', '李安全', '', 1, 'sealed')`,
			`INSERT INTO arrivals (ordinal, contest_id, player_id, channel, inviter_id, state, reason, device, network, arrived_at, reached_at,
				changed_at, counted_day, tried_at, passed_at) VALUES (?, ?, ?, '', 0, '', '', 'd', 'n', 1, 0, 0, 0, 0, 0)`,
		} {
			if _, err := tx.Exec(t.Context(), statement, player, c.ContestID, player); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if left := tracesOf(t, a, c.ContestID, player); len(left) != len(traces) {
		t.Fatalf("the player left traces in %v only", left)
	}
	return player
}

func TestWhoLeavesIsForgottenEverywhereAndCannotWinAnew(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a, c, _ := familyApp(t, s)
		player := everywhere(t, a, c, "13800138000")
		elsewhere, err := a.Leave(t.Context(), c.ContestID, player)
		if err != nil || elsewhere {
			t.Errorf("leaving the only contest: %v, %v", elsewhere, err)
		}
		if left := tracesOf(t, a, c.ContestID, player); len(left) > 0 {
			t.Errorf("traces are left in %v", left)
		}
		if draw := draws(t, a, c, registered(t, a, c, "13800138000"), 1); draw.AwardID != nil {
			t.Error("who left comes back with the same phone and wins again")
		}
		if _, err := a.Leave(t.Context(), c.ContestID, 4711); !errors.Is(err, identity.ErrNotEnrolled) {
			t.Errorf("somebody unknown leaves: %v", err)
		}
	})
}

func TestAFailureInTheMiddleOfLeavingLeavesThePersonWhole(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a, c, _ := familyApp(t, s)
		player := everywhere(t, a, c, "13800138000")
		rename := func(from, to string) {
			t.Helper()
			err := a.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
				_, err := tx.Exec(t.Context(), "ALTER TABLE "+from+" RENAME TO "+to)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		rename("personal", "personal_away") // what is forgotten last
		if _, err := a.Leave(t.Context(), c.ContestID, player); err == nil {
			t.Error("nothing failed")
		}
		rename("personal_away", "personal")
		if left := tracesOf(t, a, c.ContestID, player); len(left) != len(traces) {
			t.Errorf("after the failure only %v are left", left)
		}
	})
}

func TestTheProgramDeletesPersonalDataWhenItsRetentionIsOver(t *testing.T) {
	for name, of := range map[string]struct {
		definition  string
		before, end string
	}{
		"30 days": {familyContest, "2026-07-30T23:59:59+08:00", "2026-07-31T00:00:00+08:00"},
		"none is set": {strings.Replace(familyContest, "retention: 30d\n", "", 1), "2026-12-27T23:59:59+08:00",
			"2026-12-28T00:00:00+08:00"},
	} {
		t.Run(name, func(t *testing.T) {
			testkit.Each(t, func(t *testing.T, s *testkit.Store) {
				a, _, clock := familyApp(t, s)
				c, err := a.Catalog.Apply(t.Context(), "family.yaml", []byte(of.definition), "test")
				if err != nil {
					t.Fatal(err)
				}
				player := everywhere(t, a, c, "13800138000")
				clock.set(of.before)
				if err := a.expire(t.Context()); err != nil || len(tracesOf(t, a, c.ContestID, player)) != len(traces) ||
					marksOf(t, a, c.ContestID) != 1 {
					t.Errorf("a moment before, %v, left are %v and %d marks", err, tracesOf(t, a, c.ContestID, player),
						marksOf(t, a, c.ContestID))
				}
				clock.set(of.end)
				if err := a.expire(t.Context()); err != nil {
					t.Fatal(err)
				}
				if left := tracesOf(t, a, c.ContestID, player); len(left) > 0 {
					t.Errorf("traces are left in %v", left)
				}
				if n := marksOf(t, a, c.ContestID); n != 0 {
					t.Errorf("%d marks of phones are left", n)
				}
			})
		})
	}
}

func TestEveryTableWithAPlayerHasAKeeper(t *testing.T) {
	s := testkit.Embedded(t)
	migrations, err := Migrations()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.DB.Migrate(t.Context(), migrations); err != nil {
		t.Fatal(err)
	}
	var tables []string
	err = s.DB.Select(t.Context(), &tables,
		`SELECT DISTINCT tables.name FROM sqlite_master tables JOIN pragma_table_info(tables.name) columns
		WHERE tables.type = 'table' AND (columns.name LIKE '%player_id' OR columns.name IN ('inviter_id', 'invitee_id')) ORDER BY tables.name`)
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for _, k := range keepers {
		kept = append(kept, strings.Fields(k.tables)...)
	}
	slices.Sort(kept)
	if len(tables) < 20 || !slices.Equal(tables, kept) {
		t.Errorf("tables with a player:\n%v\nkept, by the table of keepers:\n%v", tables, kept)
	}
}
