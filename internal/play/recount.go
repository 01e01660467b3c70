package play

import (
	"context"
	"log/slog"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// Recount is a finished attempt beside what its stored responses come to, by the
// rules and the bank that it was played by, corrections of questions included.
type Recount struct {
	PlayerID sqldb.ID
	Edition  catalog.Edition
	Stored   contest.Attempt
	Counted  contest.Attempt
	Foreign  int // responses to what the paper does not ask at their position
	Wrongly  int // responses that are not judged as the bank judges them
	Answers  []Answer
	Asked    []string // ids of all questions, those that were not reached too

	Questions int // that the paper asks
}

// Answer is a stored response to a question that was reached.
type Answer struct {
	QuestionID string
	Choice     string // as stored; empty when the question was passed over
	Correct    bool
	UsedMS     int64
	LeastMS    int64 // what reading it takes at least (contest.LeastFor); 0: not held to it
}

// Hasty counts the responses that came faster than anybody reads.
func (r *Recount) Hasty() (n int) {
	for i := range r.Answers {
		if r.Answers[i].UsedMS < r.Answers[i].LeastMS {
			n++
		}
	}
	return n
}

// IsHasty reports whether the attempt has so many of them that staff should look, as when
// it is held back; whatever they decided then.
func (r *Recount) IsHasty() bool {
	return contest.HeldBy(r.Hasty(), r.Questions, r.Stored.Training()) != contest.HeldNot
}

// Agrees reports whether the stored result is what the rules give.
func (r *Recount) Agrees() bool {
	return r.Foreign == 0 && r.Wrongly == 0 && r.Stored.Correct == r.Counted.Correct &&
		r.Stored.Score == r.Counted.Score &&
		r.Stored.Passed == r.Counted.Passed && r.Stored.Full == r.Counted.Full
}

// Recount counts all finished attempts of players in a contest anew, oldest first.
// It writes nothing. Attempts whose bank or definition cannot be read any more are
// left out.
func (s *Service) Recount(ctx context.Context, contestID sqldb.ID, players []sqldb.ID) ([]Recount, error) {
	histories, err := readHistories(ctx, s.db, players)
	if err != nil {
		return nil, err
	}
	var ids []sqldb.ID
	for i := range histories {
		if h := &histories[i]; h.ContestID == contestID && h.FinishedAt != 0 {
			ids = append(ids, h.ID)
		}
	}
	responses, err := s.responsesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	recounts := make([]Recount, 0, len(ids))
	for i := range histories {
		row := &histories[i]
		if row.ContestID != contestID || row.FinishedAt == 0 {
			continue
		}
		r, err := s.recount(ctx, row, responses[row.ID])
		if err != nil {
			slog.WarnContext(ctx, "count an attempt anew", "attempt", row.ID, "error", err)
			continue
		}
		recounts = append(recounts, *r)
	}
	return recounts, nil
}

func (s *Service) responsesOf(ctx context.Context, attempts []sqldb.ID) (map[sqldb.ID][]responseRow, error) {
	found := make(map[sqldb.ID][]responseRow, len(attempts))
	const atOnce = 2000
	for start := 0; start < len(attempts); start += atOnce {
		var rows []responseRow
		err := s.db.SelectIn(ctx, &rows, "SELECT "+responseColumns+` FROM responses
			WHERE attempt_id IN (?) ORDER BY attempt_id, position`, attempts[start:min(start+atOnce, len(attempts))])
		if err != nil {
			return nil, errs.Wrap(err, "read responses to count anew")
		}
		for _, r := range rows {
			found[r.AttemptID] = append(found[r.AttemptID], r)
		}
	}
	return found, nil
}

func (s *Service) recount(ctx context.Context, row *attemptRow, responses []responseRow) (*Recount, error) {
	c, err := s.catalog.Edition(ctx, row.edition())
	if err != nil {
		return nil, err
	}
	sheet, err := sheetOfRow(c, row)
	if err != nil {
		return nil, err
	}
	r := &Recount{PlayerID: row.PlayerID, Edition: row.edition(), Stored: row.forRules(), Questions: row.Questions}
	for i := range responses {
		answer := &responses[i]
		r.Asked = append(r.Asked, answer.QuestionID)
		foreign := int(answer.Position) < 1 || int(answer.Position) > len(sheet.asked) ||
			sheet.question(int(answer.Position)).ID != answer.QuestionID
		if answer.UsedMS != neverShown {
			given := Answer{QuestionID: answer.QuestionID, Choice: answer.Choice, Correct: answer.Correct, UsedMS: answer.UsedMS}
			if !foreign {
				given.LeastMS = s.least(sheet, answer)
			}
			r.Answers = append(r.Answers, given)
		}
		if foreign {
			r.Foreign++
			continue
		}
		q := sheet.question(int(answer.Position))
		if correct := c.Bank.Grade(q, question.ReadChoice(q.Kind, answer.Choice)); correct != answer.Correct {
			r.Wrongly++
			answer.Correct = correct
		}
	}
	counted := *row
	if r.Foreign == 0 {
		counted.take(sheet, responses)
	}
	r.Counted = counted.forRules()
	return r, nil
}
