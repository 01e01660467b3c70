// Package handout lets winners tell where prizes go, shows their codes, and hands the
// prizes out at a booth, where it can be undone for some minutes. What nobody claims
// in time goes to a reserve of its drawing or back to the stock. What is posted
// is handed out by its parcel. It owns the tables award_codes, redemptions,
// redemptions_undone and parcels.
//
// The schema holds that an award is handed out once, and that a press of the button
// counts once however often it arrives.
package handout

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/keyring"
	"anquanda/internal/prize"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// undoWithin is how long a hand-out can be taken back.
const undoWithin = 10 * time.Minute

// Why an award is not handed out, or a hand-out not undone. Nothing is changed.
var (
	ErrUsed        = errs.New(errs.Conflict, "award_used", "这份奖品已经领走了")
	ErrExpired     = errs.New(errs.Gone, "award_expired", "已经过了领奖期限，这份奖品作废")
	ErrVoid        = errs.New(errs.Gone, "award_void", "这份奖品已经作废")
	ErrUnclaimed   = errs.New(errs.Conflict, "award_unclaimed", "请中奖者先在“我的奖品”里填好领奖信息，再来领取")
	ErrNotAtBooth  = errs.New(errs.Conflict, "award_not_here", "这份奖品不在领奖点领取")
	ErrHeld        = errs.New(errs.Conflict, "award_held", "中奖者的资格暂时被取消，恢复以后再发放")
	ErrUndoLate    = errs.New(errs.Gone, "undo_late", "发出超过 10 分钟，不能再撤销")
	ErrNotRedeemed = errs.New(errs.Conflict, "not_redeemed", "这份奖品没有发出过")
	ErrUndone      = errs.New(errs.Conflict, "redemption_undone", "这次发放已经撤销，请重新扫码确认")
)

// Config is what a Booth and Claims are made of.
type Config struct {
	DB       *sqldb.DB
	Catalog  *catalog.Catalog
	Players  *identity.Players
	Ledger   *prize.Ledger
	Drawings *drawing.Drawings
	Now      func() time.Time // the server's clock
	Keys     *keyring.Keys    // sign codes
}

// Booth hands prizes out. It is safe for concurrent use; that an award goes out
// once is the schema's doing.
type Booth struct {
	db      *sqldb.DB
	catalog *catalog.Catalog
	players *identity.Players
	ledger  *prize.Ledger
	now     func() time.Time
	keys    *keyring.Keys
}

// NewBooth returns the booth that hands out what a ledger keeps.
func NewBooth(c Config) *Booth {
	return &Booth{db: c.DB, catalog: c.Catalog, players: c.Players, ledger: c.Ledger, now: c.Now, keys: c.Keys}
}

func (b *Booth) millis() int64 { return b.now().UnixMilli() }

// Slip is an award as staff see it at the booth.
type Slip struct {
	prize.Award
	Winner     string // masked
	Name       string // that the winner told to claim by, masked: 刘**; empty for none
	PhoneTail  string // last four digits of the phone, for the winner to say; empty for none
	Unit       string
	Redemption *Redemption // nil: not handed out
	// Problem is why it cannot be handed out; nil when it can.
	Problem *errs.Error
}

// Redemption is a hand-out.
type Redemption struct {
	AwardID    sqldb.ID     `db:"award_id"`
	Key        string       `db:"request_key"`
	Was        prize.Status `db:"was"`
	StaffID    sqldb.ID     `db:"staff_id"`
	StaffName  string       `db:"staff_name"`
	RedeemedAt int64        `db:"redeemed_at"` // UTC ms
}

// UndoUntil is until when it can be undone, UTC ms.
func (r *Redemption) UndoUntil() int64 { return r.RedeemedAt + undoWithin.Milliseconds() }

// Scan shows what a code stands for. Errors: those of codes.
func (b *Booth) Scan(ctx context.Context, c *catalog.Contest, code string) (*Slip, error) {
	a, err := b.find(ctx, b.db, c.ContestID, code)
	if err != nil {
		return nil, err
	}
	return b.slip(ctx, b.db, c, a)
}

func (b *Booth) slip(ctx context.Context, from sqldb.Reader, c *catalog.Contest, a *prize.Award) (*Slip, error) {
	v := &Slip{Award: *a}
	var err error
	if v.Redemption, err = readRedemption(ctx, from, a.ID); err != nil {
		return nil, err
	}
	shown, err := b.ledger.Masked(ctx, c, []sqldb.ID{a.PlayerID})
	if err != nil {
		return nil, err
	}
	v.Winner, v.Unit = shown[a.PlayerID].Name, shown[a.PlayerID].Unit
	if err := b.known(ctx, c, v); err != nil {
		return nil, err
	}
	out, err := conduct.OutOf(ctx, from, c.ContestID, []sqldb.ID{a.PlayerID})
	if err != nil {
		return nil, err
	}
	v.Problem = b.problem(c.Definition, v)
	switch {
	case c.RehearsalOf != 0:
		v.Problem = prize.ErrRehearsal
	case v.Problem == nil && out[a.PlayerID]:
		v.Problem = ErrHeld
	}
	return v, nil
}

// known adds by what the booth knows the winner again, and no more than that.
func (b *Booth) known(ctx context.Context, c *catalog.Contest, v *Slip) error {
	told, err := b.players.Personal.ToldBy(ctx, c.ContestID, v.PlayerID)
	for _, t := range told {
		switch t.Kind {
		case contest.FieldName:
			v.Name = personal.MaskSignature(t.Value)
		case contest.FieldPhone:
			v.PhoneTail = t.Value[max(0, len(t.Value)-4):]
		}
	}
	return err
}

func readRedemption(ctx context.Context, from sqldb.Reader, award sqldb.ID) (*Redemption, error) {
	var r Redemption
	err := from.Get(ctx, &r,
		"SELECT award_id, request_key, was, staff_id, staff_name, redeemed_at FROM redemptions WHERE award_id = ?", award)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &r, errs.Wrap(err, "read a redemption")
}

func (b *Booth) problem(d *contest.Definition, v *Slip) *errs.Error {
	switch {
	case v.Redemption != nil:
		return usedUp(d, v.Redemption, b.now())
	case v.Status == prize.Forfeited:
		return ErrVoid
	case v.Kind != contest.PrizeGoods:
		return ErrNotAtBooth
	case v.Status == prize.Won && v.Lapsed(b.millis()):
		return ErrExpired
	case v.Status == prize.Won && len(d.ClaimFields()) > 0:
		return ErrUnclaimed
	}
	return nil
}

// usedUp tells when and by whom an award was handed out.
func usedUp(d *contest.Definition, r *Redemption, now time.Time) *errs.Error {
	zone, err := time.LoadLocation(d.TimeZone)
	if err != nil {
		return ErrUsed.Because(err)
	}
	at := time.UnixMilli(r.RedeemedAt).In(zone)
	layout := "1月2日 15:04"
	if at.Year() != now.In(zone).Year() {
		layout = "2006年" + layout
	}
	return errs.New(ErrUsed.Kind, ErrUsed.Code,
		fmt.Sprintf("这份奖品已经在%s 由%s发出", at.Format(layout), r.StaffName))
}

// Redeem hands an award out. key is made by the page for one press of the button:
// asked again with it after a lost reply, it tells the same and hands out nothing
// more (repeated). Errors: those of codes, ErrRehearsal, and those above.
func (b *Booth) Redeem(ctx context.Context, by staff.Actor, c *catalog.Contest, code,
	key string) (v *Slip, repeated bool, err error) {
	if n := len(key); n < 8 || n > 64 {
		return nil, false, errs.InvalidField("key", "请刷新页面再试")
	}
	err = b.db.InTx(ctx, func(tx *sqldb.Tx) error {
		a, err := b.find(ctx, tx, c.ContestID, code)
		if err != nil {
			return err
		}
		if v, err = b.slip(ctx, tx, c, a); err != nil {
			return err
		}
		if repeated = v.Redemption != nil && v.Redemption.Key == key; repeated {
			return nil
		}
		if v.Problem != nil {
			return v.Problem
		}
		if err := b.redeem(ctx, tx, by, v, key); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "prize.redeem", Subject: a.ID.String(),
			Detail: map[string]any{"prize": a.PrizeKey}})
	})
	return v, repeated, errs.Wrap(err, "hand out a prize")
}

func (b *Booth) redeem(ctx context.Context, tx *sqldb.Tx, by staff.Actor, v *Slip, key string) error {
	var undone int
	if err := tx.Get(ctx, &undone, "SELECT COUNT(*) FROM redemptions_undone WHERE request_key = ?", key); err != nil {
		return err
	}
	if undone > 0 {
		return ErrUndone // a request that was long on its way
	}
	now := b.millis()
	moved, err := prize.Move(ctx, tx, v.ID, v.Status, prize.Redeemed, now)
	if err != nil {
		return err
	}
	if !moved {
		return sqldb.ErrStale
	}
	v.Redemption = &Redemption{AwardID: v.ID, Key: key, Was: v.Status, StaffID: by.ID, StaffName: by.Name, RedeemedAt: now}
	_, err = tx.Exec(ctx, `INSERT INTO redemptions (award_id, contest_id, request_key, was, staff_id, staff_name,
		redeemed_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		v.ID, v.ContestID, key, string(v.Status), by.ID, by.Name, now)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale // a colleague was faster: look again
	}
	v.Status = prize.Redeemed
	return err
}

// Undo takes a hand-out back within ten minutes, with a reason. Errors: those of
// codes, ErrNotRedeemed, ErrUndoLate, invalid_field reason.
func (b *Booth) Undo(ctx context.Context, by staff.Actor, c *catalog.Contest, code, reason string) error {
	if err := prize.CheckReason(reason); err != nil {
		return err
	}
	err := b.db.InTx(ctx, func(tx *sqldb.Tx) error {
		a, err := b.find(ctx, tx, c.ContestID, code)
		if err != nil {
			return err
		}
		r, err := readRedemption(ctx, tx, a.ID)
		switch {
		case err != nil:
			return err
		case r == nil:
			return ErrNotRedeemed
		case b.millis() >= r.UndoUntil():
			return ErrUndoLate
		}
		if err := b.undo(ctx, tx, by, r, reason); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "prize.redeem.undo", Subject: a.ID.String(),
			Detail: map[string]any{"prize": a.PrizeKey, "reason": reason, "handed_out_by": r.StaffName}})
	})
	return errs.Wrap(err, "undo a hand-out")
}

func (b *Booth) undo(ctx context.Context, tx *sqldb.Tx, by staff.Actor, r *Redemption, reason string) error {
	now := b.millis()
	matched, err := tx.Exec(ctx, "DELETE FROM redemptions WHERE award_id = ? AND request_key = ?", r.AwardID, r.Key)
	if err != nil {
		return err
	}
	if matched == 0 {
		return sqldb.ErrStale
	}
	if _, err := tx.Exec(ctx, "DELETE FROM parcels WHERE award_id = ?", r.AwardID); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO redemptions_undone (award_id, request_key, staff_id, staff_name, redeemed_at,
		undone_by, undone_name, reason, undone_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.AwardID, r.Key, r.StaffID, r.StaffName, r.RedeemedAt, by.ID, by.Name, reason, now)
	if err != nil {
		return err
	}
	_, err = prize.Move(ctx, tx, r.AwardID, prize.Redeemed, r.Was, now)
	return err
}

// Day is what a booth handed out on the present day.
type Day struct {
	Count  int
	Mine   int
	Prizes []PrizeCount
}

// PrizeCount is how many units of a prize.
type PrizeCount struct {
	PrizeKey string `db:"prize_key"`
	Count    int    `db:"units"`
}

// Today counts what was handed out on the contest's present day, and by one member
// of staff.
func (b *Booth) Today(ctx context.Context, c *catalog.Contest, by sqldb.ID) (*Day, error) {
	from, to := c.Bounds(contest.PerDay, b.millis())
	day := &Day{}
	err := b.db.Select(ctx, &day.Prizes,
		`SELECT a.prize_key, COUNT(*) AS units FROM redemptions r JOIN awards a ON a.id = r.award_id
		WHERE r.contest_id = ? AND r.redeemed_at >= ? AND r.redeemed_at < ? GROUP BY a.prize_key ORDER BY a.prize_key`,
		c.ContestID, from, to)
	if err != nil {
		return nil, errs.Wrap(err, "count what was handed out")
	}
	for _, p := range day.Prizes {
		day.Count += p.Count
	}
	err = b.db.Get(ctx, &day.Mine,
		"SELECT COUNT(*) FROM redemptions WHERE contest_id = ? AND redeemed_at >= ? AND redeemed_at < ? AND staff_id = ?",
		c.ContestID, from, to, by)
	return day, errs.Wrap(err, "count what one handed out")
}
