package draft

import (
	"strings"
	"unicode/utf8"

	"anquanda/internal/errs"
	"anquanda/internal/question"
)

// Severity of a problem: an error rejects its question (or, without a question,
// the file); a warning keeps it.
type Severity string

// The two severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Problem is one thing found while reading. Line counts from 1 (the row of a
// sheet, the line of a text); Question counts the questions found, from 1; both
// are 0 where they do not apply.
type Problem struct {
	File     string   `json:"file,omitempty"`
	Sheet    string   `json:"sheet,omitempty"`
	Line     int      `json:"line"`
	Cell     string   `json:"cell"`
	Question int      `json:"question"`
	Code     Code     `json:"code"`
	Message  string   `json:"message"`
	Severity Severity `json:"severity"`
	Text     string   `json:"text,omitempty"`
}

// Report counts what was found. Accepted + Rejected = Found, always.
type Report struct {
	Found    int       `json:"questions"`
	Accepted int       `json:"accepted"`
	Rejected int       `json:"rejected"`
	Problems []Problem `json:"problems"`
	// Conventions are those that the file follows, where it could follow others.
	Conventions []Convention `json:"conventions,omitempty"`
}

// Result is what a file held: the accepted questions, ready to be stored, the
// pictures they use by name, and the report.
type Result struct {
	Format    string
	Encoding  string
	Name      string // of the bank, when the file tells
	Questions []question.Question
	Numbers   []int // of Questions: their places among all found, from 1
	Rejects   []Reject
	Images    map[string][]byte
	// References are the list of laws and standards that the file carries; a file may
	// hold a list and no questions.
	References question.References
	Report
}

// Reject is a question that was found and not accepted, as far as it could be
// read, for a person to mend. Its problems stand in the report under Number.
type Reject struct {
	Number   int
	Line     int
	Question question.Question
}

// Place is where something stands in the file.
type Place struct {
	Sheet string
	Line  int
	Cell  string
}

// shown is how much of the offending text a problem carries, in characters.
const shown = 80

// Shorten brings a text into one line of at most 80 characters.
func Shorten(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= shown {
		return text
	}
	return string([]rune(text)[:shown]) + "…"
}

func problemAt(code Code, at Place, detail, text string) Problem {
	info := codes[code]
	if detail == "" {
		// The same message 50,000 times is kept once.
		return Problem{Sheet: at.Sheet, Line: at.Line, Cell: at.Cell, Code: code,
			Message: plainMessages[code], Severity: info.severity, Text: Shorten(text)}
	}
	message := info.why
	if !strings.HasPrefix(info.why, detail) {
		message += "：" + strings.TrimSuffix(detail, "。")
	}
	return Problem{Sheet: at.Sheet, Line: at.Line, Cell: at.Cell, Code: code,
		Message: message + "。" + info.fix + "。", Severity: info.severity, Text: Shorten(text)}
}

// Unreadable is the error of a file from which no question could be read.
type Unreadable struct{ Problem Problem }

// Error is the text for logs.
func (e *Unreadable) Error() string { return string(e.Problem.Code) + ": " + e.Problem.Message }

// Unwrap puts the error into the vocabulary of errs, so that a page can show it.
func (e *Unreadable) Unwrap() error {
	return errs.New(errs.Invalid, "bank_"+string(e.Problem.Code), e.Problem.Message)
}

// Refuse is the error of a file that is not read at all; detail says more in
// Chinese, "" nothing.
func Refuse(code Code, detail string) *Unreadable {
	return &Unreadable{problemAt(code, Place{}, detail, "")}
}
