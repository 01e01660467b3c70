package prize_test

import (
	"errors"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/contest/chance"
	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/testkit/fair"
)

const insertAward = `INSERT INTO awards (id, contest_id, player_id, prize_key, kind, tier, unit_no, stock,
	source_kind, source_key,
	source_id, slip, chance_id, status, won_at, changed_at)
	VALUES (?, ?, ?, ?, 'goods', 'mower', ?, ?, ?, 'sure', ?, ?, ?, 'won', 1, 1)`

const insertDraw = `INSERT INTO draws (chance_id, contest_id, player_id, pool_key, ordinal, rolled_key, prize_key,
	reason, award_id, drawn_at)
	VALUES (?, ?, ?, 'sure', ?, 'mower', 'mower', '', ?, 1)`

func TestTheSchemaRefusesWhatGoesRoundTheCode(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		player := f.Player("")
		draw := f.DrawFrom(player, "sure")
		id, in := f.IDs.Next, f.Contest.ContestID
		f.Grant(player, contest.GrantPoints, 100, 1)
		if _, err := f.Instant.Exchange(t.Context(), f.Contest, player, "bag", 0, "once"); err != nil {
			t.Fatal(err)
		}
		spend := `INSERT INTO spends (contest_id, player_id, ordinal, request_key, award_id, amount, spent_before, earned,
			spent_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)`
		code := `INSERT INTO voucher_codes (contest_id, prize_key, unit_no, code_hash, sealed, imported_at)
			VALUES (?, 'film', ?, ?, 'x', 1)`
		if err := f.Exec(code, in, 1, "a"); err != nil {
			t.Fatal(err)
		}
		if err := f.Exec(insertAward, id(), in, player, "pan", 1, 200, "drawing", 9, 5, nil); err != nil {
			t.Fatal(err)
		}
		for name, err := range map[string]error{
			"a unit won a second time": f.Exec(insertAward, id(), in, player, "mower", 1, 10, "pool", 0, nil, id()),
			"the eleventh of ten":      f.Exec(insertAward, id(), in, player, "mower", 11, 10, "pool", 0, nil, id()),
			"unit number nought":       f.Exec(insertAward, id(), in, player, "mower", 0, 10, "pool", 0, nil, id()),
			"an award for a chance that is used": f.Exec(insertAward, id(), in, player, "mower", 2, 10, "pool", 0, nil,
				draw.ChanceID),
			"an award for a slip that has won":    f.Exec(insertAward, id(), in, player, "mower", 2, 10, "drawing", 9, 5, nil),
			"a draw with a chance that is used":   f.Exec(insertDraw, draw.ChanceID, in, player, 2, id()),
			"two draws of a player at once":       f.Exec(insertDraw, id(), in, player, 1, id()),
			"a draw with the award of another":    f.Exec(insertDraw, id(), in, player, 2, draw.AwardID),
			"a code handed out twice":             f.Exec(code, in, 1, "b"),
			"a code that is there already":        f.Exec(code, in, 2, "a"),
			"more spent than earned":              f.Exec(spend, in, player, 2, "two", id(), 60, 50, 100),
			"two spends at once":                  f.Exec(spend, in, player, 1, "two", id(), 10, 50, 100),
			"an exchange asked twice":             f.Exec(spend, in, player, 2, "once", id(), 10, 50, 100),
			"points that come back by a minus":    f.Exec(spend, in, player, 2, "two", id(), -10, 50, 100),
			"wins of one family at the same time": errors.Join(f.Exec(insertMark, 1, in, 1), f.Exec(insertMark, 2, in, 1)),
		} {
			if err == nil {
				t.Errorf("the schema takes %s", name)
			}
		}
	})
}

const insertMark = `INSERT INTO win_marks (award_id, mark_kind, contest_id, pool_key, mark, tier, ordinal, won_at)
	VALUES (?, 'phone', ?, 'limited', 'a phone', 'pan', ?, 1)`

func TestADefinitionCannotTakeBackWhatIsOut(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		f.Catalog.SetGuard(prize.GuardStock(drawing.Promised))
		f.DrawAtOnce("sure", f.Crowd(4, ""), f.Node)
		for _, c := range []struct{ name, old, new, want string }{
			{"cut below", "kind: goods, value: 120000, stock: 10", "kind: goods, value: 120000, stock: 3", "已经发到第 4 份"},
			{"another kind", "kind: goods, value: 120000, stock: 10", "kind: redpacket, value: 120000, stock: 10", "不能改种类"},
			{"another value", "value: 120000, stock: 10", "value: 1000, stock: 10", "不能改价值；请新增一个奖品"},
			{"another name", "title: 割草机", "title: 剪刀", "不能改名；请新增一个奖品"},
			{"deleted", "key: mower", "key: lawnmower", "不能删除"},
		} {
			text := strings.Replace(fair.Festival, c.old, c.new, 1)
			if c.name == "deleted" {
				text = strings.ReplaceAll(text, "prize: mower", "prize: lawnmower")
			}
			err := f.ApplyGuarded(text)
			if e := errs.From(err); err == nil || e.Code != "prize_awarded" || !strings.Contains(e.Message, c.want) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if err := f.ApplyGuarded(strings.Replace(fair.Festival, "value: 120000, stock: 10", "value: 120000, stock: 4",
			1)); err != nil {
			t.Errorf("cut to what is out: %v", err)
		}
		if draw := f.DrawFrom(f.Player(""), "sure"); draw.Reason != chance.SoldOut {
			t.Errorf("a draw after that: %+v", draw)
		}
		if err := f.ApplyGuarded(fair.Festival); err != nil {
			t.Errorf("raised again: %v", err)
		}
		if draw := f.DrawFrom(f.Player(""), "sure"); draw.AwardID == nil {
			t.Errorf("a draw after that: %+v", draw)
		}
	})
}
