package drawing_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/prize"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/fair"
)

// sharing is the hall's contest with a drawing that shares a pot.
func sharing(pot string) string {
	lottery := strings.Replace(fair.Lottery, "accept: [{finding: unproven-prizes, by: 测试, why: 这里试别的}]\n", "", 1)
	return strings.Replace(lottery, "drawings:\n", `  - {key: money, title: 红包, kind: redpacket, stock: 1}
  - {key: flowers, title: 花, kind: points, stock: 1}
drawings:
  - {key: share, title: 瓜分, at: 2026-06-18 10:00, who: {points: 1}, source: 双色球, pot: `+pot+"}\n", 1) +
		"accept: [{finding: unproven-prizes, by: 测试, why: 这里试别的}, {finding: live-pot, by: 测试, why: 这里试别的}]\n"
}

const ofMoney = "{prize: money, total: 1003}"

func TestAPotIsSharedByAllInWholeCentsAndVerifies(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		h.Apply(sharing(ofMoney))
		people := h.People(10, "n1")
		h.Player("") // has earned nothing
		id := h.PublishedDrawing("share")
		tr := h.Transcript(id)
		if tiers := tr.Freeze.Rules.Tiers; len(tiers) != 2 || tiers[0].Name != "红包 1.01 元" || tiers[0].Count != 3 ||
			tiers[1].Name != "红包 1 元" || tiers[1].Count != 7 {
			t.Errorf("the frozen rules are %+v", tiers)
		}
		if sum := h.Count("SELECT SUM(worth) FROM awards WHERE source_id = ?", id); sum != 1003 {
			t.Errorf("all shares are %d cents", sum)
		}
		n := h.Count("SELECT COUNT(DISTINCT player_id) FROM awards WHERE source_id = ? AND unit_no IS NULL", id)
		if n != len(people) {
			t.Errorf("%d people have a share, want %d", n, len(people))
		}
		if n := h.Count("SELECT given FROM drawing_pots WHERE drawing_id = ?", id); n != 1003 {
			t.Errorf("the pot counts %d", n)
		}
		// Who shares a pot may still win a drawing.
		if e := h.Transcript(h.PublishedDrawing("grand")); e.Freeze.Entries != 10 {
			t.Errorf("%d stand in the drawing after the pot", e.Freeze.Entries)
		}
	})
}

func TestWhereAPotIsTooSmallTheOrderOfDrawingSaysWhoShares(t *testing.T) {
	h := fair.NewHall(t, testkit.Embedded(t))
	h.Apply(sharing("{prize: money, total: 1000, least: 300, most: 320, rest: kept}"))
	h.People(10, "")
	id := h.PublishedDrawing("share")
	if tr := h.Transcript(id); len(tr.Draw.Results) != 3 || tr.Freeze.Rules.Tiers[0].Name != "红包 3.2 元" {
		t.Errorf("drawn are %+v of %+v", tr.Draw.Results, tr.Freeze.Rules.Tiers)
	}
	// Who gives a share up makes room for the next in the order, and the pot stays as full.
	if err := h.Forfeit(t.Context(), fair.Sun, id, 1, "联系不上"); err != nil {
		t.Fatal(err)
	}
	h.Transcript(id)
	if n := h.Count("SELECT COUNT(*) FROM awards WHERE source_id = ? AND status = 'won'", id); n != 3 {
		t.Errorf("%d shares stand", n)
	}
	if n := h.Count("SELECT given FROM drawing_pots WHERE drawing_id = ?", id); n != 960 {
		t.Errorf("the pot counts %d", n)
	}
}

func TestAShareThatNobodyTakesStaysInThePot(t *testing.T) {
	h := fair.NewHall(t, testkit.Embedded(t))
	h.Apply(sharing(ofMoney))
	h.People(4, "")
	id := h.PublishedDrawing("share")
	if err := h.Forfeit(t.Context(), fair.Sun, id, 4, "联系不上"); err != nil {
		t.Fatal(err)
	}
	if n := h.Count("SELECT given FROM drawing_pots WHERE drawing_id = ?", id); n != 1003-250 {
		t.Errorf("the pot counts %d", n)
	}
}

// Two presses on each of two nodes, at once, again and again: everybody has one share, and
// all are no more than the pot.
func TestAPotIsGivenOnceHoweverOftenAndWhereverItIsDrawn(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		h.Apply(sharing(ofMoney))
		h.People(25, "")
		id := h.KnownDrawing("share")
		other := h.DrawingsOf(h.NewNode())
		var all sync.WaitGroup
		for range 4 {
			for _, on := range []*drawing.Drawings{h.Drawings, other} {
				all.Go(func() {
					if _, err := on.Draw(t.Context(), fair.Wu, id); err != nil && !errors.Is(err, sqldb.ErrStale) {
						t.Errorf("draw: %v", err)
					}
				})
			}
		}
		all.Wait()
		if n := h.Count("SELECT COUNT(*) FROM awards WHERE source_kind = 'pot'"); n != 25 {
			t.Errorf("%d shares", n)
		}
		if sum := h.Count("SELECT SUM(worth) FROM awards WHERE source_kind = 'pot'"); sum != 1003 {
			t.Errorf("all shares are %d cents", sum)
		}
		// A fault of the program that gave a share more, the schema refuses.
		if err := h.Exec("UPDATE drawing_pots SET given = given + 1 WHERE drawing_id = ?", id); err == nil {
			t.Error("a cent more than the pot went out")
		}
		const columns = `contest_id, player_id, prize_key, kind, tier, stock, source_kind, source_key, source_id, slip,
			status, won_at, changed_at`
		if err := h.Exec("INSERT INTO awards (id, "+columns+") SELECT id + 1, "+columns+
			" FROM awards WHERE source_id = ? AND slip = 1", id); !sqldb.IsDuplicate(err) {
			t.Errorf("a second share of an entry: %v", err)
		}
	})
}

// The node that froze the list is gone, and the next dies in the middle of giving: whoever
// draws then gives each their share once, and not a cent more than the pot.
func TestWhoDiesInTheMiddleOfGivingAPotHasGivenNothing(t *testing.T) {
	h := fair.NewHall(t, testkit.Embedded(t))
	h.Apply(sharing(ofMoney))
	h.People(10, "")
	id := h.KnownDrawing("share")
	next := h.DrawingsOf(h.NewNode())
	dies := h.Exec(`CREATE TRIGGER dies BEFORE INSERT ON awards
		WHEN (SELECT COUNT(*) FROM awards WHERE source_kind = 'pot') = 4 BEGIN SELECT RAISE(ABORT, 'dies'); END`)
	if dies != nil {
		t.Fatal(dies)
	}
	if _, err := next.Draw(t.Context(), fair.Sun, id); err == nil {
		t.Fatal("the pot was given whole")
	}
	if got := givenOf(h, id); got != [4]int{} {
		t.Errorf("shares, cents, places and what the pot counts: %v", got)
	}
	if err := h.Exec("DROP TRIGGER dies"); err != nil {
		t.Fatal(err)
	}
	for _, on := range []*drawing.Drawings{h.Drawings, next, h.Drawings} {
		if _, err := on.Draw(t.Context(), fair.Sun, id); err != nil {
			t.Fatal(err)
		}
		if got := givenOf(h, id); got != [4]int{10, 1003, 10, 1003} {
			t.Errorf("shares, cents, places and what the pot counts: %v", got)
		}
	}
}

// A program that dies between the freeze and the draw leaves the promise: what the
// definition says by then changes no share.
func TestWhatAPotPromisedStaysWhateverTheDefinitionSaysLater(t *testing.T) {
	h := fair.NewHall(t, testkit.Embedded(t))
	h.Catalog.SetGuard(prize.GuardStock(drawing.Promised))
	h.Apply(sharing(ofMoney))
	h.People(10, "")
	id := h.KnownDrawing("share")
	if err := h.ApplyGuarded(fair.Lottery); fair.Code(err) != "prize_promised" {
		t.Errorf("a definition without the prize of a pot that is planned: %v", err)
	}
	h.Apply(sharing("{prize: money, total: 9000}"))
	if _, err := h.Draw(t.Context(), fair.Sun, id); err != nil {
		t.Fatal(err)
	}
	if sum := h.Count("SELECT SUM(worth) FROM awards WHERE source_kind = 'pot'"); sum != 1003 {
		t.Errorf("all shares are %d cents", sum)
	}
	if err := h.ApplyGuarded(fair.Lottery); fair.Code(err) != "prize_awarded" {
		t.Errorf("a definition without the prize of the pot: %v", err)
	}
}

func TestPointsOfAPotGoIntoItsPurse(t *testing.T) {
	fair.EachHall(t, func(t *testing.T, h *fair.Hall) {
		h.Apply(sharing("{prize: flowers, purse: flower, total: 31}") + "purses: [{key: flower, title: 小红花}]\n")
		h.People(3, "")
		id := h.PublishedDrawing("share")
		h.Pass(time.Minute)
		for range 2 {
			if err := h.Instant.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if n := h.Count("SELECT SUM(amount) FROM grants WHERE kind = '@flower'"); n != 31 {
			t.Errorf("%d flowers were given", n)
		}
		credited := string(prize.Credited)
		if n := h.Count("SELECT COUNT(*) FROM awards WHERE source_id = ? AND status = ?", id, credited); n != 3 {
			t.Errorf("%d shares are credited", n)
		}
	})
}
