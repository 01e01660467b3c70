package handout_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/keyring"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/prize/handout"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/fair"
)

// counter is a hall with a booth and what winners tell.
type counter struct {
	*fair.Hall
	booth  *handout.Booth
	claims *handout.Claims
}

func eachCounter(t *testing.T, test func(t *testing.T, c *counter)) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) { test(t, newCounter(t, s)) })
}

func newCounter(t testing.TB, s *testkit.Store) *counter {
	t.Helper()
	c := &counter{Hall: fair.NewHall(t, s)}
	c.booth, c.claims = c.boothOf(c.Node, c.Drawings)
	return c
}

func (c *counter) boothOf(n *fair.Node, d *drawing.Drawings) (*handout.Booth, *handout.Claims) {
	hands := handout.Config{DB: n.DB, Catalog: n.Catalog, Players: n.Players, Ledger: n.Ledger, Drawings: d, Now: c.Clock,
		Keys: keyring.Only([]byte("the key of every booth"))}
	booth := handout.NewBooth(hands)
	return booth, handout.NewClaims(hands, booth)
}

// cup is a cup that a player bought for points: goods that ask nothing but a phone.
func (c *counter) cup(player sqldb.ID) sqldb.ID {
	c.T.Helper()
	c.Grant(player, contest.GrantPoints, 5, 1)
	award, err := c.Instant.Exchange(c.T.Context(), c.Contest, player, "cup", 0, fmt.Sprint("request-", player))
	if err != nil {
		c.T.Fatal(err)
	}
	return award.ID
}

func (c *counter) claim(player, award sqldb.ID) {
	c.T.Helper()
	if err := c.tell(player, award, "13812345678"); err != nil {
		c.T.Fatal(err)
	}
}

func (c *counter) tell(player, award sqldb.ID, phone string) error {
	fields := c.Contest.ClaimFields()
	return c.claims.Claim(c.T.Context(), c.Contest, player, award, map[string]string{"phone": phone},
		personal.ConsentTo(c.Contest.Definition, fields).Version, nil,
		identity.Origin{Device: "phone-of-" + player.String()})
}

// ready is a claimed award with its code.
func (c *counter) ready() (award sqldb.ID, code string) {
	c.T.Helper()
	player := c.Player("")
	award = c.cup(player)
	c.claim(player, award)
	mine, err := c.claims.Mine(c.T.Context(), c.Contest, player)
	if err != nil || len(mine) != 1 || mine[0].Code == "" {
		c.T.Fatalf("the player has %+v, %v", mine, err)
	}
	return award, mine[0].Code
}

func TestAPrizeIsClaimedShownHandedOutAndTakenBack(t *testing.T) {
	eachCounter(t, func(t *testing.T, c *counter) {
		ctx := t.Context()
		player := c.Player("n1")
		award := c.cup(player)
		mine, err := c.claims.Mine(ctx, c.Contest, player)
		if err != nil || len(mine) != 1 || !mine[0].Asks || mine[0].Code != "" || mine[0].Until() != 0 {
			t.Fatalf("before the claim: %+v, %v", mine, err)
		}
		if err := c.tell(player, award, ""); fair.Code(err) != "invalid_field" {
			t.Errorf("without a phone: %v", err)
		}
		if err := c.tell(c.Player(""), award, "13812345678"); fair.Code(err) != "award_unknown" {
			t.Errorf("by another player: %v", err)
		}
		c.claim(player, award)
		mine, _ = c.claims.Mine(ctx, c.Contest, player)
		spelt := mine[0].Code
		for _, typed := range []string{spelt, strings.ToLower(spelt), strings.ReplaceAll(spelt, "-", " "),
			"https://example.invalid/console#/booth/lottery/" + spelt} {
			if v, err := c.booth.Scan(ctx, c.Contest, typed); err != nil || v.ID != award || v.Problem != nil ||
				v.Winner != "安*员" || v.Title != "水杯" {
				t.Errorf("%s shows %+v, %v", typed, v, err)
			}
		}
		if _, repeated, err := c.booth.Redeem(ctx, fair.Sun, c.Contest, spelt, "press-0001"); err != nil || repeated {
			t.Fatalf("handed out: %t, %v", repeated, err)
		}
		if _, repeated, err := c.booth.Redeem(ctx, fair.Sun, c.Contest, spelt, "press-0001"); err != nil || !repeated {
			t.Errorf("the same press again: %t, %v", repeated, err)
		}
		if _, _, err := c.booth.Redeem(ctx, fair.Wu, c.Contest, spelt, "press-0002"); fair.Code(err) != "award_used" ||
			!strings.Contains(fmt.Sprint(err), "award_used") {
			t.Errorf("another press: %v", err)
		}
		if err := c.tell(player, award, "13912345678"); fair.Code(err) != "award_handed_out" {
			t.Errorf("told anew after it was handed out: %v", err)
		}
		c.At("2026-06-16 10:09:59")
		if err := c.booth.Undo(ctx, fair.Wu, c.Contest, spelt, "发错人"); err != nil {
			t.Fatal(err)
		}
		if _, _, err := c.booth.Redeem(ctx, fair.Sun, c.Contest, spelt, "press-0001"); fair.Code(err) != "redemption_undone" {
			t.Errorf("the press that was undone, late: %v", err)
		}
		if err := c.booth.Undo(ctx, fair.Wu, c.Contest, spelt, "发错人"); fair.Code(err) != "not_redeemed" {
			t.Errorf("undone twice: %v", err)
		}
		if _, _, err := c.booth.Redeem(ctx, fair.Sun, c.Contest, spelt, "press-0003"); err != nil {
			t.Fatal(err)
		}
		c.At("2026-06-16 10:19:59")
		if err := c.booth.Undo(ctx, fair.Wu, c.Contest, spelt, "发错人"); fair.Code(err) != "undo_late" {
			t.Errorf("after ten minutes: %v", err)
		}
		day, err := c.booth.Today(ctx, c.Contest, fair.Sun.ID)
		if err != nil || day.Count != 1 || day.Mine != 1 || day.Prizes[0].PrizeKey != "cup" {
			t.Errorf("today: %+v, %v", day, err)
		}
	})
}

func TestThePageTellsOfPrizesThatWaitForTheirWinner(t *testing.T) {
	eachCounter(t, func(t *testing.T, c *counter) {
		ctx := t.Context()
		c.People(12, "")
		id := c.KnownDrawing("grand")
		if _, err := c.Draw(ctx, fair.Sun, id); err != nil {
			t.Fatal(err)
		}
		var winner sqldb.ID
		if err := c.DB.Get(ctx, &winner, "SELECT MIN(player_id) FROM awards WHERE source_id = ?", id); err != nil {
			t.Fatal(err)
		}
		waits := func(when string, count int, until int64) {
			t.Helper()
			if w, err := c.claims.Waiting(ctx, c.Contest, winner); err != nil || w.Count != count || w.Until != until {
				t.Errorf("%s: %+v, %v", when, w, err)
			}
		}
		waits("before the hall has seen it", 0, 0)
		if err := c.Publish(ctx, fair.Sun, id); err != nil {
			t.Fatal(err)
		}
		lapses := fair.MS("2026-06-25 21:00:00")
		waits("published", 1, lapses)
		c.cup(winner)
		waits("with a cup that never lapses", 2, lapses)
		mine, err := c.claims.Mine(ctx, c.Contest, winner)
		if err != nil || len(mine) != 2 {
			t.Fatalf("the winner has %+v, %v", mine, err)
		}
		for _, m := range mine {
			c.claim(winner, m.ID)
		}
		waits("claimed, to be fetched", 2, 0)
		for i, m := range mine {
			spelt, err := c.booth.Code(ctx, c.Contest.ContestID, m.ID)
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := c.booth.Redeem(ctx, fair.Sun, c.Contest, spelt, fmt.Sprintf("press-%04d", i)); err != nil {
				t.Fatal(err)
			}
		}
		waits("handed out", 0, 0)
		if w, err := c.claims.Waiting(ctx, c.Contest, c.Player("")); err != nil || w.Count != 0 {
			t.Errorf("who won nothing: %+v, %v", w, err)
		}
	})
}

func TestOfManyBoothsAtOnceOneHandsAnAwardOut(t *testing.T) {
	eachCounter(t, func(t *testing.T, c *counter) {
		_, spelt := c.ready()
		second := c.NewNode()
		other, _ := c.boothOf(second, nil)
		var all sync.WaitGroup
		var mu sync.Mutex
		done, used := 0, 0
		for i := range 12 {
			booth := []*handout.Booth{c.booth, other}[i%2]
			all.Go(func() {
				_, _, err := booth.Redeem(t.Context(), fair.Sun, c.Contest, spelt, fmt.Sprintf("press-%04d", i))
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					done++
				case errors.Is(err, handout.ErrUsed):
					used++
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if done != 1 || used != 11 || c.Count("SELECT COUNT(*) FROM redemptions") != 1 {
			t.Errorf("%d handed it out, %d were told that it is used", done, used)
		}
		if err := c.Exec(`INSERT INTO redemptions (award_id, contest_id, request_key, was, staff_id, staff_name,
			redeemed_at) SELECT award_id, contest_id, 'round', was, 1, 'x', 1 FROM redemptions`); err == nil {
			t.Error("the schema lets an award go out twice")
		}
	})
}

func TestACodeThatIsNotOursIsToldApart(t *testing.T) {
	c := newCounter(t, testkit.Embedded(t))
	_, spelt := c.ready()
	if _, err := c.booth.Scan(t.Context(), c.Contest, "\u202d"+spelt[:4]+"\u200b"+spelt[4:]+"\u202c"); err != nil {
		t.Errorf("pasted with hidden marks: %v", err)
	}
	forged := []byte(spelt)
	forged[len(forged)-1] = "01"[b2i(forged[len(forged)-1] == '0')]
	for typed, want := range map[string]string{
		"": "invalid_field", "123": "invalid_field", spelt + "0": "invalid_field", "中奖": "invalid_field",
		strings.Repeat("U", 12): "invalid_field",
		string(forged):          "code_unknown", "0000-0000-0000": "code_unknown",
	} {
		if _, err := c.booth.Scan(t.Context(), c.Contest, typed); fair.Code(err) != want {
			t.Errorf("%q: %v, want %s", typed, err, want)
		}
		if _, _, err := c.booth.Redeem(t.Context(), fair.Sun, c.Contest, typed, "press-0001"); fair.Code(err) != want {
			t.Errorf("%q: %v, want %s", typed, err, want)
		}
	}
	home := c.Contest
	c.Apply(strings.NewReplacer("contest: lottery", "contest: other", "title: 安全生产月答题",
		"title: 另一个活动").Replace(fair.Lottery))
	_, err := c.booth.Scan(t.Context(), c.Contest, spelt)
	if fair.Code(err) != "code_elsewhere" || errs.From(err).Contest != home.Slug ||
		!strings.Contains(errs.From(err).Message, home.Title) {
		t.Errorf("at another contest's booth: %v, which leads to %q", err, errs.From(err).Contest)
	}
	if _, err := c.booth.Scan(t.Context(), home, spelt); err != nil {
		t.Errorf("at its own: %v", err)
	}
	if n := c.Count("SELECT COUNT(*) FROM redemptions"); n != 0 {
		t.Errorf("%d were handed out", n)
	}
}

func TestABoothTellsWhyACodeIsNoLongerGood(t *testing.T) {
	c := newCounter(t, testkit.Embedded(t))
	ctx := t.Context()
	c.People(12, "")
	id := c.PublishedDrawing("grand")
	var award sqldb.ID
	if err := c.DB.Get(ctx, &award, "SELECT MIN(id) FROM awards WHERE source_id = ?", id); err != nil {
		t.Fatal(err)
	}
	spelt, err := c.booth.Code(ctx, c.Contest.ContestID, award)
	if err != nil {
		t.Fatal(err)
	}
	refused := func(when, want, says string) {
		t.Helper()
		v, err := c.booth.Scan(ctx, c.Contest, spelt)
		if err != nil || v.Problem == nil || v.Problem.Code != want || !strings.Contains(v.Problem.Message, says) {
			t.Errorf("%s it shows %+v, %v", when, v, err)
		}
		if _, _, err := c.booth.Redeem(ctx, fair.Sun, c.Contest, spelt, "press-0001"); fair.Code(err) != want {
			t.Errorf("%s it is handed out: %v", when, err)
		}
	}
	refused("before it is claimed", "award_unclaimed", "填好领奖信息")
	c.At("2026-06-25 21:00:00")
	refused("once it has lapsed", "award_expired", "期限")
	if err := c.claims.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	refused("once it has gone to a reserve", "award_void", "作废")
	if n := c.Count("SELECT COUNT(*) FROM redemptions"); n != 0 {
		t.Errorf("%d were handed out", n)
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestWhatNobodyClaimsGoesToAReserve(t *testing.T) {
	eachCounter(t, func(t *testing.T, c *counter) {
		ctx := t.Context()
		c.People(12, "")
		id := c.PublishedDrawing("grand")
		var winners []sqldb.ID
		if err := c.DB.Select(ctx, &winners, "SELECT player_id FROM awards WHERE source_id = ? ORDER BY slip",
			id); err != nil {
			t.Fatal(err)
		}
		first, err := c.claims.Mine(ctx, c.Contest, winners[0])
		if err != nil || len(first) != 1 || first[0].Until() != fair.MS("2026-06-25 21:00:00") {
			t.Fatalf("the winner has %+v, %v", first, err)
		}
		c.claim(winners[0], first[0].ID)
		c.At("2026-06-25 20:59:59")
		if err := c.claims.Sweep(ctx); err != nil || c.Count("SELECT COUNT(*) FROM awards WHERE status = 'forfeited'") != 0 {
			t.Errorf("before the time is over: %v", err)
		}
		c.At("2026-06-25 21:00:00")
		second, _ := c.claims.Mine(ctx, c.Contest, winners[1])
		if err := c.tell(winners[1], second[0].ID, "13812345678"); fair.Code(err) != "award_expired" {
			t.Errorf("claimed too late: %v", err)
		}
		for range 2 {
			if err := c.claims.Sweep(ctx); err != nil {
				t.Fatal(err)
			}
		}
		tr := c.Transcript(id)
		if len(tr.Draw.Forfeits) != 4 || len(tr.Draw.Results) != 9 {
			t.Errorf("%d forfeits, %d places", len(tr.Draw.Forfeits), len(tr.Draw.Results))
		}
		if n := c.Count("SELECT COUNT(*) FROM awards WHERE source_id = ? AND status = 'won' AND unit_no IS NOT NULL",
			id); n != 4 {
			t.Errorf("%d moved up, want 4", n)
		}
		if n := c.Count("SELECT COUNT(*) FROM awards WHERE source_id = ? AND status = 'claimed'", id); n != 1 {
			t.Errorf("%d are claimed, want 1", n)
		}
	})
}

func TestTheSheetOfWinnersHoldsNoFormulaAndSeeingItIsLogged(t *testing.T) {
	c := newCounter(t, testkit.Embedded(t))
	player := c.Player("n1")
	if _, err := c.Players.Enrol(t.Context(), c.Contest.ContestID, player, "=1+1", 0); err != nil {
		t.Fatal(err)
	}
	c.claim(player, c.cup(player))
	var out bytes.Buffer
	n, err := c.claims.WriteSheet(t.Context(), fair.Sun, c.Contest, &out)
	if err != nil || n != 1 {
		t.Fatalf("%d awards, %v", n, err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("中奖名单")
	if err != nil || len(rows) != 2 || rows[1][3] != "=1+1" || rows[1][6] != "待发放" || rows[1][7] != "5.00 元" ||
		!strings.HasPrefix(rows[1][8], "是") || rows[1][10] != "13812345678" {
		t.Errorf("the rows are %v, %v", rows, err)
	}
	if formula, err := book.GetCellFormula("中奖名单", "D2"); err != nil || formula != "" {
		t.Errorf("a formula: %q, %v", formula, err)
	}
	var detail string
	if err := c.DB.Get(t.Context(), &detail,
		"SELECT detail FROM audit_log WHERE action_name = 'winners.export'"); err != nil || strings.Contains(detail, "138") {
		t.Errorf("the log says %s, %v", detail, err)
	}
	var sealed string
	if err := c.DB.Get(t.Context(), &sealed, "SELECT sealed FROM personal"); err != nil ||
		strings.Contains(sealed, "13812345678") {
		t.Errorf("it is kept as %s, %v", sealed, err)
	}
}

// asked is a contest whose winners tell their phone, by the field alone.
const asked = `contest: asked
title: 安全答题
organizer: 县应急管理局
accept: [{finding: unproven-prizes, by: 测试, why: 这里试别的}]
window: {opens: 2026-06-01 00:00, closes: 2026-06-30 00:00}
bank: safety
players: {fields: [{key: phone, label: 手机号, kind: phone, when: claim, why: 中奖后联系}]}
levels:
  - {key: only, title: 第一关, questions: [{count: 1}], pass: 1}
prizes:
  - {key: cup, title: 水杯, kind: goods, value: 500, stock: 10, price: 5, collect: 到县应急管理局领取}
`

func TestAWinnerIsAskedWhatTheRulesPromiseWithoutClaims(t *testing.T) {
	c := newCounter(t, testkit.Embedded(t))
	c.Apply(asked)
	player := c.Player("")
	award := c.cup(player)
	mine, err := c.claims.Mine(t.Context(), c.Contest, player)
	if err != nil || len(mine) != 1 || !mine[0].Asks || mine[0].Code != "" {
		t.Fatalf("before the phone is told the winner sees %+v, %v", mine, err)
	}
	spelt, err := c.booth.Code(t.Context(), c.Contest.ContestID, award)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := c.booth.Scan(t.Context(), c.Contest, spelt); err != nil || v.Problem != handout.ErrUnclaimed {
		t.Errorf("the booth shows %+v, %v", v, err)
	}
	if err := c.tell(player, award, ""); errs.From(err).Field != "fields.phone" {
		t.Errorf("a claim without the phone: %v", err)
	}
	c.claim(player, award)
	if v, err := c.booth.Scan(t.Context(), c.Contest, spelt); err != nil || v.Problem != nil {
		t.Errorf("after the claim the booth shows %+v, %v", v, err)
	}
	var sheet bytes.Buffer
	if n, err := c.claims.WriteSheet(t.Context(), fair.Sun, c.Contest, &sheet); err != nil || n != 1 {
		t.Errorf("%d awards on the sheet, %v", n, err)
	}
}

func TestAHandOutOfAnotherYearIsToldWithItsYear(t *testing.T) {
	c := newCounter(t, testkit.Embedded(t))
	_, code := c.ready()
	if _, _, err := c.booth.Redeem(t.Context(), fair.Sun, c.Contest, code, "press-0001"); err != nil {
		t.Fatal(err)
	}
	year := c.Clock().Year()
	for _, told := range []struct {
		later time.Duration
		year  bool
	}{{time.Hour, false}, {366 * 24 * time.Hour, true}} {
		c.Pass(told.later)
		slip, err := c.booth.Scan(t.Context(), c.Contest, code)
		if err != nil || slip.Problem == nil ||
			strings.Contains(slip.Problem.Message, fmt.Sprintf("已经在%d年", year)) != told.year {
			t.Errorf("%v later: %+v, %v", told.later, slip.Problem, err)
		}
	}
}
