// Package aiken reads and writes Aiken: a stem, lettered options, ANSWER: X.
package aiken

import (
	"io"
	"regexp"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

// Format holds single choices and nothing else.
var Format = draft.Format{Name: "aiken", Title: "Aiken", Extension: ".txt",
	Sniff: looksAiken, Read: readAiken, Write: writeAiken, Cannot: onlySingle}

var (
	aikenOption = regexp.MustCompile(`^([A-Za-z])[.)]\s*(.*)$`)
	aikenAnswer = regexp.MustCompile(`^(?i:ANSWER):\s*(.*?)\s*$`)
	aikenShape  = regexp.MustCompile(`(?mi)^ANSWER:`)
)

func looksAiken(p *draft.Probe) bool { return aikenShape.MatchString(p.Text) && !draft.LooksXML(p) }

// aiken is the reading of an Aiken file: a stem of one line, options, ANSWER: X.
type aiken struct {
	r       *draft.Reading
	d       *draft.Draft // under way, or nil
	letters []string
}

// readAiken reads line by line. What begins before the question under way has its
// answer ends that one, with an error.
func readAiken(r *draft.Reading) error {
	text, err := r.Text()
	if err != nil {
		return err
	}
	a := &aiken{r: r}
	for i, line := range strings.Split(text, "\n") {
		a.line(strings.TrimSpace(line), draft.Place{Line: i + 1})
	}
	a.end("")
	return nil
}

func (a *aiken) line(line string, at draft.Place) {
	option := aikenOption.FindStringSubmatch(line)
	answer := aikenAnswer.FindStringSubmatch(line)
	switch {
	case line == "":
	case answer != nil:
		if a.d == nil {
			a.r.Found(at).Note(draft.StemEmpty, "", "ANSWER 之前没有题目", line)
			return
		}
		a.answer(answer[1])
	case option != nil:
		if a.d == nil {
			a.d = a.r.Found(at)
			a.d.Note(draft.StemEmpty, "", "选项之前没有题干", line)
		}
		a.letters = append(a.letters, strings.ToUpper(option[1]))
		a.d.Q.Options = append(a.d.Q.Options, option[2])
	case a.d != nil && len(a.letters) == 0 && len(a.d.Q.Stem) < question.MaxTextBytes && !a.d.Rejected:
		// Moodle wants the stem in one line; others break it.
		a.d.Q.Stem += "\n" + line
	default:
		a.end("后面又开始了一题")
		a.d = a.r.Found(at)
		a.d.Q.Stem = line
	}
}

func (a *aiken) answer(text string) {
	d := a.d
	a.d = nil
	letters := a.letters
	a.letters = nil
	if d.Rejected {
		return
	}
	for i, mark := range letters {
		if mark != draft.Letter(i) {
			d.Note(draft.LettersSkip, "", "第 "+strconv.Itoa(i+1)+" 个选项写的是 "+mark, d.Q.Stem)
			return
		}
	}
	text = strings.ToUpper(text)
	if len(text) != 1 || text[0] < 'A' || text[0] > 'Z' {
		d.Note(draft.AnswerNoLetter, "", text, d.Q.Stem)
		return
	}
	d.Q.Kind, d.Q.Right = question.Single, []int{int(text[0] - 'A')}
}

// end closes a question that never got its answer.
func (a *aiken) end(why string) {
	if a.d != nil && !a.d.Rejected {
		a.d.Note(draft.AnswerEmpty, "", why, a.d.Q.Stem)
	}
	a.d, a.letters = nil, nil
}

// writeAiken writes single choices only; Write leaves out the rest.
func writeAiken(w io.Writer, bank *draft.Bank) error {
	for i := range bank.Questions {
		q := &bank.Questions[i]
		var out strings.Builder
		out.WriteString(q.Stem + "\n")
		for k, option := range q.Options {
			out.WriteString(draft.Letter(k) + ") " + option + "\n")
		}
		out.WriteString("ANSWER: " + draft.Letters(q.Right) + "\n\n")
		if _, err := io.WriteString(w, out.String()); err != nil {
			return err
		}
	}
	return nil
}

func onlySingle(q *question.Question) string {
	if q.Kind != question.Single {
		return "Aiken 只有单选题"
	}
	return ""
}
