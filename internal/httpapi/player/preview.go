package player

import (
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
)

// PreviewReply is what a stranger's phone would show of a contest on its first day.
type PreviewReply struct {
	Title     string       `json:"title"`
	Subtitle  string       `json:"subtitle"`
	Organizer string       `json:"organizer"`
	OpensAt   int64        `json:"opens_at"`
	ClosesAt  int64        `json:"closes_at"`
	Levels    []levelReply `json:"levels"`
}

// Preview tells how the map of a definition looks before anybody has played it.
func Preview(d *contest.Definition) PreviewReply {
	in := &catalog.Contest{Definition: d}
	return PreviewReply{
		Title: d.Title, Subtitle: d.Subtitle, Organizer: d.Organizer, OpensAt: d.Window.Opens.MS, ClosesAt: d.Window.Closes.MS,
		Levels: levelsOf(in, &contest.Record{}, true, d.Window.Opens.MS),
	}
}
