package knowledge_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"anquanda/internal/question"
	"anquanda/internal/report/knowledge"
	"anquanda/internal/report/tally"
	"anquanda/internal/sqldb"
)

// asked are single choices of four options whose first is right, by number from 1.
func asked(n int) map[int]knowledge.Asked {
	all := map[int]knowledge.Asked{}
	for i := 1; i <= n; i++ {
		all[i] = knowledge.Asked{Bank: "safety", Question: &question.Question{ID: fmt.Sprint("q", i),
			Kind: question.Single, Options: []string{"对", "错甲", "错乙", "错丙"}, Right: []int{0},
			Topics:   []string{fmt.Sprint("知识点", i%2)},
			Audience: []string{"企业"}}}
	}
	return all
}

// person met the questions from 1, right where the pattern has a 1.
func person(pattern string) tally.Person {
	sheet := &tally.Sheet{}
	for i, c := range pattern {
		chosen := uint32(1)
		if c != '1' {
			chosen = 2
		}
		sheet.Meetings = append(sheet.Meetings, tally.Meeting{Question: i + 1, Right: c == '1', Last: c == '1',
			Chosen: chosen, UsedMS: 4000, Hour: 10})
	}
	return tally.Person{Sheet: sheet}
}

func config(n int) knowledge.Config {
	return knowledge.Config{Asked: asked(n), Today: 100, Week: func(int) string { return "1" },
		Group: func(p tally.Person) []knowledge.Cell {
			return []knowledge.Cell{{By: knowledge.ByUnits, Ref: p.Division}}
		}, Cuts: knowledge.Cuts{Weak: 0.3, Good: 0.7}}
}

// The worked example: 30 people, three of each pattern, answer a paper of six questions.
// Its figures were worked out from the definitions that Moodle documents with Python's
// statistics module (covariance and variance with n-1, standard library), not with our sums:
//
//	T = [sum(r) for r in rows]; R = [t - x for t, x in zip(T, item)]
//	discrimination = covariance(item, R) / sqrt(variance(item) * variance(R))
//	alpha = k / (k - 1) * (1 - sum(variance(item) for item in items) / variance(T))
var patterns = []string{"111111", "111110", "111101", "111010", "110110", "111000", "110100", "101000", "100000",
	"010000"}

func TestAFixedPaperComesOutAsInTheWorkedExample(t *testing.T) {
	c := config(6)
	c.Papers = map[string][]int{"paper": {1, 2, 3, 4, 5, 6}, "other": {1, 7}}
	study := knowledge.New(c)
	for _, pattern := range patterns {
		for range 3 {
			study.Add(person(pattern))
		}
	}
	found := study.Findings()
	want := map[string][3]float64{ // facility, standard error, discrimination
		"q1": {0.9, 0.0548, 0.3333}, "q2": {0.8, 0.0730, 0.3851}, "q3": {0.6, 0.0894, 0.3208},
		"q4": {0.5, 0.0913, 0.5385}, "q5": {0.4, 0.0894, 0.4564}, "q6": {0.2, 0.0730, 0.4643},
	}
	near := func(a, b float64) bool { return math.Abs(a-b) < 0.00005 }
	if len(found.Items) != len(want) {
		t.Fatalf("%d items", len(found.Items))
	}
	for _, i := range found.Items {
		w := want[i.ID]
		if !near(i.Facility, w[0]) || !near(i.Error, w[1]) || !i.Discriminates || !near(i.Discrimination, w[2]) {
			t.Errorf("%s: %.4f ± %.4f, discrimination %.4f (%v), want %v", i.ID, i.Facility, i.Error, i.Discrimination,
				i.Discriminates, w)
		}
	}
	if q := found.Items[1]; !near(q.Low, 0.2459) || !near(q.High, 0.5768) { // 12 of 30, by Wilson
		t.Errorf("the interval is %.4f to %.4f", q.Low, q.High)
	}
	a := found.Papers["paper"]
	if !near(a.Alpha, 0.6818) || !near(a.ErrorRatio, 0.5641) || !near(a.Error, 0.9322) || a.People != 30 {
		t.Errorf("the paper is %+v", a)
	}
	if _, told := found.Papers["other"]; told {
		t.Error("a paper is told that nobody has met whole")
	}
}

func advised(i *knowledge.Item) (codes string) {
	for _, a := range i.Advice {
		codes += a.Code + " "
	}
	return codes
}

func TestAdviceFindsTheWrongKeyTheIdleOptionAndTheEasyQuestion(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 17))
	study := knowledge.New(config(12))
	for range 2000 {
		skill := random.Float64()
		pattern := []byte{}
		for i := range 12 {
			p := 0.2 + 0.7*skill
			switch i {
			case 0: // its key is wrong: who knows it chooses the second option
				p = 1 - p
			case 1:
				p = 0.99
			case 2:
				p = 0.5
			}
			pattern = append(pattern, "01"[flag(random.Float64() < p)])
		}
		one := person(string(pattern))
		for i := range one.Meetings {
			if m := &one.Meetings[i]; !m.Right && i > 2 {
				m.Chosen = 1 << (1 + random.IntN(3))
			}
		}
		study.Add(one)
	}
	for _, i := range study.Findings().Items {
		want := ""
		switch i.ID {
		case "q1":
			want = "key lure option option "
		case "q2":
			want = "easy option option option "
		case "q3":
			want = "weak option option "
		}
		if got := advised(&i); got != want {
			t.Errorf("%s (%.2f, %.2f): advice %q, want %q", i.ID, i.Facility, i.Discrimination, got, want)
		}
	}
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestTopicsOfFewPeopleAreHiddenAndNotFoundBySubtraction(t *testing.T) {
	study := knowledge.New(config(6))
	for division, people := range map[string]int{"a": 40, "b": 12, "c": 3} {
		for i := range people {
			p := person(patterns[i%len(patterns)])
			p.Division, p.Player = division, sqldb.ID(i)
			study.Add(p)
		}
	}
	told := map[string]int64{}
	for _, topic := range study.Findings().Topics {
		if topic.Topic == "知识点0" {
			told[topic.By+" "+topic.Ref] = topic.People
		}
	}
	want := map[string]int64{" ": 55, "audience 企业": 55, "unit a": 40, "week 1": 55} // b would tell of c
	if fmt.Sprint(told) != fmt.Sprint(want) {
		t.Errorf("told are %v, want %v", told, want)
	}
}

func TestCutsPartTheWeakestAndTheBestQuarter(t *testing.T) {
	var spread []knowledge.Spread
	for right := range 11 {
		spread = append(spread, knowledge.Spread{Met: 10, Right: right, People: 10})
	}
	spread = append(spread, knowledge.Spread{Met: 2, Right: 2, People: 500}) // met too few to be ranked
	if cuts := knowledge.CutsOf(spread); cuts != (knowledge.Cuts{Weak: 0.2, Good: 0.8}) {
		t.Errorf("the cuts are %v", cuts)
	}
	if cuts := knowledge.CutsOf([]knowledge.Spread{{Met: 10, Right: 5, People: 100}}); cuts.Weak >= 0 {
		t.Errorf("all alike are parted at %v", cuts)
	}
}
