package prize

import (
	"context"
	"errors"

	"anquanda/internal/errs"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// errOvertaken tells that another forfeit of the drawing came between.
var errOvertaken = errors.New("another forfeit came between")

// forfeitTries is how often a forfeit is worked out anew after another one.
const forfeitTries = 5

// Forfeit takes a place from the one who had it; the same stream goes on to say
// who moves up: the first reserve, else a new one. The transcript holds it, so the
// replacement can be checked too. by returns the place that moves up, 0 for
// nobody. Errors: ErrDrawingState, ErrPlaceGone, ErrHandedOut, invalid_field reason.
func (d *Drawings) Forfeit(ctx context.Context, actor staff.Actor, id sqldb.ID, place int, reason string) (by int, err error) {
	if err := checkReason(reason); err != nil {
		return 0, err
	}
	for try := 1; ; try++ {
		by, err = d.forfeit(ctx, actor, id, place, reason)
		if !errors.Is(err, errOvertaken) || try == forfeitTries {
			return by, errs.Wrap(err, "forfeit place %d of drawing %d", place, id)
		}
	}
}

func (d *Drawings) forfeit(ctx context.Context, actor staff.Actor, id sqldb.ID, place int, reason string) (int, error) {
	row, err := d.Drawing(ctx, id)
	if err != nil {
		return 0, err
	}
	if row.State != Drawn && row.State != Published {
		return 0, ErrDrawingState
	}
	forfeits, err := readForfeits(ctx, d.db, id)
	if err != nil {
		return 0, err
	}
	places, err := d.places(ctx, id)
	if err != nil {
		return 0, err
	}
	if place < 1 || place > len(places) || places[place-1].Gone {
		return 0, ErrPlaceGone
	}
	r, err := d.run(ctx, row, append(forfeits, selection.Forfeit{Place: place, Reason: reason}))
	if err != nil {
		return 0, err
	}
	f := forfeiting{actor: actor, row: row, before: places, given: &places[place-1], forfeit: r.Forfeits[len(forfeits)], ordinal: len(forfeits) + 1}
	err = d.db.InTx(ctx, func(tx *sqldb.Tx) error { return d.storeForfeit(ctx, tx, &f, r) })
	return f.forfeit.By, err
}

// forfeiting is one forfeit on its way into the store.
type forfeiting struct {
	actor   staff.Actor
	row     *Drawing
	before  []Place
	given   *Place
	forfeit selection.Forfeit
	ordinal int
}

func (d *Drawings) storeForfeit(ctx context.Context, tx *sqldb.Tx, f *forfeiting, r *drawResult) error {
	if err := takeTurn(ctx, tx, f.row.ContestID); err != nil {
		return err
	}
	now := d.millis()
	matched, err := tx.Exec(ctx, "UPDATE drawings SET forfeits = ?, drawn_body = ?, seal = ?, changed_at = ? WHERE id = ? AND forfeits = ?",
		f.ordinal, r.body, r.seal, now, f.row.ID, f.ordinal-1)
	if err != nil {
		return err
	}
	if matched == 0 {
		return errOvertaken
	}
	_, err = tx.Exec(ctx, "INSERT INTO drawing_forfeits (drawing_id, ordinal, place, reason, by_place, forfeited_at) VALUES (?, ?, ?, ?, ?, ?)",
		f.row.ID, f.ordinal, f.forfeit.Place, f.forfeit.Reason, f.forfeit.By, now)
	if err != nil {
		return err
	}
	if f.given.Tier > 0 {
		if err := d.takeBack(ctx, tx, f); err != nil {
			return err
		}
	}
	if err := storePlaces(ctx, tx, f.row.ID, r.Results[len(f.before):], r.owners); err != nil {
		return err
	}
	if err := d.moveUp(ctx, tx, f, r); err != nil {
		return err
	}
	return d.record(ctx, tx, f.actor, "drawing.forfeit", f.row, map[string]any{"place": f.forfeit.Place, "by": f.forfeit.By, "reason": f.forfeit.Reason})
}

// takeBack voids the award of the place that is given up, unless it is handed out.
func (d *Drawings) takeBack(ctx context.Context, tx *sqldb.Tx, f *forfeiting) error {
	matched, err := tx.Exec(ctx, "UPDATE awards SET status = ?, unit_no = NULL, changed_at = ? WHERE source_id = ? AND slip = ? AND status IN (?, ?)",
		string(Forfeited), d.millis(), f.row.ID, f.given.Entry, string(Won), string(Claimed))
	if err == nil && matched == 0 {
		err = ErrHandedOut
	}
	return err
}

// moveUp gives the tier of the place to the one who moves up.
func (d *Drawings) moveUp(ctx context.Context, tx *sqldb.Tx, f *forfeiting, r *drawResult) error {
	if f.forfeit.By == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, "UPDATE drawing_places SET tier = ? WHERE drawing_id = ? AND place = ?", f.given.Tier, f.row.ID, f.forfeit.By)
	if err != nil {
		return err
	}
	next := r.Results[f.forfeit.By-1]
	next.Tier = f.given.Tier
	return d.award(ctx, tx, r, f.row, []selection.Result{next})
}

func readForfeits(ctx context.Context, from reader, id sqldb.ID) ([]selection.Forfeit, error) {
	var rows []struct {
		Place  int    `db:"place"`
		Reason string `db:"reason"`
		By     int    `db:"by_place"`
	}
	err := from.Select(ctx, &rows, "SELECT place, reason, by_place FROM drawing_forfeits WHERE drawing_id = ? ORDER BY ordinal", id)
	forfeits := make([]selection.Forfeit, len(rows))
	for i, r := range rows {
		forfeits[i] = selection.Forfeit{Place: r.Place, Reason: r.Reason, By: r.By}
	}
	return forfeits, errs.Wrap(err, "read the forfeits of drawing %d", id)
}

// Place is one that was drawn.
type Place struct {
	Place    int      `db:"place"` // from 1, in the order of drawing
	Tier     int      `db:"tier"`  // that it holds now, from 1; 0 while a reserve waits
	Entry    int      `db:"entry_no"`
	PlayerID sqldb.ID `db:"player_id"`
	Status   *Status  `db:"status"` // of its award; nil without one
	Reason   *string  `db:"reason"` // why it was given up
	By       *int     `db:"by_place"`
	Gone     bool     `db:"-"`
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
