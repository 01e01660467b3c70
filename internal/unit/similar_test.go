package unit

import (
	"fmt"
	"testing"
)

func TestUnitsWhoseNamesDifferInARareCharacterAreTwo(t *testing.T) {
	if FoldName("\U0002EBF0村") == FoldName("\U0002EBF1村") {
		t.Error("the rare characters are passed over")
	}
}

func TestLikelyUnitsAreSuggested(t *testing.T) {
	tree := stored("1 青禾镇", "11 柳湾村 1", "12 东柳村 1", "2 河东街道", "21 柳湾社区 2", "3 县应急管理局", "4 青禾机械有限公司", "5 县教育局")
	tree.units[6].Aliases = aliasList{"应急局"}
	tree = newTree(1, tree.order)
	for typed, want := range map[string]string{
		"柳湾村":          "柳湾村 name 100",
		"柳湾村委会":        "柳湾村 form 90",
		"柳湾村村民委员会":     "柳湾村 form 90",
		"青禾镇柳湾村":       "柳湾村 form 100",
		"河东街道柳湾社区居委会":  "柳湾社区 form 90",
		"应急局":          "县应急管理局 alias 100",
		"应急管理局":        "县应急管理局 similar 72",
		"Ａ青禾机械":        "青禾机械有限公司 similar 72",
		"青禾机械厂":        "青禾机械有限公司 form 90",
		"11":           "柳湾村 code 100",
		"一个谁也不知道的远方单位": "",
		"？？？":          "",
	} {
		got := ""
		if found := tree.Suggest(typed, 3); len(found) > 0 {
			got = fmt.Sprintf("%s %s %d", found[0].Unit.Name, found[0].By, found[0].Score)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", typed, got, want)
		}
	}
	if found := tree.Suggest("柳湾", 3); len(found) != 2 || found[0].Score != 90 || found[1].Score != 90 {
		t.Errorf("both places of the name are not suggested: %+v", found)
	}
}

func TestATypedNameIsAUnitOnlyWhereJustOneHasIt(t *testing.T) {
	tree := stored("1 青禾镇", "11 幸福村 1", "2 河东街道", "21 幸福村 2", "22 东村 2")
	tree.units[5].Aliases = aliasList{"老东村"}
	for typed, want := range map[string]string{"东村": "东村", " 东 村": "东村", "老东村": "东村", "22": "东村", "幸福村": "",
		"东": "", "": ""} {
		got := ""
		if u, ok := tree.Named(typed); ok {
			got = u.Name
		}
		if got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}

func BenchmarkSuggest(b *testing.B) {
	var rows []*Unit
	for i := range 5000 {
		u := &Unit{ID: idFrom(i + 1), Code: fmt.Sprint(i), Name: fmt.Sprintf("%c%c村", '一'+rune(i%3000), '丁'+rune(i%700))}
		if i >= 50 {
			u.ParentID = rows[i%50].ID
		}
		rows = append(rows, u)
	}
	tree := newTree(1, rows)
	tree.Suggest("甲", 3)
	for b.Loop() {
		tree.Suggest("青禾镇柳湾村民委员会", 3)
	}
}
