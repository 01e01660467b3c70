package draft

import (
	"slices"
	"strings"
)

// Conventions are how a file writes what may be written in several ways. Each is found
// from the file and told in the report; "" leaves it to the file, anything else is what
// a person said who saw the report.
type Conventions struct {
	Digits    Digits `json:"digits,omitempty"`
	Truth     Truth  `json:"truth,omitempty"`
	Separator string `json:"separator,omitempty"` // of options in one cell
}

// Digits is what an answer in digits means: the place of an option, or its text.
type Digits string

// The two readings.
const (
	DigitPlaces Digits = "places"
	DigitTexts  Digits = "texts"
)

// Truth is the digit that stands for true where statements are answered in digits.
type Truth string

// The two readings: 1 is true, and 0 or 2 false; or the other way round.
const (
	TruthOne  Truth = "one"
	TruthZero Truth = "zero"
)

// Separators of options in one cell, the surest first. A sign of one character may also
// stand in an option, so the doubled ones come before.
var Separators = []string{"**", "##", "||", "$$", "@@", "|", "$", "\n", "；", ";"}

// Convention is one that a file follows: how often, where it was seen first or what
// decided it, and how else it could be read.
type Convention struct {
	Name    string   `json:"name"` // digits, truth, separator: the keys of Conventions
	Value   string   `json:"value"`
	Choices []string `json:"choices"` // values that it may be given
	Sheet   string   `json:"sheet,omitempty"`
	Line    int      `json:"line"`
	Cell    string   `json:"cell"`
	Text    string   `json:"text"` // of the row that shows it
	Rows    int      `json:"rows"` // that follow it
	Told    bool     `json:"told"` // by a person, not found
}

// choices are the values of each convention.
var choices = map[string][]string{
	"digits": {string(DigitPlaces), string(DigitTexts)}, "truth": {string(TruthOne), string(TruthZero)},
	"separator": Separators,
}

// Unknown is the name of a convention whose value there is none of; "" where all are.
func (c Conventions) Unknown() string {
	for name, value := range c.values() {
		if value != "" && !slices.Contains(choices[name], value) {
			return name
		}
	}
	return ""
}

func (c Conventions) values() map[string]string {
	return map[string]string{"digits": string(c.Digits), "truth": string(c.Truth), "separator": c.Separator}
}

// Follows notes that a row is read by a convention.
func (r *Reading) Follows(name, value string, at Place, text string) {
	list := r.Result.Conventions
	if i := slices.IndexFunc(list, func(c Convention) bool { return c.Name == name && c.Value == value }); i >= 0 {
		list[i].Rows++
		return
	}
	can := choices[name]
	if name == "separator" {
		can = within(text)
	}
	r.Result.Conventions = append(list, Convention{Name: name, Value: value, Choices: can, Sheet: at.Sheet,
		Line: at.Line, Cell: at.Cell, Text: Shorten(text), Rows: 1, Told: r.opt.Conventions.values()[name] == value})
}

// within are the separators that a cell holds: any of them may have been meant.
func within(text string) []string {
	return slices.DeleteFunc(slices.Clone(Separators), func(sign string) bool { return !strings.Contains(text, sign) })
}
