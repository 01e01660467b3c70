package play

import (
	"context"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// Mistake is a question that a player got wrong, with its answer, to practise.
type Mistake struct {
	Question *question.Question
	Chosen   question.Choice // the last wrong one; empty when the bank changed since
	Times    int
}

// maxMistakes bounds the list; the newest come first.
const maxMistakes = 200

// Mistakes lists the questions that the player got wrong and has not got right
// since. Only attempts that are finished count, none where the contest does not show
// answers, and no answer that was faster than anybody reads: who has not read a
// question has nothing to learn from, and a script should not. Of papers only those whose
// right answers are shown by now.
func (s *Service) Mistakes(ctx context.Context, c *catalog.Contest, player sqldb.ID) ([]Mistake, error) {
	if c.Feedback == contest.FeedbackNone {
		return nil, nil
	}
	var rows []answeredRow
	err := s.db.Select(ctx, &rows, `
		SELECT r.attempt_id, r.position, r.question_id, r.choice, r.correct, r.used_ms,
			a.finished_at, a.level_key, a.bank_version, a.bank
		FROM attempts a JOIN responses r ON r.attempt_id = a.id
		WHERE a.player_id = ? AND a.contest_id = ? AND a.finished_at <> 0 AND a.held = 0 AND r.used_ms >= 0
		ORDER BY r.answered_at DESC, r.position DESC`, player, c.ContestID)
	if err != nil {
		return nil, errs.Wrap(err, "read the mistakes of a player")
	}
	now := s.millis()
	rows = slices.DeleteFunc(rows, func(r answeredRow) bool {
		level, _, ok := c.Level(r.LevelKey)
		return ok && level.Whole() && now < c.ShownAt(level, r.FinishedAt)
	})
	return s.mistakesOf(c, rows), nil
}

// answeredRow is a response with the bank that it answers, and its version.
type answeredRow struct {
	responseRow
	FinishedAt  int64  `db:"finished_at"`
	LevelKey    string `db:"level_key"`
	BankVersion int    `db:"bank_version"`
	Bank        int    `db:"bank"`
}

// inBank is a question of one of the contest's banks.
type inBank struct {
	bank int
	id   string
}

// mistakesOf goes through responses, newest first.
func (p pacer) mistakesOf(c *catalog.Contest, rows []answeredRow) []Mistake {
	byID := make(map[inBank]*question.Question, len(c.Bank.Questions))
	versions := map[int]int{}
	for _, edition := range c.Editions() {
		versions[edition.Edition.Bank] = edition.BankVersion
		for i := range edition.Bank.Questions {
			byID[inBank{edition.Edition.Bank, edition.Bank.Questions[i].ID}] = &edition.Bank.Questions[i]
		}
	}
	var mistakes []Mistake
	place := map[inBank]int{} // in mistakes; -1 when the newest response was right
	for _, r := range rows {
		key := inBank{r.Bank, r.QuestionID}
		q, known := byID[key]
		at, seen := place[key]
		switch {
		case !known: // removed from the bank since
		case p.hastyBy(c, r.LevelKey, q, r.UsedMS):
		case seen && at >= 0 && !r.Correct:
			mistakes[at].Times++
		case seen:
		case r.Correct || len(mistakes) == maxMistakes:
			place[key] = -1
		default:
			place[key] = len(mistakes)
			mistake := Mistake{Question: q, Times: 1}
			if r.BankVersion == versions[r.Bank] { // else its options may have moved
				mistake.Chosen = question.ReadChoice(q.Kind, r.Choice)
			}
			mistakes = append(mistakes, mistake)
		}
	}
	return mistakes
}
