package payout_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"anquanda/internal/prize/payout"
	"anquanda/internal/sqldb"
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
}

func eachTill(t *testing.T, winners int, test func(t *testing.T, l *till)) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		f.Apply(money)
		l := &till{Fair: f, stand: testkit.StartWeChatPay(t)}
		for range 2 {
			way := payout.WeChat{Pay: l.stand.Client()}
			n := f.NewNode()
			l.ledgers = append(l.ledgers, payout.NewPayouts(n.DB, f.Clock, map[string]payout.Way{"wechat": way,
				"hand": payout.Manual{}},
				func(_ context.Context, _ string, _, player sqldb.ID) (string, error) {
					return "openid" + player.String(), nil
				}))
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
		if _, err := l.ledgers[0].Plan(t.Context(), fair.Sun, l.Contest, "hand"); err != nil {
			t.Fatal(err)
		}
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

func (l *till) plan() int {
	l.T.Helper()
	n, err := l.ledgers[0].Plan(l.T.Context(), fair.Sun, l.Contest, "wechat")
	if err != nil {
		l.T.Fatal(err)
	}
	return n
}

func TestEveryWinnerIsPaidOnceWhateverTroubleThereIs(t *testing.T) {
	const winners = 40
	eachTill(t, winners, func(t *testing.T, l *till) {
		random := rand.New(rand.NewPCG(6, 16))
		troubles := []testkit.Trouble{"", "", testkit.Lost, testkit.Down, testkit.Busy, testkit.Unsigned}
		if n := l.plan(); n != winners {
			t.Errorf("%d bills were made", n)
		}
		if n := l.plan(); n != 0 {
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
		l.plan()
		ledger := l.ledgers[0]
		bills, err := ledger.List(t.Context(), l.Contest.ContestID, 0, 10)
		if err != nil || len(bills) != 1 {
			t.Fatalf("%+v, %v", bills, err)
		}
		number := bills[0].Number
		l.stand.Next(testkit.Lost)
		for range 2 {
			if err := ledger.Again(t.Context(), fair.Sun, number, "wechat"); !errors.Is(err, payout.ErrNotOver) {
				t.Errorf("a bill that may be paid is made again: %v", err)
			}
			ledger.SendDue(t.Context()) //nolint:errcheck // the reply is lost
			l.later()
		}
		l.stand.Confirm("CANCELLED")
		if _, err := ledger.SendDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		made := make([]error, 8)
		for i := range made {
			all.Go(func() { made[i] = l.ledgers[i%2].Again(t.Context(), fair.Sun, number, "wechat") })
		}
		all.Wait()
		again := 0
		for _, err := range made {
			if err == nil {
				again++
			} else if !errors.Is(err, payout.ErrNotOver) {
				t.Error(err)
			}
		}
		if again != 1 {
			t.Errorf("eight who press at once make %d bills", again)
		}
		l.later()
		if _, err := ledger.SendDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if bills, _ := l.stand.Paid(); bills != 1 {
			t.Errorf("%d bills are on their way", bills)
		}
	})
}

// Going round the code: the schema refuses a second live bill of an award.
func TestTheSchemaHoldsOneLiveBillAnAward(t *testing.T) {
	eachTill(t, 1, func(t *testing.T, l *till) {
		l.plan()
		insert := func(turn int) error {
			return l.Exec(`INSERT INTO payouts (bill_no, award_id, turn, live, contest_id, player_id, way, cents, remark,
				state, detail, package_info, sends, leased_until, made_at, changed_at)
				SELECT ?, award_id, ?, 1, contest_id, player_id, way, cents, remark, 'planned', '', '', 0, 0, 1, 1 FROM payouts WHERE turn = 1`,
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
		if n, err := ledger.Plan(t.Context(), fair.Sun, l.Contest, "hand"); n != 2 || err != nil {
			t.Fatal(n, err)
		}
		l.award(3)
		l.plan()
		bills, err := ledger.List(t.Context(), l.Contest.ContestID, 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range bills {
			err := ledger.Mark(t.Context(), fair.Sun, b.Number, true, "当面发放")
			if want := map[string]error{"hand": nil, "wechat": payout.ErrByHand}[b.Way]; !errors.Is(err, want) {
				t.Errorf("%s is marked: %v, want %v", b.Way, err, want)
			}
		}
		if n := l.Count("SELECT COUNT(*) FROM awards WHERE status = 'paid'"); n != 2 {
			t.Errorf("%d awards are paid, want 2", n)
		}
	})
}
