package closing

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"anquanda/internal/catalog"
	"anquanda/internal/honour"
	"anquanda/internal/report"
	"anquanda/internal/sheet"
)

func (s *Service) readHonours(ctx context.Context, in *catalog.Contest, f *Figures) (err error) {
	if f.Honours, err = s.honours.Of(ctx, in); err != nil {
		return err
	}
	for i := range f.Honours {
		for k := range f.Honours[i].Units {
			u := &f.Honours[i].Units[k]
			f.honoured = append(f.honoured, honoured{u, s.honours.Code(u.Number)})
		}
	}
	return nil
}

// honoured is a unit that was awarded, with the code of its certificate.
type honoured struct {
	*honour.Awarded
	code string
}

// honoursTable lists the units with the numbers of their certificates. What a unit of few
// people ranked by is on no table.
func (f *Figures) honoursTable() sheet.Table {
	t := sheet.Table{Name: "单位评优", Header: []string{"奖项", "等次", "名次", "单位", "参与人数", "评定时间", "证书编号", "校验码"},
		Widths: []float64{24, 16, 8, 30, 12, 20, 22, 14}}
	for _, u := range f.honoured {
		var people any = tooFew
		if u.Players >= report.SmallGroup {
			people = int(u.Players)
		}
		t.Rows = append(t.Rows, []any{u.Title, u.Class, u.Place, u.Unit, people, f.moment(u.DecidedAt), u.Number.String(),
			u.code})
	}
	return t
}

// awarded tells how many units were awarded, of each honour the first by name.
func (f *Figures) awarded() string {
	var parts []string
	for i := range f.Honours[:min(len(f.Honours), 3)] {
		units := f.Honours[i].Units
		if len(units) == 0 {
			continue
		}
		text := fmt.Sprintf("%s%d个", cut(units[0].Title, 20), len(units))
		if first := cut(units[0].Unit, 20); len(units) > 1 {
			text += fmt.Sprintf("（第一名%s）", first)
		} else {
			text += fmt.Sprintf("（%s）", first)
		}
		parts = append(parts, text)
	}
	if len(parts) == 0 {
		return ""
	}
	return "评优表彰。按线上成绩评出" + strings.Join(parts, "、") + "，证书都可以查验。"
}

// HonoursInPublic are the honours that are published, for the page.
func (f *Figures) HonoursInPublic() []honour.Decided {
	return slices.DeleteFunc(slices.Clone(f.Honours), func(d honour.Decided) bool {
		return d.PublishedAt == 0 || len(d.Units) == 0
	})
}

// honoursInShort lists who was awarded what, as it is handed in.
func (f *Figures) honoursInShort() sheet.Table {
	t := sheet.Table{Name: "单位评优", Header: []string{"奖项", "等次", "单位"}}
	for _, u := range f.honoured {
		t.Rows = append(t.Rows, []any{u.Title, u.Class, u.Unit})
	}
	return t
}
