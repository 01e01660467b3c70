package prize

import (
	"context"
	"fmt"
	"slices"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Status is where an award stands.
type Status string

// The statuses of an award.
const (
	Won       Status = "won"
	Claimed   Status = "claimed"   // the winner has told where it goes
	Redeemed  Status = "redeemed"  // handed out at a booth
	Credited  Status = "credited"  // a prize of points, added to the player's
	Paying    Status = "paying"    // a bill is live: it cannot be handed out as well
	PaidUp    Status = "paid"      // money or credit, surely arrived
	Forfeited Status = "forfeited" // its unit went to a reserve or back to the stock
)

// moves are the statuses that may follow each: the only ways of an award. What is
// credited, paid or forfeited stays so.
var moves = map[Status][]Status{
	Won:      {Claimed, Redeemed, Credited, Paying, Forfeited},
	Claimed:  {Claimed, Redeemed, Paying, Forfeited}, // to itself: told anew
	Redeemed: {Won, Claimed},                         // the hand-out is undone
	Paying:   {PaidUp, Won, Claimed},                 // back when the batch is rejected
}

// Move brings an award from one status to another at a moment (UTC ms). It is not
// moved when it stands elsewhere by now: another transaction was faster. A unit
// that is forfeited goes out of its award, and back to the stock. Errors: a move
// that is not in the table is a fault of the program.
func Move(ctx context.Context, tx *sqldb.Tx, award sqldb.ID, from, to Status, at int64) (moved bool, err error) {
	if !slices.Contains(moves[from], to) {
		return false, fmt.Errorf("no award goes from %s to %s", from, to)
	}
	update := "UPDATE awards SET status = ?, changed_at = ? WHERE id = ? AND status = ?"
	if to == Forfeited {
		update = "UPDATE awards SET status = ?, changed_at = ?, unit_no = NULL WHERE id = ? AND status = ?"
	}
	matched, err := tx.Exec(ctx, update, string(to), at, award, string(from))
	return matched == 1, errs.Wrap(err, "move award %d from %s to %s", award, from, to)
}

// complete copies what a definition promises of a prize onto its awards of a time that
// lack it (Ledger.Complete). What an award is known to be worth stays.
func complete(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, d *contest.Definition, p *contest.Prize,
	from, to int64) error {
	within := d.Claims.Within.MS()
	until := "CASE WHEN source_kind = 'shop' THEN 0 ELSE won_at + ? END"
	if !NeedsClaim(p.Kind) {
		within, until = 0, "?"
	}
	_, err := tx.Exec(ctx, `UPDATE awards SET title = ?, terms = ?, worth = COALESCE(worth, ?), claim_until = `+until+`
		WHERE claim_until IS NULL AND contest_id = ? AND prize_key = ? AND won_at >= ? AND won_at < ?`,
		p.Title, p.Collect, p.Value, within, contestID, p.Key, from, to)
	return errs.Wrap(err, "complete awards of prize %s", p.Key)
}

// ErrHandedOut tells that an award went out and is not to be taken back.
var ErrHandedOut = errs.New(errs.Conflict, "award_handed_out", "这份奖品已经领走，不能再作废")

// SourceKind is how an award was won.
type SourceKind string

// How awards are won.
const (
	FromPool    SourceKind = "pool"
	FromShop    SourceKind = "shop"
	FromDrawing SourceKind = "drawing"
	FromLive    SourceKind = "live" // a share of a live room's pot
	FromPot     SourceKind = "pot"  // a share of the pot of a drawing
)

// Award is one thing that a player has won.
type Award struct {
	ID         sqldb.ID          `db:"id"`
	ContestID  sqldb.ID          `db:"contest_id"`
	PlayerID   sqldb.ID          `db:"player_id"`
	PrizeKey   string            `db:"prize_key"`
	Kind       contest.PrizeKind `db:"kind"`
	Tier       string            `db:"tier"`
	UnitNo     *int              `db:"unit_no"` // of the stock; nil: given back
	Stock      int               `db:"stock"`
	SourceKind SourceKind        `db:"source_kind"`
	SourceKey  string            `db:"source_key"`
	SourceID   sqldb.ID          `db:"source_id"`
	Slip       *int64            `db:"slip"`      // number in the list of a drawing, or in a live room
	ChanceID   *sqldb.ID         `db:"chance_id"` // that a draw used
	Status     Status            `db:"status"`
	WonAt      int64             `db:"won_at"`      // UTC ms
	ChangedAt  int64             `db:"changed_at"`  // of the status, UTC ms
	Title      string            `db:"title"`       // as all below: as it was promised
	Terms      string            `db:"terms"`       // how and where it is collected
	Promised   *int              `db:"worth"`       // see Worth
	ClaimUntil *int64            `db:"claim_until"` // see Until
	Purse      string            `db:"purse"`       // into which points go; empty: the points
}

// AwardColumns are those of Award, for a SELECT.
var AwardColumns = sqldb.Columns[Award]("")

// NewID is an id that no award has, for what stands in an award's place.
func (l *Ledger) NewID() sqldb.ID { return l.ids.Next() }

// NewAward is a unit of a prize of a definition for a player, with what the definition
// promises of it; the caller says how it was won.
func (l *Ledger) NewAward(contestID, player sqldb.ID, d *contest.Definition, p *contest.Prize, unit int,
	by Source) Award {
	now := l.now().UnixMilli()
	a := Award{
		ID: l.ids.Next(), ContestID: contestID, PlayerID: player, PrizeKey: p.Key, Kind: p.Kind, Tier: p.Tier,
		UnitNo: &unit, Stock: p.Stock, SourceKind: by.Kind, SourceKey: by.Key, Status: Won, WonAt: now, ChangedAt: now,
	}
	a.promise(d, p)
	return a
}

// InDrawing reports whether the award holds a place of a public drawing: the result is
// secret until the hall has seen it, and a place that is given up goes through it.
func (k SourceKind) InDrawing() bool { return k == FromDrawing || k == FromPot }

// Pot is what a live room or a drawing gives shares of, as it was promised.
type Pot struct {
	By          Source
	ID          sqldb.ID // of the room or the drawing
	Key         string
	Kind        contest.PrizeKind
	Title       string
	Tier        string
	Terms       string
	Stock       int
	ClaimWithin int64 // ms; 0: for ever
	WonAt       int64 // UTC ms
	Purse       string
}

// NewShare is a player's share of a pot, of so many cents or points. It takes no unit of
// the prize's stock; a slip (a member of the room, an entry of the list) has one at most.
func (l *Ledger) NewShare(contestID, player sqldb.ID, of Pot, slip int64, worth int) Award {
	until := int64(0)
	if NeedsClaim(of.Kind) {
		until = of.WonAt + of.ClaimWithin
	}
	return Award{
		ID: l.ids.Next(), ContestID: contestID, PlayerID: player, PrizeKey: of.Key, Kind: of.Kind, Tier: of.Tier,
		Stock: of.Stock, SourceKind: of.By.Kind, SourceKey: of.By.Key, SourceID: of.ID, Slip: &slip, Status: Won,
		WonAt: of.WonAt, ChangedAt: l.now().UnixMilli(), Title: of.Title, Terms: of.Terms, Promised: &worth,
		ClaimUntil: &until, Purse: of.Purse,
	}
}

// InsertAwards stores awards. ErrStale: a unit, chance or slip went out in a
// transaction that ours did not see, so it must run again.
func InsertAwards(ctx context.Context, tx *sqldb.Tx, awards []Award) error {
	err := sqldb.Insert(ctx, tx, "INSERT INTO awards", awards)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "store awards")
}
