package payout

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/sheet"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// repeatedShown bounds the bills of the report of awards that have several.
const repeatedShown = 500

// Repeated lists the bills of awards for which more than one was approved, award by
// award, in the order of their turns: where money could have left twice.
func (p *Payouts) Repeated(ctx context.Context, contestID sqldb.ID) ([]Payout, error) {
	var bills []Payout
	err := p.DB.Select(ctx, &bills, "SELECT "+payoutColumns+` FROM payouts WHERE contest_id = ? AND state <> ?
		AND award_id IN (SELECT award_id FROM payouts WHERE contest_id = ? AND state <> ?
			GROUP BY award_id HAVING COUNT(*) > 1)
		ORDER BY award_id, turn LIMIT ?`, contestID, string(Rejected), contestID, string(Rejected), repeatedShown)
	return bills, errs.Wrap(err, "list awards with several bills")
}

// Told is what a winner sees of the bill of an award.
type Told struct {
	Way   string
	State State
	Tail  string // of the phone number that it goes to; empty elsewhere
}

// OfPlayer reads the newest bill of each award of a player.
func (p *Payouts) OfPlayer(ctx context.Context, contestID, player sqldb.ID) (map[sqldb.ID]Told, error) {
	var bills []Payout
	err := p.DB.Select(ctx, &bills, "SELECT "+payoutColumns+` FROM payouts
		WHERE contest_id = ? AND player_id = ? AND state <> ? ORDER BY turn`, contestID, player, string(Rejected))
	told := make(map[sqldb.ID]Told, len(bills))
	for _, b := range bills {
		told[b.AwardID] = Told{b.Way, b.State, b.Tail}
	}
	return told, errs.Wrap(err, "read the bills of a player")
}

// stateNames are how the sheet tells where a bill stands.
var stateNames = map[State]string{Proposed: "待同事确认", Rejected: "没有同意", Planned: "待发出", Pending: "处理中",
	Waiting: "等待发放", Held: "暂停：号码改过", Paid: "已发放", Failed: "没有成功"}

var wayNames = map[string]string{WayHand: "人工发放", WayCredit: "话费充值文件", "wechat": "微信转账"}

// WriteSheet writes every bill of a contest as a workbook, names and numbers masked, with
// who made and who approved it; the awards with more than one bill come first.
func (p *Payouts) WriteSheet(ctx context.Context, by staff.Actor, c *catalog.Contest, players *identity.Players,
	out io.Writer) error {
	header := []string{"单号", "中奖编号", "奖品", "中奖人", "收款尾号", "金额（元）", "方式", "状态", "凭证号或原因", "第几笔",
		"这份奖品共几笔", "充值文件", "提交人", "同意人", "时间"}
	rows, err := sheet.NewWriter("发放明细", slices.Repeat([]float64{18}, len(header)), header)
	if err != nil {
		return err
	}
	defer rows.Close()
	s := sheetOf{Payouts: p, contest: c, players: players, rows: rows}
	if err := s.read(ctx); err != nil {
		return err
	}
	for _, several := range []bool{true, false} {
		if err := s.write(ctx, several); err != nil {
			return err
		}
	}
	err = p.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "payouts.export", Subject: c.Slug,
			Detail: map[string]any{"bills": s.written}})
	})
	if err != nil {
		return err
	}
	return rows.Write(out)
}

// sheetOf is a sheet of bills on its way.
type sheetOf struct {
	*Payouts
	contest *catalog.Contest
	players *identity.Players
	rows    *sheet.Writer
	zone    *time.Location
	acts    map[sqldb.ID]Act
	counts  map[sqldb.ID]int // bills of an award that were not rejected
	written int
}

func (s *sheetOf) read(ctx context.Context) (err error) {
	if s.zone, err = time.LoadLocation(s.contest.TimeZone); err != nil {
		return err
	}
	var acts []Act
	if err := s.DB.Select(ctx, &acts, "SELECT "+actColumns+" FROM payout_acts WHERE contest_id = ?",
		s.contest.ContestID); err != nil {
		return errs.Wrap(err, "read who approved bills")
	}
	s.acts = make(map[sqldb.ID]Act, len(acts))
	for _, act := range acts {
		s.acts[act.ID] = act
	}
	var counts []struct {
		AwardID sqldb.ID `db:"award_id"`
		Bills   int      `db:"bills"`
	}
	err = s.DB.Select(ctx, &counts, `SELECT award_id, COUNT(*) AS bills FROM payouts WHERE contest_id = ? AND state <> ?
		GROUP BY award_id HAVING COUNT(*) > 1`, s.contest.ContestID, string(Rejected))
	s.counts = make(map[sqldb.ID]int, len(counts))
	for _, n := range counts {
		s.counts[n.AwardID] = n.Bills
	}
	return errs.Wrap(err, "count the bills of awards")
}

// write writes the bills of awards that have several, or those of all others.
func (s *sheetOf) write(ctx context.Context, several bool) error {
	const atOnce = 1000
	for after := ""; ; {
		var bills []Payout
		err := s.DB.Select(ctx, &bills, "SELECT "+payoutColumns+` FROM payouts WHERE contest_id = ? AND bill_no > ?
			ORDER BY bill_no LIMIT ?`, s.contest.ContestID, after, atOnce)
		if err != nil || len(bills) == 0 {
			return errs.Wrap(err, "read bills")
		}
		after = bills[len(bills)-1].Number
		if err := s.writePart(ctx, bills, several); err != nil {
			return err
		}
	}
}

func (s *sheetOf) writePart(ctx context.Context, bills []Payout, several bool) error {
	winners := make([]sqldb.ID, len(bills))
	for i := range bills {
		winners[i] = bills[i].PlayerID
	}
	people, err := s.players.Who(ctx, s.contest.ContestID, winners)
	if err != nil {
		return err
	}
	for i := range bills {
		b := &bills[i]
		if (s.counts[b.AwardID] > 1) != several {
			continue
		}
		act, file := s.acts[b.ActID], ""
		if b.FileNo > 0 {
			file = fmt.Sprintf("第%d号", b.FileNo)
		}
		who := people[b.PlayerID].Name
		if who == "" {
			who = people[b.PlayerID].Nickname
		}
		s.written++
		err := s.rows.Row([]any{b.Number, b.AwardID.String(), b.Remark, who, b.Tail, yuan(int64(b.Cents)), wayNames[b.Way],
			stateNames[b.State], b.Detail, b.Turn, max(1, s.counts[b.AwardID]), file, act.MadeName, act.DecidedName,
			time.UnixMilli(b.ChangedAt).In(s.zone).Format("2006-01-02 15:04")})
		if err != nil {
			return err
		}
	}
	return nil
}
