package report

import (
	"math/rand/v2"
	"testing"
)

// made is a tree of random units: the figures of those above hold those below.
func made(random *rand.Rand) []UnitLine {
	var lines []UnitLine
	var grow func(depth int) UnitFigures
	grow = func(depth int) UnitFigures {
		at := len(lines)
		lines = append(lines, UnitLine{Depth: depth})
		players := int64(random.IntN(9)) * int64(random.IntN(2))
		sum := UnitFigures{Players: players, Enrolled: players + int64(random.IntN(4))}
		if depth < 4 {
			for range random.IntN(5) {
				sum.add(grow(depth + 1))
			}
		}
		lines[at].UnitFigures = sum
		return sum
	}
	for range 1 + random.IntN(4) {
		grow(1)
	}
	return lines
}

func TestNobodyIsFoundBySubtraction(t *testing.T) {
	random := rand.New(rand.NewPCG(17, 10))
	told, hidden := 0, 0
	for range 3000 {
		lines := made(random)
		hideSmall(lines)
		// What a reader can work out: each told unit less the told ones nearest below it,
		// and the public totals less the told ones at the top.
		for at := -1; at < len(lines); at++ {
			var left sizes
			depth := 0
			if at >= 0 {
				if lines[at].Hidden() {
					hidden++
					continue
				}
				told++
				left, depth = sizesOf(&lines[at].UnitFigures), lines[at].Depth
				if left.few() {
					t.Fatalf("a unit of %v people is told", left)
				}
			} else {
				for i := range lines {
					if lines[i].Depth == 1 {
						left = left.add(sizesOf(&lines[i].UnitFigures))
					}
				}
				if left.few() {
					continue // the contest itself has few players
				}
			}
			all, inside := left, 0
			for i := at + 1; i < len(lines) && lines[i].Depth > depth; i++ {
				if inside > 0 && lines[i].Depth > inside {
					continue // below one that is told
				}
				if inside = 0; !lines[i].Hidden() {
					left, inside = left.less(sizesOf(&lines[i].UnitFigures)), lines[i].Depth
				}
			}
			if left.few() && left != all {
				t.Fatalf("line %d of %d: %v people, of whom %v are left over", at, len(lines), all, left)
			}
		}
	}
	if told < hidden/10 {
		t.Errorf("only %d are told and %d hidden", told, hidden)
	}
}
