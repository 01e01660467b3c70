package unit_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"anquanda/internal/play"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
	"anquanda/internal/unit"
)

// hall is an arena whose players may type the names of their units.
type hall struct {
	*arena.Arena
	units   *unit.Service
	contest unit.Contest
}

func openHall(t *testing.T, s *testkit.Store) *hall {
	t.Helper()
	h := &hall{Arena: arena.New(t, s)}
	h.RunBoards(h.Node)
	ids, err := sqldb.NewIDs(t.Context(), h.DB)
	if err != nil {
		t.Fatal(err)
	}
	h.contest = unit.Contest{ID: h.Contest.ContestID, Slug: arena.Slug}
	h.Catalog.OnUnits(h.Boards.UnitsMoved)
	h.units = unit.NewService(unit.Config{DB: h.DB, IDs: ids, Now: h.Clock.Now,
		Moved: func(ctx context.Context, tx *sqldb.Tx, m unit.Move) error {
			if err := play.MoveUnit(ctx, tx, m.ContestID, m.Players, m.From, m.To); err != nil {
				return err
			}
			return h.Boards.MoveUnit(ctx, tx, m.ContestID, m.Players, m.From, m.To)
		},
		After: func(ctx context.Context) {
			if err := h.Catalog.Refresh(ctx); err != nil {
				t.Error(err)
			}
		}})
	return h
}

// types lets a new player take part who types the name of the unit.
func (h *hall) types(nickname, name string) sqldb.ID {
	h.T.Helper()
	player := h.Enrol(nickname, "")
	if _, err := h.units.Type(h.T.Context(), h.contest.ID, player, name); err != nil {
		h.T.Fatal(err)
	}
	return player
}

func (h *hall) queue(merged bool) map[string]unit.Waiting {
	h.T.Helper()
	names, total, err := h.units.Queue(h.T.Context(), h.contest.ID, merged, 1, 50)
	if err != nil || total != len(names) {
		h.T.Fatalf("%d of %d names, %v", len(names), total, err)
	}
	found := map[string]unit.Waiting{}
	for _, n := range names {
		found[n.Name] = n
	}
	return found
}

// in tells the unit of a player by every table that keeps it; they must agree.
func (h *hall) in(player sqldb.ID) (code string) {
	h.T.Helper()
	seen := map[sqldb.ID]bool{}
	for _, table := range []string{"enrolments", "attempts", "standings"} {
		var ids []sqldb.ID
		if err := h.DB.Select(h.T.Context(), &ids, "SELECT DISTINCT unit_id FROM "+table+" WHERE player_id = ?",
			player); err != nil {
			h.T.Fatal(err)
		}
		for _, id := range ids {
			seen[id] = true
		}
	}
	if len(seen) != 1 {
		h.T.Fatalf("player %d is in %v", player, seen)
	}
	for id := range seen {
		if id != 0 {
			if err := h.DB.Get(h.T.Context(), &code, "SELECT code FROM units WHERE id = ?", id); err != nil {
				h.T.Fatal(err)
			}
		}
	}
	return code
}

func (h *hall) must(err error) {
	h.T.Helper()
	if err != nil {
		h.T.Fatal(err)
	}
}

func TestATypedNameWaitsIsMergedAndTakenBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		h := openHall(t, s)
		ctx := t.Context()
		li, wang, zhao := h.types("小李", "北一村委会"), h.types("小王", "北一 村委会"), h.types("小赵", "河东纺织厂")
		for _, player := range []sqldb.ID{li, wang, zhao} {
			h.PlayLevel(player, "first", 2)
		}
		waiting := h.queue(false)
		if len(waiting) != 2 || waiting["北一村委会"].Players != 2 || waiting["河东纺织厂"].Players != 1 {
			t.Fatalf("the queue is %+v", waiting)
		}
		name := waiting["北一村委会"].ID
		h.must(h.units.MergeInto(ctx, staff.CommandLine, h.contest, name, h.Unit("n1")))
		if h.in(li) != "n1" || h.in(wang) != "n1" || h.in(zhao) != "" {
			t.Errorf("they are in %q, %q, %q", h.in(li), h.in(wang), h.in(zhao))
		}
		h.Settle()
		current, _ := h.Catalog.Current(arena.Slug)
		if u, ok := current.Units.Get(h.Unit("n1")); !ok || strings.Join(u.Typed, ",") != "北一村委会" {
			t.Errorf("the unit is %+v", u)
		}
		if sun := h.types("小孙", "北一村委会"); h.in(sun) != "n1" {
			t.Errorf("who types it later is in %q", h.in(sun))
		}
		if err := h.units.MergeInto(ctx, staff.CommandLine, h.contest, name, h.Unit("n2")); !errors.Is(err, unit.ErrMerged) {
			t.Errorf("merged again: %v", err)
		}
		if merged := h.queue(true); len(merged) != 1 || merged["北一村委会"].Players != 3 ||
			merged["北一村委会"].UnitID != h.Unit("n1") {
			t.Errorf("merged are %+v", merged)
		}
		h.must(h.units.Undo(ctx, staff.CommandLine, h.contest, name))
		if h.in(li) != "" || h.in(wang) != "" || h.queue(false)["北一村委会"].Players != 3 {
			t.Errorf("after the undo they are in %q and %q, %+v wait", h.in(li), h.in(wang), h.queue(false))
		}
		h.Settle()
		if err := h.units.Undo(ctx, staff.CommandLine, h.contest, name); !errors.Is(err, unit.ErrNotMerged) {
			t.Errorf("undone again: %v", err)
		}
	})
}

func TestATypedNameBecomesAUnitOfItsOwnAndIsNoneAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		h := openHall(t, s)
		zhao := h.types("小赵", "河东纺织厂")
		h.PlayLevel(zhao, "first", 3)
		name := h.queue(false)["河东纺织厂"].ID
		h.must(h.units.MergeNew(t.Context(), staff.CommandLine, h.contest, name, h.Unit("n"), "河东纺织厂有限公司"))
		if h.in(zhao) != "U0001" {
			t.Errorf("the player is in %q", h.in(zhao))
		}
		current, _ := h.Catalog.Current(arena.Slug)
		if got := current.Units.Path(h.Unit("U0001")); got != "北镇 / 河东纺织厂有限公司" {
			t.Errorf("it stands at %s", got)
		}
		h.Settle()
		h.must(h.units.Undo(t.Context(), staff.CommandLine, h.contest, name))
		current, _ = h.Catalog.Current(arena.Slug)
		if u, _ := current.Units.Get(h.Unit("U0001")); u.GoneAt == 0 || h.in(zhao) != "" ||
			len(current.Units.Search("纺织", 9)) != 0 {
			t.Errorf("the unit is %+v, the player in %q", u, h.in(zhao))
		}
		for parent, want := range map[sqldb.ID]error{999: unit.ErrUnknown, h.Unit("U0001"): unit.ErrUnknown} {
			if err := h.units.MergeNew(t.Context(), staff.CommandLine, h.contest, name, parent, "厂"); !errors.Is(err, want) {
				t.Errorf("below %d: %v", parent, err)
			}
		}
		if err := h.units.MergeNew(t.Context(), staff.CommandLine, h.contest, name, h.Unit("n"), "北一村"); err == nil ||
			!strings.Contains(err.Error(), "name") {
			t.Errorf("a second unit of the name: %v", err)
		}
	})
}

func TestAPlayerHasOneTypedNameAndTheQueueNoneThatNobodyTyped(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		h := openHall(t, s)
		li := h.types("小李", "北一村委会")
		if _, err := h.units.Type(t.Context(), h.contest.ID, li, "北二村委会"); err != nil {
			t.Fatal(err)
		}
		if names := h.queue(false); len(names) != 1 || names["北二村委会"].Players != 1 || h.Count("unit_names", "1 = 1") != 1 {
			t.Errorf("the queue is %+v", names)
		}
		if typed, err := h.units.TypedBy(t.Context(), h.contest.ID, li); err != nil || typed != "北二村委会" {
			t.Errorf("it is %q, %v", typed, err)
		}
		h.must(h.units.TakeBack(t.Context(), h.contest.ID, li))
		if h.Count("unit_names", "1 = 1")+h.Count("unit_name_players", "1 = 1") != 0 {
			t.Error("something is left of a name that was taken back")
		}
	})
}

func TestWhatFinishesWhileANameIsMergedIsMovedToo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		h := openHall(t, s)
		players := make([]sqldb.ID, 12)
		for i := range players {
			players[i] = h.types("参赛者", "北一村委会")
		}
		name := h.queue(false)["北一村委会"].ID
		var all sync.WaitGroup
		for _, player := range players {
			all.Go(func() { h.PlayOn(h.Node, player, "first", 3) })
		}
		h.must(h.units.MergeInto(t.Context(), staff.CommandLine, h.contest, name, h.Unit("n1")))
		all.Wait()
		h.must(h.units.Settle(t.Context()))
		for _, player := range players {
			if h.in(player) != "n1" {
				t.Errorf("a player is in %q", h.in(player))
			}
		}
		h.Settle()
	})
}

func TestManyTypeTheSameNameAtOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		h := openHall(t, s)
		players := make([]sqldb.ID, 16)
		for i := range players {
			players[i] = h.Enrol("参赛者", "")
		}
		var all sync.WaitGroup
		for i, player := range players {
			all.Go(func() {
				for _, name := range []string{"甲厂", "乙厂", []string{"甲厂", "丙厂"}[i%2]} {
					if _, err := h.units.Type(context.Background(), h.contest.ID, player, name); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if names := h.queue(false); len(names) != 2 || names["甲厂"].Players != 8 || names["丙厂"].Players != 8 ||
			h.Count("unit_names", "1 = 1") != 2 {
			t.Errorf("the queue is %+v", names)
		}
	})
}
