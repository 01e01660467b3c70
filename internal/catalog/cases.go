package catalog

import (
	"fmt"

	"anquanda/internal/bank"
	"anquanda/internal/contest"
)

// partedCases finds draws whose count no choice of whole cases and single questions fills:
// of one case only a part is asked, whatever is drawn.
func partedCases(level int, l *contest.Level, pools []contest.Pool, questions *bank.Bank) (found contest.Findings) {
	for _, parted := range l.Parted(pools, contest.BondsOf(questions.Questions)) {
		cure, words := "", ""
		switch {
		case parted.Less > 0 && parted.More > 0:
			cure = fmt.Sprintf("%d or %d questions", parted.Less, parted.More)
			words = fmt.Sprintf("%d 道或 %d 道", parted.Less, parted.More)
		case parted.Less > 0:
			cure, words = fmt.Sprintf("%d questions", parted.Less), fmt.Sprintf("%d 道", parted.Less)
		default:
			cure, words = fmt.Sprintf("%d questions", parted.More), fmt.Sprintf("%d 道", parted.More)
		}
		found = append(found, contest.Finding{Path: fmt.Sprintf("levels[%d].questions[%d].count", level, parted.Draw),
			Message: fmt.Sprintf("%d questions cannot be drawn without parting those of one material; ask %s",
				parted.Count, cure),
			Words: fmt.Sprintf("“%s”这一批要 %d 道题，题库“%s”里同一段材料的题要一起出，凑不成这个数；请改成 %s，或补充不带材料的题",
				l.Title, parted.Count, questions.Name, words)})
	}
	return found
}
