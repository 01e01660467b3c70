package drawing

import (
	"context"
	"errors"
	"maps"

	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// errOvertaken tells that another forfeit of the drawing came between.
var errOvertaken = errors.New("another forfeit came between")

// beforePublic begins the reason of a place that was given on between the draw and its
// publication: the transcript is all that the public will ever see of it.
const beforePublic = "结果公布前："

// forfeitTries is how often a forfeit is worked out anew after another one.
const forfeitTries = 5

// forfeitAll takes places from those who had them, one after the other, all or none;
// the same stream goes on to say who moves up: the first reserve, else a new one. The
// transcript holds it, so the replacement can be checked too; what happens before the
// result is public stands there as such. agreed tells, in the same transaction, that
// another person agrees, and what the audit log says of that; nil where time decides.
// Errors: ErrDrawingState, ErrPlaceGone, ErrHandedOut, those of agreed.
func (d *Drawings) forfeitAll(ctx context.Context, actor staff.Actor, id sqldb.ID, places []int, reason string,
	agreed func(*sqldb.Tx) (map[string]any, error)) ([]selection.Forfeit, error) {
	for try := 1; ; try++ {
		forfeits, err := d.forfeit(ctx, actor, id, places, reason, agreed)
		if !errors.Is(err, errOvertaken) || try == forfeitTries {
			return forfeits, errs.Wrap(err, "forfeit places of drawing %d", id)
		}
	}
}

// ForfeitSlips takes the places of entries of the list whose time to claim is over, which
// is nobody's decision; entries that hold none are left out. Errors: those of store and
// draw, ErrDrawingState, ErrHandedOut.
func (d *Drawings) ForfeitSlips(ctx context.Context, actor staff.Actor, id sqldb.ID, entries []int64,
	reason string) error {
	var places []int
	err := d.db.SelectIn(ctx, &places,
		"SELECT place FROM drawing_places WHERE drawing_id = ? AND entry_no IN (?) ORDER BY place", id, entries)
	if err != nil || len(places) == 0 {
		return errs.Wrap(err, "find the places of entries")
	}
	_, err = d.forfeitAll(ctx, actor, id, places, reason, nil)
	return err
}

func (d *Drawings) forfeit(ctx context.Context, actor staff.Actor, id sqldb.ID, places []int,
	reason string, agreed func(*sqldb.Tx) (map[string]any, error)) ([]selection.Forfeit, error) {
	row, err := d.Drawing(ctx, id)
	if err != nil {
		return nil, err
	}
	if row.State != Drawn && row.State != Published {
		return nil, ErrDrawingState
	}
	earlier, err := readForfeits(ctx, d.db, id)
	if err != nil {
		return nil, err
	}
	f := forfeiting{actor: actor, row: row, earlier: len(earlier), agreed: agreed}
	if row.State == Drawn {
		reason = beforePublic + reason
	}
	if f.places, err = d.places(ctx, id); err != nil {
		return nil, err
	}
	for _, place := range places {
		if place < 1 || place > len(f.places) || f.places[place-1].Gone {
			return nil, ErrPlaceGone
		}
		f.places[place-1].Gone = true // twice in one call is once too often
		earlier = append(earlier, selection.Forfeit{Place: place, Reason: reason})
	}
	if f.drawResult, err = d.run(ctx, row, earlier); err != nil {
		return nil, err
	}
	err = d.db.InTx(ctx, func(tx *sqldb.Tx) error { return d.storeForfeits(ctx, tx, &f) })
	return f.Forfeits[f.earlier:], err
}

// forfeiting is forfeits on their way into the store.
type forfeiting struct {
	actor   staff.Actor
	row     *Drawing
	earlier int     // forfeits before
	places  []Place // as they were before
	agreed  func(*sqldb.Tx) (map[string]any, error)
	detail  map[string]any // what the audit log says beside the place
	*drawResult
}

// tiers are what each place holds before any of the new forfeits.
func (f *forfeiting) tiers() []int {
	tiers := make([]int, len(f.Results))
	for i := range f.places {
		tiers[i] = f.places[i].Tier
	}
	return tiers
}

func (d *Drawings) storeForfeits(ctx context.Context, tx *sqldb.Tx, f *forfeiting) (err error) {
	if f.agreed != nil {
		if f.detail, err = f.agreed(tx); err != nil {
			return err
		}
	}
	if err := holdsVersion(ctx, tx, f.contest); err != nil {
		return err
	}
	matched, err := tx.Exec(ctx,
		"UPDATE drawings SET forfeits = ?, drawn_body = ?, seal = ?, changed_at = ? WHERE id = ? AND forfeits = ?",
		len(f.Forfeits), f.body, f.seal, d.millis(), f.row.ID, f.earlier)
	if err != nil {
		return err
	}
	if matched == 0 {
		return errOvertaken
	}
	if err := storePlaces(ctx, tx, f.row.ID, f.Results[len(f.places):], f.owners); err != nil {
		return err
	}
	tiers := f.tiers()
	for i, forfeit := range f.Forfeits[f.earlier:] {
		if err := d.storeForfeit(ctx, tx, f, forfeit, f.earlier+i+1, tiers[forfeit.Place-1]); err != nil {
			return err
		}
		if forfeit.By > 0 {
			tiers[forfeit.By-1] = tiers[forfeit.Place-1]
		}
	}
	return nil
}

// storeForfeit stores one; tier is what the place held.
func (d *Drawings) storeForfeit(ctx context.Context, tx *sqldb.Tx, f *forfeiting, forfeit selection.Forfeit,
	ordinal, tier int) error {
	_, err := tx.Exec(ctx,
		"INSERT INTO drawing_forfeits (drawing_id, ordinal, place, reason, by_place, forfeited_at) VALUES (?, ?, ?, ?, ?, ?)",
		f.row.ID, ordinal, forfeit.Place, forfeit.Reason, forfeit.By, d.millis())
	if err != nil {
		return err
	}
	if tier > 0 {
		if err := d.takeBack(ctx, tx, f.row, f.Results[forfeit.Place-1].Entry); err != nil {
			return err
		}
	}
	if forfeit.By > 0 {
		if err := d.moveUp(ctx, tx, f, forfeit.By, tier); err != nil {
			return err
		}
	}
	detail := map[string]any{"place": forfeit.Place, "by": forfeit.By, "reason": forfeit.Reason}
	maps.Copy(detail, f.detail)
	return d.record(ctx, tx, f.actor, "drawing.forfeit", f.row, detail)
}

// takeBack voids the award of a slip, unless it is handed out.
func (d *Drawings) takeBack(ctx context.Context, tx *sqldb.Tx, row *Drawing, slip int) error {
	var awards []struct {
		ID     sqldb.ID     `db:"id"`
		Status prize.Status `db:"status"`
		Worth  int          `db:"worth"`
	}
	err := tx.Select(ctx, &awards, `SELECT id, status, COALESCE(worth, 0) AS worth FROM awards
		WHERE source_id = ? AND slip = ? AND status IN (?, ?)`,
		row.ID, slip, string(prize.Won), string(prize.Claimed))
	if err != nil {
		return err
	}
	if len(awards) == 0 {
		return prize.ErrHandedOut
	}
	moved, err := prize.Move(ctx, tx, awards[0].ID, awards[0].Status, prize.Forfeited, d.millis())
	if err == nil && !moved {
		err = sqldb.ErrStale // claimed, handed out or paid at the same time
	}
	if err == nil && row.Pot != nil {
		err = fill(ctx, tx, row.ID, -awards[0].Worth)
	}
	return err
}

// moveUp gives a tier to the one who moves up.
func (d *Drawings) moveUp(ctx context.Context, tx *sqldb.Tx, f *forfeiting, place, tier int) error {
	_, err := tx.Exec(ctx, "UPDATE drawing_places SET tier = ? WHERE drawing_id = ? AND place = ?", tier, f.row.ID, place)
	if err != nil {
		return err
	}
	next := f.Results[place-1]
	next.Tier = tier
	return d.award(ctx, tx, f.drawResult, f.row, []selection.Result{next})
}

func readForfeits(ctx context.Context, from sqldb.Reader, id sqldb.ID) ([]selection.Forfeit, error) {
	var rows []struct {
		Place  int    `db:"place"`
		Reason string `db:"reason"`
		By     int    `db:"by_place"`
	}
	err := from.Select(ctx, &rows,
		"SELECT place, reason, by_place FROM drawing_forfeits WHERE drawing_id = ? ORDER BY ordinal", id)
	forfeits := make([]selection.Forfeit, len(rows))
	for i, r := range rows {
		forfeits[i] = selection.Forfeit{Place: r.Place, Reason: r.Reason, By: r.By}
	}
	return forfeits, errs.Wrap(err, "read the forfeits of drawing %d", id)
}

// Place is one that was drawn.
type Place struct {
	Place    int           `db:"place"` // from 1, in the order of drawing
	Tier     int           `db:"tier"`  // that it holds now, from 1; 0 while a reserve waits
	Entry    int           `db:"entry_no"`
	PlayerID sqldb.ID      `db:"player_id"`
	Status   *prize.Status `db:"status"` // of its award; nil without one
	Reason   *string       `db:"reason"` // why it was given up
	By       *int          `db:"by_place"`
	Gone     bool          `db:"-"`
}

// places reads who was drawn, in the order of drawing.
func (d *Drawings) places(ctx context.Context, id sqldb.ID) ([]Place, error) {
	var places []Place
	err := d.db.Select(ctx, &places, `SELECT p.place, p.tier, p.entry_no, p.player_id, a.status, f.reason, f.by_place
		FROM drawing_places p
		LEFT JOIN drawing_forfeits f ON f.drawing_id = p.drawing_id AND f.place = p.place
		LEFT JOIN awards a ON a.source_id = p.drawing_id AND a.slip = p.entry_no
		WHERE p.drawing_id = ? ORDER BY p.place`, id)
	for i := range places {
		places[i].Gone = places[i].Reason != nil
	}
	return places, errs.Wrap(err, "read who was drawn")
}
