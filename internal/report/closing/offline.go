package closing

import (
	"context"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/report/offline"
	"anquanda/internal/sheet"
	"anquanda/internal/unit"
)

func (s *Service) readOffline(ctx context.Context, in *catalog.Contest, f *Figures) (err error) {
	if f.Offline, err = s.offline.StateOrNone(ctx, in.ContestID, in.Units); err != nil {
		return err
	}
	f.Before, err = s.offline.LastPeriod(ctx, in.ContestID)
	return err
}

// offlineTotals are what units told of what happened off line, over all periods.
func (f *Figures) offlineTotals() []offline.Total {
	if f.Offline == nil {
		return nil
	}
	return f.Offline.Totals
}

// offlineTable has an item a row: over all periods, then by period.
func (f *Figures) offlineTable() sheet.Table {
	t := sheet.Table{Name: "线下活动", Header: []string{"项目", "单位", "合计"}, Widths: []float64{26, 8, 12}}
	if f.Offline == nil {
		return t
	}
	for i := range f.Offline.Periods {
		t.Header = append(t.Header, "到 "+f.moment(f.Offline.Periods[i].DueAt))
		t.Widths = append(t.Widths, 24)
	}
	for i, total := range f.Offline.Totals {
		row := []any{total.Title, total.Measure, int(total.Value)}
		for k := range f.Offline.Periods {
			row = append(row, int(f.Offline.Periods[k].Totals[i].Value))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// entriesTable has a row for each unit and period, those without a report too.
func (f *Figures) entriesTable() sheet.Table {
	t := sheet.Table{Name: "线下填报", Header: []string{"截止", "单位", "状态", "上报时间", "第几次上报", "图片", "说明"},
		Widths: []float64{24, 30, 10, 24, 12, 8, 40}}
	if f.Offline == nil {
		return t
	}
	for _, item := range f.Offline.Plan.Items {
		t.Header = append(t.Header, item.Title+"（"+item.Measure+"）")
		t.Widths = append(t.Widths, 16)
	}
	t.Each = f.eachEntry
	return t
}

// eachEntry makes the rows of entriesTable one by one: of thousands of units over many weeks
// they would be as large as all else together.
func (f *Figures) eachEntry(visit func(row []any) error) error {
	for i := range f.Offline.Periods {
		p := &f.Offline.Periods[i]
		for _, u := range f.Offline.Asked {
			row := []any{f.moment(p.DueAt), u.Name}
			if e := p.Entries[u.ID]; e != nil {
				state := "按时"
				if e.Late {
					state = "迟报"
				}
				row = append(row, state, f.moment(e.ReportedAt), e.Revision, len(e.Pictures), e.Note)
				row = append(row, told(e)...)
			} else {
				row = append(row, "没有上报")
			}
			if err := visit(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// told are the numbers of an entry in the order of the items; empty where an item was
// added later.
func told(e *offline.Entry) []any {
	cells := make([]any, len(e.Values))
	for i, value := range e.Values {
		if cells[i] = ""; value != offline.NotTold {
			cells[i] = int(value)
		}
	}
	return cells
}

// heldOffline is the sentence of what happened off line: the first items of which
// something is told.
func (f *Figures) heldOffline() string {
	visits, rest := f.visits()
	var parts []string
	if visits != "" {
		parts = append(parts, visits)
	}
	for _, total := range rest {
		if total.Value > 0 && len(parts) < mostOfflineTold {
			parts = append(parts, fmt.Sprintf("%s%d%s", total.Title, total.Value, total.Measure))
		}
	}
	if len(parts) == 0 {
		return "线下活动。【请补充：启动仪式、宣讲、咨询日、演练等，各有多少场、多少人】"
	}
	reported := map[any]bool{}
	for i := range f.Offline.Periods {
		for id := range f.Offline.Periods[i].Entries {
			reported[id] = true
		}
	}
	return fmt.Sprintf("线下活动。据%d个单位填报，%s。【请补充：有特色的做法】", len(reported), strings.Join(parts, "、"))
}

// visits tells the activities by class of those to whom they went, all in one part of a
// sentence, and the totals that are left.
func (f *Figures) visits() (told string, rest []offline.Total) {
	class := map[string]contest.Class{}
	for _, c := range contest.Classes {
		class[offline.Visits(c)] = c
	}
	var parts []string
	var sum int64
	for _, total := range f.offlineTotals() {
		switch c, ok := class[total.Title]; {
		case !ok:
			rest = append(rest, total)
		case total.Value > 0:
			parts = append(parts, fmt.Sprintf("%s%d%s", c.Title(), total.Value, total.Measure))
			sum += total.Value
		}
	}
	if len(parts) == 0 {
		return "", rest
	}
	return fmt.Sprintf("“五进”活动%d场（%s）", sum, strings.Join(parts, "、")), rest
}

// mostOfflineTold keeps the summary within its characters.
const mostOfflineTold = 10

// pictures are the files of the folder to hand in: each picture, named by unit, day and
// caption, and a list of them.
func (s *Service) pictures(ctx context.Context, in *catalog.Contest, f *Figures) (files []file) {
	list := sheet.Table{Name: "图片目录", Header: []string{"文件", "说明", "时间", "地点", "单位"},
		Widths: []float64{50, 50, 14, 30, 30}}
	if f.Offline == nil {
		return nil
	}
	for u, caption := range f.unitPictures() {
		name := fmt.Sprintf("%03d-%s-%d-%s.jpg", len(files)+1, inName(u.Name), caption.Day, inName(caption.Text))
		list.Rows = append(list.Rows, []any{name, caption.Text, dayText(caption.Day), caption.At, u.Name})
		files = append(files, file{path.Join("图片", name), func(w io.Writer) error {
			body, err := s.offline.Picture(ctx, in.ContestID, caption.ID)
			if err == nil {
				_, err = w.Write(body)
			}
			return err
		}})
	}
	if len(files) > 0 {
		files = append(files, file{"图片/图片目录.xlsx", list.WriteXLSX})
	}
	return files
}

// shots are the pictures that the organizer chose for the summary, the oldest first.
func (s *Service) shots(ctx context.Context, in *catalog.Contest, f *Figures) (shots []shot, err error) {
	if f.Offline == nil {
		return nil, nil
	}
	chosen, err := s.offline.Chosen(ctx, in.ContestID)
	if err != nil || len(chosen) == 0 {
		return nil, err
	}
	for u, caption := range f.unitPictures() {
		if !chosen[caption.ID] {
			continue
		}
		body, err := s.offline.Picture(ctx, in.ContestID, caption.ID)
		if err != nil {
			return nil, err
		}
		text := fmt.Sprintf("%s（%s，%s，%s）", caption.Text, u.Name, dayText(caption.Day), caption.At)
		shots = append(shots, shot{text, body})
	}
	return shots, nil
}

// unitPictures are the pictures that hold, each with its unit, the first period first.
func (f *Figures) unitPictures() iter.Seq2[*unit.Unit, offline.Caption] {
	return func(yield func(*unit.Unit, offline.Caption) bool) {
		for i := range f.Offline.Periods {
			for _, u := range f.Offline.Asked {
				e := f.Offline.Periods[i].Entries[u.ID]
				if e == nil {
					continue
				}
				for _, caption := range e.Pictures {
					if !yield(u, caption) {
						return
					}
				}
			}
		}
	}
}

// filledForms are the tables of other offices, filled.
func (s *Service) filledForms(ctx context.Context, in *catalog.Contest, f *Figures) (files []file, err error) {
	forms, err := s.forms.Forms(ctx, in.ContestID)
	for _, one := range forms {
		name := path.Join("统计表", inName(strings.TrimSuffix(one.Name, ".xlsx"))+".xlsx")
		files = append(files, file{name, func(w io.Writer) error { return one.Write(w, f.Named()) }})
	}
	return files, err
}

// inName is a text as part of a file's name, on every system: what one of them refuses is
// left out, and it is short.
func inName(text string) string {
	kept := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|.`, r) {
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(cut(kept, 24))
}
