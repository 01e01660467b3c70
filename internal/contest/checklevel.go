package contest

import (
	"fmt"

	"anquanda/internal/question"
)

func (c *checker) level(path string, d *Definition, l *Level, earlier map[string]bool) {
	c.key(path+".key", l.Key)
	if earlier[l.Key] {
		c.add(path+".key", "another level has the key %q", l.Key)
	}
	c.text(path+".title", l.Title, 1, 20)
	c.text(path+".summary", l.Summary, 0, 80)
	c.oneOf(path+".place", l.Place, Places...)
	for i := range l.Questions {
		c.draw(fmt.Sprintf("%s.questions[%d]", path, i), &l.Questions[i])
	}
	count := l.Count()
	if count < 1 || count > maxQuestions {
		c.add(path+".questions", "an attempt must have 1 to %d questions; this one has %d", maxQuestions, count)
	}
	c.mode(path, l)
	c.ending(path, l, count)
	if l.Pass < 0 || l.Pass > count {
		c.add(path+".pass", "pass is the number of right answers needed, 0 to %d", count)
	}
	if l.Score < 1 || l.Score > MaxTotal {
		c.add(path+".score", "score must be 1 to %d", c.mostScore)
	}
	c.credits(path, l)
	if l.Attempts.Max < 0 || l.Attempts.Max > maxTries {
		c.add(path+".attempts.max", "attempts must be 1 to %d, or 0 for as many as one likes", maxTries)
	}
	c.per(path+".attempts.per", l.Attempts.Per, d)
	if l.Bank != "" {
		c.key(path+".bank", l.Bank)
	}
	c.openings(path, d, l)
	c.material(path+".material", d, l)
	for i, key := range l.Divisions {
		c.division(fmt.Sprintf("%s.divisions[%d]", path, i), key, d)
	}
	c.time(path+".time", &l.Time)
	c.unlocking(path, d, l, earlier)
}

func (c *checker) time(path string, t *Time) {
	if t.Question < Span(shortestQuestion) || t.Question > Span(longestLevel) {
		c.add(path+".question", "the time for a question is %s (nobody can read one in less) to %s",
			shortestQuestion, longestLevel)
	}
	if *t.Review < 0 || *t.Review > Span(longestLevel) {
		c.add(path+".review", "review is 0s to %s", longestLevel)
	}
	c.oneOf(path+".next", string(t.Next), string(NextTimer), string(NextPlayer))
	if t.Level <= 0 || t.Level > Span(longestLevel) {
		c.add(path+".level", "a level lasts at most %s", longestLevel)
	}
	if *t.Load < 0 || *t.Load > Span(longestLoad) {
		c.add(path+".load", "load is 0s to %s", longestLoad)
	}
	c.oneOf(path+".large", string(t.Large), string(LargeDouble), string(LargeSame))
	if t.Least != nil && (*t.Least < 0 || *t.Least > Span(longestLeast) || *t.Least > t.Question/2) {
		c.add(path+".least", "least is 0s to %s, and at most half the time for a question", longestLeast)
	}
}

// ending checks what an attempt ends and scores by, beside its last question.
func (c *checker) ending(path string, l *Level, count int) {
	c.oneOf(path+".paper", string(l.Drawn), string(DrawnRandom), string(DrawnSame))
	switch {
	case l.Papers < 0 || l.Papers > mostPapers:
		c.add(path+".papers", "there are 1 to %d papers", mostPapers)
	case l.Papers > 1 && l.Drawn != DrawnSame:
		c.add(path+".papers", "papers are of a level with paper: same; otherwise each attempt draws its own")
	}
	c.oneOf(path+".retry", string(l.Retry), string(RetryAll), string(RetryWrong))
	if l.Ends.Wrong < 0 || l.Ends.Wrong > maxQuestions {
		c.add(path+".ends.wrong", "wrong answers must be 1 to %d, or 0 to go on to the end", maxQuestions)
	}
	if l.Streak.Length < 0 || l.Streak.Length > maxQuestions || l.Streak.Length == 1 {
		c.add(path+".streak.length", "a streak is 2 to %d right answers", maxQuestions)
	}
	if l.Streak.Score < 0 || l.Streak.Score > MaxTotal {
		c.add(path+".streak.score", "score must be 0 to %d", c.mostScore)
	}
	if l.Steps == nil {
		return
	}
	if l.Steps.Goal < 1 || l.Steps.Goal > count {
		c.add(path+".steps.goal", "the goal is 1 to %d steps, or nobody reaches it", count)
	}
	if l.Steps.Back < 0 || l.Steps.Back > maxQuestions {
		c.add(path+".steps.back", "a wrong answer goes back 0 to %d steps", maxQuestions)
	}
	if l.Retry == RetryWrong {
		c.add(path+".retry", "a level with steps is always played anew")
	}
}

// limits checks the bounds over all levels.
func (c *checker) limits(path string, d *Definition) {
	for i, limit := range d.Attempts {
		at := fmt.Sprintf("%s[%d]", path, i)
		if limit.Max < 1 || limit.Max > maxTries {
			c.add(at+".max", "attempts must be 1 to %d", maxTries)
		}
		c.per(at+".per", limit.Per, d)
		c.oneOf(at+".of", string(limit.Of), string(OfAttempts), string(OfLevels))
	}
	if len(d.Attempts) > maxRules {
		c.add(path, "there may be %d limits at most", maxRules)
	}
}

// per checks a period that attempts or earnings count in; further words may
// stand there too.
func (c *checker) per(path string, per Per, d *Definition, further ...string) {
	c.oneOf(path, string(per), append([]string{string(PerDay), string(PerWeek), string(PerMonth), string(PerPeriod),
		string(PerContest)}, further...)...)
	if per == PerPeriod && len(d.Periods) == 0 {
		c.add(path, "the contest has no periods of its own")
	}
}

// listed checks the ids of questions; whether a bank holds them is seen where one is at hand.
func (c *checker) listed(path string, ids []string) {
	seen := map[string]bool{}
	for i, id := range ids {
		at := fmt.Sprintf("%s[%d]", path, i)
		c.text(at, id, 1, question.MaxIDBytes)
		if seen[id] {
			c.add(at, "the list holds the question %q twice", id)
		}
		seen[id] = true
	}
}

func (c *checker) draw(path string, d *Draw) {
	if d.Count < 1 || d.Count > maxQuestions {
		c.add(path+".count", "count must be 1 to %d", maxQuestions)
	}
	c.listed(path+".list", d.List)
	if len(d.List) > maxListed {
		c.add(path+".list", "a list names %d questions at most", maxListed)
	} else if len(d.List) > 0 && d.Count > len(d.List) {
		c.add(path+".count", "%d questions are wanted, the list names only %d", d.Count, len(d.List))
	}
	for i, kind := range d.Kinds {
		if !question.Kind(kind).Known() {
			c.add(fmt.Sprintf("%s.kinds[%d]", path, i), "%q is no kind of question", kind)
		}
	}
	for i, difficulty := range d.Difficulty {
		if difficulty < 1 || difficulty > 5 {
			c.add(fmt.Sprintf("%s.difficulty[%d]", path, i), "difficulty is 1 to 5")
		}
	}
	if d.Score < 0 || d.Score > MaxTotal {
		c.add(path+".score", "score must be 1 to %d", c.mostScore)
	}
}
