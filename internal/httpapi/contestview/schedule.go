package contestview

import (
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
)

// mostOver bounds how many contests that are over are listed.
const mostOver = 20

// Line is a contest in a list to choose from.
type Line struct {
	Slug      string        `json:"slug"`
	Title     string        `json:"title"`
	Organizer string        `json:"organizer"`
	Phase     contest.Phase `json:"phase"`
	OpensAt   int64         `json:"opens_at"`
	ClosesAt  int64         `json:"closes_at"`
	Rehearsal bool          `json:"rehearsal,omitempty"`
}

// LinesOf lists contests as they are scheduled, with the latest of those that are over.
func LinesOf(scheduled []*catalog.Contest, now int64) []Line {
	lines, over := make([]Line, 0, len(scheduled)), 0
	for _, in := range scheduled {
		phase := in.Phase(now)
		if phase == contest.Closed {
			over++
		}
		if over > mostOver {
			break
		}
		lines = append(lines, LineOf(in, now))
	}
	return lines
}

// LineOf is a contest as it stands at a moment, UTC ms.
func LineOf(in *catalog.Contest, now int64) Line {
	return Line{Slug: in.Slug, Title: in.Title, Organizer: in.Organizer, Phase: in.Phase(now),
		OpensAt: in.Window.Opens.MS, ClosesAt: in.Window.Closes.MS, Rehearsal: in.RehearsalOf != 0}
}
