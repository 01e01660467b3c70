package unit

import (
	"fmt"
	"strings"
	"testing"

	"anquanda/internal/sqldb"
)

func idFrom(n int) sqldb.ID { return sqldb.ID(n) }

// changed are the changes of a plan, "kind code before → after".
func changed(p *Plan) string {
	var lines []string
	for _, c := range p.Changes {
		line := string(c.Kind) + " " + c.Code
		if c.Before+c.After != "" {
			line += " " + c.Before + " → " + c.After
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestWhatIsWrongIsNamedWithItsRowAndCell(t *testing.T) {
	const head = "编码,名称,上级,别名,人数\n"
	for name, c := range map[string]struct{ rows, problems, tree string }{
		"no name":             {"1,,,,\n2,乙,,,", "2 B2 name_missing", "2 乙"},
		"a long name":         {"1," + strings.Repeat("长", 41) + ",,,", "2 B2 name_long", ""},
		"a hidden sign":       {"1,甲\u202e乙,,,", "2 B2 name_unclear", ""},
		"a long code":         {strings.Repeat("1", 33) + ",甲,,,", "2 A2 code_unclear", ""},
		"a code with a blank": {"1 2,甲,,,", "2 A2 code_unclear", ""},
		"one code twice":      {"1,甲,,,\n1,乙,,,", "3 A3 code_repeated", "1 甲"},
		"no such parent":      {"1,甲,9,,\n2,乙,1,,", "2 C2 parent_missing\n3 C3 parent_rejected", ""},
		"two such parents": {"1,甲,,,\n2,乙,,,\n11,组,1,,\n21,组,2,,\n3,丙,组,,", "6 C6 parent_ambiguous",
			"1 甲\n11 甲 / 组\n2 乙\n21 乙 / 组"},
		"itself": {"1,甲,1,,\n2,乙,乙,,\n3,丙,,,", "2 C2 loop\n3 C3 loop", "3 丙"},
		"a loop": {"1,甲,3,,\n2,乙,1,,\n3,丙,2,,\n4,丁,3,,\n5,戊,4,,",
			"2 C2 loop\n3 C3 loop\n4 C4 loop\n5 C5 parent_rejected\n6 C6 parent_rejected", ""},
		"two of one name":     {",甲,,,\n,甲,,,9\n,乙,甲,,", "3 B3 name_repeated\n4 C4 parent_ambiguous", "U0001 甲"},
		"two with codes":      {"1,甲,,,\n2,甲,,,", "3 B3 name_shared", "1 甲\n2 甲"},
		"a headcount of text": {"1,甲,,,约三十", "2 E2 headcount_number", ""},
		"a negative one": {"1,甲,,,-3\n2,乙,,,1.5\n3,丙,,,99999999999\n4,丁,,,\"1,20\"\n5,戊,,,\"1,200\"",
			"2 E2 headcount_number\n3 E3 headcount_number\n4 E4 headcount_number\n5 E5 headcount_number", "5 戊 1200"},
		"a long alias":     {"1,甲,," + strings.Repeat("长", 41) + ",", "2 D2 alias_unclear", ""},
		"too many aliases": {"1,甲,," + strings.Repeat("别、", 1) + manyAliases() + ",", "2 D2 alias_unclear", ""},
		"the header again": {"1,甲,,,\n编码,名称,上级,别名,人数\n2,乙,,,", "", "1 甲\n2 乙"},
	} {
		plan := read(head+c.rows+"\n", Replace, stored())
		expect(t, name+", problems", wrong(plan), c.problems)
		expect(t, name+", tree", told(plan), c.tree)
		if plan.Accepted+plan.Rejected != plan.Found {
			t.Errorf("%s: %d of %d and %d", name, plan.Accepted, plan.Found, plan.Rejected)
		}
	}
}

func manyAliases() string {
	var names []string
	for i := range 21 {
		names = append(names, fmt.Sprint("别名", i))
	}
	return strings.Join(names, "、")
}

func TestCodesWhoseZerosExcelCutAreTakenAsTheyWere(t *testing.T) {
	tree := stored("01 甲_镇", "0101 东村 01", "0102 西村 01", "02 乙镇", "7 丙镇", "007 丁镇")
	saved := read("编码,名称,上级\n1,甲_镇,\n101,东村,1\n102,西村,1\n2,乙镇,\n7,丙镇,\n007,丁镇,\n", Replace, tree)
	expect(t, "nothing is new and nothing gone", changed(saved), "")
	expect(t, "it is told", wrong(saved), "2 A2 zeros_lost\n3 A3 zeros_lost\n4 A4 zeros_lost\n5 A5 zeros_lost")
	if saved.Problems[0].Text != "1 → 01" || saved.Rejected != 0 {
		t.Errorf("the first is told as %+v, %d rejected", saved.Problems[0], saved.Rejected)
	}
	// Another name is another unit; a parent alone is known by its code.
	other := read("编码,名称,上级\n2,新区,\n103,南村,1\n", Merge, tree)
	expect(t, "another unit", changed(other), "added 2\nadded 103")
	expect(t, "no warning", wrong(other), "")
	if at := other.after; len(at) != 8 || !strings.Contains(told(other), "103 甲_镇 / 南村") {
		t.Errorf("it stands in\n%s", told(other))
	}
	// Whoever knows better says so.
	for zeros, want := range map[Zeros]string{
		RestoreSame: "added 2", RestoreAll: "renamed 02 乙镇 → 新区", AsWritten: "added 2\nadded 1",
	} {
		table := ReadTable("单位.csv", []byte("编码,名称,上级\n2,新区,\n1,甲_镇,\n"))
		table.Zeros = zeros
		plan := NewPlan(tree, table, Merge)
		expect(t, "with "+string(zeros), changed(plan), want)
		if plan.Cut.Restored+plan.Cut.Left != 2 || plan.Cut.Example == [2]string{} {
			t.Errorf("with %q: %+v", zeros, plan.Cut)
		}
	}
	both := read("编码,名称\n1,甲_镇\n01,甲_镇\n", Merge, tree)
	expect(t, "two rows are two units", wrong(both), "3 B3 name_shared")
}

func TestATreeIsEightDeepAtMost(t *testing.T) {
	rows := "编码,名称,上级\n"
	for i := 1; i <= 10; i++ {
		parent := ""
		if i > 1 {
			parent = fmt.Sprint(i - 1)
		}
		rows += fmt.Sprintf("%d,第%d级,%s\n", i, i, parent)
	}
	plan := read(rows, Replace, stored())
	expect(t, "the problems", wrong(plan), "10 B10 too_deep\n11 B11 too_deep")
	if len(plan.after) != 8 {
		t.Errorf("%d units are taken", len(plan.after))
	}
	deep := read("路径\n"+strings.Repeat("甲/", 8)+"乙\n", Replace, stored())
	expect(t, "a path", wrong(deep), "2 A2 too_deep")
}

func TestAPlanTellsWhatIsAddedRenamedMovedAndGone(t *testing.T) {
	tree := stored("1 青禾镇", "11 柳湾村 1", "12 东村 1", "2 河东街道", "3 老厂")
	plan := read("编码,名称,上级,人数\n2,河东新区,,\n1,青禾镇,,90\n11,柳湾社区,2,\n12,东村,1,\n121,一组,12,\n", Replace, tree)
	expect(t, "changes", changed(plan), `
added 121
renamed 2 河东街道 → 河东新区
renamed 11 柳湾村 → 柳湾社区
moved 11 青禾镇 / 柳湾村 → 河东新区 / 柳湾社区
changed 1 人数 不详 → 人数 90
gone 3`)
	if plan.Version != 7 || plan.Units != 5 || plan.People != 90 {
		t.Errorf("version %d, %d units, %d people", plan.Version, plan.Units, plan.People)
	}
	same := read("编码,名称,上级\n1,青禾镇,\n11,柳湾村,1\n12,东村,1\n2,河东街道,\n3,老厂,\n", Replace, tree)
	expect(t, "the same", changed(same), "")
}

func TestWithoutCodesUnitsAreKnownByTheirPath(t *testing.T) {
	tree := stored("1 青禾镇", "11 柳湾村 1", "U0007 东村 1")
	plan := read("路径,人数\n青禾镇/东村,5\n青禾镇/西村,\n青 禾镇/柳湾村,\n", Replace, tree)
	expect(t, "the tree", told(plan), "1 青禾镇\nU0007 青禾镇 / 东村 5\nU0008 青禾镇 / 西村\n11 青禾镇 / 柳湾村")
	// A code of staff takes the place of one that was made up.
	coded := read("编码,名称,上级\n1,青禾镇,\n11,柳湾村,1\n371,东村,1\n", Replace, tree)
	expect(t, "a code at last", changed(coded), "changed 371 编码 U0007 → 编码 371")
}

func TestAMergeKeepsWhatTheTableDoesNotName(t *testing.T) {
	tree := stored("1 青禾镇", "11 柳湾村 1", "2 河东街道", "21 南里 2")
	plan := read("编码,名称,上级\n12,东村,青禾镇\n11,柳湾村,2\n13,西村,1\n", Merge, tree)
	expect(t, "the tree", told(plan), "1 青禾镇\n12 青禾镇 / 东村\n13 青禾镇 / 西村\n2 河东街道\n11 河东街道 / 柳湾村\n21 河东街道 / 南里")
	// A unit cannot be put below one of its own.
	loop := read("编码,名称,上级\n2,河东街道,21\n", Merge, tree)
	expect(t, "a loop through the store", wrong(loop), "2 C2 loop")
	if told(loop) != "1 青禾镇\n11 青禾镇 / 柳湾村\n2 河东街道\n21 河东街道 / 南里" {
		t.Errorf("it changed to\n%s", told(loop))
	}
}

func TestARejectedRowLeavesItsUnitAsItIs(t *testing.T) {
	tree := stored("1 青禾镇", "11 柳湾村 1", "2 河东街道")
	plan := read("编码,名称,上级,人数\n1,青禾新镇,,许多\n11,柳湾村,1,5\n12,东村,1,\n", Replace, tree)
	expect(t, "problems", wrong(plan), "2 D2 headcount_number")
	expect(t, "the tree", told(plan), "1 青禾镇\n11 青禾镇 / 柳湾村 5\n12 青禾镇 / 东村")
	expect(t, "changes", changed(plan), "added 12\nchanged 11 人数 不详 → 人数 5\ngone 2")
}

func TestAUnitThatWasGoneComesBack(t *testing.T) {
	tree := stored("1 青禾镇", "11 柳湾村 1")
	tree.units[2].GoneAt = 99
	tree = newTree(8, []*Unit{tree.units[1], tree.units[2]})
	plan := read("编码,名称,上级\n1,青禾镇,\n11,柳湾村,1\n", Replace, tree)
	expect(t, "changes", changed(plan), "back 11")
	if plan.after[1].ID != 2 || plan.after[1].GoneAt != 0 {
		t.Errorf("it is %+v", plan.after[1].Unit)
	}
}
