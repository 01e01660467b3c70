package catalog

import (
	"context"
	"slices"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/unit"
)

// Errors of rehearsals.
var (
	ErrRehearsing   = errs.New(errs.Conflict, "rehearsal_running", "这个活动正在演练，先结束上一次演练")
	ErrNoRehearsal  = errs.New(errs.NotFound, "rehearsal_unknown", "这个活动没有演练")
	errOfARehearsal = errs.New(errs.Invalid, "rehearsal_of_rehearsal", "演练本身不能再演练")
)

// Rehearse lets a contest be played as a rehearsal: a contest of its own with the
// same rules and units, its dates moved so that it is open now, which shares no
// data with the real one and is never the current one. Errors: ErrUnknown,
// ErrRehearsing.
func (c *Catalog) Rehearse(ctx context.Context, by staff.Actor, slug string) (*Contest, error) {
	real, err := c.Current(slug)
	if err != nil {
		return nil, err
	}
	if real.RehearsalOf != 0 {
		return nil, errOfARehearsal
	}
	text, err := c.Text(ctx, real.Slug)
	if err != nil {
		return nil, err
	}
	moved, err := contest.Rehearsal(real.Slug, []byte(text), real.Slug, c.now().UnixMilli())
	if err != nil {
		return nil, err
	}
	d, err := contest.Parse(real.Slug, moved)
	if err != nil {
		return nil, err
	}
	return c.beginRehearsal(ctx, d, func(tx *sqldb.Tx, id sqldb.ID) error {
		if err := c.storeRehearsal(ctx, tx, id, real.ContestID, d.Slug, moved); err != nil {
			return err
		}
		if err := unit.Copy(ctx, tx, c.ids, real.ContestID, id); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "contest.rehearse", Subject: real.Slug})
	})
}

// beginRehearsal lets store keep a rehearsal under an id, and has it in memory.
func (c *Catalog) beginRehearsal(
	ctx context.Context, d *contest.Definition, store func(tx *sqldb.Tx, id sqldb.ID) error,
) (*Contest, error) {
	id := c.ids.Next()
	err := c.db.InTx(ctx, func(tx *sqldb.Tx) error { return store(tx, id) })
	if sqldb.IsDuplicate(err) {
		return nil, ErrRehearsing
	}
	if err != nil {
		return nil, errs.Wrap(err, "begin the rehearsal %s", d.Slug)
	}
	if err := c.Refresh(ctx); err != nil {
		return nil, err
	}
	return c.Current(d.Slug)
}

// storeRehearsal keeps a rehearsal of what has the id of: a contest or a draft.
func (c *Catalog) storeRehearsal(ctx context.Context, tx *sqldb.Tx, id, of sqldb.ID, slug string, text []byte) error {
	now := c.now().UnixMilli()
	_, err := tx.Exec(ctx, "INSERT INTO contests (id, slug, version, created_at, rehearsal_of) VALUES (?, ?, 1, ?, ?)", id,
		slug, now, of)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx,
		"INSERT INTO contest_versions (contest_id, version, reason, body, created_at) VALUES (?, 1, '演练', ?, ?)",
		id, string(text), now)
	return err
}

// RehearsalOf is the rehearsal of a contest. Errors: ErrUnknown, ErrNoRehearsal.
func (c *Catalog) RehearsalOf(slug string) (*Contest, error) {
	real, err := c.Current(slug)
	if err != nil {
		return nil, err
	}
	return c.rehearsing(real.ContestID)
}

// rehearsing is the rehearsal of the contest or draft of an id. Errors: ErrNoRehearsal.
func (c *Catalog) rehearsing(id sqldb.ID) (*Contest, error) {
	for _, other := range c.All() {
		if other.RehearsalOf == id {
			return other, nil
		}
	}
	return nil, ErrNoRehearsal
}

// Wiper deletes what a package keeps of a contest. It may run again.
type Wiper func(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error

// EndRehearsal deletes the rehearsal of a contest with all its data: wipers are
// those of the packages that keep some. The contest itself is not touched. Errors:
// ErrUnknown, ErrNoRehearsal.
func (c *Catalog) EndRehearsal(ctx context.Context, by staff.Actor, slug string, wipers ...Wiper) error {
	rehearsal, err := c.RehearsalOf(slug)
	if err != nil {
		return err
	}
	return c.endRehearsal(ctx, rehearsal, wipers, func(tx *sqldb.Tx) error {
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "contest.end_rehearsal", Subject: slug})
	})
}

// endRehearsal deletes a rehearsal with all its data; then note says so.
func (c *Catalog) endRehearsal(
	ctx context.Context, rehearsal *Contest, wipers []Wiper, note func(tx *sqldb.Tx) error,
) error {
	err := c.db.InTx(ctx, func(tx *sqldb.Tx) error {
		for _, wipe := range slices.Concat(wipers, []Wiper{wipeContest}) {
			if err := wipe(ctx, tx, rehearsal.ContestID); err != nil {
				return err
			}
		}
		return note(tx)
	})
	if err != nil {
		return errs.Wrap(err, "end the rehearsal %s", rehearsal.Slug)
	}
	return c.Refresh(ctx)
}

// Stands holds, in a transaction that has written something for a contest, that it is still
// there: what works through all contests may have begun with a rehearsal that has ended
// since. Errors: ErrUnknown.
func Stands(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	var n int
	err := tx.Get(ctx, &n, "SELECT COUNT(*) FROM contests WHERE id = ?", contestID)
	if err == nil && n == 0 {
		err = ErrUnknown
	}
	return err
}

func wipeContest(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	if err := tx.DeleteOf(ctx, contestID, "contest_versions"); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "DELETE FROM contests WHERE id = ? AND rehearsal_of <> 0", contestID)
	return err
}
