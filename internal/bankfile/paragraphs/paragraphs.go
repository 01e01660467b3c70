// Package paragraphs reads questions that stand in lines of text: numbered stems,
// lettered options, labelled lines, answers listed at the end. Pasted text and
// documents share it.
package paragraphs

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
)

// Read reads lines of questions, options and answers, or one question a
// line where a token parts each.
func Read(r *draft.Reading, lines []string) {
	if token := lineToken(lines); token != "" {
		readDelimited(r, lines, token)
		return
	}
	readPasted(r, lines)
}

func readPasted(r *draft.Reading, lines []string) {
	p := &pasted{r: r}
	for i, line := range lines {
		for _, piece := range unglue(line) {
			p.pieces = append(p.pieces, piece)
			p.lines = append(p.lines, i+1)
		}
	}
	p.all()
}

// Lines of pasted text are told apart by how they begin.
var (
	answerLine  = regexp.MustCompile(`^(?:【(?:参考|正确|标准)?答案】\s*[:：]?|\[答案\]|(?:参考|正确|标准)?答案\s*[:：])\s*(.*)$`)
	bareAnswer  = regexp.MustCompile(`^(?:参考|正确|标准)?答案\s*([A-HＡ-Ｈ]{1,8}|正确|错误|对|错|√|×)\s*$`)
	keyLine     = regexp.MustCompile(`^【?(?:参考|正确|标准|试题)?答案】?\s*[:：]?\s*$`)
	explainLine = regexp.MustCompile(`^(?:【(?:答案|试题)?(?:解析|详解|分析)】\s*[:：]?|(?:答案|试题)?(?:解析|详解|分析)\s*[:：])\s*(.*)$`)
	labelLine   = regexp.MustCompile(`^(?:【([^】]{2,6})】|([\p{Han}]{2,5})[:：])\s*(.*)$`)
	sectionLine = regexp.MustCompile(`^(?:第?[一二三四五六七八九十]{1,3}(?:、|\.|．|部分|章|大题)?|[（(][一二三四五六七八九十]{1,3}[)）])?\s*[：:【]?\s*([\p{Han}]{0,6}(?:选择|单选|多选|不定项|判断|填空|简答|问答|论述|案例|排序|连线|匹配|是非)[\p{Han}]{0,6})】?\s*(?:[（(:：【].*)?$`)
)

// surely is a heading that no stem runs on into: 二、单选题（每题2分）.
var surely = regexp.MustCompile(`^[一二三四五六七八九十]{1,3}、\s*` + kindName + `\s*(?:[（(：:].*)?$`)

// glued finds where something new begins inside a line.
var glued = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(`\\ans[:：]\s*`), "\n答案："},
	{regexp.MustCompile(`(.)((?:正确|参考|标准)答案[:：])`), "$1\n$2"},
	{regexp.MustCompile(`(【(?:参考|正确|标准)?答案】|【(?:答案)?(?:解析|详解|分析)】)`), "\n$1"},
	{regexp.MustCompile(`((?:参考|正确|标准)?答案[:：]\s*(?:[A-HＡ-Ｈ]{1,8}|正确|错误|对|错|√|×)\s*[。；;,，.]?)\s*((?:答案)?解析[:：])`),
		"\n$1\n$2"},
	{regexp.MustCompile(`(答案】|答案[:：])\s*([A-HＡ-Ｈ]{1,8}|正确|错误|对|错|√|×)[。.]?\s*(\d{1,4}[.、．])`), "$1$2\n$3"},
	{regexp.MustCompile(`([一二三四五六七八九十]{1,3}、(?:单项|单选|多项|多选|判断|填空|不定项|选择|简答|问答)[\p{Han}]{0,4}题(?:[（(][^）)]*[）)])?)`),
		"\n$1\n"},
}

// unglue divides a line that holds several things, as pages copied without their
// line breaks do.
func unglue(line string) []string {
	if !strings.Contains(line, "答案") && !strings.Contains(line, "、") && !strings.Contains(line, `\ans`) {
		return []string{line}
	}
	for _, g := range glued {
		line = g.pattern.ReplaceAllString(line, g.with)
	}
	return strings.Split(line, "\n")
}

// where in a question the last line was.
type part uint8

const (
	partNone part = iota
	partStem
	partOptions
	partAnswer
	partExplanation
	partField
)

// pasted is the reading of one pasted text.
type pasted struct {
	r       *draft.Reading
	pieces  []string
	lines   []int
	records []*judge.Record
	numbers []int
	now     *judge.Record
	part    part
	field   judge.Field
	last    int // number of the question under way
	style   judge.NumberStyle
	section string
	key     bool // in the list of answers at the end
	bracket bool // the number of the question under way ends with a bracket
	inner   int  // how many lines of a list that is numbered as questions are the stem has
	// strayed are lines one after another that belong to no question.
	strayed   []string
	strayedAt int
}

func (p *pasted) all() {
	for i, line := range p.pieces {
		line, _ = judge.Tidy(line)
		if line != "" {
			p.line(line, i)
		}
	}
	p.outside()
	if !slices.ContainsFunc(p.records, func(rec *judge.Record) bool { return rec.Unread == "" }) {
		for _, rec := range p.records {
			p.r.Note(draft.TextIgnored, rec.At, "", rec.Unread)
		}
		p.records = nil
	}
	for _, rec := range p.records {
		rec.Stripped = true
		unmarkOptions(rec)
	}
	judge.All(p.r, p.records, judge.Hints{})
}

func (p *pasted) line(line string, i int) {
	key := p.key
	switch {
	case p.isKey(line, i):
		p.key, p.now, p.part, p.section = true, nil, partNone, ""
	case key && p.takeKey(line):
	case p.isSection(line):
		p.section, p.now, p.part = sectionLine.FindStringSubmatch(line)[1], nil, partNone
	case p.begins(line, i):
	case p.now == nil:
		if len(p.strayed) == 0 {
			p.strayedAt = p.lines[i]
		}
		p.strayed = append(p.strayed, line)
	case p.part >= partOptions && aside(line):
	default:
		p.within(line, i)
	}
}

// isSection takes a line as the heading of a kind only where no question is cut.
func (p *pasted) isSection(line string) bool {
	if utf8.RuneCountInString(line) > 60 || !sectionLine.MatchString(line) {
		return false
	}
	if label := labelLine.FindStringSubmatch(line); label != nil && p.now != nil {
		if _, ok := textLabels[label[1]+label[2]]; ok {
			return false
		}
	}
	if kind := kindColon.FindString(line); kind != "" && asked.MatchString(line[len(kind):]) {
		return false // the kind stands before one question, not over many
	}
	found := sectionLine.FindStringSubmatch(line)[1]
	want, _ := judge.KindOf(found)
	return want <= judge.KindForeign && want != judge.KindAbsent && (p.now == nil || p.part != partStem ||
		surely.MatchString(line))
}

// begins opens a question when the line begins with its number, or without one where
// options follow.
func (p *pasted) begins(line string, i int) bool {
	if label := labelLine.FindStringSubmatch(line); label != nil && label[1]+label[2] == "题目" {
		p.open(label[3], i, p.last+1)
		return true
	}
	if p.numbered(line, i) {
		return true
	}
	if numberedLine(line) || !p.unnumbered(line, i) {
		return false
	}
	p.bracket = false
	p.open(line, i, p.last+1)
	return true
}

// numbered opens a question when its number is the one to come, or nothing of the one
// before is missing.
func (p *pasted) numbered(line string, i int) bool {
	number, style, rest := judge.LeadingNumber(line)
	next := number == p.last+1
	complete := p.now == nil || p.part == partAnswer || p.part == partField || len(p.now.Pieces) >= 2
	switch style {
	case judge.CircledNumber:
		if !(p.now == nil && number == 1 || next && complete && p.style == style) {
			return false
		}
	case judge.PointedNumber:
		inner := p.now != nil && p.part == partStem && bracketed.MatchString(line) && !p.bracket
		if inner || p.listed(number) || !next && !complete && !(number == 1 && p.part != partExplanation) {
			return false
		}
	case judge.CloseNumber, judge.SpacedNumber:
		// After an answer nothing but a question follows, whatever its number.
		answered := p.now != nil && p.part == partAnswer && p.now.Text(judge.FieldAnswer) != "" &&
			style == judge.CloseNumber
		if !next && !answered && (p.now != nil || number != 1) {
			return false
		}
	case judge.FramedNumber:
		if !strings.HasPrefix(line, "第") && !(p.now == nil && number == 1 || next && p.style == judge.FramedNumber) {
			return false
		}
	default:
		return false
	}
	p.style, p.bracket = style, bracketed.MatchString(line)
	p.open(rest, i, number)
	return true
}

// listed reports whether a number belongs to a list inside the stem under way, as in
// 1.先后是： 1.断电 2.灭火: numbers begin again at 1 right behind the stem and run on.
func (p *pasted) listed(number int) bool {
	if p.now == nil || p.part != partStem || number != p.inner+1 {
		return false
	}
	stem := p.now.Text(judge.FieldStem)
	if p.inner == 0 && !strings.HasSuffix(stem, "：") && !strings.HasSuffix(stem, ":") {
		return false
	}
	p.inner++
	return true
}

func (p *pasted) open(stem string, i, number int) {
	p.outside()
	p.last = number
	p.now = &judge.Record{At: draft.Place{Line: p.lines[i]}}
	p.now.Set(judge.FieldKind, judge.Cell{Text: p.section, Ref: ""})
	p.records = append(p.records, p.now)
	p.numbers = append(p.numbers, number)
	p.part, p.inner = partStem, 0
	p.key = false
	p.stem(p.unmark(stem))
}

// stem takes a line of the stem, which may run on into the options.
func (p *pasted) stem(line string) {
	if starts := optionsInside(line); starts != nil {
		p.append(judge.FieldStem, strings.TrimSpace(line[:starts[0]]))
		p.options(line[starts[0]:])
		return
	}
	p.append(judge.FieldStem, line)
}

// append adds a line to a field; lines of a stem run on, as Word breaks them.
func (p *pasted) append(f judge.Field, line string) {
	if line == "" {
		return
	}
	text := p.now.Text(f)
	if text != "" && (f != judge.FieldStem || isASCIIEnd(text)) {
		text += " "
	}
	p.now.Set(f, judge.Cell{Text: text + line, Ref: ""})
}

func isASCIIEnd(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return r < 0x80
}
