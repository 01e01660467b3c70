package contest_test

import (
	"fmt"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/question"
)

// marked is a bank of n true/false questions q0, q1…, of which pairs are marked apart.
func marked(n int, pairs map[int][]string) []question.Question {
	questions := make([]question.Question, n)
	for i := range questions {
		questions[i] = question.Question{ID: fmt.Sprintf("q%d", i), Kind: question.TrueFalse, Apart: pairs[i]}
	}
	return questions
}

func TestAPaperNeverHoldsTwoQuestionsThatGiveEachOtherAway(t *testing.T) {
	questions := marked(8, map[int][]string{0: {"q1", "q7"}, 3: {"q2"}, 5: {"q5", "gone"}})
	level := &contest.Level{Questions: []contest.Draw{{Count: 2}, {Count: 2}}}
	pools, err := level.Pools(questions)
	if err != nil {
		t.Fatal(err)
	}
	apart := contest.BondsOf(questions)
	asked := map[int32]int{}
	for seed := range uint64(3000) {
		on := map[int32]bool{}
		for _, a := range level.Paper(pools, apart, seed) {
			on[a.Question] = true
			asked[a.Question]++
		}
		if len(on) != 4 || on[0] && (on[1] || on[7]) || on[2] && on[3] {
			t.Fatalf("seed %d asks %v", seed, on)
		}
	}
	for i := range int32(8) {
		if asked[i] < 500 {
			t.Errorf("q%d is asked in %d papers of 3000: the marks keep it out", i, asked[i])
		}
	}
}

func TestAPoolThatHoldsNothingElseAsksThemAllTheSame(t *testing.T) {
	questions := marked(2, map[int][]string{0: {"q1"}})
	level := &contest.Level{Questions: []contest.Draw{{Count: 2}}}
	pools, err := level.Pools(questions)
	if err != nil {
		t.Fatal(err)
	}
	if paper := level.Paper(pools, contest.BondsOf(questions), 1); len(paper) != 2 {
		t.Errorf("the paper is %v", paper)
	}
}

func TestABankWithoutMarksHasThePapersItHad(t *testing.T) {
	if apart := contest.BondsOf(marked(5, map[int][]string{1: {"gone"}, 2: {"q2"}})); apart != nil {
		t.Errorf("marks are read where there are none: %v", apart)
	}
}
