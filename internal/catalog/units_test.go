package catalog_test

import (
	"context"
	"testing"
	"time"

	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
	"anquanda/internal/unit"
)

func TestEveryNodeSeesATableOfUnitsWhenItLooks(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := arena.New(t, s)
		other := a.NewNode()
		told := 0
		other.Catalog.OnUnits(func(context.Context, sqldb.ID) { told++ })
		old, err := other.Catalog.Edition(t.Context(), a.Contest.Edition)
		if err != nil {
			t.Fatal(err)
		}
		ids, err := sqldb.NewIDs(t.Context(), a.DB)
		if err != nil {
			t.Fatal(err)
		}
		units := unit.NewService(unit.Config{DB: a.DB, IDs: ids, Now: time.Now})
		tree, err := units.Tree(t.Context(), a.Contest.ContestID)
		if err != nil {
			t.Fatal(err)
		}
		plan := unit.NewPlan(tree, unit.ReadTable("a.csv", []byte("编码,名称,上级\nn3,北三村,n\n")), unit.Merge)
		if err := units.Import(t.Context(), staff.CommandLine, unit.Contest{ID: a.Contest.ContestID, Slug: arena.Slug}, plan,
			false, "补一个村"); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second look has nothing to do
			if err := other.Catalog.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		current, err := other.Catalog.Current(arena.Slug)
		if err != nil {
			t.Fatal(err)
		}
		edition, err := other.Catalog.Edition(t.Context(), a.Contest.Edition)
		if err != nil {
			t.Fatal(err)
		}
		for what, c := range map[string]*unit.Tree{"current": current.Units, "the edition of attempts": edition.Units} {
			if len(c.Search("北三村", 9)) != 1 {
				t.Errorf("%s does not know the new unit", what)
			}
		}
		if len(old.Units.Search("北三村", 9)) != 0 {
			t.Error("an edition in use was changed")
		}
		if told != 1 {
			t.Errorf("it was told %d times", told)
		}
	})
}
