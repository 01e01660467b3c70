package contest_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/question"
)

// bankOf makes a bank of so many questions. Their kinds, topics and difficulties
// go round with periods of 4, 3 and 5.
func bankOf(size int) []question.Question {
	kinds := []question.Kind{question.Single, question.Multiple, question.TrueFalse, question.Fill}
	topics := []string{"消防", "交通", "用电"}
	questions := make([]question.Question, size)
	for i := range questions {
		questions[i] = question.Question{
			ID: fmt.Sprint(i), Kind: kinds[i%4], Topics: []string{topics[i%3]}, Difficulty: i%5 + 1,
			Audience: []string{"家庭", "学校"}[i%2:], Options: []string{"甲", "乙", "丙", "丁"},
		}
	}
	return questions
}

func poolsOf(t *testing.T, level *contest.Level, questions []question.Question) []contest.Pool {
	t.Helper()
	pools, err := level.Pools(questions)
	if err != nil {
		t.Fatal(err)
	}
	return pools
}

func TestAPaperTakesEachDrawFromItsPoolAndNothingTwice(t *testing.T) {
	questions := bankOf(120)
	level := &contest.Level{Questions: []contest.Draw{
		{Count: 7, Kinds: []string{"single"}},
		{Count: 5, Topics: []string{"消防", "用电"}, Difficulty: []int{1, 2}},
		{Count: 6},
		{Count: 2, Audience: []string{"家庭"}, Kinds: []string{"fill", "single"}},
	}}
	pools := poolsOf(t, level, questions)
	for seed := range uint64(3000) {
		paper := indexes(level.Paper(pools, nil, seed))
		if distinct := slices.Compact(slices.Sorted(slices.Values(paper))); len(paper) != 20 || len(distinct) != 20 {
			t.Fatalf("seed %d: %v", seed, paper)
		}
		// Each question stands for one draw only if the draws can be matched
		// with questions that fit them: Hall's condition over all sets of draws.
		for set := 1; set < 1<<len(level.Questions); set++ {
			wanted, fitting := 0, 0
			for i := range level.Questions {
				if set>>i&1 == 1 {
					wanted += level.Questions[i].Count
				}
			}
			for _, index := range paper {
				fits := false
				for i := range level.Questions {
					fits = fits || set>>i&1 == 1 && level.Questions[i].Fits(&questions[index])
				}
				if fits {
					fitting++
				}
			}
			if fitting < wanted {
				t.Fatalf("seed %d: draws %b want %d questions, the paper has %d", seed, set, wanted, fitting)
			}
		}
	}
}

func TestAPoolHoldsWhatFits(t *testing.T) {
	questions := bankOf(24)
	questions[4].Kind, questions[8].Kind = question.Ordering, question.Matching
	cases := []struct {
		draw contest.Draw
		want []int32
	}{
		{contest.Draw{Count: 1, Kinds: []string{"single"}}, []int32{0, 12, 16, 20}},
		{contest.Draw{Count: 1, Kinds: []string{"single"}, Topics: []string{"消防"}}, []int32{0, 12}},
		{contest.Draw{Count: 1, Difficulty: []int{5}}, []int32{4, 9, 14, 19}},
		{contest.Draw{Count: 1, Difficulty: []int{5}, Audience: []string{"家庭", "农村"}}, []int32{4, 14}},
	}
	for _, c := range cases {
		level := &contest.Level{Questions: []contest.Draw{c.draw}}
		if pools := poolsOf(t, level, questions); !slices.Equal(pools[0], c.want) {
			t.Errorf("%+v may take %v, want %v", c.draw, pools[0], c.want)
		}
	}
}

func TestABankThatIsTooSmallIsRefusedAndOneThatJustFitsIsNot(t *testing.T) {
	singles := contest.Draw{Count: 5, Kinds: []string{"single"}}
	all := contest.Draw{Count: 15}
	cases := []struct {
		draws []contest.Draw
		bank  int
		want  string
	}{
		{[]contest.Draw{singles}, 20, ""},
		{[]contest.Draw{singles}, 16, "questions[0]: 5 questions are wanted, the bank has only 4 that fit"},
		{[]contest.Draw{singles, all}, 20, ""},
		{[]contest.Draw{singles, all}, 19, "questions[1]: 15 questions are wanted, the bank has only 14 that fit"},
		// The other way round the 15 may take every single.
		{[]contest.Draw{all, singles}, 20, "questions[1]: 5 questions are wanted, the bank has only 0 that fit"},
		{[]contest.Draw{all, singles}, 80, ""},
	}
	for _, c := range cases {
		level := &contest.Level{Questions: c.draws}
		pools, err := level.Pools(bankOf(c.bank))
		if c.want != "" {
			if err == nil || err.Error() != c.want {
				t.Errorf("%d questions: %v, want %q", c.bank, err, c.want)
			}
			continue
		}
		if err != nil {
			t.Errorf("%d questions: %v", c.bank, err)
			continue
		}
		for seed := range uint64(200) { // it must come to an end, too
			indexes(level.Paper(pools, nil, seed))
		}
	}
}

// Attempts under way, and scoring them again years later, rely on these values.
func TestPapersAndOrdersStayTheSameForEver(t *testing.T) {
	level := &contest.Level{Questions: []contest.Draw{{Count: 4, Kinds: []string{"single"}},
		{Count: 3, Kinds: []string{"fill"}}, {Count: 3}}}
	questions := bankOf(100)
	pools := poolsOf(t, level, questions)
	for seed, want := range map[uint64]string{
		0:                    "[64 75 89 7 48 39 20 74 32 44]",
		1:                    "[30 68 13 0 83 55 8 59 56 71]",
		20_260_616:           "[71 12 60 80 41 36 95 63 79 24]",
		18446744073709551615: "[38 77 20 55 64 71 67 88 84 24]",
	} {
		if got := fmt.Sprint(indexes(level.Paper(pools, nil, seed))); got != want {
			t.Errorf("seed %d gives %s, want %s", seed, got, want)
		}
	}
	for position, want := range map[int]string{1: "[0 3 1 2]", 2: "[1 2 3 0]", 3: "[0 1 2 3]", 100: "[1 0 3 2]"} {
		if got := fmt.Sprint(contest.OptionOrder(&questions[0], 20_260_616, position)); got != want {
			t.Errorf("position %d shows %s, want %s", position, got, want)
		}
	}
}

func TestTrueAndFalseKeepTheirOrder(t *testing.T) {
	q := &question.Question{Kind: question.TrueFalse, Options: question.TrueFalseOptions}
	for seed := range uint64(50) {
		if got := contest.OptionOrder(q, seed, 3); !slices.Equal(got, []int{0, 1}) {
			t.Fatalf("seed %d shows %v", seed, got)
		}
	}
}

// chiSquare is the sum of (seen - expected)² / expected.
func chiSquare(counts []int, expected float64) (sum float64) {
	for _, seen := range counts {
		sum += (float64(seen) - expected) * (float64(seen) - expected) / expected
	}
	return sum
}

// Bounds are the 99.9 % points of the chi-square distribution. Seeds are fixed,
// so these pass or fail for ever.
func TestEveryQuestionComesAsOftenAndInEveryPlace(t *testing.T) {
	const papers = 20_000
	level := &contest.Level{Questions: []contest.Draw{{Count: 5}}}
	pools := poolsOf(t, level, bankOf(20))
	drawn := make([]int, 20)
	first := make([]int, 20)
	seeds := rand.New(rand.NewPCG(6, 16))
	for range papers {
		paper := indexes(level.Paper(pools, nil, seeds.Uint64()))
		first[paper[0]]++
		for _, index := range paper {
			drawn[index]++
		}
	}
	const bound = 43.82 // 19 degrees of freedom
	// Without replacement the counts vary less: by 15/19 of the multinomial's.
	if x := chiSquare(drawn, papers*5/20); x > bound*15/19 || x < 2 {
		t.Errorf("drawn %v: chi-square %.1f", drawn, x)
	}
	if x := chiSquare(first, papers/20); x > bound {
		t.Errorf("asked first %v: chi-square %.1f", first, x)
	}
}

func TestNeighbouringSeedsGiveUnrelatedPapers(t *testing.T) {
	const papers = 20_000
	level := &contest.Level{Questions: []contest.Draw{{Count: 1}}}
	pools := poolsOf(t, level, bankOf(10))
	pairs := make([]int, 100)
	for seed := range uint64(papers) {
		pairs[indexes(level.Paper(pools, nil, seed))[0]*10+indexes(level.Paper(pools, nil, seed+1))[0]]++
	}
	if x := chiSquare(pairs, papers/100); x > 148.2 { // 99 degrees of freedom
		t.Errorf("pairs %v: chi-square %.1f", pairs, x)
	}
}

func TestEveryOrderOfOptionsComesAsOften(t *testing.T) {
	const shown = 24_000
	q := &bankOf(1)[0]
	orders := map[string]int{}
	for seed := range uint64(shown / 10) {
		for position := range 10 {
			orders[strings.Trim(fmt.Sprint(contest.OptionOrder(q, seed, position+1)), "[]")]++
		}
	}
	counts := make([]int, 0, 24)
	for _, n := range orders {
		counts = append(counts, n)
	}
	if x := chiSquare(counts, shown/24); len(counts) != 24 || x > 49.73 { // 23 degrees of freedom
		t.Errorf("orders %v: chi-square %.1f", orders, x)
	}
}

// indexes are the questions of a paper by their index in the bank.
func indexes(paper []contest.Asked) []int32 {
	all := make([]int32, len(paper))
	for i := range paper {
		all[i] = paper[i].Question
	}
	return all
}
