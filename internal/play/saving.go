package play

import (
	"context"
	"strconv"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// paperRow is one revision of an answer on a paper, on its way into the store or from it.
type paperRow struct {
	AttemptID  sqldb.ID `db:"attempt_id"`
	Position   uint8    `db:"position"`
	Revision   uint16   `db:"revision"`
	Choice     string   `db:"choice"` // empty: taken back
	Closes     bool     `db:"closes"`
	AnsweredAt int64    `db:"answered_at"`

	taken *paperRow // what is stored in its place, from another phone or by handing in
}

var paperColumns = sqldb.Columns[paperRow]("")

// paperKey is what a revision is unique by.
type paperKey struct {
	attempt  sqldb.ID
	position uint8
	revision uint16
}

func (r *paperRow) key() paperKey { return paperKey{r.AttemptID, r.Position, r.Revision} }

// paperSave is what a phone saves at once.
type paperSave struct{ rows []*paperRow }

// MostRevisions bounds how often one answer is changed; the last number is for handing in.
const MostRevisions = 500

// PaperAnswer is what a player has put down for one question of a paper, under the ids
// of its ticket. Revision is one more than that of the answer that the phone knows.
type PaperAnswer struct {
	Response
	Revision int
}

// Kept says what became of a PaperAnswer. Where another phone or tab was there before
// with that number, Ahead is its latest answer, and nothing of this one is stored.
type Kept struct {
	Position int
	Revision int
	Ahead    *Saved
}

// SavePaper makes answers on a paper durable before it says so: one write shared with
// others, and no read but where an answer is changed, or somebody else was faster: one that
// is shared too. Sent again, a revision is what it was, also after handing in; one that was
// not stored before is refused then, whatever its number.
//
// Errors, none of which changes anything: ErrTicket, ErrForeign, ErrExpired, ErrHandedIn,
// ErrOutOfOrder, option_unknown, invalid_field; sqldb.ErrFull and sqldb.ErrAway: send it
// again.
func (s *Service) SavePaper(
	ctx context.Context, player sqldb.ID, ticketText string, answers []PaperAnswer,
) ([]Kept, error) {
	st, err := s.openAny(ctx, player, ticketText)
	if err != nil {
		return nil, err
	}
	if !st.sheet.level.Whole() {
		return nil, ErrOutOfOrder
	}
	now := s.millis()
	if now > st.ends()+Grace {
		return nil, ErrExpired
	}
	save := &paperSave{}
	stages := make([]*stage, len(answers))
	for i := range answers {
		if r := answers[i].Revision; r < 1 || r > MostRevisions {
			return nil, errs.InvalidField("answers["+strconv.Itoa(i)+"].revision", "这一题改的次数太多了")
		}
		if stages[i], err = st.asking(answers[i].Question); err != nil {
			return nil, err
		}
		choice, err := stages[i].choose(answers[i].Response)
		if err != nil {
			return nil, err
		}
		save.rows = append(save.rows, &paperRow{
			AttemptID: st.ticket.Attempt, Position: stages[i].ticket.Position, Revision: uint16(answers[i].Revision),
			Choice: choice.Text(), AnsweredAt: now,
		})
	}
	// The commit goes on if the phone hangs up: its neighbours need the result.
	if err := s.papers.Do(context.WithoutCancel(ctx), save); err != nil {
		return nil, err
	}
	return s.kept(ctx, stages, save.rows)
}

// asking is the stage of the position whose question has that id.
func (st *stage) asking(id string) (*stage, error) {
	t := *st.ticket
	for position := range st.sheet.asked {
		t.Position = uint8(position + 1)
		if t.opaque(questionMark) == id {
			return st.at(position + 1), nil
		}
	}
	return nil, ErrOutOfOrder
}

// kept tells what became of rows after their commit.
func (s *Service) kept(ctx context.Context, stages []*stage, rows []*paperRow) ([]Kept, error) {
	kept := make([]Kept, len(rows))
	var behind []int
	for i, r := range rows {
		kept[i] = Kept{Position: int(r.Position), Revision: int(r.Revision)}
		if r.taken == nil {
			continue
		}
		if r.taken.Closes {
			return nil, ErrHandedIn
		}
		behind = append(behind, i)
	}
	if behind == nil {
		return kept, nil
	}
	attempt := rows[0].AttemptID
	stored, err := latestAnswers(ctx, s.db, []sqldb.ID{attempt})
	if err != nil {
		return nil, err
	}
	for _, i := range behind {
		for j := range stored[attempt] {
			if r := &stored[attempt][j]; r.Position == rows[i].Position {
				ahead := stages[i].saved(r)
				kept[i].Revision, kept[i].Ahead = int(r.Revision), &ahead
			}
		}
	}
	return kept, nil
}

// latestAnswers reads the last revision of each position, in their order, of papers that
// are not handed in.
func latestAnswers(ctx context.Context, from sqldb.Reader, attempts []sqldb.ID) (map[sqldb.ID][]paperRow, error) {
	var rows []paperRow
	err := from.SelectIn(ctx, &rows, "SELECT "+paperColumns+` FROM paper_answers
		WHERE closes = 0 AND attempt_id IN (?) ORDER BY attempt_id, position, revision`, attempts)
	latest := make(map[sqldb.ID][]paperRow, len(attempts))
	for _, r := range rows {
		of := latest[r.AttemptID]
		if n := len(of); n > 0 && of[n-1].Position == r.Position {
			of[n-1] = r
			continue
		}
		latest[r.AttemptID] = append(of, r)
	}
	return latest, errs.Wrap(err, "read the answers of papers")
}
