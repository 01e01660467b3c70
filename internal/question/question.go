// Package question says what a question is, checks one, and grades a choice.
// It is pure: it imports nothing of ours and touches no clock, store or network.
//
// A kind of question is one file and one line in the table of kinds.go.
package question

// Kind names how a question is answered.
type Kind string

// Question is one entry of a bank. Options and answers are in the bank's order;
// what a player sees is shuffled per attempt by play.
type Question struct {
	ID          string   // unique in its bank
	Kind        Kind     //
	Stem        string   // blanks of a fill-in are written ____
	Options     []string // none for fill-in; 正确, 错误 for true/false
	Right       []int    // indexes of the right options, ascending
	Blanks      [][]string
	Explanation string
	Source      Source
	Topics      []string // the first is the main one
	Difficulty  int      // 1 (everybody should know) to 5 (professional)
	Audience    []string // of 企业 农村 社区 学校 家庭
}

// Source is where the right answer comes from.
type Source struct {
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
	return "《" + s.Title + "》" + s.Article
}

// Choice is what a player chose, by the bank's option indexes, or wrote into
// the blanks. The empty Choice means that time ran out or the player passed.
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
)
