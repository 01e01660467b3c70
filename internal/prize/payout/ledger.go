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
	"anquanda/internal/identity/personal"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// Errors of paying.
var (
	ErrNoWay    = errs.InvalidField("way", "没有这种发放方式")
	ErrBill     = errs.New(errs.NotFound, "payout_unknown", "没有这笔发放")
	ErrNotOver  = errs.New(errs.Conflict, "payout_not_failed", "这笔发放还没有确定失败，不能重发")
	ErrByHand   = errs.New(errs.Conflict, "payout_not_manual", "只有等待人工发放的才能标记结果")
	ErrNothing  = errs.New(errs.Conflict, "payout_nothing_due", "现在没有可以安排的奖品；中奖人还没有告诉收款信息的，等他们填好再安排")
	paidByKinds = map[contest.PrizeKind]bool{contest.PrizeCash: true, contest.PrizeCredit: true}
)

// Payees finds to whom players are paid by a way, in full: a phone number or an openid.
// Who has told none is left out. It is for the ledger, which seals what it gets; what
// people see goes through the audit log.
type Payees func(ctx context.Context, way string, contestID sqldb.ID, players []sqldb.ID) (map[sqldb.ID]string, error)

// Config is what a ledger is made of.
type Config struct {
	DB     *sqldb.DB
	IDs    *sqldb.IDs
	Now    func() time.Time
	Ways   map[string]Way // by which the server pays, by name; those by hand are always there
	Payees Payees
	Vault  *personal.Vault // seals payees
}

// Payouts is the ledger of what is paid to winners. It is safe for concurrent use.
type Payouts struct{ Config }

// NewPayouts returns the ledger over a store.
func NewPayouts(c Config) *Payouts { return &Payouts{c} }

func (p *Payouts) millis() int64 { return p.Now().UnixMilli() }

// Payout is one bill of the ledger.
type Payout struct {
	Number      string       `db:"bill_no"`
	AwardID     sqldb.ID     `db:"award_id"`
	Turn        int          `db:"turn"` // from 1; each after one that failed
	Live        *int         `db:"live"` // 1 until it is surely not paid; then nil
	ContestID   sqldb.ID     `db:"contest_id"`
	PlayerID    sqldb.ID     `db:"player_id"`
	Way         string       `db:"way"`
	Cents       int          `db:"cents"`
	Remark      string       `db:"remark"`
	State       State        `db:"state"`
	Detail      string       `db:"detail"`       // receipt number, or why it failed
	Package     string       `db:"package_info"` // for the winner to confirm
	Sends       int          `db:"sends"`
	LeasedUntil int64        `db:"leased_until"`
	MadeAt      int64        `db:"made_at"`
	ChangedAt   int64        `db:"changed_at"`
	ActID       sqldb.ID     `db:"act_id"` // that made it
	Was         prize.Status `db:"was"`    // where its award stood
	Payee       string       `db:"payee"`  // sealed, as all of them
	Tail        string       `db:"payee_tail"`
	Seen        string       `db:"payee_seen"`
	HeldFrom    State        `db:"held_from"`
	FileNo      int          `db:"file_no"` // of the one file that it is in; 0: none
}

var payoutColumns = sqldb.Columns[Payout]("")

// newBill is a bill of an award on its way into the ledger.
func (p *Payouts) newBill(of Payout) Payout {
	one, now := 1, p.millis()
	of.Number, of.Live, of.MadeAt, of.ChangedAt = billNumber(of.AwardID, of.Turn), &one, now, now
	of.Detail, of.Package, of.Sends, of.LeasedUntil, of.Seen, of.HeldFrom, of.FileNo = "", "", 0, 0, "", "", 0
	return of
}

// billNumber names the bill of an award's turn, the same whoever makes it.
func billNumber(award sqldb.ID, turn int) string {
	return "aq" + strconv.FormatInt(int64(award), 10) + "t" + strconv.Itoa(turn)
}

func insertBills(ctx context.Context, tx *sqldb.Tx, bills []Payout) error {
	err := sqldb.Insert(ctx, tx, "INSERT INTO payouts", bills)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "make bills")
}

func (p *Payouts) knows(way string) bool { return ByHand(way) || p.Ways[way] != nil }

// WayNames names the ways to pay that this node is set up for, in order.
func (p *Payouts) WayNames() []string {
	return slices.Sorted(slices.Values(append(slices.Collect(maps.Keys(p.Ways)), WayHand, WayCredit)))
}

func readPayout(ctx context.Context, from sqldb.Reader, number string) (*Payout, error) {
	var b Payout
	err := from.Get(ctx, &b, "SELECT "+payoutColumns+" FROM payouts WHERE bill_no = ?", number)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrBill
	}
	return &b, errs.Wrap(err, "read a bill")
}

// ContestOfBill finds whose contest a bill is of. Errors: ErrBill.
func (p *Payouts) ContestOfBill(ctx context.Context, number string) (sqldb.ID, error) {
	b, err := readPayout(ctx, p.DB, number)
	if err != nil {
		return 0, err
	}
	return b.ContestID, nil
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
	err := p.DB.Select(ctx, &bills, "SELECT "+payoutColumns+`,
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
	err := p.DB.Select(ctx, &sums,
		`SELECT state, COUNT(*) AS bills, SUM(cents) AS cents FROM payouts WHERE contest_id = ? GROUP BY state
			ORDER BY state`, contestID)
	return sums, errs.Wrap(err, "add up bills")
}

// Due counts the awards of a contest that are to be paid and have no bill.
func (p *Payouts) Due(ctx context.Context, c *catalog.Contest) (int, error) {
	var alike []struct {
		prize.Award
		Count int `db:"awards"`
	}
	err := p.DB.Select(ctx, &alike, `SELECT kind, worth, COUNT(*) AS awards FROM awards
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
