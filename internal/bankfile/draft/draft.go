// Package draft is the floor of all formats of bank files: what a format is, the
// reading of a file with its limits, the questions found on their way to being
// accepted or rejected, and the report with its codes. It knows no format.
package draft

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/question"
)

// Draft is one question found, on its way to being accepted or rejected.
type Draft struct {
	number   int
	at       Place
	Q        question.Question
	Problems []Problem
	Rejected bool
}

// Note puts a problem on the draft; an error rejects it. cell is where in the
// file, "" for the question as a whole.
func (d *Draft) Note(code Code, cell, detail, text string) {
	at := d.at
	if cell != "" {
		at.Cell = cell
	}
	problem := problemAt(code, at, detail, text)
	problem.Question = d.number
	if slices.Contains(d.Problems, problem) {
		return // the same text, read for the stem and again for its parts
	}
	d.Problems = append(d.Problems, problem)
	if problem.Severity == Error {
		d.Rejected = true
	}
}

// Fold adds feedback on a single answer to the explanation, and says so once.
func (d *Draft) Fold(text string) {
	if d.Q.Explanation != "" {
		d.Q.Explanation += "\n"
	}
	d.Q.Explanation += text
	if !slices.ContainsFunc(d.Problems, func(p Problem) bool { return p.Code == FeedbackFolded }) {
		d.Note(FeedbackFolded, "", "", text)
	}
}

// Reading is one call of Read under way.
type Reading struct {
	Name   string
	Data   []byte
	opt    Options
	Limits Limits
	Result *Result
	Drafts []*Draft
	// OwnIDs tells that the ids are ours, by which a stored bank knows its
	// questions; those of other programs may be replaced.
	OwnIDs   bool
	problems []Problem // of no single question
	listed   []listed  // materials that stand in a list of the file
}

// Asked are the conventions that the caller wants; "" leaves one to the file.
func (r *Reading) Asked() Conventions { return r.opt.Conventions }

// NewReading begins to read a file with that name.
func NewReading(name string, data []byte, opt Options) *Reading {
	r := &Reading{Name: name, Data: data, opt: opt, Limits: opt.Limits.orDefault(),
		Result: &Result{Images: map[string][]byte{}}}
	for image, content := range opt.Images {
		r.Result.Images[image] = content
	}
	return r
}

// Found opens the draft of the next question.
func (r *Reading) Found(at Place) *Draft {
	d := &Draft{number: len(r.Drafts) + 1, at: at}
	r.Drafts = append(r.Drafts, d)
	return d
}

// Note puts a problem on the file.
func (r *Reading) Note(code Code, at Place, detail, text string) {
	r.problems = append(r.problems, problemAt(code, at, detail, text))
}

// Progress tells the caller how much was read, in units of the format; total is 0
// where it is not known.
func (r *Reading) Progress(done, total int) {
	if r.opt.Progress != nil {
		r.opt.Progress(done, total)
	}
}

// Finish checks every draft, compares them, and fills the result.
func (r *Reading) Finish() error {
	if len(r.Drafts) == 0 && len(r.Result.References) == 0 {
		detail := ""
		if len(r.problems) > 0 {
			detail = r.problems[0].Message
		}
		return Refuse(NoQuestions, detail)
	}
	if len(r.Drafts) > r.Limits.Questions {
		return Refuse(LimitQuestions, fmt.Sprintf("有 %d 道，最多 %d 道", len(r.Drafts), r.Limits.Questions))
	}
	r.Check()
	compare(r.Drafts)
	r.identify()
	r.count()
	return nil
}

// Check holds every draft against the rules of its kind.
func (r *Reading) Check() {
	r.shareMaterials()
	for _, d := range r.Drafts {
		if d.Rejected {
			continue
		}
		if d.Q.Difficulty == 0 {
			d.Q.Difficulty = 1
		}
		for _, name := range d.Q.Pictures() {
			if _, ok := r.Result.Images[name]; !ok {
				d.Note(ImageMissing, "", name, name)
			}
		}
		if len(d.Q.ID) > question.MaxIDBytes && !r.OwnIDs {
			d.Note(IDReplaced, "", Shorten(d.Q.ID), d.Q.ID)
			d.Q.ID = ""
		}
		q := d.Q
		if q.ID == "" {
			q.ID = "new"
		}
		seen := map[question.Problem]bool{}
		for _, problem := range q.Check() {
			if seen[problem] {
				continue
			}
			seen[problem] = true
			d.Note(codeOf(&q, problem), "", problem.Message, q.Stem)
		}
	}
}

// codeOf finds the code for what question.Check says.
func codeOf(q *question.Question, problem question.Problem) Code {
	choice := q.Kind == question.Single || q.Kind == question.Multiple || q.Kind == question.Indefinite
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
func (r *Reading) identify() {
	taken := map[string]bool{}
	for _, d := range r.Drafts {
		if id := d.Q.ID; id != "" && !d.Rejected {
			switch {
			case taken[id] && r.OwnIDs:
				d.Note(IDRepeated, "", id, id)
			case taken[id]:
				d.Note(IDReplaced, "", id, id)
				d.Q.ID = ""
			}
			taken[id] = true
		}
	}
	for _, d := range r.Drafts {
		if d.Q.ID != "" || d.Rejected {
			continue
		}
		base := MakeID(&d.Q)
		id := base
		for n := 2; taken[id]; n++ {
			id = base + "-" + strconv.Itoa(n)
		}
		d.Q.ID = id
		taken[id] = true
	}
}

// writable drops from a rejected question the values that JSON cannot hold, so
// that the rest can be shown and mended.
func writable(q question.Question) question.Question {
	q.Right = slices.DeleteFunc(slices.Clone(q.Right), func(index int) bool {
		return index < 0 || index >= question.MaxOptions
	})
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
func (r *Reading) count() {
	report := &r.Result.Report
	report.Found = len(r.Drafts)
	problems := len(r.problems)
	for _, d := range r.Drafts {
		problems += len(d.Problems)
		if d.Rejected {
			report.Rejected++
		}
	}
	report.Accepted = report.Found - report.Rejected
	// Everything is sized before it is filled: growing by doubling costs a large
	// bank twice its size.
	report.Problems = append(make([]Problem, 0, problems), r.problems...)
	r.Result.Questions = make([]question.Question, 0, report.Accepted)
	r.Result.Numbers = make([]int, 0, report.Accepted)
	used := map[string]bool{}
	for _, d := range r.Drafts {
		slices.SortStableFunc(d.Problems, func(a, b Problem) int {
			return strings.Compare(string(a.Severity), string(b.Severity))
		})
		report.Problems = append(report.Problems, d.Problems...)
		if d.Rejected {
			r.Result.Rejects = append(r.Result.Rejects, Reject{Number: d.number, Line: d.at.Line,
				Question: writable(d.Q)})
			continue
		}
		for _, name := range d.Q.Pictures() {
			used[name] = true
		}
		r.Result.Questions = append(r.Result.Questions, d.Q)
		r.Result.Numbers = append(r.Result.Numbers, d.number)
	}
	for i := range report.Problems {
		report.Problems[i].File = r.Name
	}
	for image := range r.Result.Images {
		if !used[image] {
			delete(r.Result.Images, image)
		}
	}
	r.Progress(report.Found, report.Found)
}

// Failed empties the result but for the reason.
func (r *Reading) Failed(err error) *Result {
	problem := Problem{}
	if u, ok := err.(*Unreadable); ok {
		problem = u.Problem
	} else {
		problem = problemAt(FormatUnreadable, Place{}, err.Error(), "")
	}
	problem.File = r.Name
	return &Result{Format: r.Result.Format, Encoding: r.Result.Encoding,
		Report: Report{Problems: []Problem{problem}}}
}
