package play

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// A level may be a whole paper: all its questions are handed out with the one ticket, and
// answers are changed until the paper is handed in. See saving.go for how they are kept.

// Whole is a paper as its player has it: the questions in order of their positions, and
// what is stored of the answers.
type Whole struct {
	Sections  []contest.Section
	Questions []*Asked
	Answers   []Saved
}

// Saved is the latest revision of an answer on a paper, under the ids of its ticket.
type Saved struct {
	Position int
	Revision int
	Options  []string
	Blanks   []string
}

// ErrHandedIn refuses what comes for a paper that has been handed in.
var ErrHandedIn = errs.New(errs.Conflict, "paper_handed_in", "这张卷子已经交了，不能再改")

// at is the stage of another position of the same paper.
func (st *stage) at(position int) *stage {
	t := *st.ticket
	t.Position = uint8(position)
	there, err := st.sheet.stage(&t)
	if err != nil { // the positions are the sheet's own
		panic(err)
	}
	return there
}

// wholeOf tells a player the paper, once the stage's ticket is sealed.
func (st *stage) wholeOf(answers []paperRow) *Whole {
	w := &Whole{Sections: st.sheet.level.Sections()}
	stages := make([]*stage, len(st.sheet.asked)+1)
	for position := 1; position < len(stages); position++ {
		stages[position] = st.at(position)
		w.Questions = append(w.Questions, stages[position].ask())
	}
	for i := range answers {
		w.Answers = append(w.Answers, stages[answers[i].Position].saved(&answers[i]))
	}
	return w
}

// saved tells a stored answer under the ids of the stage's ticket.
func (st *stage) saved(row *paperRow) Saved {
	choice := question.ReadChoice(st.question.Kind, row.Choice)
	return Saved{Position: int(row.Position), Revision: int(row.Revision), Options: st.opaques(choice.Options),
		Blanks: choice.Blanks}
}

// wholeStep is the step of a paper under way, with what is stored of it.
func (s *Service) wholeStep(ctx context.Context, st *stage) (*Step, error) {
	answers, err := latestAnswers(ctx, s.db, []sqldb.ID{st.ticket.Attempt})
	if err != nil {
		return nil, err
	}
	step := s.stepOf(st)
	step.Question, step.RunTold = nil, false
	step.Whole = st.wholeOf(answers[st.ticket.Attempt])
	return step, nil
}

// papersIn lists those attempts of a batch that are papers still to be handed in.
func (w *finishWork) papersIn(ids []sqldb.ID) []sqldb.ID {
	var papers []sqldb.ID
	for _, id := range ids {
		if sheet := w.sheets[id]; sheet != nil && sheet.level.Whole() {
			papers = append(papers, id)
		}
	}
	return papers
}

// readPapers reads the answers that count of papers that are handed in.
func (w *finishWork) readPapers(ctx context.Context, from sqldb.Reader, ids []sqldb.ID) error {
	papers := w.papersIn(ids)
	if len(papers) == 0 {
		return nil
	}
	var err error
	w.papers, err = latestAnswers(ctx, from, papers)
	return err
}

// handIn turns the last revisions of a paper into its responses, and closes it. The time
// of all is shared evenly among those that were answered: nobody can tell how long each
// took, and who was faster over all than anybody reads is found that way too.
func (w *finishWork) handIn(c *catalog.Contest, row *attemptRow, now int64) []responseRow {
	sheet := w.sheets[row.ID]
	last := make([]*paperRow, row.Questions+1)
	answered := int64(0)
	for i := range w.papers[row.ID] {
		r := &w.papers[row.ID][i]
		last[r.Position] = r
		if r.Choice != "" {
			answered++
		}
	}
	used := row.endsAt - row.StartedAt
	responses := make([]responseRow, 0, row.Questions)
	for position := 1; position <= row.Questions; position++ {
		q := sheet.question(position)
		r := responseRow{AttemptID: row.ID, Position: uint8(position), QuestionID: q.ID, UsedMS: neverShown, AnsweredAt: now}
		closing := &paperRow{AttemptID: row.ID, Position: uint8(position), Revision: 1, Closes: true, AnsweredAt: now}
		if given := last[position]; given != nil {
			closing.Revision = given.Revision + 1
			if given.Choice != "" {
				r.Choice, r.UsedMS, r.AnsweredAt = given.Choice, used/answered, given.AnsweredAt
			}
		}
		r.Correct = c.Bank.Grade(q, question.ReadChoice(q.Kind, r.Choice))
		w.closings = append(w.closings, closing)
		responses = append(responses, r)
	}
	return responses
}
