package questionbank_test

import (
	"strings"
	"testing"
	"time"

	"anquanda/internal/question"
)

func references(t *testing.T) question.References {
	t.Helper()
	return results(t)[list].References
}

func TestEverySourceOfTheBankStandsInItsList(t *testing.T) {
	index := references(t).Index()
	for _, q := range everything(t) {
		r := index.Of(q.Source)
		if r == nil {
			t.Errorf("%s: put %q into %s, with its edition and the day it came into force", q.ID, q.Source.Title, list)
		} else if q.Source.Title != r.Title || q.Source.Version != r.Version || q.Source.Effective != r.Effective {
			t.Errorf("%s: its source is %+v, in the list %+v", q.ID, q.Source, *r)
		}
	}
}

func TestWhatSupersedesASourceIsListedToo(t *testing.T) {
	keys := map[string]question.Reference{}
	for _, r := range references(t) {
		keys[r.Key] = r
	}
	for _, r := range references(t) {
		next, listed := keys[r.By]
		if r.By != "" && !listed {
			t.Errorf("%s gives way to %s, which is not listed", r.Key, r.By)
		}
		if listed && next.Effective != "" && next.Effective != r.Until {
			t.Errorf("%s ends on %s, %s begins on %s", r.Key, r.Until, next.Key, next.Effective)
		}
	}
}

// reviewed is the day for which the bank that ships was last made right; whoever
// makes it right for a later one moves it.
const reviewed = "2026-12-01"

func TestNoQuestionRestsOnASourceThatDoesNotHold(t *testing.T) {
	index := references(t).Index()
	for _, q := range everything(t) {
		for _, age := range index.Ages(&q, reviewed) {
			t.Errorf("%s: %s", q.ID, index.Tell(age, &q))
		}
	}
}

func TestEveryQuestionSaysWhoHeldItAgainstWhat(t *testing.T) {
	for _, q := range everything(t) {
		r := q.Review
		if r.By == "" || r.Against == "" || r.Seen == "" {
			t.Errorf("%s: the review lacks who, against what, or whether the source was seen: %+v", q.ID, r)
		}
		if on, err := time.Parse(time.DateOnly, r.On); err != nil || on.Format(time.DateOnly) > reviewed {
			t.Errorf("%s: it was reviewed on %q", q.ID, r.On)
		}
	}
}

// without is how many questions cite a law or standard that has numbered clauses by a
// heading alone, because its text could not be seen; it may fall, not rise.
const without = 198

func TestAQuestionIsCitedByClauseOrItsEditorsAreToldWhyNot(t *testing.T) {
	index := references(t).Index()
	counts := map[question.Located]int{}
	for _, q := range everything(t) {
		located := index.Locate(q.Source)
		counts[located]++
		if located == question.Nowhere {
			t.Errorf("%s: nothing says where its answer is written", q.ID)
		}
		if located == question.Roughly && !strings.Contains(q.Review.Against, "没有见到原文的条款") {
			t.Errorf("%s: cited without a clause, and the review does not say why: %s", q.ID, q.Review.Against)
		}
	}
	if counts[question.Roughly] > without {
		t.Errorf("%d questions have no clause, at most %d", counts[question.Roughly], without)
	}
	t.Logf("%d by clause, %d by a part of what has no clauses, %d without a clause", counts[question.ByClause],
		counts[question.ByPart], counts[question.Roughly])
}
