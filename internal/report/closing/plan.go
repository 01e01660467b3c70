package closing

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/report/offline"
	"anquanda/internal/sheet"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// planned are the parts of the rules that a plan of the activities tells; what binds single
// players alone is left to the rules.
var planned = []string{"活动时间", "参加办法", "关卡和答题", "直播答题", "分享和邀请", "奖品", "抽奖", "公开摇奖", "电子证书"}

// WritePlan writes the plan of the activities as a Word document, to be handed in before
// they begin: made from the definition and from what units are asked for. What only people
// know is marked 【请补充】.
func (s *Service) WritePlan(ctx context.Context, in *catalog.Contest, w io.Writer) error {
	state, err := s.offline.StateOrNone(ctx, in.ContestID, in.Units)
	if err != nil {
		return err
	}
	return planOf(in.Definition, state).write(w)
}

// DownloadPlan is WritePlan, and writes into the audit log who took it.
func (s *Service) DownloadPlan(ctx context.Context, by staff.Actor, in *catalog.Contest, w io.Writer) error {
	if err := s.WritePlan(ctx, in, w); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "contest.plan", Subject: in.Slug})
	})
}

func planOf(d *contest.Definition, state *offline.State) *paper {
	online := Section{Heading: "三、线上活动"}
	for _, part := range rulespage.Describe(d) {
		if slices.Contains(planned, part.Title) {
			online.Paragraphs = append(online.Paragraphs, part.Title+"："+strings.Join(part.Lines, ""))
		}
	}
	sections := []Section{
		{"", []string{fmt.Sprintf("为做好安全知识宣传，%s决定组织开展“%s”，现制定以下方案。【请补充：依据的文件和指导思想】",
			d.Organizer, d.Title)}},
		{"一、活动时间", []string{fmt.Sprintf("%s至%s。", minute(time.UnixMilli(d.Window.Opens.MS).In(d.Zone())),
			end(time.UnixMilli(d.Window.Closes.MS).In(d.Zone())))}},
		{"二、组织领导", []string{"【请补充：负责人、各单位分工】", "联络员：【请补充：姓名、单位、职务、电话】"}},
		online,
		{"四、线下活动", offlinePlanned(state)},
		{"五、工作要求", required(d, state)},
	}
	p := &paper{title: d.Title + "活动方案", sections: sections, tables: []sheet.Table{schedule(d, state)}}
	if state != nil {
		units := sheet.Table{Name: "填报单位", Header: []string{"序号", "单位"}}
		for i, u := range state.Asked {
			units.Rows = append(units.Rows, []any{i + 1, u.Name})
		}
		p.tables = append(p.tables, units)
	}
	return p
}

func offlinePlanned(state *offline.State) []string {
	blank := "【请补充：启动仪式、咨询日、应急演练等，什么时候、在哪里、谁负责】"
	if state == nil {
		return []string{blank}
	}
	var titles []string
	for _, item := range state.Plan.Items {
		titles = append(titles, item.Title)
	}
	return []string{fmt.Sprintf("各单位结合实际开展活动，如实统计以下内容：%s。", strings.Join(titles, "、")), blank}
}

func required(d *contest.Definition, state *offline.State) []string {
	paragraphs := []string{"各单位要广泛发动，组织人员自愿参加，不得摊派。"}
	if state == nil || len(state.Periods) == 0 {
		return append(paragraphs, "各单位在活动结束后报送总结和统计表。【请补充：报送的时间和方式】")
	}
	var dues []string
	for i := range state.Periods {
		dues = append(dues, minute(time.UnixMilli(state.Periods[i].DueAt).In(d.Zone())))
	}
	return append(paragraphs, fmt.Sprintf("%d个单位用各自的链接报送数字和图片，截止时间：%s。图片要写明内容、地点和日期。",
		len(state.Asked), strings.Join(dues, "，")))
}

// schedule lists what happens when, the first first.
func schedule(d *contest.Definition, state *offline.State) sheet.Table {
	type happening struct {
		ms   int64
		what string
	}
	all := []happening{{d.Window.Opens.MS, "答题开始"}, {d.Window.Closes.MS, "答题结束"}}
	if d.Training != nil {
		all = append(all, happening{d.Training.Opens.MS, "热身开始"})
	}
	for _, room := range d.Live {
		if room.Starts.MS > 0 {
			all = append(all, happening{room.Starts.MS, "直播答题：" + room.Title})
		}
	}
	if state != nil {
		for i := range state.Periods {
			all = append(all, happening{state.Periods[i].DueAt, "线下活动填报截止"})
		}
	}
	slices.SortStableFunc(all, func(a, b happening) int { return int(min(max(a.ms-b.ms, -1), 1)) })
	t := sheet.Table{Name: "进度安排", Header: []string{"时间", "内容"}}
	for _, h := range all {
		t.Rows = append(t.Rows, []any{minute(time.UnixMilli(h.ms).In(d.Zone())), h.what})
	}
	return t
}
