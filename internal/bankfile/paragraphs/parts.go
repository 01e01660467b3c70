package paragraphs

import (
	"regexp"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
	"anquanda/internal/question"
)

// within takes a line that belongs to the question under way.
func (p *pasted) within(line string, i int) {
	if found := answerLine.FindStringSubmatch(line); found != nil {
		p.answer(found[1])
		return
	}
	if found := bareAnswer.FindStringSubmatch(line); found != nil {
		p.answer(found[1])
		return
	}
	if found := blankLine.FindStringSubmatch(line); found != nil {
		if found[1] != "" {
			p.answer(found[1])
		}
		return
	}
	if p.part == partOptions && len(p.now.Pieces) >= 2 && p.now.Text(judge.FieldAnswer) == "" &&
		loneAnswer.MatchString(line) {
		p.answer(line)
		return
	}
	if found := optionPicture.FindStringSubmatch(line); found != nil {
		index := int(found[1][0] - 'A')
		if n := len(p.now.Pieces); n > 0 && strings.HasSuffix(p.now.Pieces[n-1], judge.PictureText(index)) {
			p.now.Unnamed = true
		}
		if !p.now.Picture(index, found[2]) {
			p.now.Set(judge.FieldImage, judge.Cell{Text: found[2]})
		}
		return
	}
	if p.bullet(line) {
		return
	}
	if found := explainLine.FindStringSubmatch(line); found != nil {
		p.part, p.field = partExplanation, judge.FieldExplanation
		p.append(judge.FieldExplanation, found[1])
		return
	}
	if found := labelLine.FindStringSubmatch(line); found != nil {
		if f, ok := textLabels[found[1]+found[2]]; ok {
			p.now.Set(f, judge.Cell{Text: found[3], Ref: ""})
			if f != judge.FieldImage { // a picture stands anywhere
				p.part, p.field = partField, f
			}
			return
		}
	}
	if p.part <= partOptions && p.isOption(line, i) {
		p.options(line)
		return
	}
	switch p.part {
	case partStem:
		p.stem(line)
	case partOptions:
		last := len(p.now.Pieces) - 1
		p.now.Pieces[last] += " " + line
	case partAnswer:
		p.append(judge.FieldAnswer, line)
	default:
		p.append(p.field, line)
	}
}

// optionPicture is the line that names the picture of an option.
var optionPicture = regexp.MustCompile(`^选项([A-L])的图片：(\S+)$`)

// InOption is the line that gives a picture to the option of a letter.
func InOption(letter, name string) string { return "选项" + letter + "的图片：" + name }

// Unnamed is the text of an option that is a picture alone.
func Unnamed(letter string) string { return judge.PictureText(int(letter[0] - 'A')) }

// textLabels are the labels that our own texts carry, and others use too.
var textLabels = map[string]judge.Field{"题型": judge.FieldKind, "难度": judge.FieldDifficulty, "知识点": judge.FieldTopics,
	"依据":   judge.FieldTitle,
	"法律依据": judge.FieldTitle, "出处": judge.FieldTitle, "来源": judge.FieldTitle, "条款": judge.FieldArticle,
	"版本": judge.FieldVersion, "施行日期": judge.FieldEffective,
	"适用对象": judge.FieldAudience, "分值": judge.FieldScore, "编号": judge.FieldID, "图片": judge.FieldImage,
	"匹配项": judge.FieldMatches, "允许误差": judge.FieldTolerance}

func (p *pasted) answer(text string) {
	if answers := keyAnswers(text); p.areAll(answers) {
		section := p.section
		p.section = "" // numbers that run on through all sections
		p.give(answers)
		p.part, p.section = partAnswer, section
		return
	}
	p.part = partAnswer
	text = scoreTail.ReplaceAllString(text, "")
	if p.now.Text(judge.FieldAnswer) != "" {
		// A second answer must be seen, not joined into a longer one.
		p.now.Set(judge.FieldAnswer, judge.Cell{Text: p.now.Text(judge.FieldAnswer) + "；答案：" + text, Ref: ""})
		return
	}
	p.append(judge.FieldAnswer, text)
}

// isOption reports whether the line begins with an option's letter. A letter
// without a point counts when it is the next one and its neighbour follows.
func (p *pasted) isOption(line string, i int) bool {
	mark, _, pointed := judge.LetterOf(line)
	if mark == "" {
		return false
	}
	if pointed {
		return true
	}
	if mark != draft.Letter(len(p.now.Pieces)) {
		return false
	}
	if len(p.now.Pieces) > 0 {
		return true
	}
	for _, later := range p.pieces[i+1:] {
		if later, _ = judge.Tidy(later); later != "" {
			mark, _, _ := judge.LetterOf(later)
			return mark == "B"
		}
	}
	return false
}

// options takes a line of one or several options.
func (p *pasted) options(line string) {
	p.part = partOptions
	for line != "" {
		mark, _, _ := judge.LetterOf(line)
		cut := len(line)
		if mark != "" {
			cut = nextOption(line, rune(mark[0]+1))
		}
		p.now.Pieces = append(p.now.Pieces, strings.TrimSpace(line[:cut]))
		line = line[cut:]
	}
}

// nextOption finds where the option of that letter begins in a line, or the end.
// A letter after white space is surer than one inside the text; two equally sure
// places are no place.
func nextOption(line string, mark rune) int {
	runes := []rune(line)
	var spaced, close []int
	offset := 0
	for i, r := range runes {
		if i > 1 && question.HalfWidth(r) == mark && judge.OpensOption(runes, i, true) {
			if runes[i-1] == ' ' || runes[i-1] == '\u3000' {
				spaced = append(spaced, offset)
			} else {
				close = append(close, offset)
			}
		}
		offset += len(string(r))
	}
	switch {
	case len(spaced) == 1:
		return spaced[0]
	case len(spaced) == 0 && len(close) == 1:
		return close[0]
	}
	return len(line)
}

// optionsInside finds options that follow a stem in the same line: A and B, each
// with a point and a text.
func optionsInside(line string) []int {
	runes := []rune(line)
	offset, tries := 0, 0
	for i, r := range runes {
		if tries > 20 {
			return nil // no page has so many; a line of nothing but A. would take for ever
		}
		if (r == 'A' || r == 'Ａ') && i > 0 && judge.OpensOption(runes, i, true) {
			tries++
			rest := line[offset:]
			next := nextOption(rest, 'B')
			_, text, pointed := judge.LetterOf(rest[:next])
			_, after, _ := judge.LetterOf(rest[next:])
			if pointed && text != "" && after != "" && next < len(rest) {
				return []int{offset}
			}
		}
		offset += len(string(r))
	}
	return nil
}

var (
	keyPair  = regexp.MustCompile(`(\d{1,4})\s*[.、．:：)）]?\s*([A-HＡ-Ｈ]{1,8}|√|×|正确|错误|对|错)`)
	keyRange = regexp.MustCompile(`(\d{1,4})\s*[-–—~～]\s*(\d{1,4})\s*[.、．:：)）]?\s*((?:[A-HＡ-Ｈ]{1,8}|√|×|对|错)(?:[\s,，、]*(?:[A-HＡ-Ｈ]{1,8}|√|×|对|错))*)`)
	keyItem  = regexp.MustCompile(`[A-HＡ-Ｈ]+|√|×|对|错`)
)

// isKey reports whether the line heads the list of all answers: the next line is
// one of numbers and answers.
func (p *pasted) isKey(line string, i int) bool {
	if !keyLine.MatchString(line) || len(p.records) == 0 {
		return false
	}
	for _, later := range p.pieces[i+1:] {
		if later, _ = judge.Tidy(later); later != "" {
			return sectionLine.MatchString(later) || len(keyAnswers(later)) > 0
		}
	}
	return false
}

// keyAnswers reads a line of numbers and answers; nil when there is more in it.
func keyAnswers(line string) map[int]string {
	answers := map[int]string{}
	rest := keyRange.ReplaceAllStringFunc(line, func(text string) string {
		found := keyRange.FindStringSubmatch(text)
		from, to, items := atoi(found[1]), atoi(found[2]), keyItem.FindAllString(found[3], -1)
		if len(items) == 1 && len([]rune(items[0])) == to-from+1 {
			items = strings.Split(items[0], "")
		}
		if len(items) != to-from+1 {
			return text
		}
		for k, item := range items {
			answers[from+k] = item
		}
		return ""
	})
	rest = keyPair.ReplaceAllStringFunc(rest, func(text string) string {
		found := keyPair.FindStringSubmatch(text)
		answers[atoi(found[1])] = found[2]
		return ""
	})
	if strings.Trim(rest, " \t,，;；、。.\u3000") != "" {
		return nil
	}
	return answers
}

// atoi reads a few digits that a pattern has already checked.
func atoi(digits string) int {
	n := 0
	for _, r := range digits {
		n = n*10 + int(r-'0')
	}
	return n
}

// takeKey gives the answers of a line of the list to their questions. A number
// that several questions of the section carry is left alone: they stay without
// an answer, and are reported.
func (p *pasted) takeKey(line string) bool {
	if p.isSection(line) {
		p.section = sectionLine.FindStringSubmatch(line)[1]
		return true
	}
	answers := keyAnswers(line)
	if len(answers) == 0 {
		return false
	}
	p.give(answers)
	return true
}

// areAll reports whether answers name each of several questions that have none yet, so
// that one line holds the answers of all.
func (p *pasted) areAll(answers map[int]string) bool {
	if len(answers) < 2 || len(answers) != len(p.records) {
		return false
	}
	for i, rec := range p.records {
		if answers[p.numbers[i]] == "" || rec.Text(judge.FieldAnswer) != "" {
			return false
		}
	}
	return true
}

// give hands answers to the questions of the section that carry their numbers.
func (p *pasted) give(answers map[int]string) {
	for number, answer := range answers {
		var owner *judge.Record
		owners := 0
		for i, rec := range p.records {
			inSection := rec.Text(judge.FieldKind) == p.section || p.section == ""
			if p.numbers[i] == number && inSection {
				owner = rec
				owners++
			}
		}
		if owners == 1 && owner.Text(judge.FieldAnswer) == "" {
			owner.Set(judge.FieldAnswer, judge.Cell{Text: answer, Ref: ""})
		}
	}
}
