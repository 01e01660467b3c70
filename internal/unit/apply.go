package unit

import (
	"context"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"anquanda/internal/errs"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Errors of changing a tree.
var (
	ErrRejects = errs.New(errs.Conflict, "units_rejected", "表里还有没通过的行：请改好再传，或选“只收通过的”")
	ErrEmpty   = errs.New(errs.Conflict, "units_empty", "表里没有一行通过，单位没有改动")
	ErrChanged = errs.New(errs.Conflict, "units_changed", "单位刚刚被别人改过，请再看一遍会改什么")
	ErrUnknown = errs.New(errs.NotFound, "unit_unknown", "没有这个单位")
)

// Contest names the contest whose units are meant.
type Contest struct {
	ID   sqldb.ID
	Slug string // for the audit log
}

// Config is what a Service works with.
type Config struct {
	DB  *sqldb.DB
	IDs *sqldb.IDs
	Now func() time.Time
	// Names are what typed names are held against; nil: the shipped list.
	Names *publicname.Names
	// Moved carries a move of players on to what keeps their unit beside the
	// enrolment, in the transaction that moves them.
	Moved func(ctx context.Context, tx *sqldb.Tx, move Move) error
	// After is called when a change of a tree is committed.
	After func(ctx context.Context)
}

// Service changes trees on behalf of staff, and keeps the names that players
// typed. It is safe for concurrent use.
type Service struct {
	Config
	typing sync.Mutex // see Type
}

// NewService returns the units stored in cfg.DB.
func NewService(cfg Config) *Service { return &Service{Config: cfg} }

// Import makes the tree what the plan says; the audit log keeps who did it and
// why. Errors: ErrRejects unless onlyValid, ErrEmpty, ErrChanged when the tree is
// not the one that the plan builds on, invalid_field reason.
func (s *Service) Import(
	ctx context.Context, actor staff.Actor, in Contest, plan *Plan, onlyValid bool, reason string,
) error {
	reason, err := cleanReason(reason)
	switch {
	case err != nil:
		return err
	case plan.Rejected > 0 && !onlyValid:
		return ErrRejects
	case plan.Accepted == 0:
		return ErrEmpty
	}
	err = s.DB.InTx(ctx, func(tx *sqldb.Tx) error {
		if err := next(ctx, tx, in.ID, plan.Version); err != nil {
			return err
		}
		if err := s.write(ctx, tx, in.ID, plan); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: actor, Action: "unit.import", Subject: in.Slug,
			Detail: plan.told(reason)})
	})
	s.after(ctx, err)
	return errs.Wrap(err, "import units")
}

func (s *Service) after(ctx context.Context, err error) {
	if err == nil && s.After != nil {
		s.After(ctx)
	}
}

// Tree reads the tree of a contest as it is stored now.
func (s *Service) Tree(ctx context.Context, contestID sqldb.ID) (*Tree, error) {
	return Load(ctx, s.DB, contestID)
}

// cleanReason is the reason as it is kept.
func cleanReason(reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	if n := utf8.RuneCountInString(reason); n < 2 || n > 100 {
		return "", errs.InvalidField("reason", "请写明原因，2 到 100 个字")
	}
	return reason, nil
}

// next makes the version after the given one; ErrChanged when another is there.
func next(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, version int64) error {
	if version == 0 {
		_, err := tx.Exec(ctx, "INSERT INTO unit_trees (contest_id, version, defined) VALUES (?, 1, '')", contestID)
		if sqldb.IsDuplicate(err) {
			err = ErrChanged
		}
		return err
	}
	matched, err := tx.Exec(ctx, "UPDATE unit_trees SET version = ? WHERE contest_id = ? AND version = ?", version+1,
		contestID, version)
	if err == nil && matched == 0 {
		err = ErrChanged
	}
	return err
}

// write replaces the units of a contest: a few statements, however many change.
// Those that are gone keep their rows.
func (s *Service) write(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, plan *Plan) error {
	var stored []*Unit
	if err := tx.Select(ctx, &stored, "SELECT "+unitColumns+" FROM units WHERE contest_id = ? ORDER BY position, id",
		contestID); err != nil {
		return err
	}
	rows := make([]storedUnit, 0, len(plan.after)+len(stored))
	add := func(u *Unit) { rows = append(rows, storedUnit{contestID, *u, len(rows) + 1}) }
	kept, ids := map[sqldb.ID]bool{}, map[*planned]sqldb.ID{}
	for _, u := range plan.after {
		made := u.Unit
		if made.ID == 0 {
			made.ID = s.IDs.Next()
		}
		ids[u], kept[made.ID] = made.ID, true
		made.ParentID = ids[u.above]
		add(&made)
	}
	now := s.Now().UnixMilli()
	for _, u := range stored {
		if !kept[u.ID] {
			if u.GoneAt == 0 {
				u.GoneAt = now
			}
			add(u)
		}
	}
	if _, err := tx.Exec(ctx, "DELETE FROM units WHERE contest_id = ?", contestID); err != nil {
		return err
	}
	return sqldb.Insert(ctx, tx, "INSERT INTO units", rows)
}

// told is what the audit log keeps of a plan.
func (p *Plan) told(reason string) map[string]any {
	counts := p.Counts()
	return map[string]any{"found": p.Found, "accepted": p.Accepted, "added": counts[Added] + counts[Back],
		"renamed": counts[Renamed],
		"moved":   counts[Moved], "changed": counts[Changed], "removed": counts[Gone], "reason": reason}
}

// Counts is how many changes of each kind there are.
func (p *Plan) Counts() map[Kind]int {
	counts := map[Kind]int{}
	for _, c := range p.Changes {
		counts[c.Kind]++
	}
	return counts
}
