package payout_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/identity/personal"
	"anquanda/internal/keyring"
	"anquanda/internal/prize/payout"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/fair"
)

const money = `contest: festival
title: 红包
organizer: 县应急管理局
accept: [{finding: unproven-prizes, by: 测试, why: 这里试别的}]
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
levels:
  - {key: first, title: 第一关, questions: [{count: 1}], pass: 1}
prizes:
  - {key: packet, title: 现金红包, kind: redpacket, value: 100, stock: 1000}
`

// till is the ledger of two nodes before a stand-in of WeChat.
type till struct {
	*fair.Fair
	stand   *testkit.WeChatPay
	ledgers []*payout.Payouts

	mu     sync.Mutex
	payees map[sqldb.ID]string // of who has told another than the first
}

// payee is whom a player tells to pay to by now.
func (l *till) payee(way string, player sqldb.ID) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if to, told := l.payees[player]; told {
		return to
	}
	if payout.ByHand(way) {
		return fmt.Sprintf("138%08d", player%100_000_000)
	}
	return "openid" + player.String()
}

// tells lets a player tell another payee; an empty one takes it back.
func (l *till) tells(player sqldb.ID, to string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.payees[player] = to
}

func (l *till) newLedger() *payout.Payouts {
	n := l.NewNode()
	vault := personal.NewVault(keyring.Only([]byte("the key of what winners tell us.")), keyring.Only([]byte("hashes")))
	return payout.NewPayouts(payout.Config{DB: n.DB, IDs: n.IDs, Now: l.Clock, Vault: vault,
		Ways: map[string]payout.Way{"wechat": payout.WeChat{Pay: l.stand.Client()}},
		Payees: func(_ context.Context, way string, _ sqldb.ID, players []sqldb.ID) (map[sqldb.ID]string, error) {
			told := map[sqldb.ID]string{}
			for _, player := range players {
				if to := l.payee(way, player); to != "" {
					told[player] = to
				}
			}
			return told, nil
		}})
}

func eachTill(t *testing.T, winners int, test func(t *testing.T, l *till)) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		f.Apply(money)
		l := &till{Fair: f, stand: testkit.StartWeChatPay(t), payees: map[sqldb.ID]string{}}
		for range 2 {
			l.ledgers = append(l.ledgers, l.newLedger())
		}
		for i := range winners {
			l.award(i + 1)
		}
		test(t, l)
	})
}

func (l *till) award(unit int) sqldb.ID {
	l.T.Helper()
	id := l.IDs.Next()
	err := l.Exec(`INSERT INTO awards (id, contest_id, player_id, prize_key, kind, tier, unit_no, stock, source_kind,
		source_key, source_id, status, won_at, changed_at, title, worth, claim_until)
		VALUES (?, ?, ?, 'packet', 'redpacket', 'packet', ?, 1000, 'pool', 'x', 0, 'won', 1, 1, '现金红包', 100, 0)`,
		id, l.Contest.ContestID, id, unit)
	if err != nil {
		l.T.Fatal(err)
	}
	return id
}

func TestAWinnerIsPaidWhatWasPromisedWhateverThePrizeIsWorthToday(t *testing.T) {
	eachTill(t, 2, func(t *testing.T, l *till) {
		if err := l.Exec("UPDATE awards SET worth = 37 WHERE unit_no = 1"); err != nil {
			t.Fatal(err)
		}
		if due, err := l.ledgers[0].Due(t.Context(), l.Contest); err != nil || due != 2 {
			t.Fatalf("%d are due, %v", due, err)
		}
		l.plan("hand")
		var cents []int
		if err := l.DB.Select(t.Context(), &cents, "SELECT cents FROM payouts ORDER BY cents"); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(cents, []int{37, 100}) {
			t.Errorf("the bills are over %v cents", cents)
		}
	})
}

// later lets leases run out.
func (l *till) later() {
	l.Pass(2 * time.Minute)
}

// plan makes a batch, which another approves, and tells how many bills it has.
func (l *till) plan(way string) int {
	l.T.Helper()
	act, err := l.ledgers[0].Plan(l.T.Context(), fair.Sun, l.Contest, way)
	if errors.Is(err, payout.ErrNothing) {
		return 0
	}
	if err != nil {
		l.T.Fatal(err)
	}
	l.approve(act)
	return act.Bills
}

// approve lets the second person approve what was proposed.
func (l *till) approve(act *payout.Act) {
	l.T.Helper()
	if err := l.decide(fair.Wu, act, true); err != nil {
		l.T.Fatalf("%s %s: %v", act.Kind, act.Subject, err)
	}
}

func (l *till) decide(by staff.Actor, act *payout.Act, approve bool) error {
	l.T.Helper()
	_, err := l.ledgers[1].Decide(l.T.Context(), by, act.ID,
		payout.Decision{Approve: approve, Bills: act.Bills, Cents: act.Cents, Note: "金额不对"})
	return err
}

// open is the only act that waits.
func (l *till) open() *payout.Act {
	l.T.Helper()
	open, _, err := l.ledgers[0].Acts(l.T.Context(), l.Contest.ContestID)
	if err != nil || len(open) != 1 {
		l.T.Fatalf("%d acts wait, %v", len(open), err)
	}
	return &open[0]
}

// bills are those of the contest, by their numbers.
func (l *till) bills() []payout.Billed {
	l.T.Helper()
	bills, err := l.ledgers[0].List(l.T.Context(), l.Contest.ContestID, 0, 1000)
	if err != nil {
		l.T.Fatal(err)
	}
	slices.SortFunc(bills, func(a, b payout.Billed) int { return strings.Compare(a.Number, b.Number) })
	return bills
}

func TestEveryWinnerIsPaidOnceWhateverTroubleThereIs(t *testing.T) {
	const winners = 40
	eachTill(t, winners, func(t *testing.T, l *till) {
		random := rand.New(rand.NewPCG(6, 16))
		troubles := []testkit.Trouble{"", "", testkit.Lost, testkit.Down, testkit.Busy, testkit.Unsigned}
		if n := l.plan("wechat"); n != winners {
			t.Errorf("%d bills were made", n)
		}
		if n := l.plan("wechat"); n != 0 {
			t.Errorf("%d bills were made for the same awards again", n)
		}
		for round := 0; l.Count("SELECT COUNT(*) FROM payouts WHERE state <> 'waiting'") > 0; round++ {
			if round > 60 {
				t.Fatal("bills do not get through")
			}
			for range 30 {
				l.stand.Next(troubles[random.IntN(len(troubles))])
			}
			var both sync.WaitGroup
			for _, ledger := range l.ledgers {
				both.Go(func() { ledger.SendDue(t.Context()) }) //nolint:errcheck // trouble is meant
			}
			both.Wait()
			l.later()
		}
		l.stand.Confirm("SUCCESS")
		for l.Count("SELECT COUNT(*) FROM payouts WHERE state <> 'paid'") > 0 {
			l.stand.Next("", "", "", "")
			l.ledgers[0].SendDue(t.Context()) //nolint:errcheck // troubles that are left over
			l.later()
		}
		if bills, cents := l.stand.Paid(); bills != winners || cents != 100*winners {
			t.Errorf("WeChat paid %d bills of %d cents", bills, cents)
		}
		if n := l.Count("SELECT COUNT(*) FROM awards WHERE status = 'paid'"); n != winners {
			t.Errorf("%d awards are paid", n)
		}
		if n := l.stand.Refused(); n != 0 {
			t.Errorf("%d requests were not signed well", n)
		}
	})
}

func TestOnlyABillThatSurelyFailedIsMadeAgain(t *testing.T) {
	eachTill(t, 1, func(t *testing.T, l *till) {
		l.plan("wechat")
		ledger := l.ledgers[0]
		number := l.bills()[0].Number
		l.stand.Next(testkit.Lost)
		for range 2 {
			if err := ledger.ProposeAgain(t.Context(), fair.Sun, number, "wechat", "没有收到"); !errors.Is(err, payout.ErrNotOver) {
				t.Errorf("a bill that may be paid is made again: %v", err)
			}
			ledger.SendDue(t.Context()) //nolint:errcheck // the reply is lost
			l.later()
		}
		l.stand.Confirm("CANCELLED")
		if _, err := ledger.SendDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := ledger.ProposeAgain(t.Context(), fair.Sun, number, "wechat", "中奖人没有确认"); err != nil {
			t.Fatal(err)
		}
		if err := ledger.ProposeAgain(t.Context(), fair.Wu, number, "hand", "中奖人没有确认"); !errors.Is(err, payout.ErrActOpen) {
			t.Errorf("proposed by another as well: %v", err)
		}
		act := l.open()
		if err := l.decide(fair.Sun, act, true); !errors.Is(err, staff.ErrSamePerson) {
			t.Errorf("approved by who proposed it: %v", err)
		}
		l.approve(act)
		if err := ledger.ProposeAgain(t.Context(), fair.Sun, number, "hand", "再来一次"); !errors.Is(err, payout.ErrNotOver) {
			t.Errorf("a third bill: %v", err)
		}
		l.later()
		if _, err := ledger.SendDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if bills, _ := l.stand.Paid(); bills != 1 {
			t.Errorf("%d bills are on their way", bills)
		}
		repeated, err := ledger.Repeated(t.Context(), l.Contest.ContestID)
		if err != nil || len(repeated) != 2 || repeated[0].Turn != 1 || repeated[1].Turn != 2 {
			t.Errorf("the report of awards with several bills holds %+v, %v", repeated, err)
		}
	})
}

// Going round the code: the schema refuses a second live bill of an award.
func TestTheSchemaHoldsOneLiveBillAnAward(t *testing.T) {
	eachTill(t, 1, func(t *testing.T, l *till) {
		l.plan("wechat")
		insert := func(turn int) error {
			return l.Exec(`INSERT INTO payouts (bill_no, award_id, turn, live, contest_id, player_id, way, cents, remark,
				state, detail, package_info, sends, leased_until, made_at, changed_at)
				SELECT ?, award_id, ?, 1, contest_id, player_id, way, cents, remark, 'planned', '', '', 0, 0, 1, 1
				FROM payouts WHERE turn = 1`,
				fmt.Sprint("aqforged", turn), turn)
		}
		for _, turn := range []int{1, 2} {
			if err := insert(turn); !sqldb.IsDuplicate(err) {
				t.Errorf("turn %d of an award with a live bill: %v", turn, err)
			}
		}
	})
}

func TestStaffMarkOnlyWhatIsPaidByHand(t *testing.T) {
	eachTill(t, 2, func(t *testing.T, l *till) {
		ledger := l.ledgers[0]
		if _, err := ledger.Plan(t.Context(), fair.Sun, l.Contest, "post"); !errors.Is(err, payout.ErrNoWay) {
			t.Errorf("a way that is not set up: %v", err)
		}
		if n := l.plan("hand"); n != 2 {
			t.Fatalf("%d bills by hand", n)
		}
		l.award(3)
		l.plan("wechat")
		for _, b := range l.bills() {
			for _, receipt := range []string{"", " ", strings.Repeat("长", 200)} {
				if err := ledger.Mark(t.Context(), fair.Sun, b.Number, receipt); fair.Code(err) != "invalid_field" {
					t.Errorf("paid by the receipt %.9q: %v", receipt, err)
				}
			}
			err := ledger.Mark(t.Context(), fair.Sun, b.Number, "签收单 2026-07")
			if want := map[string]error{"hand": nil, "wechat": payout.ErrByHand}[b.Way]; !errors.Is(err, want) {
				t.Errorf("%s is marked: %v, want %v", b.Way, err, want)
			}
		}
		if n := l.Count("SELECT COUNT(*) FROM awards WHERE status = 'paid'"); n != 2 {
			t.Errorf("%d awards are paid, want 2", n)
		}
	})
}
