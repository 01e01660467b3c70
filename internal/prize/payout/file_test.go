package payout_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"anquanda/internal/prize/payout"
	"anquanda/internal/testkit/fair"
)

func contains(text []byte, part string) bool { return bytes.Contains(text, []byte(part)) }

func TestABillIsInOneFileAndDownloadingAgainIsACopyThatTwoAgreeTo(t *testing.T) {
	eachTill(t, 3, func(t *testing.T, l *till) {
		ctx, ledger := t.Context(), l.ledgers[0]
		act, err := ledger.Plan(ctx, fair.Sun, l.Contest, "credit")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ledger.MakeFile(ctx, fair.Sun, l.Contest); !errors.Is(err, payout.ErrNoBills) {
			t.Errorf("a file before the batch is approved: %v", err)
		}
		l.approve(act)
		file, err := ledger.MakeFile(ctx, fair.Sun, l.Contest)
		if err != nil || file.Number != 1 || file.Bills != 3 || file.Cents != 300 {
			t.Fatalf("the file is %+v, %v", file, err)
		}
		// The reply is lost and it is asked again: there is no second file of the same bills.
		if _, err := l.ledgers[1].MakeFile(ctx, fair.Sun, l.Contest); !errors.Is(err, payout.ErrNoBills) {
			t.Errorf("made again: %v", err)
		}
		name, text, err := ledger.Download(ctx, fair.Sun, l.Contest, 1)
		if err != nil || strings.Contains(name, "副本") || !contains(text, "138") {
			t.Fatalf("%s: %s, %v", name, text, err)
		}
		if _, _, err := ledger.Download(ctx, fair.Sun, l.Contest, 1); !errors.Is(err, payout.ErrCopy) {
			t.Errorf("downloaded again: %v", err)
		}
		if err := ledger.ProposeCopy(ctx, fair.Sun, l.Contest, 1, ""); fair.Code(err) != "invalid_field" {
			t.Errorf("a copy without a reason: %v", err)
		}
		if err := ledger.ProposeCopy(ctx, fair.Sun, l.Contest, 1, "电脑坏了"); err != nil {
			t.Fatal(err)
		}
		if _, _, err := ledger.Download(ctx, fair.Sun, l.Contest, 1); !errors.Is(err, payout.ErrCopy) {
			t.Errorf("downloaded before another has agreed: %v", err)
		}
		l.approve(l.open())
		for _, b := range l.bills() {
			l.tells(b.PlayerID, "13500008888") // which changes nothing about a file that is out
		}
		copied, same, err := ledger.Download(ctx, fair.Sun, l.Contest, 1)
		if err != nil || !strings.Contains(copied, "副本1") || !bytes.Equal(same, text) {
			t.Errorf("the copy is %s, the same: %v, %v", copied, bytes.Equal(same, text), err)
		}
		if _, _, err := ledger.Download(ctx, fair.Sun, l.Contest, 1); !errors.Is(err, payout.ErrCopy) {
			t.Errorf("a second copy: %v", err)
		}
		if n := l.Count(`SELECT COUNT(*) FROM audit_log
			WHERE action_name IN ('payouts.file', 'payouts.download', 'payouts.copy')`); n != 3 {
			t.Errorf("the audit log tells of %d", n)
		}
	})
}

func TestOfManyWhoMakeAFileAtOnceEachBillIsInOne(t *testing.T) {
	eachTill(t, 30, func(t *testing.T, l *till) {
		l.plan("credit")
		var all sync.WaitGroup
		made := make([]*payout.File, 8)
		for i := range made {
			all.Go(func() {
				file, err := l.ledgers[i%2].MakeFile(t.Context(), fair.Sun, l.Contest)
				if err == nil {
					made[i] = file
				} else if !errors.Is(err, payout.ErrNoBills) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		bills := 0
		for _, file := range made {
			if file != nil {
				bills += file.Bills
			}
		}
		if bills != 30 || l.Count("SELECT COUNT(*) FROM payouts WHERE file_no = 0") != 0 {
			t.Errorf("%d bills are in files", bills)
		}
	})
}

// filed are bills in a numbered file, and a file of results of them.
func (l *till) filed(words ...string) (results []byte, sum string) {
	l.T.Helper()
	l.plan("credit")
	if _, err := l.ledgers[0].MakeFile(l.T.Context(), fair.Sun, l.Contest); err != nil {
		l.T.Fatal(err)
	}
	text := "六月话费充值结果,,,\n商户单号,金额,充值状态,流水号,失败原因\n"
	for i, b := range l.bills() {
		text += fmt.Sprintf("%s,1.00,%s,SN%d,%s\n", b.Number, words[i], i, map[bool]string{true: "空号"}[words[i] == "失败"])
	}
	found, err := l.ledgers[0].CheckResults(l.T.Context(), l.Contest, []byte(text))
	if err != nil {
		l.T.Fatal(err)
	}
	return []byte(text), found.SHA256
}

func TestTheResultsOfAnOperatorComeBackInOnce(t *testing.T) {
	eachTill(t, 5, func(t *testing.T, l *till) {
		ctx, ledger := t.Context(), l.ledgers[0]
		text, _ := l.filed("成功", " 充值成功 ", "失败", "处理中", "成功")
		text = append(text, "aq1t1,1.00,成功,SN9,\n"...)
		bills := l.bills()
		text = bytes.Replace(text, []byte(bills[4].Number+",1.00"), []byte(bills[4].Number+",9.00"), 1)
		before := l.Count("SELECT COUNT(*) FROM payouts WHERE state = 'waiting'")
		found, err := ledger.CheckResults(ctx, l.Contest, text)
		if err != nil || len(found.Paid) != 2 || len(found.Failed) != 1 || len(found.Wrong) != 3 ||
			payout.Cents(found.Paid) != 200 || before != 5 {
			t.Fatalf("the file says %+v, %v", found, err)
		}
		if n := l.Count("SELECT COUNT(*) FROM payouts WHERE state = 'waiting'"); n != before {
			t.Errorf("looking has changed %d bills", before-n)
		}
		if _, err := ledger.ApplyResults(ctx, fair.Sun, l.Contest, text, "another"); !errors.Is(err, payout.ErrOtherResults) {
			t.Errorf("applied unseen: %v", err)
		}
		for round := range 3 {
			again, err := ledger.ApplyResults(ctx, fair.Sun, l.Contest, text, found.SHA256)
			if err != nil || round > 0 &&
				(len(again.Paid)+len(again.Failed) != 0 || again.Same != 2 || again.Asked != 1) {
				t.Errorf("applied the %d. time: %+v, %v", round+1, again, err)
			}
		}
		paid, failed := "SELECT COUNT(*) FROM payouts WHERE state = 'paid' AND detail LIKE 'SN%'",
			"SELECT COUNT(*) FROM payouts WHERE state = 'failed' AND detail = '失败：空号'"
		if p, f := l.Count(paid), l.Count(failed); p != 2 || f != 0 {
			t.Errorf("%d are paid and %d failed before the second person", p, f)
		}
		l.approve(l.open())
		if p, f := l.Count(paid), l.Count(failed); p != 2 || f != 1 {
			t.Errorf("%d are paid and %d failed", p, f)
		}
		if n := l.Count("SELECT COUNT(*) FROM awards WHERE status = 'paid'"); n != 2 {
			t.Errorf("%d awards are paid", n)
		}
	})
}

func TestAFileThatContradictsItselfOrTheLedgerIsNotBelieved(t *testing.T) {
	eachTill(t, 2, func(t *testing.T, l *till) {
		ctx, ledger := t.Context(), l.ledgers[0]
		text, _ := l.filed("成功", "失败")
		bills := l.bills()
		text = append(text, bills[1].Number+",1.00,成功,SN7,\n"...)
		if err := ledger.Mark(ctx, fair.Sun, bills[0].Number, "SN0"); err != nil {
			t.Fatal(err)
		}
		found, err := ledger.CheckResults(ctx, l.Contest, text)
		if err != nil || len(found.Paid)+len(found.Failed) != 0 || len(found.Wrong) != 2 || found.Same != 1 {
			t.Errorf("%+v, %v", found, err)
		}
		turned := bytes.Replace(text, []byte(bills[0].Number+",1.00,成功"), []byte(bills[0].Number+",1.00,失败"), 1)
		found, err = ledger.CheckResults(ctx, l.Contest, turned)
		if err != nil || len(found.Paid)+len(found.Failed) != 0 || len(found.Wrong) != 3 {
			t.Errorf("a bill that is paid has failed: %+v, %v", found, err)
		}
	})
}

func TestAFileOfResultsWithoutItsColumnsIsRefused(t *testing.T) {
	for name, text := range map[string]string{"no header": "1,2,3\n", "nothing": "", "no result": "单号,金额\naq1t1,1\n"} {
		if rows, err := payout.ReadResults([]byte(text)); err == nil {
			t.Errorf("%s: %+v", name, rows)
		}
	}
}
