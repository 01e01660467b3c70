package unit_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/unit"
)

var contest1 = unit.Contest{ID: 1, Slug: "demo"}

// service is a Service on the stores of a test.
func service(t *testing.T, s *testkit.Store) (*unit.Service, *sqldb.IDs) {
	t.Helper()
	s.Migrate(sqldb.Migrations(), identity.Migrations(), staff.Migrations(), unit.Migrations())
	ids, err := sqldb.NewIDs(t.Context(), s.DB)
	if err != nil {
		t.Fatal(err)
	}
	return unit.NewService(unit.Config{DB: s.DB, IDs: ids, Now: time.Now}), ids
}

func plan(t *testing.T, u *unit.Service, csv string, mode unit.Mode) *unit.Plan {
	t.Helper()
	tree, err := u.Tree(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	return unit.NewPlan(tree, unit.ReadTable("a.csv", []byte(csv)), mode)
}

func take(t *testing.T, u *unit.Service, csv string, mode unit.Mode) *unit.Tree {
	t.Helper()
	if err := u.Import(t.Context(), staff.CommandLine, contest1, plan(t, u, csv, mode), false, "测试导入"); err != nil {
		t.Fatal(err)
	}
	tree, err := u.Tree(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// bigTable is a county of 5,000 units: 50 towns with 99 villages each.
func bigTable(renamed string) string {
	var out strings.Builder
	out.WriteString("编码,名称,上级,别名,人数\n")
	for town := range 50 {
		fmt.Fprintf(&out, "%02d,%s第%d镇,,,\n", town, renamed, town)
		for village := range 99 {
			fmt.Fprintf(&out, "%02d%02d,第%d村,%02d,%d村委会,%d\n", town, village, village, town, village, 100+village)
		}
	}
	return out.String()
}

func TestFiveThousandUnitsAreImportedAndKeepTheirIds(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		u, _ := service(t, s)
		began := time.Now()
		tree := take(t, u, bigTable(""), unit.Replace)
		t.Logf("5,000 new units in %v", time.Since(began))
		if len(tree.Units()) != 5000 || tree.Version != 1 {
			t.Fatalf("%d units, version %d", len(tree.Units()), tree.Version)
		}
		town := named(t, tree, "第7镇")
		if heads, whole := tree.Heads(town.ID); heads != 99*100+98*99/2 || !whole {
			t.Errorf("a town has %d people, whole %t", heads, whole)
		}
		if u := tree.Search("98村委会", 10); len(u) != 10 || u[0].Name != "第98村" {
			t.Errorf("by another name %d are found", len(u))
		}
		began = time.Now()
		after := take(t, u, bigTable("新"), unit.Replace)
		t.Logf("50 renamed in %v", time.Since(began))
		if again := named(t, after, "新第7镇"); again.ID != town.ID || len(after.Gone()) != 0 {
			t.Errorf("the town is %+v, before %+v; %d are gone", again, town, len(after.Gone()))
		}
	})
}

func TestNothingIsImportedUnlessAllIsRightOrOnlyTheValidAreWanted(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		u, _ := service(t, s)
		const csv = "编码,名称,人数\n1,青禾镇,\n2,河东街道,许多\n"
		refused := func(p *unit.Plan, onlyValid bool, reason string, want error) {
			t.Helper()
			if err := u.Import(t.Context(), staff.CommandLine, contest1, p, onlyValid, reason); !errors.Is(err, want) {
				t.Errorf("%v, want %v", err, want)
			}
		}
		refused(plan(t, u, csv, unit.Replace), false, "测试", unit.ErrRejects)
		refused(plan(t, u, "名称,人数\n甲,许多\n", unit.Replace), true, "测试", unit.ErrEmpty)
		refused(plan(t, u, "今天,明天\n", unit.Replace), true, "测试", unit.ErrEmpty)
		refused(plan(t, u, csv, unit.Replace), true, " ", errs.InvalidField("reason", ""))
		if err := u.Import(t.Context(), staff.CommandLine, contest1, plan(t, u, csv, unit.Replace), true,
			"先收一部分"); err != nil {
			t.Fatal(err)
		}
		tree, _ := u.Tree(t.Context(), 1)
		same(t, "the tree", tree.Units(), "青禾镇")
		log, err := staff.New(s.DB, nil, keyring.Only(nil), time.Now).Log(t.Context(), 0, 10)
		if err != nil || len(log) != 1 || log[0].Action != "unit.import" || !strings.Contains(log[0].Detail, "先收一部分") {
			t.Errorf("the log holds %+v, %v", log, err)
		}
	})
}

func TestOfTwoWhoBuildOnTheSameTreeOneIsRefused(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		u, _ := service(t, s)
		for round, csv := range []string{"编码,名称\n1,青禾镇\n", "编码,名称\n1,青禾新镇\n2,河东街道\n"} {
			first, second := plan(t, u, csv, unit.Replace), plan(t, u, csv, unit.Replace)
			var both sync.WaitGroup
			failed := make([]error, 2)
			for i, p := range []*unit.Plan{first, second} {
				both.Go(func() { failed[i] = u.Import(t.Context(), staff.CommandLine, contest1, p, false, "测试") })
			}
			both.Wait()
			if won, lost := failed[0] == nil, errors.Is(failed[0], unit.ErrChanged); won == (failed[1] == nil) ||
				lost == errors.Is(failed[1], unit.ErrChanged) {
				t.Errorf("round %d: %v and %v", round, failed[0], failed[1])
			}
		}
	})
}

func TestAGoneUnitIsOfferedToNobodyAndStaysForItsResults(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		u, _ := service(t, s)
		before := take(t, u, "编码,名称,上级\n1,青禾镇,\n11,柳湾村,1\n12,东村,1\n", unit.Replace)
		village := named(t, before, "柳湾村")
		after := take(t, u, "编码,名称,上级\n1,青禾镇,\n12,东村,1\n", unit.Replace)
		same(t, "below the town", after.Children(village.ParentID), "东村")
		same(t, "found", after.Search("柳湾", 10))
		if gone, ok := after.Get(village.ID); !ok || gone.GoneAt == 0 || after.Path(village.ID) != "青禾镇 / 柳湾村" {
			t.Errorf("it is %+v, %t, %s", gone, ok, after.Path(village.ID))
		}
		back := take(t, u, "编码,名称,上级\n11,柳湾村,1\n", unit.Merge)
		if again := named(t, back, "柳湾村"); again.ID != village.ID {
			t.Errorf("back it is %+v", again)
		}
	})
}

func TestADefinitionAppliedAgainDoesNotUndoATable(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		u, ids := service(t, s)
		define := func() {
			t.Helper()
			err := s.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
				return unit.Sync(context.Background(), tx, ids, 1, county)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		define()
		take(t, u, "编码,名称\n1,青禾新镇\n", unit.Replace)
		define()
		tree, _ := u.Tree(t.Context(), 1)
		same(t, "the tree", tree.Units(), "青禾新镇")
		if tree.Version != 2 {
			t.Errorf("version %d", tree.Version)
		}
	})
}
