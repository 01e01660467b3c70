package conduct

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Errors of appeals.
var (
	ErrNothingToAppeal = errs.New(errs.Conflict, "nothing_to_appeal", "你的资格没有被取消，不用申诉")
	ErrAppealed        = errs.New(errs.Conflict, "appealed", "这次决定已经申诉过了，请等候答复")
	ErrOwnDecision     = errs.New(errs.Conflict, "own_decision", "这次决定有您参与，申诉要由没有参与决定的工作人员答复")
	ErrNoAppeal        = errs.New(errs.Conflict, "appeal_unknown", "参赛者没有申诉，或者已经答复过了")
)

// Appeal is what a player says against a decision.
type Appeal struct {
	DecisionID   sqldb.ID `db:"decision_id"`
	Text         string   `db:"body"`
	MadeAt       int64    `db:"made_at"` // UTC ms
	Answer       string   `db:"answer"`
	AnsweredName string   `db:"answered_name"`
	AnsweredAt   int64    `db:"answered_at"` // 0 before it is answered
}

var appealColumns = sqldb.Columns[Appeal]("")

// Appeal takes what the player says against the decision that stands, once. Errors:
// ErrNothingToAppeal, ErrAppealed, invalid_field text.
func (s *Service) Appeal(ctx context.Context, contestID, player sqldb.ID, text string) error {
	text, err := checkText("text", text, "请写下您的说明", 300)
	if err != nil {
		return err
	}
	return errs.Wrap(s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		d, err := liveDecision(ctx, tx, &Case{ContestID: contestID, PlayerID: player})
		if err != nil {
			return err
		}
		if d == nil || !d.Stands() {
			return ErrNothingToAppeal
		}
		_, err = tx.Exec(ctx,
			"INSERT INTO appeals (decision_id, contest_id, player_id, body, made_at) VALUES (?, ?, ?, ?, ?)",
			d.ID, contestID, player, text, s.millis())
		if sqldb.IsDuplicate(err) {
			return ErrAppealed
		}
		return err
	}), "appeal")
}

// AnswerAppeal answers the appeal against the newest decision of a case, once, by
// somebody who has not decided it. Whether the disqualification is undone is decided
// apart. Errors: ErrCase, ErrNoAppeal, ErrOwnDecision, those of staff.SecondPerson,
// invalid_field answer.
func (s *Service) AnswerAppeal(ctx context.Context, by staff.Actor, caseID sqldb.ID, answer string) error {
	answer, err := checkText("answer", answer, "请写下答复，参赛者会看到", 300)
	if err != nil {
		return err
	}
	return errs.Wrap(s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		c, err := readCase(ctx, tx, caseID)
		if err != nil {
			return err
		}
		note, err := s.judgedByOthers(ctx, tx, by, caseID)
		if err != nil {
			return err
		}
		matched, err := tx.Exec(ctx, `UPDATE appeals SET answer = ?, answered_by = ?, answered_name = ?, answered_at = ?
			WHERE answered_at = 0 AND decision_id IN (SELECT id FROM disqualifications WHERE case_id = ?)`, answer, by.ID, by.Name, s.millis(), caseID)
		if err != nil {
			return err
		}
		if matched == 0 {
			return ErrNoAppeal
		}
		return record(ctx, tx, by, "case.answer", c, map[string]any{"answer": answer, "note": note})
	}), "answer an appeal")
}

// judgedByOthers holds that by has no part in the decision whose appeal is open:
// neither of the two who made it, nor an account under their hands.
func (s *Service) judgedByOthers(ctx context.Context, tx *sqldb.Tx, by staff.Actor, caseID sqldb.ID) (note string,
	err error) {
	var decided []Decision
	err = tx.Select(ctx, &decided, "SELECT "+decisionColumns+` FROM disqualifications WHERE case_id = ? AND id IN
		(SELECT decision_id FROM appeals WHERE answered_at = 0) ORDER BY id DESC LIMIT 1`, caseID)
	if err != nil {
		return "", errs.Wrap(err, "read who decided")
	}
	if len(decided) == 0 {
		return "", ErrNoAppeal
	}
	for _, one := range []*sqldb.ID{&decided[0].FirstBy, decided[0].SecondBy} {
		if one == nil {
			continue
		}
		if *one == by.ID {
			return "", ErrOwnDecision
		}
		if note, err = staff.SecondPerson(ctx, tx, *one, by.ID, s.millis()); err != nil {
			return "", err
		}
	}
	return note, nil
}

// AppealsOf reads the appeals against decisions, by the decision's id.
func (s *Service) AppealsOf(ctx context.Context, decisions []Decision) (map[sqldb.ID]Appeal, error) {
	found := map[sqldb.ID]Appeal{}
	if len(decisions) == 0 {
		return found, nil
	}
	ids := make([]sqldb.ID, len(decisions))
	for i := range decisions {
		ids[i] = decisions[i].ID
	}
	var appeals []Appeal
	err := s.db.SelectIn(ctx, &appeals, "SELECT "+appealColumns+" FROM appeals WHERE decision_id IN (?)", ids)
	for _, a := range appeals {
		found[a.DecisionID] = a
	}
	return found, errs.Wrap(err, "read appeals")
}
