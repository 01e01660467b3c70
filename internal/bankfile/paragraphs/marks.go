package paragraphs

import (
	"regexp"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
)

// What pages and exports of other programs put around the parts of a question: its kind
// and score in brackets, circles before the options, a mark behind the right one.

const kindName = `(?:单选|多选|单项选择|多项选择|不定项选择|不定项|选择|判断|是非|填空|排序|连线|匹配|简答|问答)题?`

var (
	kindBefore = regexp.MustCompile(`^[（(【\[]\s*(` + kindName + `)\s*(?:[,，、]\s*([0-9.]+)\s*分)?\s*[）)】\]]\s*`)
	kindColon  = regexp.MustCompile(`^(` + kindName + `)\s*[:：]\s*`)
	kindPlain  = regexp.MustCompile(`^(` + kindName + `)\s*[（(][^）)]{1,8}[）)]\s*`)
	kindBehind = regexp.MustCompile(`\s*[\[【]\s*(` + kindName + `)\s*[\]】]\s*\*?\s*$`)
	scoreAfter = regexp.MustCompile(`\s*[（(]\s*([0-9.]+)\s*分\s*[）)]\s*$`)

	bulletLine = regexp.MustCompile(`^[○●◯〇□☐■▢⚪◎]\s*(\S.*)$`)
	rightMark  = regexp.MustCompile(`(?:\s*[（(]\s*(?:正确答案|正确选项|正确|√|✓|✔)\s*[）)]|\s+[√✓✔])\s*$`)
	blankLine  = regexp.MustCompile(`^[_＿﹍]{4,}\s*(?:[（(]\s*答案\s*[:：]\s*(.*?)\s*[）)])?$`)
	loneAnswer = regexp.MustCompile(`^[A-HＡ-Ｈ](?:[\s,，、]?[A-HＡ-Ｈ]){0,7}$`)
	theirs     = regexp.MustCompile(`^(?:我的|你的|您的|考生|学生|本人)答案\s*[:：]`)
	scored     = regexp.MustCompile(`^(?:得分\s*[:：]?\s*)?[0-9.]+\s*分?$`)
	scoreTail  = regexp.MustCompile(`\s+得分\s*[:：].*$`)
	bracketed  = regexp.MustCompile(`^\s*[0-9０-９]{1,3}\s*[)）]`)
)

// unmark takes the kind and the score from around a stem and gives them to the question.
func (p *pasted) unmark(stem string) string {
	for _, pattern := range []*regexp.Regexp{kindBefore, kindColon, kindPlain, kindBehind} {
		found := pattern.FindStringSubmatchIndex(stem)
		if found == nil || found[1]-found[0] == len(stem) {
			continue
		}
		p.now.Set(judge.FieldKind, judge.Cell{Text: stem[found[2]:found[3]]})
		if len(found) > 4 && found[4] >= 0 {
			p.now.Set(judge.FieldScore, judge.Cell{Text: stem[found[4]:found[5]]})
		}
		stem = stem[:found[0]] + stem[found[1]:]
	}
	if found := scoreAfter.FindStringSubmatchIndex(stem); found != nil && found[0] > 0 {
		p.now.Set(judge.FieldScore, judge.Cell{Text: stem[found[2]:found[3]]})
		stem = stem[:found[0]]
	}
	return stem
}

// bullet takes a line that begins with a circle or a square for an option.
func (p *pasted) bullet(line string) bool {
	found := bulletLine.FindStringSubmatch(line)
	if found == nil || p.part > partOptions {
		return false
	}
	p.part = partOptions
	p.now.Pieces = append(p.now.Pieces, found[1])
	return true
}

// aside reports whether a line says what somebody answered, or scored.
func aside(line string) bool { return theirs.MatchString(line) || scored.MatchString(line) }

// unmarkOptions takes the marks from the right options.
func unmarkOptions(rec *judge.Record) {
	marked := false
	for _, piece := range rec.Pieces {
		marked = marked || rightMark.MatchString(piece)
	}
	if !marked {
		return
	}
	for i, piece := range rec.Pieces {
		mark := "0"
		if found := rightMark.FindStringIndex(piece); found != nil {
			rec.Pieces[i], mark = piece[:found[0]], "1"
		}
		rec.Marks = append(rec.Marks, judge.Cell{Text: mark})
	}
}

// longestStem is how many lines are looked at for the options of a question without a
// number; it bounds the work.
const longestStem = 12

// unnumbered reports whether a question without a number begins in this line: nothing
// of the one before is missing, and options or an answer follow.
func (p *pasted) unnumbered(line string, i int) bool {
	if p.now != nil && p.part < partAnswer && len(p.now.Pieces) < 2 {
		return false
	}
	if p.now != nil && p.part == partAnswer && p.now.Text(judge.FieldAnswer) == "" {
		return false
	}
	if mark, _, pointed := judge.LetterOf(line); pointed || mark == "A" || !startsNothing(line) {
		return false
	}
	if kindBefore.MatchString(line) || kindColon.MatchString(line) || optionsInside(line) != nil {
		return true
	}
	blanks := 0
	for _, later := range p.pieces[i+1 : min(len(p.pieces), i+1+longestStem)] {
		later, _ = judge.Tidy(later)
		if later == "" {
			if blanks++; blanks > 1 {
				return false
			}
			continue
		}
		if mark, _, _ := judge.LetterOf(later); mark == "A" || bulletLine.MatchString(later) {
			return true
		}
		if answerLine.MatchString(later) {
			return emptyBracket.MatchString(line) || p.now == nil
		}
		if numberedLine(later) || sectionLine.MatchString(later) || !startsNothing(later) {
			return false
		}
	}
	return false
}

// numberedLine reports whether a line begins with what may be the number of a question.
func numberedLine(line string) bool {
	_, style, _ := judge.LeadingNumber(line)
	return style == judge.PointedNumber || style == judge.CloseNumber || style == judge.FramedNumber ||
		style == judge.CircledNumber
}

// asked is how a stem shows that it asks.
var asked = regexp.MustCompile(`[（(]\s*[）)]|_{2,}|[？?]$`)

var emptyBracket = regexp.MustCompile(`[（(]\s*[）)]|_{2,}|[？?。]$`)

// startsNothing reports whether a line is none that begins with a label.
func startsNothing(line string) bool {
	if answerLine.MatchString(line) || bareAnswer.MatchString(line) || explainLine.MatchString(line) ||
		keyLine.MatchString(line) || bulletLine.MatchString(line) || aside(line) {
		return false
	}
	label := labelLine.FindStringSubmatch(line)
	if label == nil {
		return true
	}
	_, known := textLabels[label[1]+label[2]]
	return !known
}

// heading reports whether lines that belong to no question say nothing of one, as
// titles and introductions do.
func heading(lines []string) bool {
	for _, line := range lines {
		mark, _, pointed := judge.LetterOf(line)
		if mark != "" && pointed || answerLine.MatchString(line) || asked.MatchString(line) {
			return false
		}
	}
	return len(lines) <= 5
}

// outside ends a block of lines that belongs to no question.
func (p *pasted) outside() {
	if len(p.strayed) == 0 {
		return
	}
	at, text := draft.Place{Line: p.strayedAt}, strings.Join(p.strayed, " ")
	if heading(p.strayed) {
		p.r.Note(draft.TextIgnored, at, "", text)
	} else {
		rec := &judge.Record{At: at, Unread: text}
		p.records, p.numbers = append(p.records, rec), append(p.numbers, 0)
	}
	p.strayed = nil
}
