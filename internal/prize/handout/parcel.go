package handout

import (
	"context"
	"database/sql"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Parcel is by what a prize went to its winner.
type Parcel struct {
	AwardID   sqldb.ID `db:"award_id"`
	ContestID sqldb.ID `db:"contest_id"`
	Courier   string   `db:"courier"`
	Number    string   `db:"parcel_no"`
	StaffID   sqldb.ID `db:"staff_id"`
	StaffName string   `db:"staff_name"`
	SentAt    int64    `db:"sent_at"` // UTC ms
}

var parcelColumns = sqldb.Columns[Parcel]("")

// parcelPattern is what numbers of parcels look like, whoever carries them.
var parcelPattern = regexp.MustCompile(`^[0-9A-Za-z-]{6,40}$`)

const maxCourier = 20 // characters

// checkParcel holds that a parcel can be looked up. Errors: invalid_field courier, number.
func checkParcel(courier, number string) error {
	switch {
	case courier == "" || utf8.RuneCountInString(courier) > maxCourier || strings.ContainsAny(courier, "\n\r\t"):
		return errs.InvalidField("courier", "请填快递公司，最多 20 个字")
	case !parcelPattern.MatchString(number):
		return errs.InvalidField("number", "快递单号是 6 到 40 个字母、数字或短横")
	}
	return nil
}

// Post says by which parcel an award of goods went to its winner: it is handed out by
// that. Told again, the number is put right. Errors: ErrAwardUnknown, prize.ErrRehearsal,
// ErrHeld, ErrUsed (fetched at a booth), ErrVoid, ErrExpired, ErrUnclaimed, ErrNotByPost,
// invalid_field courier, number.
func (s *Claims) Post(ctx context.Context, by staff.Actor, c *catalog.Contest, award sqldb.ID, courier,
	number string) error {
	if err := checkParcel(courier, number); err != nil {
		return err
	}
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		state, err := s.postable(ctx, tx, c, award)
		if err != nil {
			return err
		}
		if state.parcel != nil && state.parcel.Courier == courier && state.parcel.Number == number {
			return nil
		}
		if err := s.post(ctx, tx, by, state, courier, number); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "prize.post", Subject: award.String(),
			Detail: map[string]any{"courier": courier, "number": number, "corrected": state.parcel != nil}})
	})
	return errs.Wrap(err, "post a prize")
}

// ErrNotByPost tells that a prize is none that is posted.
var ErrNotByPost = errs.New(errs.Conflict, "award_not_goods", "这份奖品不是实物，不用邮寄")

// posting is an award on its way to be posted; parcel is the one of before, if any.
type posting struct {
	award  *prize.Award
	parcel *Parcel
}

// postable reads an award and holds that it can be posted, or its number put right.
func (s *Claims) postable(ctx context.Context, from sqldb.Reader, c *catalog.Contest, id sqldb.ID) (*posting, error) {
	var a prize.Award
	err := from.Get(ctx, &a, "SELECT "+prize.AwardColumns+" FROM awards WHERE id = ? AND contest_id = ?", id, c.ContestID)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrAwardUnknown
	}
	if err != nil {
		return nil, errs.Wrap(err, "read an award")
	}
	parcel, err := readParcel(ctx, from, id)
	if err != nil {
		return nil, err
	}
	out, err := conduct.OutOf(ctx, from, c.ContestID, []sqldb.ID{a.PlayerID})
	if err != nil {
		return nil, err
	}
	return &posting{&a, parcel}, s.unpostable(c, &a, parcel, out[a.PlayerID])
}

// unpostable is why an award is not posted; nil when it can be.
func (s *Claims) unpostable(c *catalog.Contest, a *prize.Award, parcel *Parcel, out bool) error {
	switch {
	case c.RehearsalOf != 0:
		return prize.ErrRehearsal
	case a.Kind != contest.PrizeGoods:
		return ErrNotByPost
	case a.Status == prize.Forfeited:
		return ErrVoid
	case a.Status == prize.Redeemed && parcel == nil:
		return ErrUsed
	case a.Status == prize.Redeemed:
		return nil // the number is put right
	case out:
		return ErrHeld
	case a.Status == prize.Won && a.Lapsed(s.millis()):
		return ErrExpired
	case a.Status == prize.Won && len(c.ClaimFields()) > 0:
		return ErrUnclaimed
	}
	return nil
}

func (s *Claims) post(ctx context.Context, tx *sqldb.Tx, by staff.Actor, p *posting, courier, number string) error {
	a, now := p.award, s.millis()
	if p.parcel != nil {
		_, err := tx.Exec(ctx, `UPDATE parcels SET courier = ?, parcel_no = ?, staff_id = ?, staff_name = ?
			WHERE award_id = ?`, courier, number, by.ID, by.Name, a.ID)
		return errs.Wrap(err, "put a parcel right")
	}
	moved, err := prize.Move(ctx, tx, a.ID, a.Status, prize.Redeemed, now)
	if err == nil && !moved {
		err = sqldb.ErrStale // fetched at a booth at the same time
	}
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO redemptions (award_id, contest_id, request_key, was, staff_id, staff_name,
		redeemed_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		a.ID, a.ContestID, "parcel "+a.ID.String(), string(a.Status), by.ID, by.Name, now)
	if err == nil {
		err = sqldb.Insert(ctx, tx, "INSERT INTO parcels", []Parcel{{AwardID: a.ID, ContestID: a.ContestID, Courier: courier,
			Number: number, StaffID: by.ID, StaffName: by.Name, SentAt: now}})
	}
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "keep a parcel")
}

// readParcel reads by what an award went; nil: by none.
func readParcel(ctx context.Context, from sqldb.Reader, award sqldb.ID) (*Parcel, error) {
	var p Parcel
	err := from.Get(ctx, &p, "SELECT "+parcelColumns+" FROM parcels WHERE award_id = ?", award)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &p, errs.Wrap(err, "read a parcel")
}

// posted reads the parcels of awards.
func (s *Claims) posted(ctx context.Context, awards []prize.Award) (map[sqldb.ID]*Parcel, error) {
	found := map[sqldb.ID]*Parcel{}
	var ids []sqldb.ID
	for i := range awards {
		if awards[i].Status == prize.Redeemed {
			ids = append(ids, awards[i].ID)
		}
	}
	if len(ids) == 0 {
		return found, nil
	}
	var parcels []Parcel
	err := s.db.SelectIn(ctx, &parcels, "SELECT "+parcelColumns+" FROM parcels WHERE award_id IN (?)", ids)
	for i := range parcels {
		found[parcels[i].AwardID] = &parcels[i]
	}
	return found, errs.Wrap(err, "read parcels")
}

// words tell of a parcel; empty for none.
func (p *Parcel) words() string {
	if p == nil {
		return ""
	}
	return p.Courier + " " + p.Number
}
