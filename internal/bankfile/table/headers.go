package table

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
)

var (
	headerHint  = regexp.MustCompile(`用\s*(.{1,4}?)\s*(?:隔开|分隔|分开)`)
	wrongName   = regexp.MustCompile(`^(?:错误答案|错误选项|incorrectanswer|wronganswer|distractor)([0-9]{1,2})$`)
	optionDigit = regexp.MustCompile(`^(?:选项|option|choice|answer|备选项|干扰项)([0-9]{1,2}|[一二三四五六七八九十])$`)
	blankName   = regexp.MustCompile(`^(?:空|填空|第|答案)([0-9]{1,2})空?$`)
	markName    = regexp.MustCompile(`^(?:(?:选项|correct|is)?([a-l])(?:选项)?|(?:选项|option)[0-9]{1,2})(?:是否正确|正确|正误|对错|是否答案|correct)$` +
		`|^(?:是否正确|是否答案|iscorrect|correct)[0-9]{1,2}$`)
	imageName = regexp.MustCompile(`^(?:图片|图片名称|题图|image|img)[0-9]{1,2}$`)
)

// rowMark are the headers of the column that marks a row's option as right.
var rowMark = map[string]bool{"是否正确": true, "是否答案": true, "是否为答案": true, "是否正确答案": true, "正误": true,
	"iscorrect": true}

// layout says which column holds what.
type layout struct {
	fields      [judge.FieldCount]int // column, or -1
	options     []int
	marks       []int // in parallel with options, -1 without
	seconds     []int // more columns of answers
	wrong       []int // options that are wrong, beside a column of the right one
	rowAnOption bool
	// places tells that the product whose template this is counts options from 1.
	places       bool
	blanks       []int
	optionDigits bool
	// separator is what the header says stands between options.
	separator string
	names     []string
	ignored   []int
	exact     bool
	inferred  bool
}

// IsHeader reports whether a row names the columns of a bank.
func IsHeader(row []string) bool { return headerLayout(row) != nil }

// headerLayout reads a row as a header; nil when it is none.
func headerLayout(row []string) *layout {
	l := &layout{names: slices.Clone(row)}
	for f := range l.fields {
		l.fields[f] = -1
	}
	var digits []int
	mark := -1
	for column, text := range row {
		key := judge.HeaderKey(text)
		if key == "" {
			continue
		}
		f, known := judge.FieldNamed(key)
		switch {
		case known && l.fields[f] < 0:
			l.fields[f] = column
			if hint := headerHint.FindStringSubmatch(text); hint != nil && f == judge.FieldOptions {
				l.separator = hint[1]
			}
		case known && f == judge.FieldAnswer:
			l.seconds = append(l.seconds, column)
		case wrongName.MatchString(key):
			l.wrong = append(l.wrong, column)
		case judge.OptionNamed(key) != "":
			l.addOption(column)
		case optionDigit.MatchString(key):
			l.addOption(column)
			l.optionDigits = true
		case markName.MatchString(key), key == "是否正确" && len(l.options) > 0:
			if len(l.marks) > 0 {
				l.marks[len(l.marks)-1] = column
			}
		case rowMark[key]:
			mark = column
		case blankName.MatchString(key):
			l.blanks = append(l.blanks, column)
		case imageName.MatchString(key):
			if l.fields[judge.FieldImage] < 0 {
				l.fields[judge.FieldImage] = column
			}
		case strings.Trim(key, "0123456789") == "":
			digits = append(digits, column)
		default:
			l.ignored = append(l.ignored, column)
		}
	}
	stem, nothing := judge.StemField(func(f judge.Field) bool { return l.fields[f] >= 0 })
	l.fields[judge.FieldStem] = l.fields[stem]
	for _, f := range nothing {
		l.ignored = append(l.ignored, l.fields[f])
	}
	l.answersAreOptions()
	l.orderOptions()
	if len(l.options) == 0 && l.fields[judge.FieldAnswer] < 0 {
		l.blanks = append(l.blanks, digits...)
	} else {
		l.ignored = append(l.ignored, digits...)
	}
	l.takeOptionRows(mark)
	if len(l.options) == 1 && !l.rowAnOption {
		return nil
	}
	if l.fields[judge.FieldStem] < 0 || l.fields[judge.FieldAnswer] < 0 && len(l.blanks) == 0 && !l.hasMarks() {
		return nil
	}
	l.exact = isTemplate(row)
	l.places = saysPlaces(row)
	return l
}

// orderOptions puts the columns of options in the order of their letters or numbers, by
// which answers name them: 选项B may stand before 选项A.
func (l *layout) orderOptions() {
	type option struct{ rank, column, mark int }
	all := make([]option, len(l.options))
	for i, column := range l.options {
		all[i] = option{optionRank(judge.HeaderKey(l.names[column])), column, l.marks[i]}
	}
	slices.SortStableFunc(all, func(a, b option) int { return a.rank - b.rank })
	for i, o := range all {
		l.options[i], l.marks[i] = o.column, o.mark
	}
}

// optionRank is the place that a header gives its option; 0 where it gives none.
func optionRank(key string) int {
	if letter := judge.OptionNamed(key); letter != "" {
		return int(letter[0]-'a') + 1
	}
	found := optionDigit.FindStringSubmatch(key)
	if found == nil {
		return 0
	}
	if n, err := strconv.Atoi(found[1]); err == nil {
		return n
	}
	return strings.Index("一二三四五六七八九十", found[1])/len("一") + 1
}

// answersAreOptions takes 答案1, 答案2 … for options where another column holds the
// right answer.
func (l *layout) answersAreOptions() {
	answer := l.fields[judge.FieldAnswer]
	if answer < 0 || len(l.options) > 0 || len(l.blanks) < 2 {
		return
	}
	for _, column := range l.blanks {
		if !strings.HasPrefix(judge.HeaderKey(l.names[column]), "答案") {
			return
		}
	}
	for _, column := range l.blanks {
		l.addOption(column)
	}
	l.blanks, l.optionDigits = nil, true
}

// knownPlaces are what the templates of products say of their answers, which are
// counted from 1 (Kahoot, Quizizz).
var knownPlaces = []string{"choose at least one", "between 1-5"}

func saysPlaces(row []string) bool {
	text := strings.Join(row, " ")
	return slices.ContainsFunc(knownPlaces, func(said string) bool { return strings.Contains(text, said) })
}

func (l *layout) addOption(column int) {
	l.options = append(l.options, column)
	l.marks = append(l.marks, -1)
}

func (l *layout) hasMarks() bool {
	for _, column := range l.marks {
		if column >= 0 {
			return true
		}
	}
	return false
}

// record reads a row by the layout. ref names a column's cell.
func (l *layout) record(row []string, at draft.Place, ref func(column int) string) *judge.Record {
	get := func(column int) judge.Cell {
		if column < 0 || column >= len(row) || row[column] == "" {
			return judge.Cell{}
		}
		text := row[column]
		if !l.exact {
			if text = strings.TrimSpace(text); text == "" {
				return judge.Cell{}
			}
		}
		return judge.Cell{Text: text, Ref: ref(column)}
	}
	rec := &judge.Record{At: at, Exact: l.exact}
	for f, column := range l.fields {
		if c := get(column); c.Text != "" {
			rec.Add(judge.Field(f), c)
		}
	}
	rec.Options = getAll(l.options, get)
	if l.hasMarks() {
		rec.Marks = getAll(l.marks, get)
	}
	rec.Blanks = getAll(l.blanks, get)
	rec.Seconds = getAll(l.seconds, get)
	rec.Wrong = getAll(l.wrong, get)
	if rec.At.Cell = rec.Ref(judge.FieldStem); rec.At.Cell == "" && l.fields[judge.FieldStem] >= 0 {
		rec.At.Cell = ref(l.fields[judge.FieldStem])
	}
	if column := l.answerColumn(); column >= 0 && rec.Text(judge.FieldAnswer) == "" {
		rec.AnswerAt = ref(column)
	}
	return rec
}

// answerColumn is where people write the answer; -1 where no column is for it.
func (l *layout) answerColumn() int {
	if column := l.fields[judge.FieldAnswer]; column >= 0 || len(l.blanks) == 0 {
		return column
	}
	return l.blanks[0]
}

// getAll reads columns up to the last that is filled.
func getAll(columns []int, get func(int) judge.Cell) []judge.Cell {
	for n := len(columns); n > 0; n-- {
		if get(columns[n-1]).Text == "" {
			continue
		}
		cells := make([]judge.Cell, n)
		for i := range cells {
			cells[i] = get(columns[i])
		}
		return cells
	}
	return nil
}
