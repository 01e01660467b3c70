package payout

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strconv"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Errors of paying.
var (
	ErrNoWay    = errs.InvalidField("way", "没有这种发放方式")
	ErrBill     = errs.New(errs.NotFound, "payout_unknown", "没有这笔发放")
	ErrNotOver  = errs.New(errs.Conflict, "payout_not_failed", "这笔发放还没有确定失败，不能重发")
	ErrByHand   = errs.New(errs.Conflict, "payout_not_manual", "只有人工发放可以手动标记")
	ErrNoPayee  = errors.New("the winner has not told where to pay")
	paidByKinds = map[contest.PrizeKind]bool{contest.PrizeCash: true, contest.PrizeCredit: true}
)

// Payouts is the ledger of what is paid to winners. It is safe for concurrent use.
type Payouts struct {
	db  *sqldb.DB
	now func() time.Time
	// ways are the ways to pay by name; payee finds where a player is paid to by
	// one. ErrNoPayee: nothing is known yet.
	ways  map[string]Way
	payee func(ctx context.Context, way string, contestID, player sqldb.ID) (string, error)
}

// NewPayouts returns the ledger over db.
func NewPayouts(db *sqldb.DB, now func() time.Time, ways map[string]Way,
	payee func(ctx context.Context, way string, contestID, player sqldb.ID) (string, error)) *Payouts {
	return &Payouts{db: db, now: now, ways: ways, payee: payee}
}

// Payout is one bill of the ledger.
type Payout struct {
	Number    string   `db:"bill_no"`
	AwardID   sqldb.ID `db:"award_id"`
	Turn      int      `db:"turn"` // from 1; each after one that failed
	ContestID sqldb.ID `db:"contest_id"`
	PlayerID  sqldb.ID `db:"player_id"`
	Way       string   `db:"way"`
	Cents     int      `db:"cents"`
	Remark    string   `db:"remark"`
	State     State    `db:"state"`
	Detail    string   `db:"detail"`
	Package   string   `db:"package_info"` // for the winner to confirm
	Sends     int      `db:"sends"`
	MadeAt    int64    `db:"made_at"`
	ChangedAt int64    `db:"changed_at"`
}

var payoutColumns = sqldb.Columns[Payout]("")

// Plan makes a bill for every award of money or credit of the contest that has
// none and is due: claimed, or won where nothing has to be claimed. It tells how
// many. Nothing is sent yet. Who is disqualified waits: what is paid cannot be
// taken back, and a disqualification can. Errors: ErrNoWay.
func (p *Payouts) Plan(ctx context.Context, by staff.Actor, c *catalog.Contest, way string) (int, error) {
	if p.ways[way] == nil {
		return 0, ErrNoWay
	}
	if c.RehearsalOf != 0 {
		return 0, prize.ErrRehearsal
	}
	planned := 0
	err := p.db.InTx(ctx, func(tx *sqldb.Tx) error {
		planned = 0
		var awards []prize.Award
		err := tx.Select(ctx, &awards,
			"SELECT "+prize.AwardColumns+` FROM awards
				WHERE contest_id = ? AND status = ? AND `+conduct.StandingWhere+" ORDER BY id",
			c.ContestID, string(dueFor(c)), c.ContestID, c.ContestID)
		if err != nil {
			return errs.Wrap(err, "read awards to pay")
		}
		for i := range awards {
			if !owed(&awards[i]) {
				continue
			}
			planned++
			if err := p.plan(ctx, tx, &awards[i], way); err != nil {
				return err
			}
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "payouts.plan", Subject: c.Slug,
			Detail: map[string]any{"way": way, "bills": planned}})
	})
	return planned, err
}

func (p *Payouts) plan(ctx context.Context, tx *sqldb.Tx, a *prize.Award, way string) error {
	moved, err := prize.Move(ctx, tx, a.ID, a.Status, prize.Paying, p.now().UnixMilli())
	if err == nil && !moved {
		err = sqldb.ErrStale // handed out, given up or planned at the same time
	}
	if err != nil {
		return errs.Wrap(err, "plan a payment")
	}
	return p.bill(ctx, tx, Payout{AwardID: a.ID, Turn: 1, ContestID: a.ContestID, PlayerID: a.PlayerID, Way: way,
		Cents: a.Worth(), Remark: a.Title})
}

func (p *Payouts) bill(ctx context.Context, tx *sqldb.Tx, b Payout) error {
	now := p.now().UnixMilli()
	_, err := tx.Exec(ctx,
		`INSERT INTO payouts (bill_no, award_id, turn, live, contest_id, player_id, way, cents, remark, state, detail,
			package_info,
		sends, leased_until, made_at, changed_at) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, '', '', 0, 0, ?, ?)`,
		billNumber(b.AwardID, b.Turn), b.AwardID, b.Turn, b.ContestID, b.PlayerID, b.Way, b.Cents, b.Remark,
		string(Planned), now, now)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "make a bill")
}

// billNumber names the bill of an award's turn, the same whoever makes it.
func billNumber(award sqldb.ID, turn int) string {
	return "aq" + strconv.FormatInt(int64(award), 10) + "t" + strconv.Itoa(turn)
}

// Again makes another bill for an award whose bill has surely failed. Errors:
// ErrBill, ErrNotOver, ErrNoWay.
func (p *Payouts) Again(ctx context.Context, by staff.Actor, number, way string) error {
	if p.ways[way] == nil {
		return ErrNoWay
	}
	return p.db.InTx(ctx, func(tx *sqldb.Tx) error {
		b, err := readPayout(ctx, tx, number)
		if err != nil {
			return err
		}
		if b.State != Failed {
			return ErrNotOver
		}
		b.Turn, b.Way = b.Turn+1, way
		if err = p.bill(ctx, tx, *b); errors.Is(err, sqldb.ErrStale) {
			return ErrNotOver // somebody has done so, or another turn is live
		}
		if err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "payouts.again", Subject: number,
			Detail: map[string]any{"way": way}})
	})
}

// Mark says of a bill that is paid by hand whether it was paid, and how that is
// known. Errors: ErrBill, ErrByHand.
func (p *Payouts) Mark(ctx context.Context, by staff.Actor, number string, paid bool, detail string) error {
	return p.db.InTx(ctx, func(tx *sqldb.Tx) error {
		b, err := readPayout(ctx, tx, number)
		if err != nil {
			return err
		}
		if _, byHand := p.ways[b.Way].(Manual); !byHand || b.State.Final() {
			return ErrByHand
		}
		state := Failed
		if paid {
			state = Paid
		}
		if err := p.settle(ctx, tx, b, Outcome{State: state, Detail: detail}); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "payouts.mark", Subject: number,
			Detail: map[string]any{"paid": paid, "detail": detail}})
	})
}

// Ways names the ways to pay that this node is set up for, in order.
func (p *Payouts) Ways() []string { return slices.Sorted(maps.Keys(p.ways)) }

func readPayout(ctx context.Context, from sqldb.Reader, number string) (*Payout, error) {
	var b Payout
	err := from.Get(ctx, &b, "SELECT "+payoutColumns+" FROM payouts WHERE bill_no = ?", number)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrBill
	}
	return &b, errs.Wrap(err, "read a bill")
}

// Billed is a bill of the list. Replaced tells that it failed and another one was
// made since.
type Billed struct {
	Payout
	Replaced bool `db:"replaced"`
}

// List reads the bills of a contest, the newest first: most of them, after so many.
func (p *Payouts) List(ctx context.Context, contestID sqldb.ID, after, most int) ([]Billed, error) {
	var bills []Billed
	err := p.db.Select(ctx, &bills, "SELECT "+payoutColumns+`,
			CASE WHEN EXISTS (SELECT 1 FROM payouts later WHERE later.award_id = payouts.award_id AND later.turn > payouts.turn)
				THEN 1 ELSE 0 END AS replaced
		FROM payouts WHERE contest_id = ? ORDER BY made_at DESC, bill_no LIMIT ? OFFSET ?`, contestID, most, after)
	return bills, errs.Wrap(err, "list bills")
}

// Sum is how many bills of a contest stand somewhere, and their worth.
type Sum struct {
	State State `db:"state" json:"state"`
	Bills int   `db:"bills" json:"bills"`
	Cents int64 `db:"cents" json:"cents"` // of yuan
}

// Sums adds up the bills of a contest by state.
func (p *Payouts) Sums(ctx context.Context, contestID sqldb.ID) ([]Sum, error) {
	sums := []Sum{}
	err := p.db.Select(ctx, &sums,
		`SELECT state, COUNT(*) AS bills, SUM(cents) AS cents FROM payouts WHERE contest_id = ? GROUP BY state
			ORDER BY state`, contestID)
	return sums, errs.Wrap(err, "add up bills")
}

// Due counts the awards of a contest for which Plan would make a bill.
func (p *Payouts) Due(ctx context.Context, c *catalog.Contest) (int, error) {
	var alike []struct {
		prize.Award
		Count int `db:"awards"`
	}
	err := p.db.Select(ctx, &alike, `SELECT kind, worth, COUNT(*) AS awards FROM awards
		WHERE contest_id = ? AND status = ? AND `+conduct.StandingWhere+" GROUP BY kind, worth",
		c.ContestID, string(dueFor(c)), c.ContestID, c.ContestID)
	due := 0
	for i := range alike {
		if owed(&alike[i].Award) {
			due += alike[i].Count
		}
	}
	return due, errs.Wrap(err, "count awards to pay")
}

// owed reports whether an award is paid in money.
func owed(a *prize.Award) bool { return paidByKinds[a.Kind] && a.Worth() > 0 }

// dueFor is where an award stands that can be paid.
func dueFor(c *catalog.Contest) prize.Status {
	if len(c.ClaimFields()) == 0 {
		return prize.Won
	}
	return prize.Claimed
}
