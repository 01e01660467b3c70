package contest

import (
	"fmt"
	"strings"
	"time"

	"anquanda/internal/question"
)

// Mode is how the questions of a level come before the player.
type Mode string

// The modes.
const (
	ModeEach  Mode = "each"  // one by one, each answered once
	ModePaper Mode = "paper" // all at once, in sections, changed until the paper is handed in
)

// Shows is when the right answers of a whole paper are shown.
type Shows string

// When right answers of a paper are shown.
const (
	ShowsAfter Shows = "after" // once it is handed in
	ShowsDay   Shows = "day"   // from the day after
	ShowsEnd   Shows = "end"   // once the contest, or the level, is over
	ShowsNever Shows = "never"
)

// Whole reports whether the level is a whole paper.
func (l *Level) Whole() bool { return l.Mode == ModePaper }

// fillModeDefaults: a contest that publishes no answers publishes none of its papers.
func (l *Level) fillModeDefaults(feedback Feedback) {
	setDefault(&l.Mode, ModeEach)
	if !l.Whole() {
		return
	}
	setDefault(&l.Shows, ShowsAfter)
	if feedback == FeedbackNone {
		l.Shows = ShowsNever
	}
}

// neverShows stands for a moment that does not come.
const neverShows = int64(1)<<62 - 1

// NeverShown reports whether that moment does not come.
func NeverShown(at int64) bool { return at == neverShows }

// ShownAt is from when the right answers may be shown of a whole paper that was handed
// in at a moment; for none that is far off.
func (d *Definition) ShownAt(l *Level, handedIn int64) int64 {
	switch l.Shows {
	case ShowsAfter:
		return handedIn
	case ShowsDay:
		day := time.UnixMilli(handedIn).In(d.zone)
		return time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, d.zone).UnixMilli()
	case ShowsEnd:
		if closes := l.LastCloses(); closes != 0 {
			return closes
		}
		return d.Window.Closes.MS
	}
	return neverShows
}

// Section is a part of a whole paper: what one draw asks.
type Section struct {
	Title string
	Count int
	Worth int // of one question
}

// Sections are the parts of the paper, in order.
func (l *Level) Sections() []Section {
	sections := make([]Section, len(l.Questions))
	for i := range l.Questions {
		draw := &l.Questions[i]
		sections[i] = Section{draw.SectionTitle(), draw.Count, l.Worth(i)}
	}
	return sections
}

// SectionTitle is what the section is called.
func (d *Draw) SectionTitle() string {
	if d.Title != "" {
		return d.Title
	}
	names := make([]string, len(d.Kinds))
	for i, kind := range d.Kinds {
		names[i] = question.Kind(kind).Name()
	}
	if len(names) == 0 {
		return "各题"
	}
	return strings.Join(names, "、")
}

// mode checks how the questions of a level come, and what does not go with a paper.
func (c *checker) mode(path string, l *Level) {
	c.oneOf(path+".mode", string(l.Mode), string(ModeEach), string(ModePaper))
	for i := range l.Questions {
		c.text(fmt.Sprintf("%s.questions[%d].title", path, i), l.Questions[i].Title, 0, 20)
	}
	if !l.Whole() {
		if l.Shows != "" {
			c.add(path+".shows", "%s is of a level with mode paper only", "shows")
		}
		return
	}
	c.oneOf(path+".shows", string(l.Shows), string(ShowsAfter), string(ShowsDay), string(ShowsEnd), string(ShowsNever))
	for _, part := range []struct {
		there bool
		name  string
	}{{l.Streak.Length > 0, "streak"}, {l.Steps != nil, "steps"}, {l.Ends.Wrong > 0 || l.Ends.Leave, "ends"},
		{l.Retry == RetryWrong, "retry"}, {l.Speed != nil, "speed"}} {
		if part.there {
			c.add(path+"."+part.name, "%s goes question by question, so not with a whole paper", part.name)
		}
	}
}
