package contestview

import (
	"fmt"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/rulespage"
)

// Level is a level and how the player stands there. Texts are made here,
// because they follow from rules that the page does not know.
type Level struct {
	Key          string           `json:"key"`
	Title        string           `json:"title"`
	Place        string           `json:"place"`
	Summary      string           `json:"summary"`
	Questions    int              `json:"questions"`
	Pass         int              `json:"pass"`
	FullScore    float64          `json:"full_score"`
	QuestionMS   int64            `json:"question_ms"`
	TriesPerDay  int              `json:"tries_per_day"`
	Notes        []string         `json:"notes"`
	State        string           `json:"state"`
	LockedReason string           `json:"locked_reason"`
	BestScore    float64          `json:"best_score"`
	Stars        int              `json:"stars"`
	TriesLeft    int              `json:"tries_left"`
	TriesText    string           `json:"tries_text"`
	Revive       contest.DeedKind `json:"revive"`
	UnderWay     bool             `json:"under_way"`
	Foreign      bool             `json:"foreign"`            // of another division
	Practice     bool             `json:"practice,omitempty"` // it counts for nothing
	Mode         contest.Mode     `json:"mode,omitempty"`     // paper; else question by question
	Material     bool             `json:"material,omitempty"` // something is to be read or looked at before
}

// LevelsOf tells how the levels stand. A stranger sees those of every division
// open, since a division is chosen with the name.
func LevelsOf(in *catalog.Contest, summary *contest.Summary, stranger bool, now int64) []Level {
	reply := make([]Level, len(in.Levels))
	for i, state := range in.LevelStates(summary, now) {
		level := &in.Levels[i]
		if stranger && len(level.Divisions) > 0 {
			as := *summary
			as.Division = level.Divisions[0]
			state = in.LevelStates(&as, now)[i]
		}
		reply[i] = levelOf(in.Definition, level, state, now)
		left := in.LeftAt(level, summary, now)
		reply[i].TriesText = TriesText(left)
		if left.Tries == 0 && !stranger && state.Open {
			reply[i].Revive = in.Revives(level, summary, now)
		}
	}
	return reply
}

func levelOf(d *contest.Definition, l *contest.Level, state contest.LevelState, now int64) Level {
	reply := Level{
		Key: l.Key, Title: l.Title, Place: l.Place, Summary: l.Summary, Questions: l.Count(), Pass: l.Pass,
		FullScore: d.Points(l.FullScore()), QuestionMS: l.Time.Question.MS(), TriesPerDay: l.Attempts.Max,
		Notes: rulespage.LevelNotes(d, l), State: "open", BestScore: d.Points(state.Best), Stars: state.Stars,
		TriesLeft: state.TriesLeft, UnderWay: state.UnderWay, Practice: l.Practice, Material: l.Material != nil,
	}
	if l.Whole() {
		reply.Mode, reply.QuestionMS = l.Mode, l.Time.Level.MS()
	}
	if !d.Tells(now) {
		reply.BestScore, reply.Stars = 0, 0
	}
	reply.Foreign = state.Closed == contest.ErrDivision
	if !state.Open {
		reply.State = "locked"
		reply.LockedReason = rulespage.LockedNote(d, l, state, now)
	}
	if state.Passed {
		reply.State = "passed" // with the reason, where it is over by now
	}
	return reply
}

var perNow = map[contest.Per]string{
	contest.PerDay: "今天", contest.PerWeek: "本周", contest.PerMonth: "本月", contest.PerPeriod: "本期", contest.PerContest: "",
}

var perNext = map[contest.Per]string{
	contest.PerDay: "，明天再来", contest.PerWeek: "，下周再来", contest.PerMonth: "，下月再来", contest.PerPeriod: "，下一期再来",
}

// TriesText tells what is left; nothing where there is no bound.
func TriesText(left contest.Left) string {
	switch {
	case left.Tries >= contest.Unlimited:
		return ""
	case left.Of == contest.OfLevels && left.Tries > 0:
		return fmt.Sprintf("%s还能选%d关", perNow[left.Per], left.Tries)
	case left.Of == contest.OfLevels:
		return perNow[left.Per] + "不能再选新的关" + perNext[left.Per]
	case left.Of == contest.OfAttempts && left.Tries > 0:
		return fmt.Sprintf("%s一共还能答%d次", perNow[left.Per], left.Tries)
	case left.Tries > 0:
		return fmt.Sprintf("%s还能答%d次", perNow[left.Per], left.Tries)
	case left.Per == contest.PerContest:
		return "次数用完了"
	}
	return perNow[left.Per] + "的次数用完了" + perNext[left.Per]
}
