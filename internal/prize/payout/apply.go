package payout

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// ErrOtherResults tells that a file of results is not the one that was looked at.
var ErrOtherResults = errs.New(errs.Conflict, "results_changed", "文件和刚才查看的不一样，请重新查看")

// Found is what a file of results says of bills of a contest.
type Found struct {
	SHA256 string // of the file, hex
	Paid   []Listed
	Failed []Listed // as soon as a second person agrees
	Same   int      // rows that say what stands already
	Asked  int      // rows that failed and wait for the second person already
	Wrong  []Wrong
}

// Listed is a bill that a file of results would change.
type Listed struct {
	Bill  string `json:"bill"`
	Cents int    `json:"cents"`
	Words string `json:"words"` // receipt number, or why it failed
}

// Wrong is a row that is not applied.
type Wrong struct {
	Line int
	Bill string
	Why  string
}

// Cents adds up what bills are over.
func Cents(of []Listed) (sum int64) {
	for _, l := range of {
		sum += int64(l.Cents)
	}
	return sum
}

// CheckResults tells what a file of results would change, and changes nothing. Errors:
// those of ReadResults.
func (p *Payouts) CheckResults(ctx context.Context, c *catalog.Contest, data []byte) (*Found, error) {
	rows, err := ReadResults(data)
	if err != nil {
		return nil, err
	}
	return findResults(ctx, p.DB, c.ContestID, data, rows)
}

// ApplyResults writes what a file of results says, whole or not at all: who was charged
// is paid; who was not waits for a second person, all of the file together. Applied
// twice it changes nothing the second time. sha256 is that of the file which was looked
// at. Errors: those of ReadResults, ErrOtherResults.
func (p *Payouts) ApplyResults(ctx context.Context, by staff.Actor, c *catalog.Contest, data []byte,
	sha256 string) (*Found, error) {
	rows, err := ReadResults(data)
	if err != nil {
		return nil, err
	}
	var found *Found
	err = p.DB.InTx(ctx, func(tx *sqldb.Tx) (err error) {
		if found, err = findResults(ctx, tx, c.ContestID, data, rows); err != nil {
			return err
		}
		if found.SHA256 != sha256 {
			return ErrOtherResults
		}
		return p.apply(ctx, tx, by, c, found)
	})
	return found, errs.Wrap(err, "apply results")
}

func (p *Payouts) apply(ctx context.Context, tx *sqldb.Tx, by staff.Actor, c *catalog.Contest, found *Found) error {
	if len(found.Paid)+len(found.Failed) == 0 {
		return nil
	}
	for _, l := range found.Paid {
		b, err := readPayout(ctx, tx, l.Bill)
		if err != nil {
			return err
		}
		if err := p.settle(ctx, tx, b, Outcome{State: Paid, Detail: l.Words}); err != nil {
			return err
		}
	}
	if len(found.Failed) > 0 {
		body, err := json.Marshal(found.Failed)
		if err != nil {
			return err
		}
		act := p.newAct(by, Act{ContestID: c.ContestID, Kind: ActResults, Way: WayCredit, Bills: len(found.Failed),
			Cents: Cents(found.Failed), Words: "结果文件 " + found.SHA256[:12], Body: string(body)})
		act.Subject = act.ID.String()
		if err := propose(ctx, tx, by, act, "payouts.failed"); err != nil {
			return err
		}
	}
	return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "payouts.results", Subject: c.Slug,
		Detail: map[string]any{"sha256": found.SHA256, "paid": len(found.Paid), "cents": Cents(found.Paid),
			"failed": len(found.Failed), "wrong": len(found.Wrong)}})
}

// failListed writes that bills failed of which an operator has said so, once two agree.
// One that was marked meanwhile stays as it is.
func (p *Payouts) failListed(ctx context.Context, tx *sqldb.Tx, act *Act) error {
	listed, err := act.Listed()
	if err != nil {
		return err
	}
	for _, l := range listed {
		b, err := readPayout(ctx, tx, l.Bill)
		if err != nil {
			return err
		}
		if b.State != Waiting {
			continue
		}
		if err := p.settle(ctx, tx, b, Outcome{State: Failed, Detail: l.Words}); err != nil {
			return err
		}
	}
	return nil
}

// Listed are the bills of an act over an operator's results; none for others.
func (a *Act) Listed() (listed []Listed, err error) {
	if a.Kind == ActResults {
		err = json.Unmarshal([]byte(a.Body), &listed)
	}
	return listed, errs.Wrap(err, "read an act")
}

// findResults holds the rows of a file against the bills that are in a numbered file of
// the contest.
func findResults(ctx context.Context, from sqldb.Reader, contestID sqldb.ID, data []byte,
	rows []Result) (*Found, error) {
	sum := sha256.Sum256(data)
	found := &Found{SHA256: hex.EncodeToString(sum[:])}
	bills, err := filedBills(ctx, from, contestID, rows)
	if err != nil {
		return nil, err
	}
	asked, err := askedResults(ctx, from, contestID)
	if err != nil {
		return nil, err
	}
	ends := map[string]State{}
	for i := range rows {
		r := &rows[i]
		if end, ok := r.end(); ok {
			if before, twice := ends[r.Bill]; twice && before != end {
				ends[r.Bill] = Pending // the file contradicts itself
				continue
			}
			ends[r.Bill] = end
		}
	}
	seen := map[string]bool{}
	for i := range rows {
		found.judge(&rows[i], bills[rows[i].Bill], ends, asked, seen)
	}
	return found, nil
}

// judge sorts one row of a file.
func (f *Found) judge(r *Result, b *Payout, ends map[string]State, asked, seen map[string]bool) {
	end, ok := r.end()
	wrong := func(why string) { f.Wrong = append(f.Wrong, Wrong{r.Line, shortened(r.Bill, 40), why}) }
	switch {
	case b == nil:
		wrong("没有这个单号，或者它不在这个活动的充值文件里")
	case !ok:
		wrong(fmt.Sprintf("“%s”不是成功也不是失败，先不处理", shortened(r.Word, 20)))
	case ends[r.Bill] == Pending:
		wrong("同一个单号在文件里既成功又失败")
	case r.Cents >= 0 && r.Cents != b.Cents:
		wrong(fmt.Sprintf("金额是 %s 元，这笔应是 %s 元", yuan(int64(r.Cents)), yuan(int64(b.Cents))))
	case b.State == end || seen[r.Bill]:
		f.Same++
	case b.State != Waiting:
		wrong(map[State]string{Paid: "这笔已经标记为发放，文件却说失败，请核对", Failed: "这笔已经标记为没有成功，文件却说成功，请核对"}[b.State])
	case end == Paid:
		f.Paid = append(f.Paid, Listed{b.Number, b.Cents, receiptOf(r, f.SHA256)})
	case asked[r.Bill]:
		f.Asked++
	default:
		f.Failed = append(f.Failed, Listed{b.Number, b.Cents, reasonOf(r)})
	}
	seen[r.Bill] = true
}

// receiptOf is by what a payment can be found again: the operator's number, else the
// file and its row.
func receiptOf(r *Result, sum string) string {
	if r.Receipt != "" {
		return shortened(r.Receipt, 100)
	}
	return fmt.Sprintf("结果文件 %s 第 %d 行", sum[:12], r.Line)
}

func reasonOf(r *Result) string {
	if r.Reason != "" {
		return shortened(r.Word+"："+r.Reason, 100)
	}
	return shortened(r.Word, 100)
}

// filedBills reads the bills that rows name and that are in a file of the contest.
func filedBills(ctx context.Context, from sqldb.Reader, contestID sqldb.ID, rows []Result) (map[string]*Payout, error) {
	found := make(map[string]*Payout, len(rows))
	const atOnce = 2000
	for start := 0; start < len(rows); start += atOnce {
		var numbers []string
		for _, r := range rows[start:min(start+atOnce, len(rows))] {
			numbers = append(numbers, shortened(r.Bill, 40))
		}
		var bills []Payout
		err := from.SelectIn(ctx, &bills, "SELECT "+payoutColumns+` FROM payouts
			WHERE contest_id = ? AND way = ? AND file_no > 0 AND bill_no IN (?)`, contestID, WayCredit, numbers)
		if err != nil {
			return nil, errs.Wrap(err, "read the bills of a file of results")
		}
		for i := range bills {
			found[bills[i].Number] = &bills[i]
		}
	}
	return found, nil
}

// askedResults are the bills that wait already for a second person to agree that they
// failed.
func askedResults(ctx context.Context, from sqldb.Reader, contestID sqldb.ID) (map[string]bool, error) {
	var acts []Act
	err := from.Select(ctx, &acts, "SELECT "+actColumns+` FROM payout_acts
		WHERE contest_id = ? AND state = ? AND kind IN ('results', 'failed')`, contestID, string(ActProposed))
	asked := map[string]bool{}
	for i := range acts {
		if acts[i].Kind == ActFailed {
			asked[acts[i].Subject] = true
		}
		listed, err := acts[i].Listed()
		if err != nil {
			return nil, err
		}
		for _, l := range listed {
			asked[l.Bill] = true
		}
	}
	return asked, errs.Wrap(err, "read what waits for a second person")
}
