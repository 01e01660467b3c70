package prize

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// winnersPerRead is how many winners the sheet holds in memory at once.
const winnersPerRead = 1000

const winnersSheet = "中奖名单"

// statusNames are how the sheet tells where an award stands.
var statusNames = map[Status]string{Won: "待填写", Claimed: "待发放", Redeemed: "已领取", Credited: "已到账", Forfeited: "已作废"}

// sourceNames are how the sheet tells how an award was won.
var sourceNames = map[SourceKind]string{FromPool: "抽奖", FromShop: "积分兑换", FromDrawing: "公开摇奖"}

// WriteSheet writes the winners of a contest for the warehouse as a workbook, with
// what they told in full: seeing it stands in the audit log, before a row is
// written. Every cell is a text, which no spreadsheet takes for a formula. Awards
// that are void are left out. It returns the number of awards.
func (s *Claims) WriteSheet(ctx context.Context, by staff.Actor, c *catalog.Contest, out io.Writer) (awards int, err error) {
	book := excelize.NewFile()
	defer book.Close()
	if err := book.SetSheetName("Sheet1", winnersSheet); err != nil {
		return 0, err
	}
	rows, err := book.NewStreamWriter(winnersSheet)
	if err != nil {
		return 0, err
	}
	w := sheetWriter{rows: rows, fields: ClaimFields(c.Definition)}
	if err := w.head(); err != nil {
		return 0, err
	}
	for after := sqldb.ID(0); ; {
		var part []Award
		err := s.db.Select(ctx, &part, "SELECT "+awardColumns+" FROM awards WHERE contest_id = ? AND id > ? AND status <> ? AND kind <> ? ORDER BY id LIMIT ?",
			c.ContestID, after, string(Forfeited), string(contest.PrizeThanks), winnersPerRead)
		if err != nil {
			return 0, errs.Wrap(err, "read the winners of a contest")
		}
		if len(part) == 0 {
			break
		}
		after = part[len(part)-1].ID
		if err := s.writePart(ctx, by, c, &w, part); err != nil {
			return 0, err
		}
	}
	if err := rows.Flush(); err != nil {
		return 0, err
	}
	return w.written - 1, book.Write(out)
}

func (s *Claims) writePart(ctx context.Context, by staff.Actor, c *catalog.Contest, w *sheetWriter, part []Award) error {
	var players []sqldb.ID
	for i := range part {
		players = append(players, part[i].PlayerID)
	}
	told, err := s.players.Reveal(ctx, c.ContestID, players, c.Claims.Fields, func(ctx context.Context, tx *sqldb.Tx, seen identity.Revealed) error {
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "winners.export", Subject: c.Slug,
			Detail: map[string]any{"awards": len(part), "people": len(seen), "fields": c.Claims.Fields}})
	})
	if err != nil {
		return err
	}
	enrolments, err := s.players.Enrolments(ctx, c.ContestID, players)
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return err
	}
	for i := range part {
		a := &part[i]
		title := a.PrizeKey
		if p := prizeOf(c.Definition, a.PrizeKey); p != nil {
			title = p.Title
		}
		row := []string{a.ID.String(), title, sourceNames[a.SourceKind], enrolments[a.PlayerID].Nickname, c.Units.Path(enrolments[a.PlayerID].UnitID),
			time.UnixMilli(a.WonAt).In(zone).Format("2006-01-02 15:04"), statusNames[a.Status]}
		for _, f := range w.fields {
			row = append(row, told[a.PlayerID][f.Key])
		}
		if err := w.row(row); err != nil {
			return err
		}
	}
	return nil
}

// sheetWriter writes rows of texts.
type sheetWriter struct {
	rows    *excelize.StreamWriter
	fields  []contest.Field
	written int
}

func (w *sheetWriter) head() error {
	if err := w.rows.SetColWidth(1, 7+max(1, len(w.fields)), 20); err != nil {
		return err
	}
	titles := []string{"中奖编号", "奖品", "来源", "昵称", "单位", "中奖时间", "状态"}
	for _, f := range w.fields {
		titles = append(titles, f.Label)
	}
	return w.row(titles)
}

func (w *sheetWriter) row(texts []string) error {
	cells := make([]any, len(texts))
	for i, text := range texts {
		cells[i] = text
	}
	w.written++
	return w.rows.SetRow(fmt.Sprintf("A%d", w.written), cells)
}
