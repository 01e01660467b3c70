package bankfile

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/question"
)

// draft is one question found, on its way to being accepted or rejected.
type draft struct {
	number   int
	at       place
	q        question.Question
	problems []Problem
	rejected bool
}

// note puts a problem on the draft; an error rejects it. cell is where in the
// file, "" for the question as a whole.
func (d *draft) note(code Code, cell, detail, text string) {
	at := d.at
	if cell != "" {
		at.cell = cell
	}
	problem := problemAt(code, at, detail, text)
	problem.Question = d.number
	if slices.Contains(d.problems, problem) {
		return // the same text, read for the stem and again for its parts
	}
	d.problems = append(d.problems, problem)
	if problem.Severity == Error {
		d.rejected = true
	}
}

// reading is one call of Read under way.
type reading struct {
	name   string
	data   []byte
	opt    Options
	limits Limits
	result *Result
	drafts []*draft
	// ownIDs tells that the ids are ours, by which a stored bank knows its
	// questions; those of other programs may be replaced.
	ownIDs   bool
	problems []Problem // of no single question
}

// found opens the draft of the next question.
func (r *reading) found(at place) *draft {
	d := &draft{number: len(r.drafts) + 1, at: at}
	r.drafts = append(r.drafts, d)
	return d
}

// note puts a problem on the file.
func (r *reading) note(code Code, at place, detail, text string) {
	r.problems = append(r.problems, problemAt(code, at, detail, text))
}

func (r *reading) progress(done, total int) {
	if r.opt.Progress != nil {
		r.opt.Progress(done, total)
	}
}

// finish checks every draft, compares them, and fills the result.
func (r *reading) finish() error {
	if len(r.drafts) == 0 {
		detail := ""
		if len(r.problems) > 0 {
			detail = r.problems[0].Message
		}
		return unreadable(NoQuestions, detail)
	}
	if len(r.drafts) > r.limits.Questions {
		return unreadable(LimitQuestions, fmt.Sprintf("有 %d 道，最多 %d 道", len(r.drafts), r.limits.Questions))
	}
	r.check()
	compare(r.drafts)
	r.identify()
	r.count()
	return nil
}

func (r *reading) check() {
	for _, d := range r.drafts {
		if d.rejected {
			continue
		}
		if d.q.Difficulty == 0 {
			d.q.Difficulty = 1
		}
		if _, ok := r.result.Images[d.q.Image]; d.q.Image != "" && !ok {
			d.note(ImageMissing, "", d.q.Image, d.q.Image)
		}
		if len(d.q.ID) > question.MaxIDBytes && !r.ownIDs {
			d.note(IDReplaced, "", shorten(d.q.ID), d.q.ID)
			d.q.ID = ""
		}
		q := d.q
		if q.ID == "" {
			q.ID = "new"
		}
		seen := map[question.Problem]bool{}
		for _, problem := range q.Check() {
			if seen[problem] {
				continue
			}
			seen[problem] = true
			d.note(codeOf(&q, problem), "", problem.Message, q.Stem)
		}
	}
}

// codeOf finds the code for what question.Check says.
func codeOf(q *question.Question, problem question.Problem) Code {
	choice := q.Kind == question.Single || q.Kind == question.Multiple
	switch problem.Field {
	case "kind":
		return KindUnknown
	case "stem":
		if q.Stem == "" {
			return StemEmpty
		}
		if q.Kind == question.Fill && len(q.Stem) <= question.MaxTextBytes {
			return BlanksMismatch
		}
	case "options":
		return codeOfOptions(q)
	case "answer":
		for _, index := range q.Right {
			if index < 0 || index >= len(q.Options) {
				return AnswerOutside
			}
		}
		if len(q.Right)+len(q.Blanks) == 0 {
			return AnswerEmpty
		}
		if choice {
			return KindConflict
		}
	}
	return Invalid
}

func codeOfOptions(q *question.Question) Code {
	if q.Kind == question.TrueFalse {
		return TrueFalseOptions
	}
	if len(q.Options) == 0 {
		return OptionsNone
	}
	seen := map[string]bool{}
	for _, option := range q.Options {
		if question.Normalise(option) == "" {
			return OptionEmpty
		}
		if seen[option] {
			return OptionRepeated
		}
		seen[option] = true
	}
	if len(q.Options) < 3 {
		return OptionsTooFew
	}
	return Invalid
}

// identify gives questions without an id one made from their stem, so that the
// same question keeps its id when a corrected file is imported again.
func (r *reading) identify() {
	taken := map[string]bool{}
	for _, d := range r.drafts {
		if id := d.q.ID; id != "" && !d.rejected {
			switch {
			case taken[id] && r.ownIDs:
				d.note(IDRepeated, "", id, id)
			case taken[id]:
				d.note(IDReplaced, "", id, id)
				d.q.ID = ""
			}
			taken[id] = true
		}
	}
	for _, d := range r.drafts {
		if d.q.ID != "" || d.rejected {
			continue
		}
		base := MakeID(&d.q)
		id := base
		for n := 2; taken[id]; n++ {
			id = base + "-" + strconv.Itoa(n)
		}
		d.q.ID = id
		taken[id] = true
	}
}

// writable drops from a rejected question the values that JSON cannot hold, so
// that the rest can be shown and mended.
func writable(q question.Question) question.Question {
	q.Right = slices.DeleteFunc(slices.Clone(q.Right), func(index int) bool { return index < 0 || index >= question.MaxOptions })
	if !(q.Score >= 0 && q.Score <= question.MaxScore) {
		q.Score = 0
	}
	for _, t := range q.Tolerance {
		if !(t >= 0 && t <= math.MaxFloat64) {
			q.Tolerance = nil
		}
	}
	return q
}

// count moves the drafts into the result. Problems of the file come first, then
// those of the questions in the order found.
func (r *reading) count() {
	report := &r.result.Report
	report.Found = len(r.drafts)
	problems := len(r.problems)
	for _, d := range r.drafts {
		problems += len(d.problems)
		if d.rejected {
			report.Rejected++
		}
	}
	report.Accepted = report.Found - report.Rejected
	// Everything is sized before it is filled: growing by doubling costs a large
	// bank twice its size.
	report.Problems = append(make([]Problem, 0, problems), r.problems...)
	r.result.Questions = make([]question.Question, 0, report.Accepted)
	r.result.Numbers = make([]int, 0, report.Accepted)
	used := map[string]bool{}
	for _, d := range r.drafts {
		slices.SortStableFunc(d.problems, func(a, b Problem) int { return strings.Compare(string(a.Severity), string(b.Severity)) })
		report.Problems = append(report.Problems, d.problems...)
		if d.rejected {
			r.result.Rejects = append(r.result.Rejects, Reject{Number: d.number, Line: d.at.line, Question: writable(d.q)})
			continue
		}
		used[d.q.Image] = true
		r.result.Questions = append(r.result.Questions, d.q)
		r.result.Numbers = append(r.result.Numbers, d.number)
	}
	for i := range report.Problems {
		report.Problems[i].File = r.name
	}
	for image := range r.result.Images {
		if !used[image] {
			delete(r.result.Images, image)
		}
	}
	r.progress(report.Found, report.Found)
}
