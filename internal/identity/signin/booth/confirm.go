package booth

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"unicode/utf8"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Errors of confirming and of taking it back.
var (
	ErrTaken = errs.New(errs.Conflict, "identity_taken",
		"这个身份已经确认过另一位参赛者。请他用原来的手机继续参加；如果那一次弄错了，请负责人先在下面“最近确认的”里撤回，再重新确认")
	ErrProofUnknown = errs.New(errs.NotFound, "booth_proof_unknown", "没有这一次确认，或者已经撤回")
)

// Visitor is who stands at the booth, as the phone says.
type Visitor struct {
	identity.Enrolment
	Until int64 // UTC ms; of the code
	// Done: confirmed with this code already.
	Done bool
}

// Look shows whose code it is. Errors: ErrNotHere, ErrCodeForm, ErrCodeUnknown,
// ErrTooManyTries.
func (s *Service) Look(ctx context.Context, by staff.Actor, in Contest, code string) (*Visitor, error) {
	if !in.Definition.Proves(contest.ProofStaff) {
		return nil, ErrNotHere
	}
	found, err := s.find(ctx, in.ID, by.ID, code)
	if err != nil {
		return nil, err
	}
	return s.visitor(ctx, in, found)
}

func (s *Service) visitor(ctx context.Context, in Contest, found shown) (*Visitor, error) {
	e, err := s.Players.Enrolment(ctx, in.ID, found.PlayerID)
	if err != nil || e.Left() {
		if err == nil || errors.Is(err, identity.ErrNotEnrolled) {
			return nil, ErrCodeUnknown // left since
		}
		return nil, err
	}
	return &Visitor{Enrolment: e, Until: found.ExpiresAt, Done: found.Proof != 0}, nil
}

// Confirm notes that a member of staff has seen who it is. Pressed again with the same
// identity it tells the same. Errors: those of Look, ErrTaken, ErrOtherCode,
// invalid_field who or note.
func (s *Service) Confirm(
	ctx context.Context, by staff.Actor, in Contest, code, who, note string,
) (v *Visitor, err error) {
	if !in.Definition.Proves(contest.ProofStaff) {
		return nil, ErrNotHere
	}
	subject, err := normalWho(who)
	if err != nil {
		return nil, err
	}
	if note = strings.TrimSpace(note); utf8.RuneCountInString(note) > 100 || !utf8.ValidString(note) {
		return nil, errs.InvalidField("note", "备注最多 100 个字")
	}
	found, err := s.find(ctx, in.ID, by.ID, code)
	if err != nil {
		return nil, err
	}
	var done identity.Proven
	err = s.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		done, err = s.confirm(ctx, tx, by, in, found, subject, note)
		return err
	})
	switch {
	case errors.Is(err, identity.ErrProofTaken):
		return nil, ErrTaken.Because(err)
	case err != nil:
		return nil, errs.Wrap(err, "confirm who a player is")
	}
	if done.Player != 0 {
		s.Players.Proved(ctx, in.ID, done)
	}
	if v, err = s.visitor(ctx, in, found); err == nil {
		v.Done = true
	}
	return v, err
}

func (s *Service) confirm(
	ctx context.Context, tx *sqldb.Tx, by staff.Actor, in Contest, found shown, subject, note string,
) (done identity.Proven, err error) {
	id := s.IDs.Next()
	matched, err := tx.Exec(ctx, `UPDATE booth_codes SET proof = ?
		WHERE contest_id = ? AND player_id = ? AND code = ? AND proof = 0 AND expires_at > ?`,
		id, in.ID, found.PlayerID, found.Code, s.millis())
	if err != nil {
		return done, err
	}
	if err := s.Players.TakeTurn(ctx, tx); err != nil {
		return done, err
	}
	hash, err := s.Players.SubjectOf(ctx, tx, in.ID, contest.ProofStaff, subject)
	if err != nil {
		return done, err
	}
	if matched == 0 {
		return done, s.pressedAgain(ctx, tx, in.ID, found, hash)
	}
	if err := s.refuseOther(ctx, tx, in.ID, found.PlayerID, subject); err != nil {
		return done, err
	}
	now := s.millis()
	done, err = s.Players.ProveIn(ctx, tx, in.Definition, in.ID, found.PlayerID,
		identity.Proof{Kind: contest.ProofStaff, Subjects: []string{subject}, At: now, Stays: true})
	if err != nil {
		return done, err
	}
	_, err = tx.Exec(ctx, `INSERT INTO booth_proofs (id, contest_id, player_id, subject, staff_id, staff_name, note,
		proved_at, undone_at, undone_name, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, '', '')`,
		id, in.ID, done.Player, hash, by.ID, by.Name, note, now)
	if err != nil {
		return done, err
	}
	return done, staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "identity.confirm", Subject: done.Player.String(),
		Detail: map[string]any{"contest": in.Definition.Slug, "confirmation": id.String(), "outcome": string(done.Outcome)}})
}

// pressedAgain lets the button be pressed again after a lost reply.
func (s *Service) pressedAgain(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, found shown, hash string) error {
	var subject string
	err := tx.Get(ctx, &subject, `SELECT p.subject FROM booth_codes c JOIN booth_proofs p ON p.id = c.proof
		WHERE c.contest_id = ? AND c.player_id = ? AND c.code = ? AND p.undone_at = 0`, contestID, found.PlayerID, found.Code)
	switch {
	case errors.Is(err, sql.ErrNoRows) || err == nil && subject != hash:
		return ErrOtherCode
	}
	return err
}

// refuseOther refuses a phone number that another player proved by SMS.
func (s *Service) refuseOther(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, subject string) error {
	if !isMobile(subject) {
		return nil
	}
	known, err := s.Players.SubjectOf(ctx, tx, contestID, contest.ProofPhone, subject)
	if err != nil {
		return err
	}
	other, err := identity.Prover(ctx, tx, contestID, contest.ProofPhone, known)
	if err == nil && other != 0 && other != player {
		return ErrTaken
	}
	return err
}

// Confirmed is one confirmation, for the list of staff.
type Confirmed struct {
	ID         sqldb.ID `db:"id"`
	PlayerID   sqldb.ID `db:"player_id"`
	StaffName  string   `db:"staff_name"`
	Note       string   `db:"note"`
	ProvedAt   int64    `db:"proved_at"` // UTC ms
	UndoneAt   int64    `db:"undone_at"` // UTC ms; 0: it stands
	UndoneName string   `db:"undone_name"`
	Reason     string   `db:"reason"`
}

// Recent lists the newest confirmations of a contest: those of one member of staff, or
// of all (0).
func (s *Service) Recent(ctx context.Context, contestID, by sqldb.ID, most int) (list []Confirmed, err error) {
	err = s.DB.Select(ctx, &list, "SELECT "+sqldb.Columns[Confirmed]("")+` FROM booth_proofs
		WHERE contest_id = ? AND (staff_id = ? OR ? = 0) ORDER BY proved_at DESC, id DESC LIMIT ?`,
		contestID, by, by, most)
	return list, errs.Wrap(err, "read who was confirmed")
}

// TakeBack undoes a wrong confirmation, with a reason: the player is proven by it no
// more, and the identity may be confirmed for another. Errors: ErrProofUnknown,
// invalid_field reason.
func (s *Service) TakeBack(ctx context.Context, by staff.Actor, in Contest, id sqldb.ID, reason string) error {
	reason = strings.TrimSpace(reason)
	if n := utf8.RuneCountInString(reason); n == 0 || n > 100 || !utf8.ValidString(reason) {
		return errs.InvalidField("reason", "请写明原因，最多 100 个字")
	}
	var was struct {
		PlayerID sqldb.ID `db:"player_id"`
		Subject  string   `db:"subject"`
	}
	err := s.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		now := s.millis()
		matched, err := tx.Exec(ctx, `UPDATE booth_proofs SET undone_at = ?, undone_name = ?, reason = ?
			WHERE id = ? AND contest_id = ? AND undone_at = 0`, now, by.Name, reason, id, in.ID)
		if err != nil {
			return err
		}
		if matched == 0 {
			return ErrProofUnknown
		}
		if err := tx.Get(ctx, &was, "SELECT player_id, subject FROM booth_proofs WHERE id = ?", id); err != nil {
			return err
		}
		err = s.Players.UnproveIn(ctx, tx, in.ID, was.PlayerID, contest.ProofStaff, was.Subject, now)
		if err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "identity.take_back", Subject: was.PlayerID.String(),
			Detail: map[string]any{"contest": in.Definition.Slug, "confirmation": id.String(), "reason": reason}})
	})
	if err != nil {
		return errs.Wrap(err, "take a confirmation back")
	}
	s.Players.Unproved(ctx, in.ID, was.PlayerID)
	return nil
}
