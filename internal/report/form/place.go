package form

import (
	"fmt"
	"slices"
	"strings"

	"anquanda/internal/report/offline"
)

// Place is a cell that somebody picked for a figure.
type Place struct {
	Sheet string `json:"sheet"`
	Cell  string `json:"cell"`
	Name  string `json:"name"` // of the figure
}

// Finding is what somebody should know of a table, with its cell ("" for all of a sheet).
type Finding struct {
	Sheet, Cell string
	Wrong       bool // this cell is not filled; else it is, and somebody may want to look
	Message     string
}

// filled works out what each cell gets, from the marks of a table and the places that were
// picked, and what there is to say of it.
func filled(sheets []Sheet, places []Place, figures []offline.Counted) (gets []filling, said []Finding) {
	values := map[string]offline.Counted{}
	for _, f := range figures {
		values[f.Name] = f
	}
	use := map[string][]string{} // the cells that a figure goes to
	var asked []string
	note := func(sheet, cell, name string) {
		if use[name] == nil {
			asked = append(asked, name)
		}
		use[name] = append(use[name], sheet+" "+cell)
	}
	for i := range sheets {
		s := &sheets[i]
		g, f := s.marked(values, note)
		gets, said = append(gets, g...), append(said, f...)
	}
	for _, p := range places {
		g, f, ok := placed(sheets, p, values)
		said = append(said, f...)
		same := func(other filling) bool { return other.sheet == g.sheet && other.cell == g.cell }
		if ok && !slices.ContainsFunc(gets, same) {
			gets = append(gets, g)
			note(g.sheet, g.cell, p.Name)
		}
	}
	for _, name := range asked {
		if cells := use[name]; len(cells) > 1 {
			sheet, cell, _ := strings.Cut(cells[1], " ")
			said = append(said, Finding{sheet, cell, false,
				fmt.Sprintf("“%s”填了 %d 处：%s，每处填的是同一个数", name, len(cells), strings.Join(cells, "、"))})
		}
	}
	return gets, said
}

// marked fills the marks of a sheet.
func (s *Sheet) marked(
	values map[string]offline.Counted, note func(sheet, cell, name string),
) (gets []filling, said []Finding) {
	some := false
	for y := range s.Rows {
		for x := range s.Rows[y] {
			c := &s.Rows[y][x]
			names := marks(c.Text)
			at := cellName(x, y)
			if len(names) == 0 {
				if strings.Contains(c.Text, "{{") || strings.Contains(c.Text, "}}") {
					said = append(said, Finding{s.Name, at, true, "大括号没有写全，要写成 {{名称}}"})
				}
				continue
			}
			some = true
			if c.Formula {
				said = append(said, Finding{s.Name, at, true, "这格是公式，保留公式，不填数"})
				continue
			}
			lacking := slices.IndexFunc(names, func(name string) bool { _, ok := values[name]; return !ok })
			if lacking >= 0 {
				said = append(said, Finding{s.Name, at, true, unknown(names[lacking], values)})
				continue
			}
			gets = append(gets, s.filling(at, c.Text, names, values))
			for _, name := range names {
				note(s.Name, at, name)
			}
			said = append(said, s.lockedAt(c, at)...)
		}
	}
	if some && s.Hidden {
		said = append(said, Finding{s.Name, "", false, "这一页是隐藏的，里面要填的也会填"})
	}
	return gets, said
}

// filling is the number alone where the cell asks for nothing else, so that formulas can
// count with it; else the text with the numbers in it.
func (s *Sheet) filling(at, text string, names []string, values map[string]offline.Counted) filling {
	if mark.FindString(text) == strings.TrimSpace(text) {
		return filling{s.Name, at, "", values[names[0]].Value}
	}
	return filling{s.Name, at, mark.ReplaceAllStringFunc(text, func(m string) string {
		return plain(values[strings.TrimSpace(m[2:len(m)-2])].Value)
	}), 0}
}

func (s *Sheet) lockedAt(c *Cell, at string) []Finding {
	if !c.Locked {
		return nil
	}
	return []Finding{{s.Name, at, false, "这格有保护，数照样填好，保护也还在"}}
}

// placed fills a place that was picked; ok is false where it cannot be.
func placed(sheets []Sheet, p Place, values map[string]offline.Counted) (g filling, said []Finding, ok bool) {
	at := slices.IndexFunc(sheets, func(s Sheet) bool { return s.Name == p.Sheet })
	if at < 0 {
		return g, []Finding{{p.Sheet, p.Cell, true, "新传的表格里没有这一页，请重新选"}}, false
	}
	s := &sheets[at]
	c := s.cell(p.Cell)
	cell := p.Cell
	if c != nil && c.Within != "" {
		said = append(said, Finding{s.Name, p.Cell, false, fmt.Sprintf("这格在合并的单元格里，数填在 %s", c.Within)})
		cell = c.Within
		c = s.cell(cell)
	}
	if c != nil && c.Formula {
		return g, append(said, Finding{s.Name, cell, true, "这格是公式，保留公式，不填数"}), false
	}
	value, known := values[p.Name]
	if !known {
		return g, append(said, Finding{s.Name, cell, true, unknown(p.Name, values)}), false
	}
	if c != nil {
		said = append(said, s.lockedAt(c, cell)...)
		if c.Text != "" && len(marks(c.Text)) == 0 {
			said = append(said, Finding{s.Name, cell, false, fmt.Sprintf("这格原来写着“%s”，会换成数", c.Text)})
		}
	}
	return filling{s.Name, cell, "", value.Value}, said, true
}

// unknown says that there is no figure of a name, and which may be meant.
func unknown(name string, values map[string]offline.Counted) string {
	var near []string
	for known := range values {
		if shared(known, name) >= 2 {
			near = append(near, known)
		}
	}
	slices.SortFunc(near, func(a, b string) int {
		if by := shared(b, name) - shared(a, name); by != 0 {
			return by
		}
		return strings.Compare(a, b)
	})
	if len(near) == 0 {
		return fmt.Sprintf("没有叫“%s”的数，请点这格选一个，或在线下填报里加上它", name)
	}
	return fmt.Sprintf("没有叫“%s”的数，是不是“%s”？", name, strings.Join(near[:min(len(near), 3)], "”“"))
}

// shared counts the characters of a that b has too.
func shared(a, b string) (n int) {
	for _, r := range a {
		if strings.ContainsRune(b, r) {
			n++
		}
	}
	return n
}

// Suggestions are the cells beside (or else below) one that reads like the name of a
// figure, where nothing stands and nothing is placed yet.
func suggestions(sheets []Sheet, places []Place, figures []offline.Counted) (found []Place) {
	taken := func(p Place) bool {
		return slices.ContainsFunc(places, func(o Place) bool { return o.Sheet == p.Sheet && o.Cell == p.Cell })
	}
	for i := range sheets {
		s := &sheets[i]
		for y := range s.Rows {
			for x := range s.Rows[y] {
				name := label(s.Rows[y][x].Text)
				if name == "" || !slices.ContainsFunc(figures, func(f offline.Counted) bool { return f.Name == name }) {
					continue
				}
				c := &s.Rows[y][x]
				for _, next := range [][2]int{{x + c.Across, y}, {x, y + c.Down}} {
					at := cellName(next[0], next[1])
					beside := s.cell(at)
					p := Place{s.Name, at, name}
					if beside != nil && beside.Text == "" && !beside.Formula && beside.Within == "" && !taken(p) {
						found = append(found, p)
						break
					}
				}
			}
		}
	}
	return found
}

// label is what a cell names, without what it is counted in: 参与人数（人）, 参与人数/人.
func label(text string) string {
	text = strings.TrimRight(strings.TrimSpace(text), "：:")
	if at := strings.IndexAny(text, "（(/"); at > 0 {
		text = text[:at]
	}
	return strings.TrimSpace(text)
}
