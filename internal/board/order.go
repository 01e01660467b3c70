package board

import (
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
)

// Order is by what a total stands on a board of players: the smaller, the higher.
// Of equals the older id stands higher. Whoever has to list the first of a board
// for good, from the truth and not from the view, ranks by it as the board does.
func Order(c *catalog.Contest, t contest.Total) float64 {
	return scoreOf(c, entry{Measure: t.Name(), Points: t.Points, ReachedAt: t.ReachedAt, UsedMS: t.UsedMS,
		Answered: t.Answered})
}
