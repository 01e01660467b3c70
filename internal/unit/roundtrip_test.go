package unit

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
)

// grown is a tree of random shape and odd names.
func grown(r *rand.Rand) *Tree {
	odd := []string{"村", "=1+1", "-镇", "@局", "'引号", "+社区", "甲,乙", "县/镇", "\"双\"", "[一]", "Ａ区", "0012", "１号", "名 称", "换|行"}
	var rows []*Unit
	depth := map[int]int{}
	for i := range 1 + r.IntN(60) {
		u := &Unit{ID: idFrom(i + 1), Code: fmt.Sprintf("%s%d", []string{"", "U000", "=", "c-", "0"}[r.IntN(5)], i),
			Name: odd[r.IntN(len(odd))] + fmt.Sprint(i)}
		if i > 0 && r.IntN(4) > 0 {
			if parent := r.IntN(i); depth[parent] < maxDepth-1 {
				u.ParentID = rows[parent].ID
				depth[i] = depth[parent] + 1
			}
		}
		for k := range r.IntN(3) {
			u.Aliases = append(u.Aliases, fmt.Sprint(odd[r.IntN(len(odd))], "别", k))
		}
		if r.IntN(2) == 0 {
			u.Headcount = r.IntN(5000)
		}
		rows = append(rows, u)
	}
	return newTree(3, rows)
}

func TestATreeReadBackFromItsTableIsTheSame(t *testing.T) {
	for seed := range uint64(50) {
		tree := grown(rand.New(rand.NewPCG(seed, 1)))
		sheet := TreeSheet(tree)
		for format, write := range map[string]func(io.Writer) error{"a.csv": sheet.WriteCSV, "a.xlsx": sheet.WriteXLSX} {
			var out bytes.Buffer
			if err := write(&out); err != nil {
				t.Fatal(err)
			}
			plan := NewPlan(tree, ReadTable(format, out.Bytes()), Replace)
			if plan.Rejected > 0 || len(plan.Changes) > 0 || plan.Units != len(tree.order) {
				t.Fatalf("seed %d, %s: %s\n%s\n%s", seed, format, wrong(plan), changed(plan), told(plan))
			}
			empty := NewPlan(newTree(0, nil), ReadTable(format, out.Bytes()), Replace)
			if told(empty) != told(plan) {
				t.Fatalf("seed %d, %s: into nothing\n%s\nwant\n%s", seed, format, told(empty), told(plan))
			}
		}
	}
}

func TestTheTemplateIsReadAsItIs(t *testing.T) {
	var out bytes.Buffer
	if err := TreeSheet(nil).WriteXLSX(&out); err != nil {
		t.Fatal(err)
	}
	plan := NewPlan(stored(), ReadTable("模板.xlsx", out.Bytes()), Replace)
	expect(t, "the tree", told(plan), "01 青禾镇 (青禾镇政府)\n0101 青禾镇 / 柳湾村 (柳湾村委会,柳湾) 860\n02 县应急管理局 (应急局) 46")
	expect(t, "the problems", wrong(plan), "")
}

func FuzzAnyFileIsReadToAnEnd(f *testing.F) {
	for _, seed := range []string{"编码,名称,上级\n1,甲,2\n2,乙,1\n", "路径\n甲/乙/丙\n", "县,镇,村\n,,丙\n", "名称\n\"", "PK\x03\x04",
		"上级,名称\n乙,甲\n甲,乙\n"} {
		f.Add([]byte(seed), true)
	}
	tree := stored("1 甲", "11 乙 1", "2 丙")
	f.Fuzz(func(t *testing.T, data []byte, merge bool) {
		mode := Replace
		if merge {
			mode = Merge
		}
		plan := NewPlan(tree, ReadTable("a", data), mode)
		if plan.Accepted+plan.Rejected != plan.Found {
			t.Fatalf("%d and %d of %d", plan.Accepted, plan.Rejected, plan.Found)
		}
		codes := map[string]bool{}
		for _, u := range plan.after {
			deep := 0
			for at := u; at != nil; at = at.above {
				deep++
			}
			if codes[u.Code] || deep > maxDepth || u.Name == "" {
				t.Fatalf("%q: %+v at depth %d", data, u.Unit, deep)
			}
			codes[u.Code] = true
		}
	})
}
