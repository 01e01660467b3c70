package contestview

import (
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/hall"
)

// ScreenViews are the views of big screens that a contest has, of those that may take turns.
func ScreenViews(in *catalog.Contest) []hall.View {
	views := []hall.View{}
	for _, view := range hall.Turning() {
		switch {
		case (view == hall.Board || view == hall.Far) && len(in.Boards) == 0,
			view == hall.Pledge && in.Pledge == nil, view == hall.Prizes && len(in.Prizes) == 0,
			view == hall.Pairs && len(in.Pairings) == 0,
			view == hall.Question && in.Feedback != contest.FeedbackEach: // what is right is not shown then
		default:
			views = append(views, view)
		}
	}
	return views
}
