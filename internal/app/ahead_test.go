package app

import (
	"bytes"
	"context"
	"errors"
	"os"
	"regexp"
	"strconv"
	"testing"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// ofTheNextVersion brings the store to a schema that this program does not know.
func ofTheNextVersion(t *testing.T, s *testkit.Store, sql string) error {
	t.Helper()
	migrations, err := Migrations()
	if err != nil {
		t.Fatal(err)
	}
	next := sqldb.Migration{Number: len(migrations) + 1, Name: "next", SQL: sql}
	return s.DB.Migrate(t.Context(), append(migrations, next))
}

func TestAProgramServesTheStoreOfANewerOneThatOnlyAdded(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		err := ofTheNextVersion(t, s, `CREATE TABLE next_things (n INT NOT NULL PRIMARY KEY);
			ALTER TABLE responses ADD COLUMN next_note VARCHAR(16) NOT NULL DEFAULT '';
			ALTER TABLE attempts ADD COLUMN next_mark INT;
			CREATE UNIQUE INDEX attempts_next ON attempts (player_id, next_mark);`)
		if err != nil {
			t.Fatal(err)
		}
		a := openApp(t, s, time.Now)
		c, err := a.Catalog.Current("workmonth")
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second start of a level finds the first one's rows
			result := playLevel(t, a, c, enrolled(t, a, c, "小王"), "home", rightOptions)
			if result.Correct != result.Questions {
				t.Errorf("all answers are right, and the result is %+v", result)
			}
		}
	})
}

func TestAProgramRefusesTheStoreOfANewerOneThatChangedIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		if err := ofTheNextVersion(t, s, "UPDATE enrolments SET nickname = '';"); err != nil {
			t.Fatal(err)
		}
		_, err := New(context.Background(), Config{Data: s.DataFolder, MySQL: s.MySQLDSN, Redis: s.RedisAddr(),
			Key: bytes.Repeat([]byte{7}, 32)})
		if !errors.Is(err, sqldb.ErrNewerSchema) {
			t.Errorf("got %v, want ErrNewerSchema", err)
		}
	})
}

// Operators read from which version on nodes may be upgraded one after another.
func TestTheOperatorsPageSaysWhatMayRoll(t *testing.T) {
	migrations, err := Migrations()
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../scripts/deploy/README.md")
	if err != nil {
		t.Fatal(err)
	}
	said := regexp.MustCompile(`beside programs of schema (\d+) and newer`).FindSubmatch(page)
	if want := strconv.Itoa(sqldb.Served(migrations)); said == nil || string(said[1]) != want {
		t.Errorf("scripts/deploy/README.md, What may roll, has to say: beside programs of schema %s and newer", want)
	}
}
