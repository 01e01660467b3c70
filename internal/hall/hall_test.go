package hall_test

import (
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/hall"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

const contest = sqldb.ID(7)

var wang = staff.Actor{ID: 1, Name: "王主任"}

// house is two nodes over one store, with a clock that the test moves.
type house struct {
	*hall.Service
	other *hall.Service
	t     *testing.T
	db    *sqldb.DB
	later atomic.Int64 // ms
}

func eachHouse(t *testing.T, test func(t *testing.T, h *house)) {
	testkit.Each(t, func(t *testing.T, stores *testkit.Store) {
		stores.Migrate(sqldb.Migrations(), staff.Migrations(), hall.Migrations())
		db := stores.DB
		ids, err := sqldb.NewIDs(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		h := &house{t: t, db: db}
		now := func() time.Time { return time.Now().Add(time.Duration(h.later.Load()) * time.Millisecond) }
		h.Service, h.other = hall.New(db, ids, now), hall.New(db, ids, now)
		test(t, h)
	})
}

// codeOf is the code of an error; empty for none.
func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return errs.From(err).Code
}

func (h *house) shown(of *hall.Service) hall.Shown {
	h.t.Helper()
	shown, err := of.Follow(h.t.Context(), contest)
	if err != nil {
		h.t.Fatal(err)
	}
	return shown
}

func (h *house) logged(action string) (n int) {
	h.t.Helper()
	err := h.db.Get(h.t.Context(), &n, "SELECT COUNT(*) FROM audit_log WHERE action_name = ?", action)
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

func TestScreensOfAllNodesFollowWhatStaffChoose(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		if first := h.shown(h.other); first.Seq != 0 || first.View != hall.Turn || len(first.Turns) == 0 {
			t.Errorf("before anybody has chosen they show %+v", first)
		}
		choice := hall.Choice{View: hall.Turn, Turns: []hall.View{hall.Code, hall.Board}}
		if err := h.Show(t.Context(), wang, contest, 0, choice); err != nil {
			t.Fatal(err)
		}
		if err := h.Show(t.Context(), wang, contest, 1, hall.Choice{View: hall.Drawing, Subject: 9, Step: 2}); err != nil {
			t.Fatal(err)
		}
		h.later.Add(1000)
		for _, node := range []*hall.Service{h.Service, h.other} {
			got := h.shown(node)
			if got.Seq != 2 || got.View != hall.Drawing || got.Subject != 9 || got.Step != 2 || got.ChangedBy != wang.Name {
				t.Errorf("a node shows %+v", got)
			}
		}
		if n := h.logged("screen.show"); n != 2 {
			t.Errorf("%d entries in the audit log, want 2", n)
		}
	})
}

func TestOfPressesAtOnceOneHolds(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		for seq := range int64(2) { // the first row, and one that is there
			var all sync.WaitGroup
			var held, moved atomic.Int64
			for i := range 6 {
				node := []*hall.Service{h.Service, h.other}[i%2]
				all.Go(func() {
					err := node.Show(t.Context(), wang, contest, seq, hall.Choice{View: hall.Far})
					switch code := codeOf(err); {
					case err == nil:
						held.Add(1)
					case code == "screen_moved":
						moved.Add(1)
					default:
						t.Errorf("seq %d: %v", seq, err)
					}
				})
			}
			all.Wait()
			if held.Load() != 1 || moved.Load() != 5 {
				t.Errorf("seq %d: %d held, %d were told to look again", seq, held.Load(), moved.Load())
			}
		}
		if n := h.logged("screen.show"); n != 2 {
			t.Errorf("%d entries in the audit log, want 2", n)
		}
	})
}

func TestWhatCannotBeShownIsRefused(t *testing.T) {
	h := &house{t: t}
	for name, c := range map[string]hall.Choice{
		"no view":               {},
		"another view":          {View: "answers"},
		"a drawing of none":     {View: hall.Drawing},
		"a board of a drawing":  {View: hall.Board, Subject: 3},
		"steps of a board":      {View: hall.Board, Step: 1},
		"a step before all":     {View: hall.Drawing, Subject: 3, Step: -1},
		"turns of nothing":      {View: hall.Turn},
		"turns of a drawing":    {View: hall.Turn, Turns: []hall.View{hall.Drawing}},
		"a view twice":          {View: hall.Turn, Turns: []hall.View{hall.Code, hall.Code}},
		"turns of a single one": {View: hall.Code, Turns: []hall.View{hall.Code}},
	} {
		if err := hall.New(nil, nil, time.Now).Show(h.t.Context(), wang, contest, 0, c); codeOf(err) != "invalid_field" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAScreenIsPairedByTheCodeThatItShowsAndOnlyWhileStaffWait(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		if _, err := h.Ask(ctx, contest); codeOf(err) != "screen_not_pairing" {
			t.Errorf("asked before staff wait: %v", err)
		}
		if err := h.OpenPairing(ctx, wang, contest); err != nil {
			t.Fatal(err)
		}
		if err := h.ClosePairing(ctx, wang, contest); err != nil || h.logged("screen.pairing") != 2 {
			t.Fatalf("staff connect none after all: %v", err)
		}
		if _, err := h.Ask(ctx, contest); codeOf(err) != "screen_not_pairing" {
			t.Errorf("asked once staff wait no more: %v", err)
		}
		if err := h.OpenPairing(ctx, wang, contest); err != nil {
			t.Fatal(err)
		}
		asking, err := h.other.Ask(ctx, contest)
		if err != nil {
			t.Fatal(err)
		}
		stranger, err := h.Ask(ctx, contest)
		if err != nil || stranger.Code == asking.Code {
			t.Fatalf("another screen gets %+v, %v", stranger, err)
		}
		knows := func(of sqldb.ID, id sqldb.ID, secret string) bool {
			t.Helper()
			known, err := h.Knows(ctx, of, id, secret)
			if err != nil {
				t.Fatal(err)
			}
			return known
		}
		if knows(contest, asking.ID, asking.Secret) {
			t.Error("a screen is known before staff have entered its code")
		}
		if err := h.Pair(ctx, wang, contest+1, asking.Code); codeOf(err) != "screen_not_pairing" {
			t.Errorf("paired in another contest: %v", err)
		}
		if err := h.Pair(ctx, wang, contest, asking.Code); err != nil {
			t.Fatal(err)
		}
		for name, code := range map[string]string{"the same code again": asking.Code, "another's": stranger.Code} {
			if err := h.Pair(ctx, wang, contest, code); codeOf(err) != "screen_not_pairing" {
				t.Errorf("%s, though one screen was meant: %v", name, err)
			}
		}
		h.later.Add(1000)
		if _, err := h.other.Ask(ctx, contest); codeOf(err) != "screen_not_pairing" {
			t.Errorf("a screen asks once the one that was meant is paired: %v", err)
		}
		for name, c := range map[string]struct {
			of, id sqldb.ID
			secret string
			want   bool
		}{
			"the screen":             {contest, asking.ID, asking.Secret, true},
			"in another contest":     {contest + 1, asking.ID, asking.Secret, false},
			"with another's secret":  {contest, asking.ID, stranger.Secret, false},
			"without a secret":       {contest, asking.ID, "", false},
			"who was not entered":    {contest, stranger.ID, stranger.Secret, false},
			"with its code":          {contest, asking.ID, asking.Code, false},
			"a screen that is not":   {contest, 99, asking.Secret, false},
			"another with that word": {contest, stranger.ID, asking.Secret, false},
		} {
			if got := knows(c.of, c.id, c.secret); got != c.want {
				t.Errorf("%s: known is %t", name, got)
			}
		}
		if err := h.OpenPairing(ctx, wang, contest); err != nil {
			t.Fatal(err)
		}
		if err := h.Pair(ctx, wang, contest, stranger.Code); codeOf(err) != "screen_code_unknown" {
			t.Errorf("a code of the time before: %v", err)
		}
		late, err := h.Ask(ctx, contest)
		if err != nil {
			t.Fatal(err)
		}
		h.later.Add((6 * time.Minute).Milliseconds())
		if err := h.Pair(ctx, wang, contest, late.Code); codeOf(err) != "screen_not_pairing" {
			t.Errorf("a code after its five minutes: %v", err)
		}
		if paired, err := h.PairedOf(ctx, contest); err != nil || len(paired) != 1 || paired[0].By != wang.Name {
			t.Errorf("paired are %+v, %v", paired, err)
		}
		h.later.Add((7 * 24 * time.Hour).Milliseconds())
		if knows(contest, asking.ID, asking.Secret) {
			t.Error("a screen is known after its seven days")
		}
		if n := h.logged("screen.pair"); n != 1 {
			t.Errorf("%d entries in the audit log, want 1", n)
		}
	})
}

func TestAScreenThatStaffPartedWithIsKnownNoMore(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		if err := h.OpenPairing(ctx, wang, contest); err != nil {
			t.Fatal(err)
		}
		asking, err := h.Ask(ctx, contest)
		if err == nil {
			err = h.Pair(ctx, wang, contest, asking.Code)
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Unpair(ctx, wang, contest+1, asking.ID); codeOf(err) != "screen_unknown" {
			t.Errorf("parted with from another contest: %v", err)
		}
		if err := h.Unpair(ctx, wang, contest, asking.ID); err != nil {
			t.Fatal(err)
		}
		if known, err := h.other.Knows(ctx, contest, asking.ID, asking.Secret); err != nil || known {
			t.Errorf("it is known, %v", err)
		}
		if n := h.logged("screen.unpair"); n != 1 {
			t.Errorf("%d entries in the audit log, want 1", n)
		}
	})
}

func TestStrangersThatAskDoNotFillTheTable(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		if err := h.OpenPairing(ctx, wang, contest); err != nil {
			t.Fatal(err)
		}
		var codes []string
		var refused error
		for refused == nil && len(codes) < 300 {
			var asking *hall.Asking
			if asking, refused = h.Ask(ctx, contest); refused == nil {
				codes = append(codes, asking.Code)
			}
		}
		slices.Sort(codes)
		if codeOf(refused) != "screen_not_pairing" || len(slices.Compact(codes)) != 200 {
			t.Errorf("%d codes, then %v", len(codes), refused)
		}
		h.later.Add(1000)
		if err := h.OpenPairing(ctx, wang, contest); err != nil { // once more: those before are gone
			t.Fatal(err)
		}
		if _, err := h.Ask(ctx, contest); err != nil {
			t.Errorf("a screen that asks when staff press again: %v", err)
		}
	})
}
