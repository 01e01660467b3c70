package unit_test

import (
	"context"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/unit"
)

var county = []contest.Unit{
	{Code: "1", Name: "青禾镇", Headcount: 800, Children: []contest.Unit{{Code: "11", Name: "柳湾村"},
		{Code: "12", Name: "东村", Children: []contest.Unit{{Code: "121", Name: "一组"}}}}},
	{Code: "2", Name: "河东街道"},
}

func open(t *testing.T, s *testkit.Store) *sqldb.IDs {
	t.Helper()
	s.Migrate(sqldb.Migrations(), unit.Migrations())
	ids, err := sqldb.NewIDs(t.Context(), s.DB)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func define(t *testing.T, s *testkit.Store, ids *sqldb.IDs, contestID sqldb.ID, units []contest.Unit) *unit.Tree {
	t.Helper()
	err := s.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
		return unit.Sync(context.Background(), tx, ids, contestID, units)
	})
	if err != nil {
		t.Fatal(err)
	}
	tree, err := unit.Load(t.Context(), s.DB, contestID)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func names(units []*unit.Unit) (names []string) {
	for _, u := range units {
		names = append(names, u.Name)
	}
	return names
}

func same(t *testing.T, what string, got []*unit.Unit, want ...string) {
	t.Helper()
	found := names(got)
	if len(found) != len(want) {
		t.Errorf("%s: %v, want %v", what, found, want)
		return
	}
	for i := range want {
		if found[i] != want[i] {
			t.Errorf("%s: %v, want %v", what, found, want)
		}
	}
}

func named(t *testing.T, tree *unit.Tree, name string) *unit.Unit {
	t.Helper()
	for _, u := range tree.Search(name, 100) {
		if u.Name == name {
			return u
		}
	}
	t.Fatalf("there is no unit %s", name)
	return nil
}

func TestATreeIsKeptInTheDefinitionsOrder(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		tree := define(t, s, open(t, s), 1, county)
		same(t, "the top", tree.Children(0), "青禾镇", "河东街道")
		same(t, "below the first", tree.Children(named(t, tree, "青禾镇").ID), "柳湾村", "东村")
		same(t, "below a leaf", tree.Children(named(t, tree, "柳湾村").ID))
		if got := tree.Path(named(t, tree, "一组").ID); got != "青禾镇 / 东村 / 一组" {
			t.Errorf("the path is %q", got)
		}
		if got := tree.Path(999); got != "" {
			t.Errorf("the path of nothing is %q", got)
		}
		if u := named(t, tree, "青禾镇"); u.Headcount != 800 || u.Code != "1" {
			t.Errorf("it is %+v", u)
		}
	})
}

func TestAUnitIsRankedAtAnyDepth(t *testing.T) {
	s := testkit.Embedded(t)
	tree := define(t, s, open(t, s), 1, county)
	leaf := named(t, tree, "一组").ID
	for depth, want := range map[int]string{0: "一组", 1: "青禾镇", 2: "东村", 3: "一组", 8: "一组"} {
		if u, ok := tree.At(leaf, depth); !ok || u.Name != want {
			t.Errorf("at depth %d it is %+v, %t; want %s", depth, u, ok, want)
		}
	}
	if u, ok := tree.At(999, 1); ok {
		t.Errorf("nothing is %+v", u)
	}
	if u, ok := tree.At(0, 0); ok {
		t.Errorf("no unit is %+v", u)
	}
}

func TestASearchFindsPartsOfNamesUpToItsLimit(t *testing.T) {
	s := testkit.Embedded(t)
	tree := define(t, s, open(t, s), 1, county)
	same(t, "村", tree.Search("村", 50), "柳湾村", "东村")
	same(t, "with blanks around", tree.Search(" 村 ", 50), "柳湾村", "东村")
	same(t, "the first", tree.Search("村", 1), "柳湾村")
	same(t, "none", tree.Search("%", 50))
	firms := define(t, s, open(t, s), 2, []contest.Unit{{Name: "（青禾）ＡＢＣ公司", Code: "Q-01"}, {Name: "东镇"}})
	for _, typed := range []string{"abc", "青禾abc", "(青禾)", "(青禾) Abc公司", "ａｂｃ", "q-01", "Ｑ－０１"} {
		same(t, typed, firms.Search(typed, 50), "（青禾）ＡＢＣ公司")
	}
	same(t, "none at all", tree.Search("村", 0))
}

func TestATreeThatIsDefinedAgainKeepsItsIds(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		ids := open(t, s)
		before := define(t, s, ids, 1, county)
		changed := []contest.Unit{
			{Code: "2", Name: "河东新区"},
			{Code: "3", Name: "高新区", Children: []contest.Unit{{Code: "11", Name: "柳湾社区", Headcount: 9}}},
		}
		after := define(t, s, ids, 1, changed)
		moved, ok := after.Get(named(t, before, "柳湾村").ID)
		if !ok || moved.Name != "柳湾社区" || moved.Headcount != 9 || after.Path(moved.ID) != "高新区 / 柳湾社区" {
			t.Errorf("renamed and moved it is %+v, %t, %s", moved, ok, after.Path(moved.ID))
		}
		if _, ok := after.Get(named(t, before, "东村").ID); !ok {
			t.Error("a unit that results may point to is gone")
		}
		if again := define(t, s, ids, 1, changed); named(t, again, "高新区").ID != named(t, after, "高新区").ID {
			t.Error("the same definition again made new units")
		}
	})
}

func TestUnitsOfOneContestAreNoneOfAnother(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		ids := open(t, s)
		first, second := define(t, s, ids, 1, county), define(t, s, ids, 2, county)
		if _, ok := second.Get(named(t, first, "柳湾村").ID); ok {
			t.Error("a contest knows another's unit")
		}
		if len(first.Children(0)) != 2 || len(second.Children(0)) != 2 {
			t.Error("the trees are mixed")
		}
	})
}
