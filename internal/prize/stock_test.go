package prize_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/prize/instant"
	"anquanda/internal/sqldb"
)

const insertAward = `INSERT INTO awards (id, contest_id, player_id, prize_key, kind, tier, unit_no, stock, source_kind, source_key,
	source_id, slip, chance_id, status, won_at, changed_at) VALUES (?, ?, ?, ?, 'goods', 'mower', ?, ?, ?, 'sure', ?, ?, ?, 'won', 1, 1)`

const insertDraw = `INSERT INTO draws (chance_id, contest_id, player_id, pool_key, ordinal, rolled_key, prize_key, reason, award_id, drawn_at)
	VALUES (?, ?, ?, 'sure', ?, 'mower', 'mower', '', ?, 1)`

func TestTheSchemaRefusesWhatGoesRoundTheCode(t *testing.T) {
	eachFair(t, func(t *testing.T, f *fair) {
		player := f.player("")
		draw := f.draw(player, "sure")
		id, in := f.ids.Next, f.contest.ContestID
		f.grant(player, contest.GrantPoints, 100, 1)
		if _, err := f.prizes.Exchange(t.Context(), f.contest, player, "bag", "once"); err != nil {
			t.Fatal(err)
		}
		spend := `INSERT INTO spends (contest_id, player_id, ordinal, request_key, award_id, amount, spent_before, earned, spent_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)`
		code := "INSERT INTO voucher_codes (contest_id, prize_key, unit_no, code_hash, sealed, imported_at) VALUES (?, 'film', ?, ?, 'x', 1)"
		if err := f.exec(code, in, 1, "a"); err != nil {
			t.Fatal(err)
		}
		if err := f.exec(insertAward, id(), in, player, "pan", 1, 200, "drawing", 9, 5, nil); err != nil {
			t.Fatal(err)
		}
		for name, err := range map[string]error{
			"a unit won a second time":            f.exec(insertAward, id(), in, player, "mower", 1, 10, "pool", 0, nil, id()),
			"the eleventh of ten":                 f.exec(insertAward, id(), in, player, "mower", 11, 10, "pool", 0, nil, id()),
			"unit number nought":                  f.exec(insertAward, id(), in, player, "mower", 0, 10, "pool", 0, nil, id()),
			"an award for a chance that is used":  f.exec(insertAward, id(), in, player, "mower", 2, 10, "pool", 0, nil, draw.ChanceID),
			"an award for a slip that has won":    f.exec(insertAward, id(), in, player, "mower", 2, 10, "drawing", 9, 5, nil),
			"a draw with a chance that is used":   f.exec(insertDraw, draw.ChanceID, in, player, 2, id()),
			"two draws of a player at once":       f.exec(insertDraw, id(), in, player, 1, id()),
			"a draw with the award of another":    f.exec(insertDraw, id(), in, player, 2, draw.AwardID),
			"a code handed out twice":             f.exec(code, in, 1, "b"),
			"a code that is there already":        f.exec(code, in, 2, "a"),
			"more spent than earned":              f.exec(spend, in, player, 2, "two", id(), 60, 50, 100),
			"two spends at once":                  f.exec(spend, in, player, 1, "two", id(), 10, 50, 100),
			"an exchange asked twice":             f.exec(spend, in, player, 2, "once", id(), 10, 50, 100),
			"points that come back by a minus":    f.exec(spend, in, player, 2, "two", id(), -10, 50, 100),
			"wins of one family at the same time": errors.Join(f.exec(insertMark, 1, in, 1), f.exec(insertMark, 2, in, 1)),
		} {
			if err == nil {
				t.Errorf("the schema takes %s", name)
			}
		}
	})
}

const insertMark = `INSERT INTO win_marks (award_id, mark_kind, contest_id, pool_key, mark, tier, ordinal, won_at)
	VALUES (?, 'phone', ?, 'limited', 'a phone', 'pan', ?, 1)`

// applyGuarded applies a definition as catalog does with the guard.
func (f *fair) applyGuarded(definition string) error {
	c, err := f.catalog.Apply(f.t.Context(), "festival.yaml", []byte(definition), "改库存")
	if err == nil {
		f.contest = c
	}
	return err
}

func TestADefinitionCannotTakeBackWhatIsOut(t *testing.T) {
	eachFair(t, func(t *testing.T, f *fair) {
		f.catalog.SetGuard(prize.GuardStock(drawing.Promised))
		f.drawAtOnce("sure", f.crowd(4, ""), f.node)
		for _, c := range []struct{ name, old, new, want string }{
			{"cut below", "kind: goods, value: 120000, stock: 10", "kind: goods, value: 120000, stock: 3", "已经发到第 4 份"},
			{"another kind", "kind: goods, value: 120000, stock: 10", "kind: redpacket, value: 120000, stock: 10", "不能改种类"},
			{"deleted", "key: mower", "key: lawnmower", "不能删除"},
		} {
			text := strings.Replace(festival, c.old, c.new, 1)
			if c.name == "deleted" {
				text = strings.ReplaceAll(text, "prize: mower", "prize: lawnmower")
			}
			err := f.applyGuarded(text)
			if e := errs.From(err); err == nil || e.Code != "prize_awarded" || !strings.Contains(e.Message, c.want) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if err := f.applyGuarded(strings.Replace(festival, "value: 120000, stock: 10", "value: 120000, stock: 4", 1)); err != nil {
			t.Errorf("cut to what is out: %v", err)
		}
		if draw := f.draw(f.player(""), "sure"); draw.Reason != instant.SoldOut {
			t.Errorf("a draw after that: %+v", draw)
		}
		if err := f.applyGuarded(festival); err != nil {
			t.Errorf("raised again: %v", err)
		}
		if draw := f.draw(f.player(""), "sure"); draw.AwardID == nil {
			t.Errorf("a draw after that: %+v", draw)
		}
	})
}

func TestStockThatChangesWhilePlayersDrawIsNeverExceeded(t *testing.T) {
	eachFair(t, func(t *testing.T, f *fair) {
		f.catalog.SetGuard(prize.GuardStock(drawing.Promised))
		other := f.newNode()
		owners := f.crowd(200, "")
		before := f.contest
		var all sync.WaitGroup
		all.Go(func() { f.drawAtOnceBy(before, "sure", owners, f.node, other) })
		for _, stock := range []string{"6", "9", "7"} { // what is refused changes nothing
			f.catalog.Apply(t.Context(), "festival.yaml", []byte(strings.Replace(festival, "value: 120000, stock: 10", "value: 120000, stock: "+stock, 1)), "改库存")
		}
		all.Wait()
		last, err := f.catalog.Current("festival")
		if err != nil {
			t.Fatal(err)
		}
		out, highest := f.count("SELECT COUNT(unit_no) FROM awards"), f.count("SELECT MAX(unit_no) FROM awards")
		if stock := last.Prizes[0].Stock; highest > stock || out != highest {
			t.Errorf("%d units are out, up to number %d, of a stock of %d", out, highest, stock)
		}
		if n := f.count("SELECT COUNT(*) FROM draws"); n != 200 {
			t.Errorf("%d chances are used, want 200", n)
		}
	})
}

// drawAtOnceBy draws by a definition that may be overtaken.
func (f *fair) drawAtOnceBy(c *catalog.Contest, pool string, owners map[sqldb.ID]sqldb.ID, nodes ...*node) {
	var all sync.WaitGroup
	i := 0
	for chance, owner := range owners {
		n := nodes[i%len(nodes)]
		i++
		all.Go(func() {
			for range 50 {
				_, err := n.prizes.Draw(f.t.Context(), c, owner, pool, chance)
				if err == nil {
					return
				}
				if errs.From(err).Kind != errs.Unavailable {
					f.t.Errorf("draw: %v", err)
					return
				}
			}
			f.t.Error("a draw is refused for ever")
		})
	}
	all.Wait()
}
