package contest_test

import (
	"fmt"
	"slices"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/question"
)

// mixed is a bank of so many questions of each of two kinds, two topics and two difficulties.
func mixed(each int) (bank []question.Question) {
	for i := range each {
		for _, kind := range []question.Kind{question.Single, question.TrueFalse} {
			for _, topic := range []string{"消防", "用电"} {
				for difficulty := 1; difficulty <= 2; difficulty++ {
					bank = append(bank, question.Question{ID: fmt.Sprint(kind, topic, difficulty, i), Kind: kind,
						Topics: []string{topic}, Difficulty: difficulty})
				}
			}
		}
	}
	return bank
}

func TestSeveralPapersAreEquallyHardAndOfOtherQuestions(t *testing.T) {
	bank := mixed(20)
	l := &contest.Level{Key: "exam", Drawn: contest.DrawnSame, Papers: 4, Questions: []contest.Draw{
		{Count: 8, Kinds: []string{"single"}}, {Count: 4, Topics: []string{"用电"}}}}
	pools, err := l.Pools(bank)
	if err != nil {
		t.Fatal(err)
	}
	dealt := l.Dealt(pools, nil, bank)
	if len(dealt) != 4 || !slices.Equal(dealt[0], l.Paper(pools, nil, 99)) {
		t.Fatalf("%d papers, of which the first is %v", len(dealt), dealt[0])
	}
	for n, paper := range dealt {
		seen := map[int32]bool{}
		for i, asked := range paper {
			q, first := bank[asked.Question], bank[dealt[0][i].Question]
			if q.Kind != first.Kind || q.Topics[0] != first.Topics[0] || q.Difficulty != first.Difficulty ||
				asked.Draw != dealt[0][i].Draw || seen[asked.Question] {
				t.Errorf("paper %d asks %s at place %d, the first %s", n, q.ID, i, first.ID)
			}
			seen[asked.Question] = true
		}
	}
	if shared := contest.Repeats(dealt); shared != 0 { // there are enough for all
		t.Errorf("two papers share %d questions", shared)
	}
	if again := l.Dealt(pools, nil, bank); !slices.EqualFunc(again, dealt, slices.Equal[[]contest.Asked]) {
		t.Error("dealt again they are others")
	}
	small := mixed(1)
	if _, err := l.Pools(small); err == nil {
		t.Fatal("the small bank holds the level")
	}
	l.Questions = []contest.Draw{{Count: 4, Kinds: []string{"single"}}}
	if pools, err = l.Pools(small); err != nil || contest.Repeats(l.Dealt(pools, nil, small)) != 4 {
		t.Errorf("papers of a bank without others are said to differ (%v)", err)
	}
}

func TestAPlayerAlwaysHasTheSamePaperAndAllPapersAreDealt(t *testing.T) {
	l := &contest.Level{Key: "exam", Papers: 3}
	var counts [3]int
	for player := range int64(3000) {
		paper := l.SeedOf(player, ^uint64(0)) % 3
		if other := l.SeedOf(player, uint64(player)*977+5) % 3; other != paper {
			t.Fatalf("player %d has paper %d, then %d", player, paper, other)
		}
		counts[paper]++
	}
	for paper, count := range counts {
		if count < 900 || count > 1100 {
			t.Errorf("paper %d went to %d of 3000", paper, count)
		}
	}
	if l.Papers = 1; l.SeedOf(7, 12345) != 12345 {
		t.Error("the seed of a level with one paper is changed")
	}
}
