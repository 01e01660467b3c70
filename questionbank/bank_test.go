// The shipped bank is safety advice that people follow, and its answers decide
// prizes. These tests hold what a reader of one diff cannot see: that no answer is
// given away by its place or length, that no two questions ask the same, and that
// every shipped contest can draw its papers.
package questionbank_test

import (
	"cmp"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"anquanda/internal/bankfile"
	"anquanda/internal/contest"
	"anquanda/internal/question"
	"anquanda/questionbank"
)

// The lists that a question's topics and audience come from.
var (
	topics = strings.Fields(`法律法规 企业安全 农村安全 社区安全 校园安全 家庭安全 消防 交通 用电 燃气
		危险化学品 建筑施工 矿山 有限空间 特种设备 地震 洪涝 雷电 防溺水 急救 应急电话 安全标志 气象灾害`)
	audiences = strings.Fields("企业 农村 社区 学校 家庭")
)

// list is the file of what the bank cites.
const list = "safety/sources.json"

// subject is one file of the bank.
type subject struct {
	file      string
	questions []question.Question
}

// subjects is the bank by files. What the reader finds wrong is reported by one
// test, not by each that reads.
func subjects(t *testing.T) []subject {
	t.Helper()
	read := results(t)
	index := read[list].References.Index()
	var all []subject
	for file, result := range read {
		if file == list {
			continue
		}
		for i := range result.Questions {
			index.Complete(&result.Questions[i])
		}
		all = append(all, subject{file, result.Questions})
	}
	slices.SortFunc(all, func(a, b subject) int { return strings.Compare(a.file, b.file) })
	return all
}

func results(t *testing.T) map[string]*bankfile.Result {
	t.Helper()
	files, err := fs.Glob(questionbank.Files, "safety/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no bank files: %v", err)
	}
	pictures, err := questionbank.Pictures()
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]*bankfile.Result{}
	for _, file := range files {
		data, err := questionbank.Files.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		result, err := bankfile.Read(file, data, bankfile.Options{Format: "json", Images: pictures})
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		read[file] = result
	}
	return read
}

// everything is the bank as one list, and as play sees it.
func everything(t *testing.T) []question.Question {
	t.Helper()
	var all []question.Question
	for _, s := range subjects(t) {
		all = append(all, s.questions...)
	}
	return all
}

func ofKind(questions []question.Question, kind question.Kind) []question.Question {
	return slices.DeleteFunc(slices.Clone(questions), func(q question.Question) bool { return q.Kind != kind })
}

// withWhole adds the whole bank to its files, so that a rule holds for both.
func withWhole(all []subject) []subject {
	whole := subject{file: "the whole bank"}
	for _, s := range all {
		whole.questions = append(whole.questions, s.questions...)
	}
	return append(slices.Clone(all), whole)
}

func share(part, whole int) float64 { return float64(part) / float64(whole) }

func TestTheReaderFindsNothingWrong(t *testing.T) {
	for file, result := range results(t) {
		for _, problem := range result.Problems {
			t.Errorf("%s: question %d: %s", file, problem.Question, problem.Message)
		}
	}
}

func TestEveryIDIsItsSubjectAndANumberAndIsUsedOnce(t *testing.T) {
	form := regexp.MustCompile(`^[a-z]+-\d{3}$`)
	seen := map[string]string{}
	for _, s := range subjects(t) {
		prefix, _, _ := strings.Cut(s.questions[0].ID, "-")
		for _, q := range s.questions {
			if !form.MatchString(q.ID) || !strings.HasPrefix(q.ID, prefix+"-") {
				t.Errorf("%s: %s should be %s- and three digits", s.file, q.ID, prefix)
			}
			if other, taken := seen[q.ID]; taken {
				t.Errorf("%s is in %s and in %s", q.ID, other, s.file)
			}
			seen[q.ID] = s.file
		}
	}
}

func TestEveryQuestionSaysWhyAndFromWhere(t *testing.T) {
	// Options are shuffled, so a letter in an explanation would name the wrong one.
	letter := regexp.MustCompile(`选项?\s*[A-F]|[A-F]\s*(项|选项|正确|错误)`)
	for _, q := range everything(t) {
		if utf8.RuneCountInString(q.Explanation) < 20 {
			t.Errorf("%s: the explanation is missing or too short to teach: %q", q.ID, q.Explanation)
		}
		if letter.MatchString(q.Explanation) {
			t.Errorf("%s: the explanation names an option by its letter: %q", q.ID, q.Explanation)
		}
		if q.Source.Title == "" || q.Source.Article == "" {
			t.Errorf("%s: the source needs a title and an article: %+v", q.ID, q.Source)
		}
		if _, err := time.Parse(time.DateOnly, cmp.Or(q.Source.Effective, "2000-01-01")); err != nil {
			t.Errorf("%s: %v", q.ID, err)
		}
	}
}

func TestOneLawIsCitedInOneVersion(t *testing.T) {
	first := map[string]question.Question{}
	for _, q := range everything(t) {
		f, seen := first[q.Source.Title]
		if !seen {
			first[q.Source.Title] = q
		} else if f.Source.Version != q.Source.Version || f.Source.Effective != q.Source.Effective {
			t.Errorf("%s and %s cite %s in two versions: %q %q, %q %q", f.ID, q.ID, q.Source.Title,
				f.Source.Version, f.Source.Effective, q.Source.Version, q.Source.Effective)
		}
	}
}

func TestStemsAndOptionsAreShortAndPlain(t *testing.T) {
	markup := regexp.MustCompile("<[a-zA-Z/]|&[a-z]+;|\\*\\*|`|[０-９]")
	for _, q := range everything(t) {
		if n := utf8.RuneCountInString(q.Stem); n > 45 {
			t.Errorf("%s: the stem has %d characters, at most 45 are read in one go", q.ID, n)
		}
		for _, o := range q.Options {
			if n := utf8.RuneCountInString(o); n > 22 {
				t.Errorf("%s: an option has %d characters, at most 22: %q", q.ID, n, o)
			}
		}
		for _, text := range append([]string{q.Stem, q.Explanation}, q.Options...) {
			if markup.MatchString(text) || strings.ContainsFunc(text, unicode.IsControl) {
				t.Errorf("%s: markup, a full-width digit or a control character in %q", q.ID, text)
			}
		}
		if blanks := strings.Count(q.Stem, "____"); blanks != len(q.Blanks) {
			t.Errorf("%s: %d blanks in the stem, answers for %d", q.ID, blanks, len(q.Blanks))
		}
	}
}

func TestTheOptionsOfAQuestionDifferAndStandAlone(t *testing.T) {
	refers := regexp.MustCompile(`以上[都全均皆选]|上述|都对|都不对|其他选项|前面几项|[A-F]和[A-F]`)
	for _, q := range everything(t) {
		seen := map[string]bool{}
		for _, o := range q.Options {
			if seen[plain(o)] {
				t.Errorf("%s: two options say %q", q.ID, o)
			}
			seen[plain(o)] = true
			if refers.MatchString(o) {
				t.Errorf("%s: %q speaks of other options, which are shuffled", q.ID, o)
			}
		}
		if q.Kind == question.Multiple && len(q.Right) < 2 {
			t.Errorf("%s: of %d options %d is right; two must be", q.ID, len(q.Options), len(q.Right))
		}
	}
}

func TestRightOptionsStandInEveryPlaceEquallyOften(t *testing.T) {
	for _, s := range withWhole(subjects(t)) {
		singles := ofKind(s.questions, question.Single)
		if len(singles) < 15 {
			continue
		}
		var places [4]int
		for _, q := range singles {
			if len(q.Options) == len(places) {
				places[q.Right[0]]++
			}
		}
		// One question more or less is chance in a file, four points are not in the whole.
		slack := max(1, 0.04*float64(len(singles)))
		for i, n := range places {
			if fair := float64(len(singles)) / 4; float64(n) < fair-slack-0.75 || float64(n) > fair+slack+0.75 {
				t.Errorf("%s: of %d right options %d stand in place %c: %v", s.file, len(singles), n, 'A'+i, places)
			}
		}
	}
}

// lengthRank tells whether the right option is strictly longer, or strictly
// shorter, than every other.
func lengthRank(q question.Question) (longest, shortest bool) {
	longest, shortest = true, true
	right := utf8.RuneCountInString(q.Options[q.Right[0]])
	for i, o := range q.Options {
		if n := utf8.RuneCountInString(o); i != q.Right[0] {
			longest, shortest = longest && right > n, shortest && right < n
		}
	}
	return longest, shortest
}

func TestTheRightOptionIsNotGivenAwayByItsLength(t *testing.T) {
	for _, s := range withWhole(subjects(t)) {
		singles := ofKind(s.questions, question.Single)
		var longest, shortest int
		for _, q := range singles {
			l, h := lengthRank(q)
			if l {
				longest++
			}
			if h {
				shortest++
			}
		}
		if share(longest, len(singles)) > 0.35 || share(shortest, len(singles)) > 0.35 {
			t.Errorf("%s: of %d right options %d are the longest and %d the shortest; at most 35%% may be", s.file, len(singles),
				longest, shortest)
		}
	}
}

func TestHalfOfTheStatementsAreTrue(t *testing.T) {
	for _, s := range withWhole(subjects(t)) {
		statements := ofKind(s.questions, question.TrueFalse)
		var yes int
		for _, q := range statements {
			if q.Right[0] == 0 {
				yes++
			}
		}
		slack := max(1, 0.04*float64(len(statements)))
		if off := float64(yes) - float64(len(statements))/2; off > slack || off < -slack {
			t.Errorf("%s: %d of %d statements are true", s.file, yes, len(statements))
		}
	}
}

func TestEveryTopicAndAudienceIsKnownAndHasEnoughToPlay(t *testing.T) {
	perTopic := map[string]int{}
	perAudience := map[string]map[question.Kind]int{}
	for _, q := range everything(t) {
		if len(q.Topics) == 0 || len(q.Audience) == 0 {
			t.Errorf("%s: needs a topic and an audience", q.ID)
		}
		for _, topic := range q.Topics {
			perTopic[topic]++
			if !slices.Contains(topics, topic) {
				t.Errorf("%s: no such topic: %s", q.ID, topic)
			}
		}
		for _, audience := range q.Audience {
			if !slices.Contains(audiences, audience) {
				t.Errorf("%s: no such audience: %s", q.ID, audience)
			}
			if perAudience[audience] == nil {
				perAudience[audience] = map[question.Kind]int{}
			}
			perAudience[audience][q.Kind]++
		}
	}
	for _, topic := range topics {
		if perTopic[topic] < 10 {
			t.Errorf("%s: %d questions, at least 10", topic, perTopic[topic])
		}
	}
	for _, audience := range audiences {
		for _, kind := range []question.Kind{question.Single, question.TrueFalse} {
			if n := perAudience[audience][kind]; n < 60 {
				t.Errorf("%s: %d questions of kind %s, at least 60", audience, n, kind)
			}
		}
	}
}

// between is a share that must lie inside, ends included.
type between struct{ least, most float64 }

func TestKindsAndDifficultiesKeepTheirShares(t *testing.T) {
	all := everything(t)
	counts := map[string]int{}
	for _, q := range all {
		counts[string(q.Kind)]++
		counts[fmt.Sprintf("difficulty %d", q.Difficulty)]++
	}
	for what, bounds := range map[string]between{
		"single": {0.50, 0.60}, "truefalse": {0.18, 0.26}, "multiple": {0.12, 0.20}, "fill": {0.03, 0.12},
		"difficulty 1": {0.25, 0.35}, "difficulty 2": {0.25, 0.35}, "difficulty 3": {0.20, 0.30},
		"difficulty 4": {0.07, 0.14}, "difficulty 5": {0.03, 0.08},
	} {
		if got := share(counts[what], len(all)); got < bounds.least || got > bounds.most {
			t.Errorf("%s: %d of %d, %.1f%%; should be %.0f%% to %.0f%%", what, counts[what], len(all), 100*got, 100*bounds.least,
				100*bounds.most)
		}
	}
}

// departments bring banks of their own: the example that draws from them shows how.
var departments = []string{"fire", "gas", "traffic", "disaster"}

func TestEveryLevelAndLiveRoomOfTheShippedContestsCanBeDrawn(t *testing.T) {
	questions := everything(t)
	files, err := fs.Glob(questionbank.Files, "contests/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no contests: %v", err)
	}
	for _, file := range files {
		text, err := questionbank.Files.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		definition, err := contest.Parse(file, text)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		for i := range definition.Levels {
			name := cmp.Or(definition.Levels[i].Bank, definition.Bank)
			if slices.Contains(departments, name) && file == "contests/jinhu-2022.yaml" {
				continue
			}
			if name != "safety" {
				t.Errorf("%s: draws from %q, which does not ship", file, name)
			}
			if _, err := definition.Levels[i].Pools(questions); err != nil {
				t.Errorf("%s: level %s: %v", file, definition.Levels[i].Key, err)
			}
		}
		for i := range definition.Live {
			if name := cmp.Or(definition.Live[i].Bank, definition.Bank); name != "safety" {
				t.Errorf("%s: live room %s asks from %q, which does not ship", file, definition.Live[i].Key, name)
			}
			if _, err := definition.Live[i].Pools(questions); err != nil {
				t.Errorf("%s: live room %s: %v", file, definition.Live[i].Key, err)
			}
			if _, err := definition.Live[i].Listed(questions); err != nil {
				t.Errorf("%s: live room %s: %v", file, definition.Live[i].Key, err)
			}
		}
	}
}
