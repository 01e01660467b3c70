package handout

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/prize"
	"anquanda/internal/sheet"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// winnersPerRead is how many winners the sheet holds in memory at once.
const winnersPerRead = 1000

const winnersSheet = "中奖名单"

// statusNames are how the sheet tells where an award stands.
var statusNames = map[prize.Status]string{prize.Won: "待填写", prize.Claimed: "待发放", prize.Redeemed: "已领取",
	prize.Credited: "已到账", prize.Paying: "发放中", prize.PaidUp: "已发放", prize.Forfeited: "已作废"}

// sourceNames are how the sheet tells how an award was won.
var sourceNames = map[prize.SourceKind]string{prize.FromPool: "抽奖", prize.FromShop: "积分兑换", prize.FromDrawing: "公开摇奖",
	prize.FromLive: "直播答题", prize.FromPot: "瓜分"}

// worthOf is how the sheet tells what an award is worth; empty where nothing was said.
func worthOf(a *prize.Award) string {
	worth := a.Worth()
	switch {
	case worth == 0:
		return ""
	case a.Kind == contest.PrizePoints:
		return strconv.Itoa(worth) + " 积分"
	}
	return fmt.Sprintf("%d.%02d 元", worth/100, worth%100)
}

// taxWord marks what is income of its winner by law; the tax office has the last word.
func taxWord(a *prize.Award) string {
	if a.Taxed() {
		return "是，请与税务机关核对"
	}
	return ""
}

// WriteSheet writes the winners of a contest for the warehouse as a workbook, with
// what they told in full: seeing it stands in the audit log, before a row is
// written. Every cell is a text, which no spreadsheet takes for a formula. Awards
// that are void are left out. It returns the number of awards.
func (s *Claims) WriteSheet(ctx context.Context, by staff.Actor, c *catalog.Contest,
	out io.Writer) (awards int, err error) {
	header := []string{"中奖编号", "奖品", "来源", "昵称", "单位", "中奖时间", "状态", "价值", "偶然所得", "快递"}
	for _, f := range c.ClaimFields() {
		header = append(header, f.Label)
	}
	rows, err := sheet.NewWriter(winnersSheet, slices.Repeat([]float64{20}, len(header)), header)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for after := sqldb.ID(0); ; {
		var part []prize.Award
		err := s.db.Select(ctx, &part,
			"SELECT "+prize.AwardColumns+` FROM awards
				WHERE contest_id = ? AND id > ? AND status <> ? AND kind <> ? ORDER BY id LIMIT ?`,
			c.ContestID, after, string(prize.Forfeited), string(contest.PrizeThanks), winnersPerRead)
		if err != nil {
			return 0, errs.Wrap(err, "read the winners of a contest")
		}
		if len(part) == 0 {
			break
		}
		after = part[len(part)-1].ID
		if err := s.writePart(ctx, by, c, rows, part); err != nil {
			return 0, err
		}
		awards += len(part)
	}
	return awards, rows.Write(out)
}

// revealed reads in full what winners told, one player for each award, and notes in the
// audit log by which action.
func (s *Claims) revealed(ctx context.Context, by staff.Actor, c *catalog.Contest, action string,
	players []sqldb.ID, keys []string) (personal.Revealed, map[sqldb.ID]identity.Enrolment, error) {
	told, err := s.players.Personal.Reveal(ctx, c.ContestID, players, keys,
		func(ctx context.Context, tx *sqldb.Tx, seen personal.Revealed) error {
			return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: action, Subject: c.Slug,
				Detail: map[string]any{"awards": len(players), "people": len(seen), "fields": keys}})
		})
	if err != nil {
		return nil, nil, err
	}
	enrolments, err := s.players.Enrolments(ctx, c.ContestID, players)
	return told, enrolments, err
}

func (s *Claims) writePart(ctx context.Context, by staff.Actor, c *catalog.Contest, rows *sheet.Writer,
	part []prize.Award) error {
	var players []sqldb.ID
	for i := range part {
		players = append(players, part[i].PlayerID)
	}
	var keys []string
	for _, f := range c.ClaimFields() {
		keys = append(keys, f.Key)
	}
	told, enrolments, err := s.revealed(ctx, by, c, "winners.export", players, keys)
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return err
	}
	posted, err := s.posted(ctx, part)
	if err != nil {
		return err
	}
	for i := range part {
		a := &part[i]
		row := []any{a.ID.String(), a.Title, sourceNames[a.SourceKind], enrolments[a.PlayerID].Nickname,
			c.Units.Path(enrolments[a.PlayerID].UnitID),
			time.UnixMilli(a.WonAt).In(zone).Format("2006-01-02 15:04"), statusNames[a.Status], worthOf(a),
			taxWord(a), posted[a.ID].words()}
		for _, f := range c.ClaimFields() {
			row = append(row, told[a.PlayerID][f.Key])
		}
		if err := rows.Row(row); err != nil {
			return err
		}
	}
	return nil
}
