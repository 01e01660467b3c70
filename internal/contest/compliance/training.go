package compliance

import (
	"fmt"
	"slices"
	"strings"

	"anquanda/internal/contest"
)

// trainedOnWhatCounts looks for questions that are asked for nothing, in a training or in a
// level for practice, whose answers are told, and that levels or live rooms ask that count
// where prizes are won.
func trainedOnWhatCounts(d *contest.Definition, found finder) {
	if len(d.Prizes) == 0 || d.Feedback == contest.FeedbackNone {
		return
	}
	counting := whatCounts(d)
	var trained []string // banks
	for i := range d.Levels {
		l := &d.Levels[i]
		bank := d.Banks()[d.BankIndex(i)]
		if !tellsAnswers(d, l) || !overlaps(paper{bank, l.Questions}, counting) {
			continue
		}
		if l.Practice {
			found(fmt.Sprintf("levels[%d].practice", i), "练习关“%s”问的也是正式答题的题（题库%s），答案会提前传开，"+
				"奖品就给了背过答案的人。请让练习关用别的题库，或用 list、kinds、difficulty 和正式的题分开", l.Title, bank)
		} else if opensInTraining(d, l) && !slices.Contains(trained, bank) {
			trained = append(trained, bank)
		}
	}
	if len(trained) > 0 {
		found("training", "热身问的就是正式答题的题库（%s），答案会提前传开，奖品就给了背过答案的人。"+
			"可以只让用别的题库的练习关在热身时开放，或者把“什么时候看对错”改为“不公布”", strings.Join(trained, "、"))
	}
}

// paper is what a level or a live room asks of a bank.
type paper struct {
	bank  string
	draws []contest.Draw
}

// whatCounts is all that is asked where something is won by it.
func whatCounts(d *contest.Definition) (counting []paper) {
	banks := d.Banks()
	for i := range d.Levels {
		if !d.Levels[i].Practice {
			counting = append(counting, paper{banks[d.BankIndex(i)], d.Levels[i].Questions})
		}
	}
	for i := range d.Live {
		room := &d.Live[i]
		draws := room.Draw
		if len(room.List) > 0 {
			draws = []contest.Draw{{List: room.List}}
		}
		counting = append(counting, paper{banks[d.LiveBankIndex(i)], draws})
	}
	return counting
}

// overlaps reports whether a question may be both among what is asked and among what counts.
func overlaps(a paper, counting []paper) bool {
	for _, other := range counting {
		if other.bank != a.bank {
			continue
		}
		for i := range a.draws {
			for k := range other.draws {
				if a.draws[i].Meets(&other.draws[k]) {
					return true
				}
			}
		}
	}
	return false
}

// tellsAnswers reports whether who plays the level learns its answers while the contest is on.
func tellsAnswers(d *contest.Definition, l *contest.Level) bool {
	return !l.Whole() || d.ShownAt(l, d.Window.Opens.MS) < d.Window.Closes.MS
}

// opensInTraining reports whether the level is open at some time of the training.
func opensInTraining(d *contest.Definition, l *contest.Level) bool {
	if d.Training == nil {
		return false
	}
	for _, w := range append([]contest.Window{{Opens: l.Opens, Closes: l.Closes}}, l.Again...) {
		if w.Opens.MS < d.Training.Closes.MS && (w.Closes.MS == 0 || w.Closes.MS > d.Training.Opens.MS) {
			return true
		}
	}
	return false
}
