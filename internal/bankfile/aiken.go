package bankfile

import (
	"regexp"
	"strings"

	"anquanda/internal/question"
)

var (
	aikenOption = regexp.MustCompile(`^([A-Z])[.)]\s*(.*)$`)
	aikenAnswer = regexp.MustCompile(`^ANSWER:\s*(.*?)\s*$`)
	aikenShape  = regexp.MustCompile(`(?m)^ANSWER:`)
)

func looksAiken(p *probe) bool { return aikenShape.MatchString(p.text) && !looksXML(p) }

// aiken is the reading of an Aiken file: a stem of one line, options, ANSWER: X.
type aiken struct {
	r       *reading
	d       *draft // under way, or nil
	letters []string
}

// readAiken reads line by line. What begins before the question under way has its
// answer ends that one, with an error.
func readAiken(r *reading) error {
	text, err := r.text()
	if err != nil {
		return err
	}
	a := &aiken{r: r}
	for i, line := range strings.Split(text, "\n") {
		a.line(strings.TrimSpace(line), place{line: i + 1})
	}
	a.end("")
	return nil
}

func (a *aiken) line(line string, at place) {
	option := aikenOption.FindStringSubmatch(line)
	answer := aikenAnswer.FindStringSubmatch(line)
	switch {
	case line == "":
	case answer != nil:
		if a.d == nil {
			a.r.found(at).note(StemEmpty, "", "ANSWER 之前没有题目", line)
			return
		}
		a.answer(answer[1])
	case option != nil:
		if a.d == nil {
			a.d = a.r.found(at)
			a.d.note(StemEmpty, "", "选项之前没有题干", line)
		}
		a.letters = append(a.letters, option[1])
		a.d.q.Options = append(a.d.q.Options, option[2])
	case a.d != nil && len(a.letters) == 0 && len(a.d.q.Stem) < question.MaxTextBytes && !a.d.rejected:
		// Moodle wants the stem in one line; others break it.
		a.d.q.Stem += "\n" + line
	default:
		a.end("后面又开始了一题")
		a.d = a.r.found(at)
		a.d.q.Stem = line
	}
}

func (a *aiken) answer(text string) {
	d := a.d
	a.d = nil
	letters := a.letters
	a.letters = nil
	if d.rejected {
		return
	}
	for i, mark := range letters {
		if mark != letter(i) {
			d.note(LettersSkip, "", "第 "+itoa(i+1)+" 个选项写的是 "+mark, d.q.Stem)
			return
		}
	}
	if len(text) != 1 || text[0] < 'A' || text[0] > 'Z' {
		d.note(AnswerNoLetter, "", text, d.q.Stem)
		return
	}
	d.q.Kind, d.q.Right = question.Single, []int{int(text[0] - 'A')}
}

// end closes a question that never got its answer.
func (a *aiken) end(why string) {
	if a.d != nil && !a.d.rejected {
		a.d.note(AnswerEmpty, "", why, a.d.q.Stem)
	}
	a.d, a.letters = nil, nil
}
