package question

// The kinds of question there are.
const (
	Single   Kind = "single"
	Multiple Kind = "multiple"
	// Indefinite is a multiple choice of which one option alone may be right.
	Indefinite Kind = "indefinite"
	TrueFalse  Kind = "truefalse"
	Fill       Kind = "fill"
	Ordering   Kind = "ordering"
	Matching   Kind = "matching"
)

// rules are what a kind must know how to do.
type rules struct {
	// name is what players and organizers call it.
	name string
	// shuffles tells that options may be shown in any order.
	shuffles bool
	// takes says what a choice's Options are.
	takes Takes
	check func(*Question) []Problem
	right func(*Question, Choice) bool
}

// Takes says what the Options of a choice are, by kind.
type Takes int

// What a choice's Options may be.
const (
	TakesNone  Takes = iota // texts in Blanks instead
	TakesOne                // one option
	TakesSet                // any options, in no order
	TakesOrder              // all options, in the order chosen
	TakesMatch              // for each option in turn, its match
)

var kinds = map[Kind]rules{
	Single:     {name: "单选题", shuffles: true, takes: TakesOne, check: checkSingle, right: rightOptions},
	Multiple:   {name: "多选题", shuffles: true, takes: TakesSet, check: checkMultiple, right: rightOptions},
	Indefinite: {name: "不定项选择题", shuffles: true, takes: TakesSet, check: checkIndefinite, right: rightOptions},
	TrueFalse:  {name: "判断题", shuffles: false, takes: TakesOne, check: checkTrueFalse, right: rightOptions},
	Fill:       {name: "填空题", shuffles: false, check: checkFill, right: rightBlanks},
	Ordering:   {name: "排序题", shuffles: true, takes: TakesOrder, check: checkOrdering, right: rightOrder},
	Matching:   {name: "连线题", shuffles: false, takes: TakesMatch, check: checkMatching, right: rightMatches},
}

// Kinds lists all kinds in the order in which they are shown.
func Kinds() []Kind { return []Kind{Single, Multiple, Indefinite, TrueFalse, Fill, Ordering, Matching} }

// Known reports whether k is a kind of question.
func (k Kind) Known() bool { _, ok := kinds[k]; return ok }

// Name is the Chinese name of the kind.
func (k Kind) Name() string { return kinds[k].name }

// Shuffles reports whether the options of this kind may be shown in any order.
func (k Kind) Shuffles() bool { return kinds[k].shuffles }

// Takes says what the Options of a choice are for this kind.
func (k Kind) Takes() Takes { return kinds[k].takes }

// Grade reports whether the choice is right. An empty choice never is.
func Grade(q *Question, choice Choice) bool {
	return !choice.Empty() && kinds[q.Kind].right(q, choice)
}
