package drawing

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/prize"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// freezeAway is after how long without a sign of life a freeze may be begun anew: the program that ran it has ended.
const freezeAway = time.Minute

// errStopped tells that another freeze of the same drawing took over, or that it
// was cancelled.
var errStopped = errors.New("the freeze was overtaken")

// freezing is a freeze under way.
type freezing struct {
	*Drawings
	by     staff.Actor
	row    *Drawing
	doubts *Doubts // as staff saw them
	run    int64   // its own number: one that was overtaken writes nothing more
	sieve  *sieve
	salt   [32]byte
	roll   *selection.Roll
	done   int64
	out    map[string]int
	found  int // people on the list

	slipKey keyring.Key // of this freeze, also when the key changes meanwhile
}

// Freeze puts the list of a drawing together and publishes its fingerprint. For a
// million players it takes minutes; what it needs of memory is some forty bytes an
// entry. Until it is over, Done of Total tells how far it is. A program that dies
// leaves a drawing that can be frozen anew a minute later. Staff have to have seen what
// Doubts tells, after a look for signals that began when what counts had ended; both
// stand in the audit log.
//
// Errors: ErrDrawingUnknown, ErrDrawingState, ErrDrawingEarly, ErrSourceOut, ErrUnlooked, ErrUnseen,
// ErrDrawingStock, ErrDrawingNobody. The drawing is then planned as before.
func (d *Drawings) Freeze(ctx context.Context, by staff.Actor, id sqldb.ID, seen Seen) error {
	f, err := d.begin(ctx, by, id, seen)
	if err != nil {
		return err
	}
	return f.finish(ctx)
}

// StartFreeze checks what Freeze checks first and returns; the work goes on, and
// what becomes of it is read from the drawing.
func (d *Drawings) StartFreeze(ctx context.Context, by staff.Actor, id sqldb.ID, seen Seen) error {
	f, err := d.begin(ctx, by, id, seen)
	if err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	d.running.Go(func() {
		if err := f.finish(ctx); err != nil {
			slog.WarnContext(ctx, "freeze a drawing", "drawing", id, "error", err)
		}
	})
	return nil
}

// defined reads a drawing, with its contest and what the definition says of it. Errors:
// ErrDrawingUnknown.
func (d *Drawings) defined(ctx context.Context, id sqldb.ID) (*Drawing, *catalog.Contest, *contest.Drawing, error) {
	row, err := d.Drawing(ctx, id)
	if err != nil {
		return nil, nil, nil, err
	}
	c, err := d.catalog.Of(row.ContestID)
	if err != nil {
		return nil, nil, nil, err
	}
	w := c.Drawing(row.Key)
	if w == nil {
		return nil, nil, nil, ErrDrawingUnknown
	}
	return row, c, w, nil
}

func (d *Drawings) begin(ctx context.Context, by staff.Actor, id sqldb.ID, seen Seen) (*freezing, error) {
	row, c, w, err := d.defined(ctx, id)
	if err != nil {
		return nil, err
	}
	now := d.millis()
	switch {
	case row.State != Planned && row.State != Freezing:
		return nil, ErrDrawingState
	case now < row.CountsTo:
		return nil, ErrDrawingEarly
	case now >= row.SourceAt:
		return nil, ErrSourceOut
	}
	doubts, err := d.seen(ctx, c, w, row, seen)
	if err != nil {
		return nil, err
	}
	f := &freezing{Drawings: d, by: by, row: row, doubts: doubts, run: int64(d.ids.Next()), out: map[string]int{},
		slipKey: d.slips.Newest()}
	if err := f.takeOver(ctx, c, w); err != nil {
		return nil, err
	}
	rand.Read(f.salt[:])
	f.roll = selection.NewRoll(f.salt)
	if f.sieve, err = d.newSieve(ctx, c, w, row); err != nil {
		return nil, errors.Join(err, f.giveUp(ctx, err))
	}
	return f, nil
}

// hasStock holds that there are units for all that this drawing gives, beside those
// of others that are frozen and not drawn yet.
func (d *Drawings) hasStock(ctx context.Context, tx *sqldb.Tx, c *catalog.Contest, row *Drawing) error {
	waiting, err := readPromises(ctx, tx, row.ContestID, row.ID, Freezing, Frozen, Known)
	if err != nil {
		return err
	}
	add(waiting, row.Prizes)
	for key := range waiting {
		if c.Prize(key) == nil {
			return prize.ErrPrizeUnknown
		}
	}
	stock, err := prize.ReadShelves(ctx, tx, c.ContestID, c.Definition, waiting.Keys())
	if err != nil {
		return err
	}
	for _, p := range row.Prizes { // none of a pot, which takes no units
		if s := stock[p.Prize]; s != nil && s.Units-s.Total < waiting[p.Prize] {
			return ErrDrawingStock
		}
	}
	return nil
}

// takeOver makes this the one freeze of the drawing.
func (f *freezing) takeOver(ctx context.Context, c *catalog.Contest, w *contest.Drawing) error {
	total, err := f.players.Count(ctx, f.row.ContestID)
	if err != nil {
		return err
	}
	if w.Who.Top != nil {
		total *= 2 // everybody is looked at once more, for the rank
	}
	err = f.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if err := holdsVersion(ctx, tx, c); err != nil {
			return err
		}
		if err := f.hasStock(ctx, tx, c, f.row); err != nil {
			return err
		}
		now := f.millis()
		matched, err := tx.Exec(ctx,
			`UPDATE drawings SET state = ?, freeze_run = ?, done = 0, total = ?, problem = '', changed_at = ?
			WHERE id = ? AND (state = ? OR state = ? AND changed_at < ?)`,
			string(Freezing), f.run, total, now, f.row.ID, string(Planned), string(Freezing), now-freezeAway.Milliseconds())
		if err == nil && matched == 0 {
			err = ErrDrawingState
		}
		return err
	})
	if err != nil {
		return errs.Wrap(err, "begin to freeze drawing %d", f.row.ID)
	}
	return f.clear(ctx)
}

// clear removes what an earlier freeze left, some thousand rows at a time.
func (f *freezing) clear(ctx context.Context) error {
	for {
		var players []sqldb.ID
		err := f.db.Select(ctx, &players, "SELECT player_id FROM drawing_entrants WHERE drawing_id = ? LIMIT ?", f.row.ID,
			entrantsPerRead)
		if err != nil {
			return err
		}
		err = f.step(ctx, func(tx *sqldb.Tx) error {
			if len(players) > 0 {
				_, err := tx.ExecIn(ctx, "DELETE FROM drawing_entrants WHERE drawing_id = ? AND player_id IN (?)", f.row.ID,
					players)
				return err
			}
			_, err := tx.Exec(ctx, "DELETE FROM drawing_lists WHERE drawing_id = ?", f.row.ID)
			return err
		})
		if err != nil || len(players) == 0 {
			return errs.Wrap(err, "clear what an earlier freeze left")
		}
	}
}

// step writes a part of the freeze in a transaction of its own, so that answers
// are not held up behind a million rows. It is refused once another freeze took
// over.
func (f *freezing) step(ctx context.Context, write func(*sqldb.Tx) error) error {
	return f.db.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx,
			"UPDATE drawings SET done = ?, changed_at = ? WHERE id = ? AND state = ? AND freeze_run = ?",
			f.done, f.millis(), f.row.ID, string(Freezing), f.run)
		if err != nil {
			return err
		}
		if matched == 0 {
			return errStopped
		}
		return write(tx)
	})
}

// finish does the work of a freeze that has begun.
func (f *freezing) finish(ctx context.Context) error {
	err := f.rank(ctx)
	if err == nil {
		err = f.collect(ctx)
	}
	if err == nil {
		err = f.fix(ctx)
	}
	if err == nil {
		return nil
	}
	return errors.Join(err, f.giveUp(ctx, err))
}

// giveUp makes the drawing planned again and notes why, for the staff.
func (f *freezing) giveUp(ctx context.Context, why error) error {
	if errors.Is(why, errStopped) {
		return nil
	}
	err := f.step(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE drawings SET state = ?, problem = ? WHERE id = ?", string(Planned),
			errs.From(why).Message, f.row.ID)
		return err
	})
	return errs.Wrap(err, "give up freezing drawing %d", f.row.ID)
}

// collect goes through all players and stores who is on the list.
func (f *freezing) collect(ctx context.Context) error {
	return f.eachPart(ctx, f.sieve, func(part []entrant, out map[string]int, looked int) error {
		rows := make([]entrantRow, len(part))
		for i, e := range part {
			rows[i] = entrantRow{DrawingID: f.row.ID, PlayerID: e.player, Tickets: e.tickets}
			if err := addTo(f.roll, f.slipKey.Bytes, f.row.ID, e); err != nil {
				return err
			}
		}
		for reason, n := range out {
			f.out[reason] += n
		}
		f.done += int64(looked)
		f.found += len(part)
		err := f.step(ctx, func(tx *sqldb.Tx) error {
			return sqldb.Insert(ctx, tx, "INSERT INTO drawing_entrants", rows)
		})
		return errs.Wrap(err, "store entrants")
	})
}

// fix computes what the fingerprint stands for, stores the list and publishes it.
func (f *freezing) fix(ctx context.Context) error {
	if f.found == 0 {
		return ErrDrawingNobody
	}
	if pot := f.row.Pot; pot != nil {
		var err error
		if f.row.Prizes, err = pot.tiers(f.sieve.contest.Definition, f.found); err != nil {
			return err
		}
	}
	for reason, n := range f.out {
		for range n {
			if err := f.roll.Exclude(reason); err != nil {
				return err
			}
		}
	}
	list, excluded, err := f.roll.List()
	if err != nil {
		return err
	}
	var seed []byte
	if f.row.Algorithm == selection.HMACSHA256 {
		seed = make([]byte, 32)
		rand.Read(seed)
	}
	plan := f.plan(excluded)
	if plan.AuditLog, err = f.auditLog(ctx); err != nil {
		return err
	}
	frozen, err := selection.NewFreeze(plan, list, seed, nil)
	if err != nil {
		return err
	}
	if err := f.storeList(ctx, list); err != nil {
		return err
	}
	return f.publish(ctx, frozen, f.sealSeed(f.row.ID, seed))
}

// auditLog is how the log of what staff did stands now; nil where nothing was done yet.
func (f *freezing) auditLog(ctx context.Context) (*selection.AuditLog, error) {
	head, err := staff.HeadOf(ctx, f.db)
	if err != nil || head.Entries == 0 {
		return nil, err
	}
	return &selection.AuditLog{Entries: head.Entries, Head: head.Hash}, nil
}

// plan is the freeze without what is computed from list and seed.
func (f *freezing) plan(excluded []selection.Excluded) selection.Freeze {
	plan := selection.Freeze{
		Title: f.sieve.contest.Title + " " + f.row.Title, FrozenAt: time.UnixMilli(f.millis()).UTC().Format(time.RFC3339),
		Algorithm: f.row.Algorithm, Excluded: excluded, Salt: hex.EncodeToString(f.salt[:]),
		Rules: selection.Rules{PerPerson: 1, Reserves: f.row.Reserves},
	}
	for _, p := range f.row.Prizes {
		plan.Rules.Tiers = append(plan.Rules.Tiers, selection.Tier{Name: p.Title, Count: p.Count})
	}
	for _, s := range f.row.Sources {
		plan.Sources = append(plan.Sources, selection.Source{Name: s.Name, Values: s.Values})
	}
	return plan
}

// publish ends the freeze, unless the source came out meanwhile.
func (f *freezing) publish(ctx context.Context, frozen *selection.Transcript, sealed string) error {
	body, err := json.Marshal(&frozen.Freeze)
	if err != nil {
		return err
	}
	err = f.step(ctx, func(tx *sqldb.Tx) error {
		now := f.millis()
		if now >= f.row.SourceAt {
			return ErrSourceOut
		}
		_, err := tx.Exec(ctx,
			`UPDATE drawings
				SET state = ?, frozen_at = ?, prizes = ?, entries = ?, people = ?, fingerprint = ?, frozen_body = ?,
					sealed_seed = ?, slip_key = ?
			WHERE id = ?`,
			string(Frozen), now, asJSON(f.row.Prizes), frozen.Freeze.Entries, f.found, frozen.Fingerprint, string(body),
			sealed, f.slipKey.ID, f.row.ID)
		if err != nil {
			return err
		}
		return f.record(ctx, tx, f.by, "drawing.freeze", f.row,
			map[string]any{"fingerprint": frozen.Fingerprint, "entries": frozen.Freeze.Entries, "people": f.found,
				"looked_at": f.doubts.LookedAt, "seen_signals": f.doubts.Signals, "seen_held": f.doubts.Held})
	})
	return errs.Wrap(err, "publish the freeze of drawing %d", f.row.ID)
}
