package instant

import (
	"context"
	"math"
	"slices"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity/personal"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// mark is what wins are counted by for somebody: the player, or a phone, address
// or unit that is known of the player.
type mark struct {
	By   contest.WinBy
	Mark string
}

// marksOf lists all marks of who draws.
func (b *batch) marksOf(item *chanceDraw) []mark {
	who := []mark{{contest.ByPlayer, item.player.String()}}
	for _, phone := range b.marks[item.player].Phones {
		who = append(who, mark{contest.ByPhone, phone})
	}
	for _, address := range b.marks[item.player].Addresses {
		who = append(who, mark{contest.ByAddress, address})
	}
	if unit := b.enrolled[item.player].UnitID; unit != 0 {
		who = append(who, mark{contest.ByUnit, unit.String()})
	}
	return who
}

// missingMark refuses who cannot be counted by what the pool limits. A player
// without a unit is not limited by it.
func missingMark(pool *contest.PrizePool, of personal.Marks) error {
	switch {
	case limitedBy(pool, contest.ByPhone) && len(of.Phones) == 0:
		return ErrNeedsPhone
	case limitedBy(pool, contest.ByAddress) && len(of.Addresses) == 0:
		return ErrNeedsHome
	}
	return nil
}

func limitedBy(pool *contest.PrizePool, by contest.WinBy) bool {
	return slices.ContainsFunc(pool.Limits, func(l contest.WinLimit) bool { return countsBy(l, by) })
}

// countsBy reports whether a limit counts wins by a kind of mark. One by phone or
// address counts by the player too, whatever phone is told by then.
func countsBy(l contest.WinLimit, by contest.WinBy) bool {
	return l.By == by || by == contest.ByPlayer && (l.By == contest.ByPhone || l.By == contest.ByAddress)
}

// wins counts what was won from pools of a contest, by marks.
type wins struct {
	contestID sqldb.ID
	counted   map[winKey]int
	ordinals  map[ordinalKey]int // highest of a mark in a pool
	rows      []winRow           // new ones
}

// winRow is one row of win_marks.
type winRow struct {
	AwardID   sqldb.ID      `db:"award_id"`
	MarkKind  contest.WinBy `db:"mark_kind"`
	ContestID sqldb.ID      `db:"contest_id"`
	PoolKey   string        `db:"pool_key"`
	Mark      string        `db:"mark"`
	Tier      string        `db:"tier"`
	Ordinal   *int          `db:"ordinal"` // of the mark in the pool, from 1; nil: nothing is limited by it
	WonAt     int64         `db:"won_at"`  // UTC ms
}

// winKey is wins of a mark, since a moment, of a tier (empty: of all).
type winKey struct {
	pool string
	mark
	tier string
	from int64
}

type ordinalKey struct {
	pool string
	mark
}

// readWins reads, for the limits of the pools that are drawn from, what those who
// draw have won.
func readWins(ctx context.Context, tx *sqldb.Tx, b *batch, items []*chanceDraw) (*wins, error) {
	w := &wins{contestID: b.contestID, counted: map[winKey]int{}, ordinals: map[ordinalKey]int{}}
	pools, marks := map[string]*contest.PrizePool{}, map[string][]mark{}
	for _, item := range items {
		if pool := item.contest.Definition.Pool(item.pool); pool != nil {
			pools[item.pool] = pool
			marks[item.pool] = append(marks[item.pool], b.marksOf(item)...)
		}
	}
	for key, pool := range pools {
		for _, by := range []contest.WinBy{contest.ByPlayer, contest.ByPhone, contest.ByAddress, contest.ByUnit} {
			if err := w.read(ctx, tx, newestOf(items), pool, by, valuesOf(marks[key], by), b.now); err != nil {
				return nil, err
			}
		}
	}
	return w, nil
}

func valuesOf(marks []mark, by contest.WinBy) (values []string) {
	for _, m := range marks {
		if m.By == by {
			values = append(values, m.Mark)
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}

// read counts the wins by one kind of mark for the pool's limits by that.
func (w *wins) read(ctx context.Context, tx *sqldb.Tx, d *contest.Definition, pool *contest.PrizePool, by contest.WinBy,
	values []string, now int64) error {
	if !limitedBy(pool, by) || len(values) == 0 {
		return nil
	}
	if err := w.readOrdinals(ctx, tx, pool.Key, by, values); err != nil {
		return err
	}
	spans := map[[2]int64]bool{}
	for _, limit := range pool.Limits {
		if countsBy(limit, by) {
			from, to := spanOf(d, limit.Per, now)
			spans[[2]int64{from, to}] = true
		}
	}
	for span := range spans {
		if err := w.readSpan(ctx, tx, pool.Key, by, values, span[0], span[1]); err != nil {
			return err
		}
	}
	return nil
}

// spanOf is when wins count for a limit that looks at now.
func spanOf(d *contest.Definition, per contest.Per, now int64) (from, to int64) {
	if per == contest.PerContest {
		return 0, math.MaxInt64 // a pool may take draws after the last answer
	}
	return d.Bounds(per, now)
}

func (w *wins) readOrdinals(ctx context.Context, tx *sqldb.Tx, pool string, by contest.WinBy, values []string) error {
	var rows []struct {
		Mark    string `db:"mark"`
		Wins    int    `db:"wins"`
		Highest int    `db:"highest"`
	}
	// Wins of a time when nothing was limited by this have no ordinal.
	err := tx.SelectIn(ctx, &rows, `SELECT mark, COUNT(*) AS wins, COALESCE(MAX(ordinal), 0) AS highest FROM win_marks
		WHERE contest_id = ? AND pool_key = ? AND mark_kind = ? AND mark IN (?) GROUP BY mark`,
		w.contestID, pool, string(by), values)
	for _, r := range rows {
		w.ordinals[ordinalKey{pool, mark{by, r.Mark}}] = max(r.Wins, r.Highest)
	}
	return errs.Wrap(err, "read the ordinals of wins")
}

func (w *wins) readSpan(ctx context.Context, tx *sqldb.Tx, pool string, by contest.WinBy, values []string,
	from, to int64) error {
	var rows []struct {
		Mark string `db:"mark"`
		Tier string `db:"tier"`
		Wins int    `db:"wins"`
	}
	err := tx.SelectIn(ctx, &rows, `SELECT mark, tier, COUNT(*) AS wins FROM win_marks
		WHERE contest_id = ? AND pool_key = ? AND mark_kind = ? AND mark IN (?) AND won_at >= ? AND won_at < ?
		GROUP BY mark, tier`, w.contestID, pool, string(by), values, from, to)
	for _, r := range rows {
		w.counted[winKey{pool, mark{by, r.Mark}, r.Tier, from}] += r.Wins
		w.counted[winKey{pool, mark{by, r.Mark}, "", from}] += r.Wins
	}
	return errs.Wrap(err, "count wins")
}

// full reports whether a limit of the pool forbids a win of that tier.
func (w *wins) full(d *contest.Definition, pool *contest.PrizePool, tier string, who []mark, now int64) bool {
	for _, limit := range pool.Limits {
		if limit.Tier != "" && limit.Tier != tier {
			continue
		}
		from, _ := spanOf(d, limit.Per, now)
		for _, m := range who {
			if countsBy(limit, m.By) && w.counted[winKey{pool.Key, m, limit.Tier, from}] >= limit.Max {
				return true
			}
		}
	}
	return false
}

// add counts a win for the draws of the batch that follow, and keeps its rows.
func (w *wins) add(pool *contest.PrizePool, d *contest.Definition, a *prize.Award, who []mark) {
	for _, m := range who {
		var ordinal *int
		if limitedBy(pool, m.By) {
			key := ordinalKey{pool.Key, m}
			w.ordinals[key]++
			next := w.ordinals[key]
			ordinal = &next
		}
		w.rows = append(w.rows, winRow{
			AwardID: a.ID, MarkKind: m.By, ContestID: a.ContestID, PoolKey: pool.Key,
			Mark: m.Mark, Tier: a.Tier, Ordinal: ordinal, WonAt: a.WonAt,
		})
	}
	for from := range startsOf(d, pool, a.WonAt) {
		for _, m := range who {
			w.counted[winKey{pool.Key, m, a.Tier, from}]++
			w.counted[winKey{pool.Key, m, "", from}]++
		}
	}
}

// startsOf are the starts of the spans in which the pool's limits count.
func startsOf(d *contest.Definition, pool *contest.PrizePool, now int64) map[int64]bool {
	starts := map[int64]bool{}
	for _, limit := range pool.Limits {
		from, _ := spanOf(d, limit.Per, now)
		starts[from] = true
	}
	return starts
}

func (w *wins) write(ctx context.Context, tx *sqldb.Tx) error {
	err := sqldb.Insert(ctx, tx, "INSERT INTO win_marks", w.rows)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "store what wins are counted by")
}

// Expire deletes by which phone and address the wins of a contest were counted whose
// retention is over. The wins stay.
func Expire(ctx context.Context, db *sqldb.DB, contestID sqldb.ID) (rows int64, err error) {
	err = db.InTx(ctx, func(tx *sqldb.Tx) error {
		rows, err = tx.Exec(ctx, "DELETE FROM win_marks WHERE contest_id = ? AND mark_kind IN (?, ?)",
			contestID, string(contest.ByPhone), string(contest.ByAddress))
		return err
	})
	return rows, errs.Wrap(err, "delete the marks of wins")
}
