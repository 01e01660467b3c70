package prize

import (
	"context"
	"errors"
	"math"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// NeedsClaim reports whether the winner of a kind of prize has to tell where it goes.
func NeedsClaim(kind contest.PrizeKind) bool {
	return kind == contest.PrizeGoods || kind == contest.PrizeCredit || kind == contest.PrizeCash
}

// Worth is what the award was promised to be worth, in cents of yuan or points; 0:
// nothing was said.
func (a *Award) Worth() int {
	if a.Promised == nil {
		return 0
	}
	return *a.Promised
}

// Until is until when the award can be claimed, UTC ms; 0: for ever.
func (a *Award) Until() int64 {
	if a.ClaimUntil == nil {
		return 0
	}
	return *a.ClaimUntil
}

// Lapsed reports whether nobody claimed the award in time.
func (a *Award) Lapsed(now int64) bool { return a.Until() > 0 && now >= a.Until() }

// Asks reports whether the winner has to tell something first, of what a definition asks
// winners.
func (a *Award) Asks(d *contest.Definition, now int64) bool {
	return NeedsClaim(a.Kind) && a.Status == Won && !a.Lapsed(now) && len(d.ClaimFields()) > 0
}

// promise copies what is said of a prize at the moment it is won (UTC ms) onto an
// award: no later version of the definition reaches it. What was bought with points
// does not lapse.
func (a *Award) promise(d *contest.Definition, p *contest.Prize) {
	worth, until := p.Value, int64(0)
	if NeedsClaim(p.Kind) && a.SourceKind != FromShop {
		until = a.WonAt + d.Claims.Within.MS()
	}
	a.Title, a.Terms, a.Promised, a.ClaimUntil = p.Title, p.Collect, &worth, &until
}

// Complete copies onto awards from before the ledger kept it what was promised by the
// version of their contest that was in force when they were won. It is run at start;
// once nothing is left to do it costs one read.
func (l *Ledger) Complete(ctx context.Context, contests *catalog.Catalog) error {
	var ids []sqldb.ID
	err := l.db.Select(ctx, &ids, "SELECT DISTINCT contest_id FROM awards WHERE claim_until IS NULL ORDER BY contest_id")
	if err != nil {
		return errs.Wrap(err, "look for awards without their promise")
	}
	var failed error
	for _, id := range ids {
		failed = errors.Join(failed, errs.Wrap(l.completeContest(ctx, contests, id), "complete awards of contest %d", id))
	}
	return failed
}

func (l *Ledger) completeContest(ctx context.Context, contests *catalog.Catalog, id sqldb.ID) error {
	past, err := contests.History(ctx, id)
	if err != nil || len(past) == 0 {
		return err
	}
	return l.db.InTx(ctx, func(tx *sqldb.Tx) error {
		for i, v := range past {
			from, to := v.From, int64(math.MaxInt64)
			if i == 0 {
				from = math.MinInt64
			}
			if i+1 < len(past) {
				to = past[i+1].From
			}
			if err := completeBy(ctx, tx, id, v.Definition, from, to); err != nil {
				return err
			}
		}
		// A prize that its own version does not name is what the nearest one says.
		for i := range past {
			err := completeBy(ctx, tx, id, past[len(past)-1-i].Definition, math.MinInt64, math.MaxInt64)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// completeBy completes the awards that were won while a version was in force.
func completeBy(ctx context.Context, tx *sqldb.Tx, id sqldb.ID, d *contest.Definition, from, to int64) error {
	var keys []string
	err := tx.Select(ctx, &keys, `SELECT DISTINCT prize_key FROM awards
		WHERE claim_until IS NULL AND contest_id = ? AND won_at >= ? AND won_at < ?`, id, from, to)
	if err != nil {
		return err
	}
	for _, key := range keys {
		p := d.Prize(key)
		if p == nil {
			continue
		}
		if err := complete(ctx, tx, id, d, p, from, to); err != nil {
			return err
		}
	}
	return nil
}

// Awards reads awards by their ids.
func (l *Ledger) Awards(ctx context.Context, ids []sqldb.ID) (map[sqldb.ID]*Award, error) {
	found := make(map[sqldb.ID]*Award, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	var awards []Award
	err := l.db.SelectIn(ctx, &awards, "SELECT "+AwardColumns+" FROM awards WHERE id IN (?)", ids)
	for i := range awards {
		found[awards[i].ID] = &awards[i]
	}
	return found, errs.Wrap(err, "read awards")
}
