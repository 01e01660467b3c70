package contest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"anquanda/internal/question"
)

// Fitted is one thing that Fit changed.
type Fitted struct {
	Path  string // as in findings
	Words string // for organizers: what no longer holds
}

// Fit is the text of a definition whose levels and live rooms take what their banks
// hold: a draw that finds too few questions gives up first the audience, then
// difficulty, topics and kinds, as few of them as will do, and at last asks fewer
// questions. Draws that find enough stay as they are, as do lists of questions and what
// a bank without any question cannot fill. banks gives the questions of each bank. The
// error is Findings, or that of banks.
func Fit(text []byte, banks func(name string) ([]question.Question, error)) ([]byte, []Fitted, error) {
	d, err := Parse("活动", text)
	if err != nil {
		return nil, nil, err
	}
	names := d.Banks()
	f := fitter{d: d, text: text}
	for i := range d.Levels {
		questions, err := banks(names[d.BankIndex(i)])
		if err != nil {
			return nil, nil, err
		}
		if err := f.level(i, &d.Levels[i], questions); err != nil {
			return nil, nil, err
		}
	}
	for i := range d.Live {
		questions, err := banks(names[d.LiveBankIndex(i)])
		if err != nil {
			return nil, nil, err
		}
		room := &d.Live[i]
		path := fmt.Sprintf("live[%d].draw", i)
		if _, err := f.draws(path, room.Title, room.Draw, questions, room.Pools); err != nil {
			return nil, nil, err
		}
	}
	_, err = Parse("活动", f.text)
	return f.text, f.done, err
}

// WithBank is the text of a definition that takes all its questions from one bank. The
// error is Findings.
func WithBank(text []byte, name string) ([]byte, error) {
	d, err := Parse("活动", text)
	if err != nil {
		return nil, err
	}
	paths := []string{"bank"}
	for i := range d.Levels {
		if d.Levels[i].Bank != "" {
			paths = append(paths, fmt.Sprintf("levels[%d].bank", i))
		}
	}
	for i := range d.Live {
		if d.Live[i].Bank != "" {
			paths = append(paths, fmt.Sprintf("live[%d].bank", i))
		}
	}
	for _, path := range paths {
		if text, err = Edit(text, path, name); err != nil {
			return nil, err
		}
	}
	return text, nil
}

type fitter struct {
	d     *Definition
	text  []byte
	done  []Fitted
	title string   // of the place that was loosened last,
	given []string // what its questions are no longer told apart by,
	at    int      // and which of done says so
}

// loosened tells it once for all draws of a place.
func (f *fitter) loosened(path, title string, given []string) {
	if f.title != title {
		f.title, f.given, f.at = title, nil, len(f.done)
		f.told(path, "")
	}
	for _, condition := range given {
		if !slices.Contains(f.given, condition) {
			f.given = append(f.given, condition)
		}
	}
	f.done[f.at].Words = fmt.Sprintf("“%s”的题不再分%s", title, strings.Join(f.given, "、"))
}

func (f *fitter) level(index int, l *Level, questions []question.Question) error {
	path := fmt.Sprintf("levels[%d]", index)
	before := l.Count()
	changed, err := f.draws(path+".questions", l.Title, l.Questions, questions, l.Pools)
	if err != nil || !changed || l.Count() == before {
		return err
	}
	if l.Steps == nil && l.Pass > l.Count() {
		f.told(path+".pass", "“%s”答对 %d 题就通过，原来要 %d 题", l.Title, l.Count(), l.Pass)
		return f.set(path+".pass", l.Count())
	}
	return nil
}

// draws loosens the draws of one place until pools finds enough for each.
func (f *fitter) draws(path, title string, draws []Draw, questions []question.Question,
	pools func([]question.Question) ([]Pool, error)) (changed bool, err error) {
	for range 2 * len(draws) { // each is loosened at most once and then made smaller at most once
		_, err := pools(questions)
		var few *TooFew
		if !errors.As(err, &few) {
			break
		}
		draw := &draws[few.Draw]
		if len(draw.List) > 0 {
			break // who named questions wants these: that stays a finding
		}
		at := fmt.Sprintf("%s[%d]", path, few.Draw)
		given := loosen(draw, func() bool {
			_, err := pools(questions)
			var still *TooFew
			return !errors.As(err, &still) || still.Draw > few.Draw
		})
		if len(given) > 0 {
			f.loosened(at, title, given)
			changed = true
			continue
		}
		if few.Fit == 0 {
			break // nothing to ask: that stays a finding
		}
		f.told(at, "“%s”这一批改为 %d 道题，原来要 %d 道", title, few.Fit, draw.Count)
		draw.Count, changed = few.Fit, true
	}
	if !changed {
		return false, nil
	}
	return true, f.set(path, plainDraws(f.d, draws))
}

const forAudience = "适用对象"

// wishes are what a draw may give up, the least missed first.
var wishes = []struct {
	name string
	drop func(*Draw)
	has  func(*Draw) bool
}{
	{forAudience, func(d *Draw) { d.Audience = nil }, func(d *Draw) bool { return len(d.Audience) > 0 }},
	{"难度", func(d *Draw) { d.Difficulty = nil }, func(d *Draw) bool { return len(d.Difficulty) > 0 }},
	{"知识点", func(d *Draw) { d.Topics = nil }, func(d *Draw) bool { return len(d.Topics) > 0 }},
	{"题型", func(d *Draw) { d.Kinds = nil }, func(d *Draw) bool { return len(d.Kinds) > 0 }},
}

// loosen gives up as few wishes of a draw as make it enough, or all of them where even
// that does not; it returns the names of those given up.
func loosen(draw *Draw, enough func() bool) (given []string) {
	whole := *draw
	for _, w := range wishes { // one alone
		if !w.has(&whole) {
			continue
		}
		if w.drop(draw); enough() {
			return []string{w.name}
		}
		*draw = whole
	}
	for _, w := range wishes { // one after the other
		if !w.has(&whole) {
			continue
		}
		w.drop(draw)
		given = append(given, w.name)
		if enough() {
			break
		}
	}
	return given
}

func (f *fitter) told(path, format string, args ...any) {
	f.done = append(f.done, Fitted{path, fmt.Sprintf(format, args...)})
}

func (f *fitter) set(path string, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	f.text, err = Edit(f.text, path, string(body))
	return err
}

// plainDraw is a draw as a definition writes it.
type plainDraw struct {
	Title      string   `json:"title,omitempty"`
	Count      int      `json:"count"`
	List       []string `json:"list,omitempty"`
	Kinds      []string `json:"kinds,omitempty"`
	Topics     []string `json:"topics,omitempty"`
	Audience   []string `json:"audience,omitempty"`
	Difficulty []int    `json:"difficulty,omitempty"`
	Score      float64  `json:"score,omitempty"`
}

func plainDraws(d *Definition, draws []Draw) []plainDraw {
	plain := make([]plainDraw, len(draws))
	for i, w := range draws {
		plain[i] = plainDraw{w.Title, w.Count, w.List, w.Kinds, w.Topics, w.Audience, w.Difficulty,
			d.Points(int(w.Score))}
	}
	return plain
}

// WhyTooFew tells what keeps the questions of a bank from a draw that finds too few:
// the one wish without which there were enough. Empty where no single one does it.
func WhyTooFew(draws []Draw, few *TooFew, questions []question.Question) string {
	draw := draws[few.Draw]
	for _, w := range wishes {
		if !w.has(&draw) {
			continue
		}
		loose := draw
		w.drop(&loose)
		fit := 0
		for i := range questions {
			if loose.Fits(&questions[i]) {
				fit++
			}
		}
		if fit < few.Wanted {
			continue
		}
		if w.name == forAudience && !slices.ContainsFunc(questions, func(q question.Question) bool {
			return len(q.Audience) > 0
		}) {
			return fmt.Sprintf("：%d 道题都没有写适用对象", len(questions))
		}
		return fmt.Sprintf("；不分%s就有 %d 道", w.name, fit)
	}
	return ""
}
