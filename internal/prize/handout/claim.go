package handout

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/pace"
	"anquanda/internal/prize"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// ErrAwardUnknown tells a player that there is no such award of the own.
var ErrAwardUnknown = errs.New(errs.NotFound, "award_unknown", "没有这份奖品")

// Claims lets winners tell where prizes go, and takes back what nobody claims. It
// is safe for concurrent use.
type Claims struct {
	db       *sqldb.DB
	catalog  *catalog.Catalog
	players  *identity.Players
	ledger   *prize.Ledger
	drawings *drawing.Drawings
	now      func() time.Time
	booth    *Booth
}

// NewClaims returns the claims of what a ledger keeps; the booth makes their codes.
func NewClaims(c Config, booth *Booth) *Claims {
	return &Claims{db: c.DB, catalog: c.Catalog, players: c.Players, ledger: c.Ledger, drawings: c.Drawings, now: c.Now,
		booth: booth}
}

func (s *Claims) millis() int64 { return s.now().UnixMilli() }

// Mine is an award as its winner sees it.
type Mine struct {
	prize.Award
	// TermsNow are other terms than those that were promised, which hold by now: the
	// place of collection may have moved. Empty: they are the same.
	TermsNow   string
	Asks       bool   // the winner has to tell something first
	Held       bool   // the winner does not count for now: there is no code until that ends
	Code       string // for the booth; empty while, or because, there is none
	Voucher    string // the code that a voucher is
	Redemption *Redemption
	Parcel     *Parcel // nil: it was not posted
}

// minesShown bounds what one call lists.
const minesShown = 200

// Mine lists what a player has won, newest first, thanks left out.
func (s *Claims) Mine(ctx context.Context, c *catalog.Contest, player sqldb.ID) ([]Mine, error) {
	var awards []prize.Award
	err := s.db.Select(ctx, &awards,
		"SELECT "+prize.AwardColumns+` FROM awards
			WHERE contest_id = ? AND player_id = ? AND kind <> ? ORDER BY won_at DESC, id DESC LIMIT ?`,
		c.ContestID, player, string(contest.PrizeThanks), minesShown)
	if err != nil {
		return nil, errs.Wrap(err, "list what a player has won")
	}
	hidden, err := s.unpublished(ctx, awards)
	if err != nil {
		return nil, err
	}
	out, err := conduct.OutOf(ctx, s.db, c.ContestID, []sqldb.ID{player})
	if err != nil {
		return nil, err
	}
	mine := []Mine{}
	for i := range awards {
		if hidden[awards[i].SourceID] {
			continue // the hall comes first
		}
		m, err := s.mine(ctx, c, &awards[i], out[player])
		if err != nil {
			return nil, err
		}
		mine = append(mine, *m)
	}
	return mine, nil
}

// unpublished finds the drawings among the sources of awards whose result is not
// public yet.
func (s *Claims) unpublished(ctx context.Context, awards []prize.Award) (map[sqldb.ID]bool, error) {
	hidden := map[sqldb.ID]bool{}
	var ids []sqldb.ID
	for i := range awards {
		if awards[i].SourceKind.InDrawing() {
			ids = append(ids, awards[i].SourceID)
		}
	}
	if len(ids) == 0 {
		return hidden, nil
	}
	drawn, err := s.drawings.Unpublished(ctx, ids)
	for _, id := range drawn {
		hidden[id] = true
	}
	return hidden, err
}

// mine completes an award for its winner. While the winner is out no code is told: a
// booth would send whoever comes with it away. What is asked can still be told, since
// the time for it goes on.
func (s *Claims) mine(ctx context.Context, c *catalog.Contest, a *prize.Award, out bool) (*Mine, error) {
	m := &Mine{Award: *a}
	if p := c.Prize(a.PrizeKey); p != nil && p.Collect != a.Terms {
		m.TermsNow = p.Collect
	}
	now := s.millis()
	m.Asks = a.Asks(c.Definition, now)
	var err error
	if a.Status == prize.Redeemed {
		if m.Redemption, err = readRedemption(ctx, s.db, a.ID); err != nil {
			return nil, err
		}
		if m.Parcel, err = readParcel(ctx, s.db, a.ID); err != nil {
			return nil, err
		}
	}
	open := a.Status == prize.Claimed || a.Status == prize.Won && !a.Lapsed(now)
	if m.Held = out && open; m.Held {
		return m, nil
	}
	if open && !m.Asks && a.Kind == contest.PrizeGoods {
		m.Code, err = s.booth.Code(ctx, a.ContestID, a.ID)
	}
	if a.Kind == contest.PrizeVoucher && a.Status != prize.Forfeited {
		m.Voucher, err = s.ledger.VoucherCode(ctx, a.PlayerID, a.ID)
	}
	return m, err
}

// Claim keeps what a winner tells (fields as typed, and the version of the text
// that was agreed to) and marks the award as claimed. What was told before may be
// left out. For a child a guardian agrees. From where it is told is noted. Until the prize is handed out it can be told
// anew. Errors: ErrAwardUnknown, ErrExpired, ErrVoid, ErrHandedOut, invalid_field
// "fields.<key>", consent or guardian, personal.ErrConsentOutdated.
func (s *Claims) Claim(ctx context.Context, c *catalog.Contest, player, award sqldb.ID, fields map[string]string,
	consent string, guardian *personal.Guardian, from identity.Origin) error {
	now := s.millis()
	asked := c.ClaimFields()
	filling, err := personal.Check(c.Definition, asked, fields, consent, now)
	if err != nil {
		return err
	}
	if err := filling.By(c.Definition, asked, guardian); err != nil {
		return err
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		a, err := readAward(ctx, tx, c.ContestID, player, award)
		if err != nil {
			return err
		}
		if err := claimable(a, now); err != nil {
			return err
		}
		if err := s.players.FillIn(ctx, tx, c.ContestID, player, filling); err != nil {
			return err
		}
		if err := allTold(ctx, tx, c.ContestID, player, asked); err != nil {
			return err
		}
		if err := s.players.NoteOrigin(ctx, tx, c.ContestID, player, identity.OnClaim, from, now); err != nil {
			return err
		}
		moved, err := prize.Move(ctx, tx, a.ID, a.Status, prize.Claimed, now)
		if err == nil && !moved {
			err = sqldb.ErrStale
		}
		return err
	})
	return errs.Wrap(err, "claim an award")
}

func readAward(ctx context.Context, from sqldb.Reader, contestID, player, award sqldb.ID) (*prize.Award, error) {
	var a prize.Award
	err := from.Get(ctx, &a, "SELECT "+prize.AwardColumns+" FROM awards WHERE id = ? AND contest_id = ? AND player_id = ?",
		award, contestID, player)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrAwardUnknown
	}
	return &a, errs.Wrap(err, "read an award")
}

func claimable(a *prize.Award, now int64) error {
	switch {
	case !prize.NeedsClaim(a.Kind):
		return ErrAwardUnknown
	case a.Status == prize.Forfeited:
		return ErrVoid
	case a.Status != prize.Won && a.Status != prize.Claimed:
		return prize.ErrHandedOut
	case a.Status == prize.Won && a.Lapsed(now):
		return ErrExpired
	}
	return nil
}

// allTold holds that nothing is missing of what winners have to tell.
func allTold(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, asked []contest.Field) error {
	enrolments, err := identity.EnrolmentsIn(ctx, tx, contestID, []sqldb.ID{player})
	if err != nil {
		return err
	}
	for _, f := range asked {
		if f.Ask == contest.AskRequired && !enrolments[player].HasField(f.Key) {
			return errs.InvalidField("fields."+f.Key, "请填写"+f.Label)
		}
	}
	return nil
}

// lapseEvery is how soon an award that nobody claimed is given on.
const lapseEvery = time.Minute

// lapsedAtOnce bounds one round of the sweep.
const lapsedAtOnce = 500

// bySystem is who takes back what nobody claimed.
var bySystem = staff.Actor{Name: "系统"}

const notClaimed = "逾期未领"

// Run takes back what nobody claims, until ctx ends.
func (s *Claims) Run(ctx context.Context) {
	pace.Every(ctx, lapseEvery, "take back prizes that nobody claimed", s.Sweep)
}

// Sweep takes back awards that nobody claimed in time: those of drawings go to a
// reserve, others back to the stock.
func (s *Claims) Sweep(ctx context.Context) error {
	for _, c := range s.catalog.All() {
		var awards []prize.Award
		err := s.db.Select(ctx, &awards, "SELECT "+prize.AwardColumns+` FROM awards
			WHERE contest_id = ? AND status = ? AND claim_until > 0 AND claim_until <= ?
			ORDER BY claim_until, id LIMIT ?`,
			c.ContestID, string(prize.Won), s.millis(), lapsedAtOnce)
		if err != nil {
			return errs.Wrap(err, "look for awards that nobody claimed")
		}
		if err := s.takeBack(ctx, awards); err != nil {
			return errs.Wrap(err, "take back what nobody claimed of contest %s", c.Slug)
		}
	}
	return nil
}

func (s *Claims) takeBack(ctx context.Context, awards []prize.Award) error {
	slips := map[sqldb.ID][]int64{}
	for i := range awards {
		a := &awards[i]
		if a.SourceKind.InDrawing() {
			slips[a.SourceID] = append(slips[a.SourceID], *a.Slip)
			continue
		}
		err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
			_, err := prize.Move(ctx, tx, a.ID, prize.Won, prize.Forfeited, s.millis()) // not moved: claimed just now
			return err
		})
		if err != nil {
			return err
		}
	}
	var failed error
	for id, of := range slips {
		err := s.drawings.ForfeitSlips(ctx, bySystem, id, of, notClaimed)
		again := errors.Is(err, prize.ErrHandedOut) || errors.Is(err, drawing.ErrPlaceGone) // looked at again next time
		if err != nil && !again {
			failed = errors.Join(failed, err)
		}
	}
	return failed
}
