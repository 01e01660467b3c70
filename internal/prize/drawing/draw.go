package drawing

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Enter takes the values of the source from one member of staff, read from the
// announcement, not from a colleague. Once two have entered the same, the source
// is known and cannot be changed. Errors: ErrDrawingState, ErrSourceEarly,
// ErrSourceDiffers (both are kept, and either may be entered anew), those of
// staff.SecondPerson (nothing is kept), invalid_field values….
func (d *Drawings) Enter(ctx context.Context, by staff.Actor, id sqldb.ID, values []string) (*Drawing, error) {
	var row *Drawing
	var differs bool
	err := d.db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
		if row, err = readDrawing(ctx, tx, id); err != nil {
			return err
		}
		switch {
		case row.State != Frozen:
			return ErrDrawingState
		case d.millis() < row.SourceAt:
			return ErrSourceEarly
		}
		read, err := readValues(row.Sources, values)
		if err != nil {
			return err
		}
		differs, err = d.enter(ctx, tx, by, row, read)
		return err
	})
	if err != nil {
		return nil, errs.Wrap(err, "enter the source of drawing %d", id)
	}
	if differs {
		return nil, ErrSourceDiffers
	}
	return d.Drawing(ctx, id)
}

// enter stores one entry, and the source when another's is the same.
func (d *Drawings) enter(ctx context.Context, tx *sqldb.Tx, by staff.Actor, row *Drawing,
	read entered) (differs bool, err error) {
	now := d.millis()
	if _, err := tx.Exec(ctx, "DELETE FROM drawing_values WHERE drawing_id = ? AND staff_id = ?", row.ID,
		by.ID); err != nil {
		return false, err
	}
	_, err = tx.Exec(ctx, `INSERT INTO drawing_values (drawing_id, staff_id, staff_name, entered, thrown, entered_at)
		VALUES (?, ?, ?, ?, ?, ?)`,
		row.ID, by.ID, by.Name, read.canonical, read.thrown, now)
	if sqldb.IsDuplicate(err) {
		return false, sqldb.ErrStale
	}
	if err != nil {
		return false, err
	}
	told := map[string]any{"values": read.canonical, "thrown": read.thrown}
	if err := d.record(ctx, tx, by, "drawing.source", row, told); err != nil {
		return false, err
	}
	var others []struct {
		StaffID sqldb.ID `db:"staff_id"`
		Entered string   `db:"entered"`
		Thrown  *string  `db:"thrown"`
	}
	err = tx.Select(ctx, &others,
		`SELECT staff_id, entered, thrown FROM drawing_values WHERE drawing_id = ? AND staff_id <> ?
			ORDER BY entered_at`, row.ID, by.ID)
	if err != nil {
		return false, err
	}
	var refused error
	for _, other := range others {
		if other.Entered != read.canonical {
			continue
		}
		note, err := staff.SecondPerson(ctx, tx, other.StaffID, by.ID, now)
		if err != nil {
			refused = err
			continue
		}
		first := entered{other.Entered, thrownFirst(other.Thrown, read)}
		return false, d.know(ctx, tx, by, row, other.StaffID, first, note)
	}
	return len(others) > 0, refused
}

// thrownFirst is the order in which the values came: as the first of the two has it.
func thrownFirst(first *string, second entered) string {
	if first == nil {
		return second.thrown
	}
	return *first
}

// know makes what two persons have entered the source of a drawing.
func (d *Drawings) know(ctx context.Context, tx *sqldb.Tx, by staff.Actor, row *Drawing, first sqldb.ID,
	read entered, note string) error {
	matched, err := tx.Exec(ctx,
		`UPDATE drawings SET state = ?, source_values = ?, source_thrown = ?, first_by = ?, second_by = ?, source_note = ?,
			changed_at = ? WHERE id = ? AND state = ?`,
		string(Known), read.canonical, read.thrown, first, by.ID, note, d.millis(), row.ID, string(Frozen))
	if err == nil && matched == 0 {
		err = sqldb.ErrStale
	}
	if err != nil {
		return err
	}
	return d.record(ctx, tx, by, "drawing.source_known", row, map[string]any{"values": read.canonical,
		"thrown": read.thrown, "note": note})
}

// Entered lists who has entered the source so far, by name.
func (d *Drawings) Entered(ctx context.Context, id sqldb.ID) ([]string, error) {
	var names []string
	err := d.db.Select(ctx, &names, "SELECT staff_name FROM drawing_values WHERE drawing_id = ? ORDER BY entered_at", id)
	return names, errs.Wrap(err, "read who entered the source")
}

// Draw draws from a frozen list whose source is known, and stores the winners'
// awards with the result in one transaction. Asked again it changes nothing.
// Errors: ErrDrawingState, ErrDrawingStock, ErrPrizeUnknown.
func (d *Drawings) Draw(ctx context.Context, by staff.Actor, id sqldb.ID) (*Drawing, error) {
	row, err := d.Drawing(ctx, id)
	if err != nil {
		return nil, err
	}
	if row.State == Drawn || row.State == Published {
		return row, nil
	}
	if row.State != Known {
		return nil, ErrDrawingState
	}
	result, err := d.run(ctx, row, nil)
	if err != nil {
		return nil, err
	}
	if err := d.storeDraw(ctx, by, row, result); err != nil {
		return nil, err
	}
	return d.Drawing(ctx, id)
}

// noted begins what a transcript says of the two who entered the source.
const noted = "公开号码由两个账号录入："

// drawResult is what a draw came to and whose entries they are.
type drawResult struct {
	contest *catalog.Contest
	*selection.Draw
	body   string
	seal   string
	owners map[string]sqldb.ID
}

// run draws, with the forfeits so far.
func (d *Drawings) run(ctx context.Context, row *Drawing, forfeits []selection.Forfeit) (*drawResult, error) {
	c, err := d.catalog.Of(row.ContestID)
	if err != nil {
		return nil, err
	}
	b, freeze, err := d.bodies(ctx, row.ID)
	if err != nil {
		return nil, err
	}
	seed, err := d.openSeed(row.ID, b.Seed)
	if err != nil {
		return nil, err
	}
	list, err := d.loadList(ctx, row.ID)
	if err != nil {
		return nil, err
	}
	if root := list.Root(nil); hexID(root) != freeze.Root {
		return nil, fmt.Errorf("the stored list of drawing %d is not the frozen one", row.ID)
	}
	drawn, err := freeze.Run(list, seed, strings.Split(*row.SourceValues, "\n"), forfeits, nil)
	if err != nil {
		return nil, errs.Wrap(err, "draw %d", row.ID)
	}
	if thrown := row.Thrown(); !slices.Equal(thrown, drawn.Sources) {
		drawn.Thrown = thrown
	}
	if row.SourceNote != "" {
		drawn.Note = noted + row.SourceNote
	}
	salt, err := freeze.SaltBytes()
	if err != nil {
		return nil, err
	}
	ids := make(map[string]bool, len(drawn.Results))
	for _, r := range drawn.Results {
		ids[r.ID] = true
	}
	owners, err := d.ownersOf(ctx, row, salt, ids)
	if err == nil && len(owners) != len(ids) {
		err = fmt.Errorf("drawing %d has entries of nobody", row.ID)
	}
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(drawn)
	return &drawResult{contest: c, Draw: drawn, body: string(body), seal: drawn.Seal(freeze.Hash()), owners: owners}, err
}

func (d *Drawings) storeDraw(ctx context.Context, by staff.Actor, row *Drawing, r *drawResult) error {
	err := d.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if err := holdsVersion(ctx, tx, r.contest); err != nil {
			return err
		}
		now := d.millis()
		matched, err := tx.Exec(ctx,
			"UPDATE drawings SET state = ?, drawn_at = ?, drawn_body = ?, seal = ?, changed_at = ? WHERE id = ? AND state = ?",
			string(Drawn), now, r.body, r.seal, now, row.ID, string(Known))
		if err != nil || matched == 0 {
			return err // somebody else was faster: the result is the same
		}
		if err := storePlaces(ctx, tx, row.ID, r.Results, r.owners); err != nil {
			return err
		}
		if err := d.award(ctx, tx, r, row, r.Results); err != nil {
			return err
		}
		return d.record(ctx, tx, by, "drawing.draw", row,
			map[string]any{"seal": r.seal, "places": len(r.Results), "source": *row.SourceValues})
	})
	return errs.Wrap(err, "store the result of drawing %d", row.ID)
}

// placeRow is one row of drawing_places.
type placeRow struct {
	DrawingID sqldb.ID `db:"drawing_id"`
	Place     int      `db:"place"` // from 1, in the order of drawing
	Tier      int      `db:"tier"`  // from 1; 0 for a reserve
	EntryNo   int      `db:"entry_no"`
	PlayerID  sqldb.ID `db:"player_id"`
}

func storePlaces(ctx context.Context, tx *sqldb.Tx, drawing sqldb.ID, results []selection.Result,
	owners map[string]sqldb.ID) error {
	rows := make([]placeRow, len(results))
	for i, r := range results {
		rows[i] = placeRow{DrawingID: drawing, Place: r.Place, Tier: r.Tier, EntryNo: r.Entry, PlayerID: owners[r.ID]}
	}
	return sqldb.Insert(ctx, tx, "INSERT INTO drawing_places", rows)
}

// award gives the prizes of the tiers that results hold; reserves get none. The
// keys of awards refuse a second one for a slip or a unit.
func (d *Drawings) award(ctx context.Context, tx *sqldb.Tx, r *drawResult, row *Drawing,
	results []selection.Result) error {
	var won []wonPlace
	for _, result := range results {
		if result.Tier > 0 {
			won = append(won, wonPlace{r.owners[result.ID], result.Tier, int64(result.Entry)})
		}
	}
	if row.Pot != nil {
		return d.share(ctx, tx, row, won)
	}
	return d.giveUnits(ctx, tx, r.contest.Definition, row, won)
}

// giveUnits gives places units of the prizes of their tiers.
func (d *Drawings) giveUnits(ctx context.Context, tx *sqldb.Tx, of *contest.Definition, row *Drawing,
	won []wonPlace) error {
	var keys []string
	for _, p := range row.Prizes {
		keys = append(keys, p.Prize)
	}
	stock, err := prize.ReadShelves(ctx, tx, row.ContestID, of, keys)
	if err != nil {
		return err
	}
	way := prize.Source{Kind: prize.FromDrawing, Key: row.Key}
	var awards []prize.Award
	for _, w := range won {
		p := of.Prize(row.Prizes[w.tier-1].Prize)
		if p == nil {
			return prize.ErrPrizeUnknown
		}
		unit := 0
		if shelf := stock[p.Key]; shelf != nil {
			var ok bool
			if unit, ok = shelf.Take(way); !ok {
				return ErrDrawingStock
			}
		}
		a := d.ledger.NewAward(row.ContestID, w.player, of, p, unit, way)
		row.Prizes[w.tier-1].promised(&a)
		if unit == 0 {
			a.UnitNo = nil // thanks have no stock
		}
		a.SourceID, a.Slip = row.ID, &w.slip
		awards = append(awards, a)
	}
	return prize.InsertAwards(ctx, tx, awards)
}

// Publish makes the result public: winners, masked, and the transcript.
func (d *Drawings) Publish(ctx context.Context, by staff.Actor, id sqldb.ID) error {
	err := d.db.InTx(ctx, func(tx *sqldb.Tx) error {
		row, err := readDrawing(ctx, tx, id)
		if err != nil || row.State == Published {
			return err
		}
		now := d.millis()
		matched, err := tx.Exec(ctx,
			"UPDATE drawings SET state = ?, published_at = ?, changed_at = ? WHERE id = ? AND state = ?",
			string(Published), now, now, id, string(Drawn))
		if err == nil && matched == 0 {
			err = ErrDrawingState
		}
		if err != nil {
			return err
		}
		return d.record(ctx, tx, by, "drawing.publish", row, map[string]any{"seal": row.Seal})
	})
	return errs.Wrap(err, "publish drawing %d", id)
}
