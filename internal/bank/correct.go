package bank

import (
	"context"
	"encoding/json"
	"slices"
	"unicode/utf8"

	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Action is what is done to a question found wrong.
type Action string

// The actions.
const (
	Corrected Action = "correct" // another answer or wording
	Voided    Action = "void"    // counts as right for everyone, and is asked no more
)

// Correction is what was done to one question, in the version that it made.
type Correction struct {
	Bank       string `db:"bank"`
	QuestionID string `db:"question_id"`
	Version    int    `db:"version"`
	Action     Action `db:"action_name"`
	Body       string `db:"body"` // the question as JSON, after
	Reason     string `db:"reason"`
	CreatedAt  int64  `db:"created_at"`
	UndoneAt   int64  `db:"undone_at"`   // 0: in force
	RescoredAt int64  `db:"rescored_at"` // 0: results are still to be scored again
}

// Errors of correcting.
var (
	ErrNoQuestion = errs.New(errs.NotFound, "question_unknown", "题库里没有这道题")
	ErrChanged    = errs.New(errs.Conflict, "bank_changed", "题库刚刚被别人修改，请重新打开")
	ErrReshaped   = errs.New(errs.Conflict, "question_reshaped", "更正不能改变题型、选项的个数和次序，请作废这道题，另外新增")
)

// Correct replaces a question by its corrected form, which must keep kind and
// the number and order of options: stored choices point to them. It makes a new
// version. Errors: ErrNoQuestion, ErrReshaped, ErrChanged, invalid_field.
func (s *Store) Correct(
	ctx context.Context, by staff.Actor, name string, corrected question.Question, reason string,
) (*Correction, error) {
	if problems := corrected.Check(); len(problems) > 0 {
		return nil, errs.InvalidField(problems[0].Field, problems[0].Message)
	}
	asked := Correction{Bank: name, QuestionID: corrected.ID, Action: Corrected, Reason: reason}
	return s.correct(ctx, by, asked, func(q *question.Question) (*question.Question, error) {
		if !SameShape(q, &corrected) {
			return nil, ErrReshaped
		}
		return &corrected, s.Pictured(ctx, q, &corrected, "")
	})
}

// Void takes a question out: who was asked it, or will be in an attempt under
// way, has it right. It makes a new version without the question.
func (s *Store) Void(ctx context.Context, by staff.Actor, name, questionID, reason string) (*Correction, error) {
	asked := Correction{Bank: name, QuestionID: questionID, Action: Voided, Reason: reason}
	return s.correct(ctx, by, asked, func(q *question.Question) (*question.Question, error) { return q, nil })
}

// Proposed is the correction that an action would be, as nobody has stored it yet: q
// is the question after it.
func Proposed(name string, action Action, q *question.Question) (Correction, error) {
	body, err := json.Marshal(q)
	return Correction{Bank: name, QuestionID: q.ID, Action: action, Body: string(body)}, err
}

// SameShape reports whether a correction may make one question of the other.
func SameShape(a, b *question.Question) bool {
	return a.Kind == b.Kind && len(a.Options) == len(b.Options) && len(a.Blanks) == len(b.Blanks) &&
		len(a.Matches) == len(b.Matches)
}

// correct stores what is asked; change makes the question after it of the one before.
func (s *Store) correct(ctx context.Context, by staff.Actor, asked Correction,
	change func(*question.Question) (*question.Question, error)) (*Correction, error) {
	if n := utf8.RuneCountInString(asked.Reason); n < 2 || n > 100 {
		return nil, errs.InvalidField("reason", "请写明原因，2 到 100 个字")
	}
	present, err := s.Current(ctx, asked.Bank)
	if err != nil {
		return nil, err
	}
	bank, err := s.Load(ctx, asked.Bank, present)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(bank.Questions, func(q question.Question) bool { return q.ID == asked.QuestionID })
	if at < 0 {
		return nil, ErrNoQuestion
	}
	after, err := change(&bank.Questions[at])
	if err != nil {
		return nil, err
	}
	c, err := Proposed(asked.Bank, asked.Action, after)
	if err != nil {
		return nil, err
	}
	c.Version, c.Reason, c.CreatedAt = present+1, asked.Reason, s.now().UnixMilli()
	if c.Action == Voided {
		bank.Questions = slices.Delete(bank.Questions, at, at+1)
	} else {
		bank.Questions[at] = *after
		question.ShareMaterials(bank.Questions, bank.Questions[at:at+1])
	}
	err = s.nextVersion(ctx, c.Bank, present, bank.Questions, c.Reason, func(tx *sqldb.Tx, _ Difference) error {
		_, err := tx.Exec(ctx, `INSERT INTO bank_corrections
			(bank, question_id, version, action_name, body, reason, created_at, undone_at, rescored_at, claimed_until)
			VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0)`, c.Bank, c.QuestionID, c.Version, c.Action, c.Body, c.Reason, c.CreatedAt)
		if err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "bank." + string(c.Action), Subject: c.Bank +
			"/" + c.QuestionID,
			Detail: map[string]any{"version": c.Version, "reason": c.Reason}})
	})
	return &c, errs.Wrap(err, "%s question %s of bank %s", c.Action, c.QuestionID, c.Bank)
}

// Grade reports whether a choice is right; for a voided question every one is.
func (b *Bank) Grade(q *question.Question, choice question.Choice) bool {
	return b.voided[q.ID] || question.Grade(q, choice)
}

// Judge is Grade with how far a choice is right that is not.
func (b *Bank) Judge(q *question.Question, choice question.Choice) question.Mark {
	if b.voided[q.ID] {
		return question.Voided()
	}
	return question.Judge(q, choice)
}

// overlay lets corrections that came after the bank's version hold for it too.
func (s *Store) overlay(ctx context.Context, b *Bank) error {
	var corrections []Correction
	err := s.db.Select(ctx, &corrections, `SELECT question_id, version, action_name, body FROM bank_corrections
		WHERE bank = ? AND version > ? AND undone_at = 0 ORDER BY version`, b.Name, b.Version)
	if err != nil {
		return errs.Wrap(err, "read the corrections of bank %s", b.Name)
	}
	for _, c := range corrections {
		at := slices.IndexFunc(b.Questions, func(q question.Question) bool { return q.ID == c.QuestionID })
		if at < 0 {
			continue
		}
		if c.Action == Voided {
			if b.voided == nil {
				b.voided = map[string]bool{}
			}
			b.voided[c.QuestionID] = true
			continue
		}
		var corrected question.Question
		if err := json.Unmarshal([]byte(c.Body), &corrected); err != nil {
			return errs.Wrap(err, "correction of question %s", c.QuestionID)
		}
		if was := &b.Questions[at]; SameShape(was, &corrected) {
			// What draws go by stays: an attempt under way keeps its paper.
			corrected.Topics, corrected.Audience, corrected.Difficulty = was.Topics, was.Audience, was.Difficulty
			corrected.Apart = was.Apart
			if corrected.MaterialID() != was.MaterialID() {
				corrected.Material = was.Material
			}
			*was = corrected
			question.ShareMaterials(b.Questions, b.Questions[at:at+1])
		}
	}
	return nil
}
