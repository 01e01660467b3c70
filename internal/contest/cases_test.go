package contest_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/question"
)

// withCases is a bank of single questions and of cases of so many questions each; kinds and
// difficulties change inside them.
func withCases(singles int, sizes ...int) (bank []question.Question) {
	kinds := []question.Kind{question.Single, question.Multiple, question.TrueFalse}
	add := func(material *question.Material) {
		n := len(bank)
		bank = append(bank, question.Question{ID: fmt.Sprint("q", n), Kind: kinds[n%3], Difficulty: 1 + n%2,
			Topics: []string{"消防"}, Material: material})
	}
	for range singles {
		add(nil)
	}
	for i, size := range sizes {
		for range size {
			add(&question.Material{ID: fmt.Sprint("m", i), Text: "某厂发生火灾。"})
		}
	}
	return bank
}

// broken tells what is wrong with how a paper holds the cases of its bank, as far as pools
// let a draw take them; each section is looked at by itself. whole: none may be parted.
func broken(level *contest.Level, bank []question.Question, pools []contest.Pool, paper []contest.Asked,
	whole bool) string {
	counts := make([]int, len(pools))
	seen := map[int32]bool{}
	for _, asked := range paper {
		if seen[asked.Question] || !slices.Contains(pools[asked.Draw], asked.Question) {
			return fmt.Sprintf("question %d is asked twice, or by a draw that may not take it", asked.Question)
		}
		seen[asked.Question] = true
		counts[asked.Draw]++
	}
	for i, draw := range level.Questions {
		if counts[i] != draw.Count {
			return fmt.Sprintf("draw %d asks %d questions", i, counts[i])
		}
	}
	parts := [][]contest.Asked{paper}
	if level.Whole() {
		parts = nil
		for _, draw := range level.Questions {
			parts, paper = append(parts, paper[:draw.Count]), paper[draw.Count:]
		}
	}
	for _, part := range parts {
		left := map[string]bool{}
		for i, asked := range part {
			id := bank[asked.Question].MaterialID()
			if id == "" {
				continue
			}
			follows := i > 0 && bank[part[i-1].Question].MaterialID() == id
			if follows && part[i-1].Question > asked.Question || !follows && left[id] {
				return fmt.Sprintf("the questions of %s stand apart, or in another order", id)
			}
			left[id] = true
		}
		for id := range left {
			inPool, onPaper := 0, 0
			for q := range bank {
				if bank[q].MaterialID() == id {
					if slices.ContainsFunc(pools, func(p contest.Pool) bool { return slices.Contains(p, int32(q)) }) {
						inPool++
					}
					if slices.ContainsFunc(part, func(a contest.Asked) bool { return a.Question == int32(q) }) {
						onPaper++
					}
				}
			}
			if whole && inPool != onPaper {
				return fmt.Sprintf("of %s %d questions are asked of %d", id, onPaper, inPool)
			}
		}
	}
	return ""
}

func TestAnyPaperHoldsItsCasesWholeAndTogether(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 6))
	parted := 0
	for range 400 {
		sizes := make([]int, random.IntN(6))
		for i := range sizes {
			sizes[i] = 2 + random.IntN(4)
		}
		bank := withCases(random.IntN(12), sizes...)
		if len(bank) == 0 {
			continue
		}
		level := &contest.Level{Key: "l", Questions: []contest.Draw{{Count: 1 + random.IntN(len(bank))}}}
		if random.IntN(2) == 0 {
			level.Mode = contest.ModePaper
		}
		pools := poolsOf(t, level, bank)
		bonds := contest.BondsOf(bank)
		found := level.Parted(pools, bonds)
		if len(found) > 0 {
			parted++
			if f := found[0]; f.Less >= f.Count || f.More != 0 && f.More <= f.Count {
				t.Errorf("%d of %v: the cure is %+v", level.Questions[0].Count, sizes, f)
			}
		}
		for range 20 {
			seed := random.Uint64()
			paper := level.Paper(pools, bonds, seed)
			if wrong := broken(level, bank, pools, paper, len(found) == 0); wrong != "" {
				t.Fatalf("%d questions, of cases %v, %d asked, seed %d: %s: %v", len(bank), sizes,
					level.Questions[0].Count, seed, wrong, paper)
			}
			if again := level.Paper(pools, contest.BondsOf(bank), seed); !slices.Equal(paper, again) {
				t.Fatalf("seed %d gives %v, and then %v", seed, paper, again)
			}
		}
	}
	if parted < 10 {
		t.Errorf("only %d levels could not keep their cases whole: nothing of that was tried", parted)
	}
}

func TestTheCureThatIsToldFillsTheDraw(t *testing.T) {
	bank := withCases(0, 3, 4, 4)
	level := &contest.Level{Questions: []contest.Draw{{Count: 6}}}
	found := level.Parted(poolsOf(t, level, bank), contest.BondsOf(bank))
	if len(found) != 1 || found[0] != (contest.Parted{Count: 6, Less: 4, More: 7}) {
		t.Fatalf("found is %+v", found)
	}
	for _, count := range []int{4, 7} {
		level.Questions[0].Count = count
		if found := level.Parted(poolsOf(t, level, bank), contest.BondsOf(bank)); found != nil {
			t.Errorf("%d: %+v", count, found)
		}
	}
}

func TestDrawsByKindKeepTheirCountsAndAPaperItsCasesTogether(t *testing.T) {
	bank := withCases(30, 3, 3, 5, 2, 4)
	draws := []contest.Draw{{Count: 6, Kinds: []string{"single"}}, {Count: 4, Kinds: []string{"multiple"}},
		{Count: 5, Difficulty: []int{2}}}
	for _, mode := range []contest.Mode{contest.ModeEach, contest.ModePaper} {
		level := &contest.Level{Key: "l", Mode: mode, Questions: draws}
		pools, bonds := poolsOf(t, level, bank), contest.BondsOf(bank)
		cases := 0
		for seed := range uint64(500) {
			paper := level.Paper(pools, bonds, seed)
			if wrong := broken(level, bank, pools, paper, false); wrong != "" {
				t.Fatalf("%s, seed %d: %s: %v", mode, seed, wrong, paper)
			}
			for _, asked := range paper {
				if bank[asked.Question].Material != nil {
					cases++
				}
			}
		}
		if cases < 1000 {
			t.Errorf("%s: only %d questions of cases are asked in 500 papers", mode, cases)
		}
	}
}

func TestEveryQuestionOfABankWithCasesIsAskedAboutAsOften(t *testing.T) {
	bank := withCases(20, 3, 3, 3, 3)
	level := &contest.Level{Questions: []contest.Draw{{Count: 8}}}
	pools, bonds := poolsOf(t, level, bank), contest.BondsOf(bank)
	asked := make([]int, len(bank))
	for seed := range uint64(4000) {
		for _, a := range level.Paper(pools, bonds, seed) {
			asked[a.Question]++
		}
	}
	for q, n := range asked {
		if n < 700 || n > 1500 { // 1,000 would be even
			t.Errorf("%s is asked in %d papers of 4000", bank[q].ID, n)
		}
	}
}

func TestSeveralPapersHoldCasesThatAreAsHard(t *testing.T) {
	bank := withCases(60, 6, 6, 6, 6)
	level := &contest.Level{Key: "exam", Drawn: contest.DrawnSame, Papers: 3, Questions: []contest.Draw{{Count: 20}}}
	pools, bonds := poolsOf(t, level, bank), contest.BondsOf(bank)
	dealt := level.Dealt(pools, bonds, bank)
	for n, paper := range dealt {
		if wrong := broken(level, bank, pools, paper, true); wrong != "" {
			t.Errorf("paper %d: %s", n, wrong)
		}
		for i, asked := range paper {
			q, first := bank[asked.Question], bank[dealt[0][i].Question]
			if q.Kind != first.Kind || q.Difficulty != first.Difficulty || (q.Material == nil) != (first.Material == nil) {
				t.Errorf("paper %d asks %s at place %d, the first %s", n, q.ID, i, first.ID)
			}
		}
	}
	if shared := contest.Repeats(dealt); shared > 6 {
		t.Errorf("two papers share %d questions", shared)
	}
}

func TestAGuestsSampleFillsItsPapersAndKeepsCasesTogether(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 1))
	d := withGoods(t)
	for range 60 {
		sizes := make([]int, 3+random.IntN(8))
		for i := range sizes {
			sizes[i] = 2 + random.IntN(4)
		}
		bank := withCases(20+random.IntN(40), sizes...)
		whole := make([][]contest.Pool, len(d.Levels))
		for i := range d.Levels {
			d.Levels[i].Questions = []contest.Draw{{Count: 4 + i}, {Count: 3, Difficulty: []int{1}}}
			whole[i] = poolsOf(t, &d.Levels[i], bank)
		}
		bonds := contest.BondsOf(bank)
		for day := 20260601; day <= 20260605; day++ {
			pools := d.Sample(bank, whole, day)
			for i := range d.Levels {
				for seed := range uint64(20) {
					paper := d.Levels[i].Paper(pools[i], bonds, seed)
					if wrong := broken(&d.Levels[i], bank, pools[i], paper, false); wrong != "" {
						t.Fatalf("%v, day %d, level %d, seed %d: %s", sizes, day, i, seed, wrong)
					}
				}
			}
		}
	}
}

func TestALiveRoomAsksNoQuestionWithAMaterial(t *testing.T) {
	bank := withCases(3, 2)
	for i := range bank {
		bank[i].Kind = question.Single
	}
	room := &contest.Live{Draw: []contest.Draw{{Count: 4}}}
	if _, err := room.Pools(bank); err == nil {
		t.Error("a room of four is drawn of three that have no material")
	}
	room = &contest.Live{List: []string{"q0", "q3"}}
	if _, err := room.Listed(bank); err == nil ||
		err.Error() != `list[1]: a live room asks no questions with a material to read, as "q3" has` {
		t.Errorf("a list with a material: %v", err)
	}
}
