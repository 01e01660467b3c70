package app

import (
	"testing"

	"anquanda/internal/contest"
)

func TestNoQuestionThatShipsAsksForHalfTheTimeOfAFastReader(t *testing.T) {
	questions, err := ShippedQuestions()
	if err != nil {
		t.Fatal(err)
	}
	const fastAWideCharacter = 60 // ms, twice as fast as a quick silent reader of Chinese
	level := contest.Level{}
	for i := range questions {
		q := &questions[i]
		wide := 0
		for _, r := range q.Stem { // without the options
			if r >= 0x2e80 {
				wide++
			}
		}
		if least, fast := level.LeastFor(q), int64(250+fastAWideCharacter*wide); least*2 > fast {
			t.Errorf("%s asks for %d ms, and a fast reader takes %d", q.ID, least, fast)
		}
	}
}
