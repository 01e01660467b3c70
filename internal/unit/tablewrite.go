package unit

import "anquanda/internal/sheet"

// TreeSheet is a tree as the table that ReadTable reads: reading it back makes
// the same tree. A nil tree gives the template.
func TreeSheet(tree *Tree) *sheet.Table {
	s := &sheet.Table{Name: "单位", Header: []string{"编码", "名称", "上级", "别名", "人数"},
		Widths: []float64{16, 30, 16, 34, 10}}
	if tree == nil {
		s.Rows = [][]any{
			{"01", "青禾镇", "", "青禾镇政府", ""},
			{"0101", "柳湾村", "01", "柳湾村委会、柳湾", 860},
			{"02", "县应急管理局", "", "应急局", 46},
		}
		s.Help = templateHelp
		return s
	}
	for _, u := range tree.Units() {
		parent, heads := "", any("")
		if above, ok := tree.Get(u.ParentID); ok {
			parent = above.Code
		}
		if u.Headcount > 0 {
			heads = u.Headcount
		}
		s.Rows = append(s.Rows, []any{u.Code, u.Name, parent, writeAliases(u.Aliases), heads})
	}
	return s
}

var templateHelp = []string{
	"每行一个单位，第一行是表头，各列的先后不限；不用的列可以删去。前三行是例子，请换成自己的。",
	"编码：单位的代号，不能重复，1 到 32 个字符。改名、换上级时编码不变，成绩就跟着单位走。不写编码时，按“上级＋名称”认单位。",
	"名称：参赛者看到的名称，最多 40 个字。",
	"上级：上级单位的编码或名称；最上面一级空着。最多 8 级。",
	"别名：简称、曾用名，用、隔开。参赛者按别名也能找到单位。",
	"人数：单位应参加的人数，用来算参与率；不知道就空着，不算参与率。",
	"也可以不写“上级”，而写一列“路径”，如：青禾镇/柳湾村；或者一级一列，表头写“一级、二级、三级”或“县、镇、村”。",
	"上传后先看报告和改动，确认了才生效；可以随时下载现在的单位表，改好再传。",
}
