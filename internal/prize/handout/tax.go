package handout

import (
	"context"
	"fmt"
	"io"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/sheet"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// taxHelp stands on the second sheet: by what the list was made, and what nobody but the
// office can tell.
var taxHelp = []string{
	"这张表供汇总申报“偶然所得”个人所得税时参考，不是申报表。申报前请向主管税务机关核实。",
	"依据：个人所得税法第二条第九项、第三条第三项（税率 20%）、第六条第六项（以每次收入额为应纳税所得额）；实施条例第六条第九项。",
	"依据：财政部 税务总局公告 2019 年第 74 号第三条：企业随机向本单位以外的个人赠送礼品（包括网络红包），按“偶然所得”计税；" +
		"具有价格折扣或折让性质的消费券、代金券、抵用券、优惠券等除外。表里的券类奖品请逐项核对。",
	"价值：外购的奖品按实际购置价格、自产的按市场销售价格（财税〔2011〕50 号第三条）。表里用的是中奖时活动公布的价值，请与发票核对。",
	"税额按价值的 20% 计算。由主办方替中奖人负担税款的，申报时要换算成含税收入，请与税务机关确认算法。",
	"省级人民政府、国务院部委等颁发的科学、教育、技术、文化、卫生、体育、环境保护等方面的奖金免税（个人所得税法第四条第一项）。",
	"由支付的单位代扣，次月十五日前申报（个人所得税法第十四条）。随机赠送、拿不到身份信息的，可以问税务机关能否汇总申报，名单要留存备查。",
	"不含积分、谢谢参与、作废的奖品，和没有写明价值的奖品。",
}

// taxedAtMost bounds the list.
const taxedAtMost = 100_000

// WriteTaxList writes the prizes that are income by law (prize.Award.Taxed) as a workbook
// for the collective declaration: who, the number of the identity card where it was
// asked, the prize, its value and the tax. Seeing it stands in the audit log, before a
// row is written.
func (s *Claims) WriteTaxList(ctx context.Context, by staff.Actor, c *catalog.Contest, out io.Writer) error {
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return err
	}
	var awards []prize.Award
	err = s.db.Select(ctx, &awards, "SELECT "+prize.AwardColumns+` FROM awards
		WHERE contest_id = ? AND status <> ? AND worth > 0 ORDER BY id LIMIT ?`,
		c.ContestID, string(prize.Forfeited), taxedAtMost)
	if err != nil {
		return errs.Wrap(err, "read prizes that are income")
	}
	list := sheet.Table{Name: "偶然所得", Help: taxHelp, Widths: []float64{16, 24, 16, 20, 28, 14, 14, 20, 12, 24},
		Header: []string{"姓名", "身份证号", "手机号", "昵称", "奖品", "价值（元）", "税额（元）", "中奖时间", "状态", "中奖编号"}}
	for start := 0; start < len(awards); start += winnersPerRead {
		part := awards[start:min(start+winnersPerRead, len(awards))]
		if err := s.taxPart(ctx, by, c, &list, part, zone); err != nil {
			return err
		}
	}
	return list.WriteXLSX(out)
}

func (s *Claims) taxPart(ctx context.Context, by staff.Actor, c *catalog.Contest, list *sheet.Table,
	awards []prize.Award, zone *time.Location) error {
	var taxed []*prize.Award
	var players []sqldb.ID
	for i := range awards {
		if awards[i].Taxed() {
			taxed, players = append(taxed, &awards[i]), append(players, awards[i].PlayerID)
		}
	}
	if len(taxed) == 0 {
		return nil
	}
	keys := map[contest.FieldKind]string{}
	var asked []string
	for _, f := range c.Players.Fields {
		switch f.Kind {
		case contest.FieldName, contest.FieldPhone, contest.FieldID:
			keys[f.Kind], asked = f.Key, append(asked, f.Key)
		}
	}
	told, enrolments, err := s.revealed(ctx, by, c, "winners.tax", players, asked)
	if err != nil {
		return err
	}
	for _, a := range taxed {
		who := told[a.PlayerID]
		list.Rows = append(list.Rows, []any{who[keys[contest.FieldName]], who[keys[contest.FieldID]],
			who[keys[contest.FieldPhone]], enrolments[a.PlayerID].Nickname, a.Title, inYuan(a.Worth()), inYuan(a.Tax()),
			time.UnixMilli(a.WonAt).In(zone).Format("2006-01-02 15:04"), statusNames[a.Status], a.ID.String()})
	}
	return nil
}

// inYuan writes cents as yuan.
func inYuan(cents int) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }
