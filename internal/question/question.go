// Package question says what a question is, checks one, and grades a choice.
// It is pure: it imports nothing of ours and touches no clock, store or network.
//
// A kind of question is one file and one line in the table of kinds.go.
package question

import "strings"

// Kind names how a question is answered.
type Kind string

// Question is one entry of a bank. Options and answers are in the bank's order;
// what a player sees is shuffled per attempt by play.
type Question struct {
	ID       string // unique in its bank
	Kind     Kind   //
	Stem     string // blanks of a fill-in are written ____
	Image    string // name of the picture shown with the stem; empty for none
	ImageAlt string // what the picture shows, read to who cannot see it; nothing of what is right
	// OptionImages are the names of the pictures that options show beside their texts,
	// one an option, empty for none; nil where no option has one. Only choices have them.
	OptionImages []string
	Options      []string // none for fill-in; 正确, 错误 for true/false; the left side for matching
	Matches      []string // the right side of a matching question, else none
	Right        []int    // see the kinds: mostly the indexes of the right options, ascending
	Blanks       [][]string
	// Material is what is read before the stem; questions of one bank whose materials have
	// one id share it. nil for most. It is not changed once set: others may hold it too.
	Material    *Material
	Tolerance   []float64 // per blank, in the unit of its number; 0 (or none) compares texts
	Explanation string
	Source      Source
	Topics      []string // the first is the main one
	Difficulty  int      // 1 (everybody should know) to 5 (professional)
	Audience    []string // of 企业 农村 社区 学校 家庭
	Score       float64  // points the bank asks for; 0 leaves it to the contest
	Apart       []string // ids of questions that it gives away, or that give it away: never on one paper
	Review      Review   // for editors; players never see it
}

// Source is where the right answer comes from.
type Source struct {
	Key       string // in a list of references; empty where there is none
	Title     string // law, standard or guide
	Article   string // 第四十四条
	Version   string // 2021年修正
	Effective string // YYYY-MM-DD
}

// String is the source as players see it: 《…》第…条.
func (s Source) String() string {
	if s.Title == "" {
		return ""
	}
	if strings.Contains(s.Title, "《") {
		return s.Title + s.Article
	}
	return "《" + s.Title + "》" + s.Article
}

// Choice is what a player chose, by the bank's option indexes, or wrote into
// the blanks. For ordering, Options is the order chosen; for matching, Options
// holds for each option in turn the index of its match. The empty Choice means
// that time ran out or the player passed.
type Choice struct {
	Options []int
	Blanks  []string
}

// Empty reports whether nothing was chosen or written.
func (c Choice) Empty() bool {
	for _, text := range c.Blanks {
		if Normalise(text) != "" {
			return false
		}
	}
	return len(c.Options) == 0
}

// Problem is something wrong with a question: Field is its JSON key.
type Problem struct {
	Field   string
	Message string
}

// Check returns everything wrong with q; nothing when it can be played.
func (q *Question) Check() []Problem {
	var problems []Problem
	add := func(field, message string) { problems = append(problems, Problem{field, message}) }
	if q.ID == "" || len(q.ID) > MaxIDBytes {
		add("id", "缺少编号，或编号超过 64 字节")
	}
	if q.Stem == "" {
		add("stem", "题干为空")
	}
	if len(q.Stem) > MaxTextBytes {
		add("stem", "题干超过 4000 字节")
	}
	if q.Difficulty < 1 || q.Difficulty > 5 {
		add("difficulty", "难度应为 1 到 5")
	}
	if len(q.Image) > MaxImageBytes || strings.ContainsAny(q.Image, "\x00\r\n\t") {
		add("image", "图片名称太长，或含有控制字符")
	}
	if len(q.ImageAlt) > MaxImageAltBytes {
		add("image_alt", "图片说明超过 600 字节")
	}
	if !(q.Score >= 0 && q.Score <= MaxScore) {
		add("score", "分值应为 0 到 1000")
	}
	if len(q.Apart) > MaxApart {
		add("apart", "不能同卷的题目最多列 20 道")
	}
	problems = append(problems, q.Material.check()...)
	problems = append(problems, q.checkOptionImages()...)
	problems = append(problems, q.Review.check()...)
	kind, known := kinds[q.Kind]
	if !known {
		add("kind", "没有这种题型："+string(q.Kind))
		return problems
	}
	return append(problems, kind.check(q)...)
}

// Limits of a question, in bytes and counts.
const (
	MaxIDBytes   = 64
	MaxTextBytes = 4000
	MaxOptions   = 12
	MaxBlanks    = 8
	// MaxBlankBytes bounds what a player may write into one blank.
	MaxBlankBytes = 120
	MaxImageBytes = 200
	// MaxImageAltBytes bounds what is said of a picture: a sentence or two.
	MaxImageAltBytes = 600
	// MaxApart is how many questions one may be kept apart from.
	MaxApart = 20
	// MaxScore is the highest score a bank may ask for, in points.
	MaxScore = 1000
)

// RightText is the right answer in words, its parts between ；: the right options, the first
// accepted text of each blank, or what belongs to what.
func (q *Question) RightText() string {
	var parts []string
	for i, right := range q.Right {
		switch {
		case q.Kind == Matching && i < len(q.Options) && right < len(q.Matches):
			parts = append(parts, q.Options[i]+"——"+q.Matches[right])
		case q.Kind != Matching && right < len(q.Options):
			parts = append(parts, q.Options[right])
		}
	}
	for _, accepted := range q.Blanks {
		parts = append(parts, accepted[0])
	}
	return strings.Join(parts, "；")
}
