package fair

import (
	"bytes"
	"context"
	"testing"

	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// Lottery is a contest whose prizes go out by drawings, and by points.
const Lottery = `contest: lottery
title: 安全生产月答题
organizer: 县应急管理局
accept: [{finding: unproven-prizes, by: 测试, why: 这里试别的}]
window: {opens: 2026-06-01 00:00, closes: 2026-06-17 00:00}
bank: safety
players: {unit: {ask: optional}, fields: [{key: phone, label: 手机号, kind: phone, when: claim, why: 中奖后联系}]}
levels:
  - {key: only, title: 第一关, questions: [{count: 1}], pass: 1}
prizes:
  - {key: mower, title: 割草机, kind: goods, value: 90000, stock: 3, collect: 到县应急管理局领取}
  - {key: helmet, title: 头盔, kind: goods, value: 5000, stock: 20, collect: 到县应急管理局领取}
  - {key: cup, title: 水杯, kind: goods, value: 500, stock: 10, price: 5}
drawings:
  - {key: grand, title: 大奖摇奖, at: 2026-06-18 10:00, who: {points: 1}, prizes: [{prize: mower, count: 1}, {prize: helmet, count: 4}], reserves: 2, source: 双色球}
  - {key: again, title: 第二次摇奖, at: 2026-06-19 10:00, who: {points: 1}, tickets: points, prizes: [{prize: mower, count: 1}], source: 双色球}
  - {key: county, title: 北镇摇奖, at: 2026-06-18 10:00, who: {points: 1, unit: n}, prizes: [{prize: mower, count: 1}], source: 骰子}
claims: {fields: [phone], within: 7d}
units:
  - {code: n, name: 北镇, children: [{code: n1, name: 北一村}]}
  - {code: s, name: 南镇}
`

// Sun and Wu are two of the staff.
var (
	Sun = staff.Actor{ID: 11, Name: "孙主任"}
	Wu  = staff.Actor{ID: 12, Name: "吴科长"}
)

// TwoBalls is the source of the tests: known at eight in the evening of 18 June.
func TwoBalls() []drawing.Source {
	return []drawing.Source{{Name: "双色球第 2026070 期红球", Values: 6, Lowest: 1, Highest: 33, Distinct: true},
		{Name: "双色球第 2026070 期蓝球", Values: 1, Lowest: 1, Highest: 16}}
}

// Hall is a fair with public drawings, by the contest of Lottery.
type Hall struct {
	*Fair
	*drawing.Drawings
}

// EachHall runs a test in a hall of its own on every pair of stores.
func EachHall(t *testing.T, test func(t *testing.T, h *Hall)) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) { test(t, NewHall(t, s)) })
}

// NewHall opens a hall on stores.
func NewHall(t testing.TB, s *testkit.Store) *Hall {
	t.Helper()
	f := New(t, s)
	f.Apply(Lottery)
	return &Hall{f, f.DrawingsOf(f.Node)}
}

// hallKey seals the seeds of every hall and makes its slips.
var hallKey = []byte("the key of every hall of drawings")[:32]

// DrawingsOf are those that a node holds.
func (f *Fair) DrawingsOf(n *Node) *drawing.Drawings {
	f.T.Helper()
	return f.drawingsBy(n, keyring.Only(hallKey))
}

// ChangeKey makes the hall's node write by another key from now on.
func (h *Hall) ChangeKey(newest []byte) {
	h.Drawings = h.drawingsBy(h.Node, keyring.Only(newest, hallKey))
}

func (f *Fair) drawingsBy(n *Node, keys *keyring.Keys) *drawing.Drawings {
	return drawing.New(drawing.Config{DB: n.DB, IDs: n.IDs, Catalog: n.Catalog, Players: n.Players, Play: n.Play,
		Ledger: n.Ledger,
		Now:    f.Clock, Seeds: keys, Slips: keys})
}

// People lets so many take part with a point each.
func (h *Hall) People(n int, unitCode string) (ids []sqldb.ID) {
	h.T.Helper()
	for range n {
		id := h.Player(unitCode)
		h.Grant(id, contest.GrantPoints, 1, 1)
		ids = append(ids, id)
	}
	return ids
}

// PlannedDrawing settles a drawing on the day after the contest.
func (h *Hall) PlannedDrawing(key string) sqldb.ID {
	h.T.Helper()
	h.At("2026-06-18 09:00:00")
	row, err := h.Plan(h.T.Context(), Sun, h.Contest,
		drawing.Plan{Key: key, Sources: TwoBalls(), SourceAt: MS("2026-06-18 20:00:00")})
	if err != nil {
		h.T.Fatal(err)
	}
	h.Look()
	return row.ID
}

// Look looks for signals, and finds those given.
func (h *Hall) Look(found ...conduct.Signal) {
	h.T.Helper()
	ctx, of := h.T.Context(), conduct.New(h.DB, h.IDs, h.Clock)
	number, err := of.BeginScan(ctx, h.Contest.ContestID)
	if err == nil {
		err = of.Found(ctx, h.Contest.ContestID, number, 1, found)
	}
	if err == nil {
		err = of.EndScan(ctx, h.Contest.ContestID, number, nil)
	}
	if err != nil {
		h.T.Fatal(err)
	}
}

// FrozenDrawing is planned and frozen.
func (h *Hall) FrozenDrawing(key string) sqldb.ID {
	h.T.Helper()
	id := h.PlannedDrawing(key)
	if err := h.Freeze(h.T.Context(), Sun, id, drawing.Seen{}); err != nil {
		h.T.Fatal(err)
	}
	return id
}

// KnownDrawing is frozen, and its source entered by two.
func (h *Hall) KnownDrawing(key string) sqldb.ID {
	h.T.Helper()
	id := h.FrozenDrawing(key)
	h.At("2026-06-18 21:00:00")
	for _, by := range []staff.Actor{Sun, Wu} {
		if _, err := h.Enter(h.T.Context(), by, id, []string{"9 3 20 31 12 1", "16"}); err != nil {
			h.T.Fatal(err)
		}
	}
	return id
}

// PublishedDrawing is drawn and published.
func (h *Hall) PublishedDrawing(key string) sqldb.ID {
	h.T.Helper()
	id := h.KnownDrawing(key)
	if _, err := h.Draw(h.T.Context(), Sun, id); err != nil {
		h.T.Fatal(err)
	}
	if err := h.Publish(h.T.Context(), Sun, id); err != nil {
		h.T.Fatal(err)
	}
	return id
}

// Transcript is what is published, verified step by step.
func (h *Hall) Transcript(id sqldb.ID) *selection.Transcript {
	h.T.Helper()
	var out bytes.Buffer
	if err := h.WriteTranscript(h.T.Context(), id, &out); err != nil {
		h.T.Fatal(err)
	}
	row, err := h.Drawing(h.T.Context(), id)
	if err != nil {
		h.T.Fatal(err)
	}
	t, err := selection.Verify(out.Bytes(), row.Fingerprint, nil, func(selection.Step) {})
	if err != nil {
		h.T.Fatalf("the transcript does not verify: %v", err)
	}
	return t
}

// Code is the code of an error; empty for none.
func Code(err error) string {
	if err == nil {
		return ""
	}
	return errs.From(err).Code
}

// Forfeit gives a place on: one person proposes, another agrees.
func (h *Hall) Forfeit(ctx context.Context, by staff.Actor, id sqldb.ID, place int, reason string) error {
	if err := h.ProposeForfeit(ctx, by, id, place, reason); err != nil {
		return err
	}
	return h.AgreeToAll(ctx, by)
}

// AgreeToAll lets another than by agree to all that waits.
func (h *Hall) AgreeToAll(ctx context.Context, by staff.Actor) error {
	waiting, err := h.Waiting(ctx, h.Contest.ContestID)
	if err != nil {
		return err
	}
	other := Wu
	if by == Wu {
		other = Sun
	}
	for _, w := range waiting {
		if err := h.Agree(ctx, other, h.Contest.ContestID, w.ID); err != nil {
			return err
		}
	}
	return nil
}
