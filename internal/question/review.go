package question

import "time"

// Review tells editors who checked a question against what. It is never sent to
// players.
type Review struct {
	By      string `json:"by,omitempty"`      // who checked it
	On      string `json:"on,omitempty"`      // YYYY-MM-DD
	Against string `json:"against,omitempty"` // what it was held against
	Seen    Seen   `json:"seen,omitempty"`
}

// Seen is how much of its source the reviewer could see.
type Seen string

// What can be seen of a source.
const (
	SeenText   Seen = "text"   // the text itself
	SeenQuoted Seen = "quoted" // a quotation or paraphrase by somebody else
	SeenNone   Seen = "none"   // nothing: the question stands on general knowledge
)

// MaxReviewBytes bounds each text of a review.
const MaxReviewBytes = 600

// ReviewYears is how long a review holds.
const ReviewYears = 2

func (r Review) check() []Problem {
	var problems []Problem
	if len(r.By) > MaxReviewBytes || len(r.Against) > MaxReviewBytes {
		problems = append(problems, Problem{"review", "核对记录的每一项不能超过 600 字节"})
	}
	if r.On != "" && !isDay(r.On) {
		problems = append(problems, Problem{"review", "核对日期应写成 2026-06-01 的样子"})
	}
	switch r.Seen {
	case "", SeenText, SeenQuoted, SeenNone:
	default:
		problems = append(problems, Problem{"review", "依据看到没有，应为 text、quoted 或 none"})
	}
	return problems
}

// until is the day from which the review no longer holds; empty where there was none.
func (r Review) until() string {
	on, err := time.Parse(time.DateOnly, r.On)
	if err != nil {
		return ""
	}
	return on.AddDate(ReviewYears, 0, 0).Format(time.DateOnly)
}

func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}
