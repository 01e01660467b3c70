package unit

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// The rows of a table may come in the worst order, and say the worst.
func TestATableOfTheWorstShapeIsJudgedAllTheSame(t *testing.T) {
	const rows = 19_000
	var chain, belowLoop, deep, wide []string
	for i := rows; i > 1; i-- {
		chain = append(chain, fmt.Sprintf("%d,单%d,%d", i, i, i-1))
		belowLoop = append(belowLoop, fmt.Sprintf("%d,单%d,单%d", i, i, i-1))
		wide = append(wide, fmt.Sprintf("甲%d/乙%d/丙%d/丁%d", i, i, i, i))
	}
	deep = []string{strings.Repeat("甲/", 400_000) + "乙"}
	for name, c := range map[string]struct {
		head  string
		rows  []string
		codes map[Code]int
	}{
		"a chain upside down": {"编码,名称,上级", append(chain, "1,单1,"), map[Code]int{TooDeep: rows - maxDepth}},
		"all below a loop":    {"编码,名称,上级", append(belowLoop, "1,单1,单2"), map[Code]int{Loop: 2, ParentRejected: rows - 2}},
		"one endless path":    {"路径", deep, map[Code]int{TooDeep: 1}},
		"too many in paths":   {"路径", wide, map[Code]int{TooManyUnits: 1}},
	} {
		for _, mode := range []Mode{Replace, Merge} {
			plan := read(c.head+"\n"+strings.Join(c.rows, "\n")+"\n", mode, stored("s 旧单位"))
			found := map[Code]int{}
			for _, p := range plan.Problems {
				found[p.Code]++
			}
			if !maps.Equal(found, c.codes) {
				t.Errorf("%s, %s: %v, want %v", name, mode, found, c.codes)
			}
			if slices.ContainsFunc(plan.after, func(u *planned) bool { return strings.Count(u.path(), "/") >= maxDepth }) {
				t.Errorf("%s, %s: a unit stands too deep", name, mode)
			}
		}
	}
}
