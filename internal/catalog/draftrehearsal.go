package catalog

import (
	"context"
	"strconv"

	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/unit"
)

// RehearseDraft lets a draft be played as a rehearsal before anything of it is public,
// as Rehearse does with a contest. It plays the draft as it is saved now, with the units
// of the contest that it changes. Errors: ErrNoDraft, ErrRehearsing, contest.Findings,
// what the banks lack.
func (c *Catalog) RehearseDraft(ctx context.Context, by staff.Actor, id sqldb.ID) (*Contest, error) {
	draft, err := c.Draft(ctx, id)
	if err != nil {
		return nil, err
	}
	as := "d-" + strconv.FormatInt(int64(id), 36) // its own, whatever the draft's is
	moved, err := contest.Rehearsal("活动", []byte(draft.Body), as, c.now().UnixMilli())
	if err != nil {
		return nil, err
	}
	d, err := contest.Parse("活动", moved)
	if err == nil {
		err = c.fitsBanks(ctx, d)
	}
	if err != nil {
		return nil, err
	}
	return c.beginRehearsal(ctx, d, func(tx *sqldb.Tx, rehearsal sqldb.ID) error {
		matched, err := tx.Exec(ctx, "UPDATE contest_drafts SET rehearsal = ? WHERE id = ? AND rehearsal = 0", rehearsal, id)
		if err == nil && matched == 0 {
			if _, err = draftIn(ctx, tx, id); err == nil {
				err = ErrRehearsing
			}
		}
		if err != nil {
			return err
		}
		if err := c.storeRehearsal(ctx, tx, rehearsal, id, d.Slug, moved); err != nil {
			return err
		}
		if draft.ContestID != 0 {
			if err := unit.Copy(ctx, tx, c.ids, draft.ContestID, rehearsal); err != nil {
				return err
			}
		}
		if err := unit.Sync(ctx, tx, c.ids, rehearsal, d.Units); err != nil {
			return err
		}
		return recordDraft(ctx, tx, by, "contest.rehearse_draft", draft.Draft)
	})
}

// DraftRehearsal is the rehearsal of a draft. Errors: ErrNoRehearsal.
func (c *Catalog) DraftRehearsal(id sqldb.ID) (*Contest, error) { return c.rehearsing(id) }

// EndDraftRehearsal deletes the rehearsal of a draft with all its data, as EndRehearsal
// does. The draft stays. Errors: ErrNoDraft, ErrNoRehearsal.
func (c *Catalog) EndDraftRehearsal(ctx context.Context, by staff.Actor, id sqldb.ID, wipers ...Wiper) error {
	draft, err := c.Draft(ctx, id)
	if err != nil {
		return err
	}
	rehearsal, err := c.rehearsing(id)
	if err != nil {
		return err
	}
	return c.endRehearsal(ctx, rehearsal, wipers, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE contest_drafts SET rehearsal = 0 WHERE id = ? AND rehearsal = ?", id,
			rehearsal.ContestID)
		if err != nil {
			return err
		}
		return recordDraft(ctx, tx, by, "contest.end_draft_rehearsal", draft.Draft)
	})
}
