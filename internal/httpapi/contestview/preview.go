package contestview

import (
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
)

// Preview is what a stranger's phone would show of a contest on its first day.
type Preview struct {
	Title     string  `json:"title"`
	Subtitle  string  `json:"subtitle"`
	Organizer string  `json:"organizer"`
	OpensAt   int64   `json:"opens_at"`
	ClosesAt  int64   `json:"closes_at"`
	Levels    []Level `json:"levels"`
}

// PreviewOf tells how the map of a definition looks before anybody has played it.
func PreviewOf(d *contest.Definition) Preview {
	in := &catalog.Contest{Definition: d}
	return Preview{
		Title: d.Title, Subtitle: d.Subtitle, Organizer: d.Organizer, OpensAt: d.Window.Opens.MS,
		ClosesAt: d.Window.Closes.MS, Levels: LevelsOf(in, &contest.Summary{}, true, d.Window.Opens.MS),
	}
}
