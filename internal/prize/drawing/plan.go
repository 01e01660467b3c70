package drawing

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Plan is what staff settle about a drawing before its list is frozen.
type Plan struct {
	Key       string // in the definition
	At        int64  // when it is held, UTC ms; says which period of a series. 0: the definition's
	Algorithm selection.Algorithm
	Sources   []Source
	SourceAt  int64 // when the sources become public, UTC ms
}

// Plan settles a drawing of the definition, publicly. Errors: ErrDrawingUnknown,
// ErrDrawingPlanned, invalid_field algorithm, sources… or source_at; unavailable while
// a newer definition is on its way to this node.
func (d *Drawings) Plan(ctx context.Context, by staff.Actor, c *catalog.Contest, p Plan) (*Drawing, error) {
	w := c.Drawing(p.Key)
	if w == nil {
		return nil, ErrDrawingUnknown
	}
	if err := d.checkPlan(&p); err != nil {
		return nil, err
	}
	row := d.planned(c, w, p)
	if earliest := row.CountsTo + freezeTime.Milliseconds(); p.SourceAt < earliest {
		return nil, errs.InvalidField("source_at", fmt.Sprintf("资格到 %s 才算完，要留一点时间冻结名单：号码最早可以在 %s 公布",
			clockText(c, row.CountsTo), clockText(c, earliest)))
	}
	err := d.db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
		if err = holdsVersion(ctx, tx, c); err != nil {
			return err
		}
		if row.Round, err = nextRound(ctx, tx, row); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO drawings (id, contest_id, drawing_key, counts_from, counts_to, round_no, title,
			state, algorithm,
			sources, source_at, prizes, reserves, pot, planned_at, changed_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			row.ID, row.ContestID, row.Key, row.CountsFrom, row.CountsTo, row.Round, row.Title, string(row.State),
			string(row.Algorithm),
			row.SourcesText, row.SourceAt, row.PrizesText, row.Reserves, row.PotText, row.PlannedAt, row.ChangedAt)
		if sqldb.IsDuplicate(err) {
			return ErrDrawingPlanned.Because(err)
		}
		if err == nil && row.Pot != nil {
			err = openPot(ctx, tx, row.ID, row.Pot.Total)
		}
		if err != nil {
			return err
		}
		return d.record(ctx, tx, by, "drawing.plan", row,
			map[string]any{"sources": row.Sources, "source_at": row.SourceAt, "algorithm": row.Algorithm})
	})
	return row, errs.Wrap(err, "plan a drawing")
}

// freezeTime is what is left at least between the end of who counts and the source, to
// freeze the list: a drawing without it could only be cancelled.
const freezeTime = 2 * time.Minute

func clockText(c *catalog.Contest, ms int64) string {
	return time.UnixMilli(ms).In(c.Zone()).Format("1月2日 15:04")
}

// errChanging tells staff that another node stored a newer definition just now.
var errChanging = errs.New(errs.Unavailable, "contest_changing", "活动刚刚更新，请再试一次")

// holdsVersion takes the turn and holds that a definition is the newest: what is
// announced by it now, the guard of definitions sees.
func holdsVersion(ctx context.Context, tx *sqldb.Tx, c *catalog.Contest) error {
	if err := prize.TakeTurn(ctx, tx, c.ContestID); err != nil {
		return err
	}
	var version int
	err := tx.Get(ctx, &version, "SELECT version FROM contests WHERE id = ?", c.ContestID)
	if err == nil && version != c.Version {
		err = errChanging
	}
	return errs.Wrap(err, "read the version of a contest")
}

func (d *Drawings) checkPlan(p *Plan) error {
	if p.Algorithm == "" {
		p.Algorithm = selection.HMACSHA256
	}
	if p.Algorithm != selection.HMACSHA256 && p.Algorithm != selection.RFC3797 {
		return errs.InvalidField("algorithm", "没有这种算法")
	}
	if err := checkSources(p.Sources); err != nil {
		return err
	}
	if p.SourceAt <= d.millis() {
		return errs.InvalidField("source_at", "公开号码要在以后才公布，不能用已经知道的")
	}
	return nil
}

// planned is the row of a plan: titles and numbers as the definition has them now.
func (d *Drawings) planned(c *catalog.Contest, w *contest.Drawing, p Plan) *Drawing {
	now := d.millis()
	at := p.At
	if at == 0 {
		at = w.At.MS
	}
	if at == 0 {
		at = now
	}
	row := &Drawing{
		ID: d.ids.Next(), ContestID: c.ContestID, Key: w.Key, Title: w.Title, State: Planned, Algorithm: p.Algorithm,
		Sources: p.Sources, SourceAt: p.SourceAt, Reserves: w.Reserves, PlannedAt: now, ChangedAt: now,
		Prizes: tiersOf(c.Definition, w), Pot: potOf(c.Definition, w),
	}
	row.CountsFrom, row.CountsTo = c.DrawnFrom(w, at)
	if w.Every == "" && w.At.MS > row.CountsFrom && w.At.MS < row.CountsTo {
		row.CountsTo = w.At.MS // held before the contest is over
	}
	row.SourcesText, row.PrizesText = asJSON(row.Sources), asJSON(row.Prizes)
	if row.Pot != nil {
		row.PotText = asJSON(row.Pot)
	}
	return row
}

func asJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // structs of strings and numbers always encode
	}
	return string(text)
}

// tiersOf names the tiers of a drawing, each by another name.
func tiersOf(d *contest.Definition, w *contest.Drawing) []DrawnPrize {
	var tiers []DrawnPrize
	names := map[string]int{}
	for _, p := range w.Prizes {
		tier := DrawnPrize{Prize: p.Prize, Count: p.Count}
		title := p.Prize
		if of := d.Prize(p.Prize); of != nil {
			worth := of.Value
			title, tier.Worth, tier.Terms = strings.TrimSpace(of.Title), &worth, of.Collect
		}
		if names[title]++; names[title] > 1 {
			title = fmt.Sprintf("%s（%d）", title, names[title])
		}
		tier.Title = title
		tiers = append(tiers, tier)
	}
	return tiers
}

// nextRound is 1, or follows a drawing of the same period that was cancelled.
func nextRound(ctx context.Context, tx *sqldb.Tx, row *Drawing) (int, error) {
	var before []struct {
		Round int   `db:"round_no"`
		State State `db:"state"`
	}
	err := tx.Select(ctx, &before,
		`SELECT round_no, state FROM drawings WHERE contest_id = ? AND drawing_key = ? AND counts_from = ?
			ORDER BY round_no DESC LIMIT 1`,
		row.ContestID, row.Key, row.CountsFrom)
	switch {
	case err != nil || len(before) == 0:
		return 1, err
	case before[0].State != Cancelled:
		return 0, ErrDrawingPlanned
	}
	return before[0].Round + 1, nil
}

func (d *Drawings) record(ctx context.Context, tx *sqldb.Tx, by staff.Actor, action string, row *Drawing,
	detail map[string]any) error {
	return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: action, Subject: row.Key + " " + row.ID.String(),
		Detail: detail})
}

// Cancel gives a drawing up before its source is known; it stays listed with the
// reason. Errors: ErrCancelLate, ErrDrawingState, invalid_field reason.
func (d *Drawings) Cancel(ctx context.Context, by staff.Actor, id sqldb.ID, reason string) error {
	if err := prize.CheckReason(reason); err != nil {
		return err
	}
	err := d.db.InTx(ctx, func(tx *sqldb.Tx) error {
		row, err := readDrawing(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := d.mayCancel(ctx, tx, row); err != nil {
			return err
		}
		now := d.millis()
		matched, err := tx.Exec(ctx, `UPDATE drawings SET state = ?, cancelled_at = ?, reason = ?, changed_at = ?
			WHERE id = ? AND state = ? AND first_by IS NULL`, string(Cancelled), now, reason, now, id, string(row.State))
		if err != nil {
			return err
		}
		if matched == 0 {
			return sqldb.ErrStale
		}
		return d.record(ctx, tx, by, "drawing.cancel", row, map[string]any{"reason": reason, "state": row.State})
	})
	return errs.Wrap(err, "cancel drawing %d", id)
}

func (d *Drawings) mayCancel(ctx context.Context, tx *sqldb.Tx, row *Drawing) error {
	switch row.State {
	case Known, Drawn, Published:
		return ErrCancelLate
	case Cancelled:
		return ErrDrawingState
	case Frozen:
		if d.millis() >= row.SourceAt {
			return ErrCancelLate
		}
	}
	var entered int
	err := tx.Get(ctx, &entered, "SELECT COUNT(*) FROM drawing_values WHERE drawing_id = ?", row.ID)
	if err == nil && entered > 0 {
		err = ErrCancelLate
	}
	return err
}
