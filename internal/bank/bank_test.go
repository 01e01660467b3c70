package bank_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/bank"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

func eachStore(t *testing.T, test func(t *testing.T, s *testkit.Store, banks *bank.Store)) {
	t.Helper()
	t.Parallel()
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		s.Migrate(sqldb.Migrations(), staff.Migrations(), bank.Migrations())
		test(t, s, bank.NewStore(s.DB, time.Now))
	})
}

// single is a question whose right option is the first.
func single(id, stem string) question.Question {
	return question.Question{ID: id, Kind: question.Single, Stem: stem, Options: []string{"甲", "乙", "丙"}, Right: []int{0},
		Difficulty: 1, Topics: []string{"消防"}}
}

func singles(ids ...string) (questions []question.Question) {
	for _, id := range ids {
		questions = append(questions, single(id, "题"+id))
	}
	return questions
}

func imported(t *testing.T, banks *bank.Store, questions []question.Question) (int, bank.Difference) {
	t.Helper()
	version, difference, err := banks.Import(t.Context(), staff.CommandLine, "safety", questions, "导入")
	if err != nil {
		t.Fatal(err)
	}
	return version, difference
}

func loaded(t *testing.T, banks *bank.Store, version int) *bank.Bank {
	t.Helper()
	b, err := banks.Load(t.Context(), "safety", version)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// stems are the stems of a bank in order.
func stems(b *bank.Bank) string {
	var all []string
	for _, q := range b.Questions {
		all = append(all, q.Stem)
	}
	return strings.Join(all, " ")
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return errs.From(err).Code
}

func TestAnImportIsAVersionAndTellsWhatItChanges(t *testing.T) {
	eachStore(t, func(t *testing.T, _ *testkit.Store, banks *bank.Store) {
		if _, err := banks.Current(t.Context(), "safety"); !errors.Is(err, bank.ErrUnknown) {
			t.Errorf("before the first import: %v", err)
		}
		steps := []struct {
			questions []question.Question
			version   int
			want      string
			order     string
		}{
			{singles("a", "b", "c"), 1, "[a b c] [] []", "题a 题b 题c"},
			{singles("a", "b", "c"), 1, "[] [] []", "题a 题b 题c"},
			{append(singles("a", "c"), single("d", "题d"), single("b", "新b")), 2, "[d] [b] []", ""},
			{singles("c"), 3, "[] [] [a d b]", "题c"},
			{singles("a", "c"), 4, "[a] [] []", ""},
		}
		for _, s := range steps {
			version, d := imported(t, banks, s.questions)
			if got := fmt.Sprint(d.Added, d.Changed, d.Removed); version != s.version || !sameParts(got, s.want) {
				t.Errorf("version %d changes %s, want %d and %s", version, got, s.version, s.want)
			}
			if current, err := banks.Current(t.Context(), "safety"); err != nil || current != s.version {
				t.Errorf("the newest version is %d, %v; want %d", current, err, s.version)
			}
			if got := stems(loaded(t, banks, version)); s.order != "" && got != s.order {
				t.Errorf("version %d holds %s, want %s", version, got, s.order)
			}
		}
		if versions, err := banks.Versions(t.Context(), "safety"); err != nil || len(versions) != 4 ||
			versions[0].Version != 4 || versions[3].Questions != 3 {
			t.Errorf("the versions are %+v, %v", versions, err)
		}
	})
}

// sameParts compares lists of ids whatever the order of removed ones.
func sameParts(a, b string) bool {
	parts := func(s string) []string {
		return slices.Sorted(slices.Values(strings.Fields(strings.NewReplacer("[", " [ ", "]", " ] ").Replace(s))))
	}
	return slices.Equal(parts(a), parts(b))
}

// Attempts are scored again years later by the version that they began with.
func TestAVersionStaysAsItWasWhateverIsImportedLater(t *testing.T) {
	eachStore(t, func(t *testing.T, _ *testkit.Store, banks *bank.Store) {
		random := rand.New(rand.NewPCG(6, 16))
		was := map[int]string{}
		version := 0
		for range 25 {
			var questions []question.Question
			for _, i := range random.Perm(12) {
				if random.IntN(3) > 0 {
					questions = append(questions, single(fmt.Sprint("q", i), fmt.Sprint("题", i, random.IntN(2))))
				}
			}
			if len(questions) == 0 {
				continue
			}
			version, _ = imported(t, banks, questions)
			b := loaded(t, banks, version)
			was[version] = stems(b)
			if len(b.Questions) != len(questions) {
				t.Fatalf("version %d holds %d questions, %d were imported", version, len(b.Questions), len(questions))
			}
		}
		for v, want := range was {
			if got := stems(loaded(t, banks, v)); got != want {
				t.Errorf("version %d was %s and is %s", v, want, got)
			}
		}
		if _, err := banks.Load(t.Context(), "other", 1); !errors.Is(err, bank.ErrUnknown) {
			t.Errorf("a bank that is not there: %v", err)
		}
	})
}

func TestTwoImportsAtOnceAreOneVersionEachOrAConflict(t *testing.T) {
	eachStore(t, func(t *testing.T, s *testkit.Store, banks *bank.Store) {
		nodes := []*bank.Store{banks, bank.NewStore(s.Open(), time.Now)}
		for _, from := range []int{0, 1} { // also when the bank is new
			results := make([]int, 8)
			var all sync.WaitGroup
			for i := range results {
				all.Go(func() {
					questions := singles("a", "b", fmt.Sprint("n", from, i))
					version, _, err := nodes[i%2].Import(t.Context(), staff.CommandLine, "safety", questions, "导入")
					if err == nil {
						results[i] = version
					} else if code(err) != "bank_changed" {
						t.Errorf("import %d: %v", i, err)
					}
				})
			}
			all.Wait()
			got := slices.DeleteFunc(slices.Sorted(slices.Values(results)), func(v int) bool { return v == 0 })
			if len(got) == 0 || len(slices.Compact(slices.Clone(got))) != len(got) {
				t.Fatalf("versions %v were made", results)
			}
			current, err := banks.Current(t.Context(), "safety")
			if err != nil || current != got[len(got)-1] {
				t.Errorf("the newest version is %d, %v; made were %v", current, err, got)
			}
			winner := slices.Index(results, current)
			if b := loaded(t, banks, current); !strings.Contains(stems(b), fmt.Sprint("题n", from, winner)) ||
				len(b.Questions) != 3 {
				t.Errorf("version %d holds %s, imported was n%d%d", current, stems(b), from, winner)
			}
		}
	})
}

func TestAnImportThatIsRefusedLeavesNothing(t *testing.T) {
	eachStore(t, func(t *testing.T, s *testkit.Store, banks *bank.Store) {
		twice := append(singles("a", "b"), single("a", "又一题"))
		if _, _, err := banks.Import(t.Context(), staff.CommandLine, "safety", twice, "导入"); code(err) != "question_twice" {
			t.Errorf("an id twice: %v", err)
		}
		var rows int
		if err := s.DB.Get(t.Context(), &rows,
			"SELECT (SELECT COUNT(*) FROM banks) + (SELECT COUNT(*) FROM bank_versions) + (SELECT COUNT(*) FROM bank_questions)"); err != nil || rows != 0 {
			t.Errorf("%d rows stay, %v", rows, err)
		}
	})
}

func TestEveryQuestionThatPassesItsCheckCanBeStored(t *testing.T) {
	eachStore(t, func(t *testing.T, _ *testkit.Store, banks *bank.Store) {
		long := strings.Repeat("长", question.MaxTextBytes/3)
		q := question.Question{ID: strings.Repeat("x", question.MaxIDBytes), Kind: question.Single, Stem: long,
			Right: []int{0}, Difficulty: 1, Explanation: strings.Repeat(long, 6)}
		for i := range question.MaxOptions {
			q.Options = append(q.Options, fmt.Sprint(long[:question.MaxTextBytes/3*3-30], i))
		}
		if problems := q.Check(); len(problems) > 0 {
			t.Fatalf("the longest question that is allowed: %v", problems)
		}
		version, _ := imported(t, banks, []question.Question{q})
		if got := loaded(t, banks, version).Questions[0]; got.Explanation != q.Explanation ||
			!slices.Equal(got.Options, q.Options) {
			t.Error("the question came back changed")
		}
	})
}

func TestACorrectionHoldsForEarlierVersionsTooAndUndoTakesItBack(t *testing.T) {
	eachStore(t, func(t *testing.T, _ *testkit.Store, banks *bank.Store) {
		first, _ := imported(t, banks, singles("a", "b", "c"))
		corrected := single("b", "题b改")
		corrected.Right = []int{2}
		c, err := banks.Correct(t.Context(), staff.CommandLine, "safety", corrected, "答案有误")
		if err != nil || c.Version != 2 {
			t.Fatalf("corrected as %+v, %v", c, err)
		}
		for _, version := range []int{first, 2} {
			if b := loaded(t, banks, version); stems(b) != "题a 题b改 题c" ||
				!b.Grade(&b.Questions[1], question.Choice{Options: []int{2}}) {
				t.Errorf("version %d holds %s", version, stems(b))
			}
		}
		if stored, err := banks.Stored(t.Context(), "safety", first); err != nil || stored[1].Stem != "题b" {
			t.Errorf("the first version was stored as %+v, %v", stored, err)
		}
		version, _, err := banks.Undo(t.Context(), staff.CommandLine, "safety")
		if err != nil || version != 3 {
			t.Fatalf("undone as version %d, %v", version, err)
		}
		for _, version := range []int{first, 3} {
			if b := loaded(t, banks, version); stems(b) != "题a 题b 题c" {
				t.Errorf("after undo version %d holds %s", version, stems(b))
			}
		}
	})
}

// Which questions a seed draws hangs on these; an attempt under way must not be
// dealt another paper.
func TestACorrectionDoesNotMoveAQuestionBetweenPoolsOfEarlierVersions(t *testing.T) {
	eachStore(t, func(t *testing.T, _ *testkit.Store, banks *bank.Store) {
		first, _ := imported(t, banks, singles("a", "b", "c"))
		corrected := single("b", "题b改")
		corrected.Topics, corrected.Audience, corrected.Difficulty = []string{"交通"}, []string{"学校"}, 4
		corrected.Apart = []string{"a"}
		if _, err := banks.Correct(t.Context(), staff.CommandLine, "safety", corrected, "归类有误"); err != nil {
			t.Fatal(err)
		}
		if q := loaded(t, banks, first).Questions[1]; q.Stem != "题b改" || q.Difficulty != 1 || q.Topics[0] != "消防" ||
			q.Audience != nil || q.Apart != nil {
			t.Errorf("in the version before, the question is now %+v", q)
		}
		if q := loaded(t, banks, 2).Questions[1]; q.Difficulty != 4 || q.Topics[0] != "交通" {
			t.Errorf("in its own version the corrected question is %+v", q)
		}
	})
}

func TestAVoidedQuestionIsRightForEveryoneAndAskedNoMore(t *testing.T) {
	eachStore(t, func(t *testing.T, _ *testkit.Store, banks *bank.Store) {
		imported(t, banks, singles("a", "b", "c"))
		if _, err := banks.Void(t.Context(), staff.CommandLine, "safety", "b", "已经过时"); err != nil {
			t.Fatal(err)
		}
		if got := stems(loaded(t, banks, 2)); got != "题a 题c" {
			t.Errorf("the new version holds %s", got)
		}
		before := loaded(t, banks, 1)
		if stems(before) != "题a 题b 题c" || !before.Grade(&before.Questions[1], question.Choice{}) ||
			before.Grade(&before.Questions[0], question.Choice{}) {
			t.Errorf("the version before holds %s and does not take every answer to b, and to b alone", stems(before))
		}
	})
}

func TestWhatCannotBeCorrectedIsRefused(t *testing.T) {
	eachStore(t, func(t *testing.T, _ *testkit.Store, banks *bank.Store) {
		imported(t, banks, singles("a", "b"))
		reshaped := single("a", "题a")
		reshaped.Options = append(reshaped.Options, "丁")
		broken := single("a", "")
		noPicture, noOptionPicture := single("a", "图里是什么？"), single("a", "哪张图？")
		noPicture.Image, noOptionPicture.OptionImages = "nosuch.svg", []string{"nosuch.svg", "", ""}
		for _, c := range []struct {
			name   string
			q      question.Question
			reason string
			want   string
		}{
			{"a question that is not there", single("z", "题z"), "答案有误", "question_unknown"},
			{"another number of options", reshaped, "答案有误", "question_reshaped"},
			{"a question that cannot be played", broken, "答案有误", "invalid_field"},
			{"a picture that is not stored", noPicture, "答案有误", "invalid_field"},
			{"a picture of an option that is not stored", noOptionPicture, "答案有误", "invalid_field"},
			{"no reason", single("a", "新题"), "", "invalid_field"},
		} {
			if _, err := banks.Correct(t.Context(), staff.CommandLine, "safety", c.q, c.reason); code(err) != c.want {
				t.Errorf("%s: %v, want %s", c.name, err, c.want)
			}
		}
		if current, err := banks.Current(t.Context(), "safety"); err != nil || current != 1 {
			t.Errorf("the newest version is %d, %v; want 1", current, err)
		}
	})
}
