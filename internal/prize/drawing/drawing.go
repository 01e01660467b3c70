// Package drawing holds public drawings that anybody can check: planned, frozen,
// drawn by a public source that was named before it existed, published, and gone on
// with when a winner gives a place up. It owns the tables drawings,
// drawing_entrants, drawing_lists, drawing_values, drawing_places, drawing_forfeits,
// drawing_pots and exclusions; what is won goes into the ledger of package prize.
//
// The schema holds that a drawing of a period and round is planned once, that an
// entrant is on its list once, and that a slip wins one award.
package drawing

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/keyring"
	"anquanda/internal/play"
	"anquanda/internal/prize"
	"anquanda/internal/seal"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
)

// Why something cannot be done with a drawing. None changes anything.
var (
	ErrDrawingUnknown = errs.New(errs.NotFound, "drawing_unknown", "没有这次摇奖")
	ErrDrawingPlanned = errs.New(errs.Conflict, "drawing_planned", "这次摇奖已经安排过了")
	ErrDrawingState   = errs.New(errs.Conflict, "drawing_state", "这次摇奖现在做不了这一步，请刷新页面再看")
	ErrDrawingEarly   = errs.New(errs.Conflict, "drawing_early", "计算资格的时间还没有结束，现在不能冻结名单")
	ErrDrawingNobody  = errs.New(errs.Conflict, "drawing_nobody", "没有人符合条件，名单是空的")
	ErrDrawingStock   = errs.New(errs.Conflict, "drawing_stock", "奖品的库存不够这次摇奖，请先补足库存")
	ErrSourceOut      = errs.New(errs.Conflict, "source_out", "约定的公开号码已经公布，名单不能再冻结；请取消后重新安排")
	ErrSourceEarly    = errs.New(errs.Conflict, "source_early", "公开号码还没有到约定的公布时间")
	ErrSourceDiffers  = errs.New(errs.Conflict, "source_differs", "两个人填写的号码不一样，请各自对照公告重新填写")
	ErrCancelLate     = errs.New(errs.Conflict, "cancel_late", "公开号码已经公布，摇奖不能再取消")
	ErrPlaceGone      = errs.New(errs.Conflict, "place_gone", "这个名次现在没有人，不能再放弃一次")
)

// State is how far a drawing is.
type State string

// The states, in their order. Planned ones of the definition that nobody has
// touched yet have no row.
const (
	Planned   State = "planned"
	Freezing  State = "freezing" // the list is being put together
	Frozen    State = "frozen"   // all but chance is fixed and published
	Known     State = "known"    // the public source, entered by two
	Drawn     State = "drawn"
	Published State = "published"
	Cancelled State = "cancelled"
)

// Drawing is one public drawing. Times are UTC ms, 0 for what has not happened.
type Drawing struct {
	ID           sqldb.ID            `db:"id"`
	ContestID    sqldb.ID            `db:"contest_id"`
	Key          string              `db:"drawing_key"`
	CountsFrom   int64               `db:"counts_from"`
	CountsTo     int64               `db:"counts_to"`
	Round        int                 `db:"round_no"` // from 1; one more for each that was cancelled
	Title        string              `db:"title"`
	State        State               `db:"state"`
	Algorithm    selection.Algorithm `db:"algorithm"`
	SourcesText  string              `db:"sources"`
	SourceAt     int64               `db:"source_at"` // when the source becomes public
	PrizesText   string              `db:"prizes"`
	Reserves     int                 `db:"reserves"`
	PlannedAt    int64               `db:"planned_at"`
	FrozenAt     int64               `db:"frozen_at"`
	DrawnAt      int64               `db:"drawn_at"`
	PublishedAt  int64               `db:"published_at"`
	CancelledAt  int64               `db:"cancelled_at"`
	Reason       string              `db:"reason"` // why it was cancelled
	Done         int64               `db:"done"`   // players looked at by the freeze, of Total
	Total        int64               `db:"total"`
	Problem      string              `db:"problem"` // why the last freeze failed
	Entries      int                 `db:"entries"`
	People       int                 `db:"people"`
	Fingerprint  string              `db:"fingerprint"`
	SourceValues *string             `db:"source_values"` // a line each, once it is known
	SourceThrown *string             `db:"source_thrown"` // the same in the order in which they came; nil: not kept
	SourceNote   string              `db:"source_note"`   // what there is to say of the two who entered it
	Seal         string              `db:"seal"`
	Forfeits     int                 `db:"forfeits"`
	SlipKey      string              `db:"slip_key"` // id of the secret that its slips are made with
	PotText      string              `db:"pot"`
	ChangedAt    int64               `db:"changed_at"`

	Sources []Source     `db:"-"`
	Prizes  []DrawnPrize `db:"-"` // of a pot the shares, once the list is frozen
	Pot     *Pot         `db:"-"` // nil where it draws prizes
}

// DrawnPrize is a tier of a drawing.
type DrawnPrize struct {
	Prize string `json:"prize"` // key
	Title string `json:"title"`
	Count int    `json:"count"`
	// Worth and Terms are what was announced with it: cents of yuan or points, and how
	// it is collected. Without a worth the drawing was planned before it kept them.
	Worth *int   `json:"worth,omitempty"`
	Terms string `json:"terms,omitempty"`
}

// promised holds an award to what was announced, whatever the definition says by now.
func (p *DrawnPrize) promised(a *prize.Award) {
	a.Title = p.Title
	if p.Worth != nil {
		a.Promised, a.Terms = p.Worth, p.Terms
	}
}

// Winners is how many prizes the drawing gives when the list is long enough.
func (d *Drawing) Winners() (n int) {
	for _, p := range d.Prizes {
		n += p.Count
	}
	return n
}

// Short is how many prizes nobody is left for: who is on the list wins one at most.
func (d *Drawing) Short() int { return max(0, d.Winners()-d.People) }

// Values are those of each source, once they are known.
func (d *Drawing) Values() []string {
	if d.SourceValues == nil {
		return nil
	}
	return strings.Split(*d.SourceValues, "\n")
}

// Thrown are those of each source in the order in which they came.
func (d *Drawing) Thrown() []string {
	if d.SourceThrown == nil {
		return d.Values()
	}
	return strings.Split(*d.SourceThrown, "\n")
}

// Announced is a drawing of a definition that nobody has planned yet.
type Announced struct {
	Drawing
	At     int64  // when it is held, UTC ms; 0: not said
	Every  string // day, week, month or period; empty: once
	Source string // as the definition names it
}

// AnnouncedBy lists the drawings of a definition.
func AnnouncedBy(d *contest.Definition) []Announced {
	var all []Announced
	for i := range d.Drawings {
		w := &d.Drawings[i]
		all = append(all, Announced{
			Drawing: Drawing{Key: w.Key, Title: w.Title, State: Planned, Prizes: tiersOf(d, w), Reserves: w.Reserves,
				Pot: potOf(d, w)},
			At: w.At.MS, Every: string(w.Every), Source: w.Source,
		})
	}
	return all
}

var drawingColumns = sqldb.Columns[Drawing]("")

func (d *Drawing) unpack() error {
	if d.PotText != "" {
		if err := json.Unmarshal([]byte(d.PotText), &d.Pot); err != nil {
			return err
		}
	}
	return errors.Join(json.Unmarshal([]byte(d.SourcesText), &d.Sources), json.Unmarshal([]byte(d.PrizesText), &d.Prizes))
}

// Config is what Drawings are made of.
type Config struct {
	DB      *sqldb.DB
	IDs     *sqldb.IDs
	Catalog *catalog.Catalog
	Players *identity.Players
	Play    *play.Service
	Ledger  *prize.Ledger
	Now     func() time.Time // the server's clock
	Seeds   *keyring.Keys    // seal seeds
	Slips   *keyring.Keys    // make slips
	// Order is by what a player's total stands on a board: the smaller, the higher; of
	// equals the older id stands higher.
	Order func(c *catalog.Contest, t contest.Total) float64
}

// Drawings holds public drawings. It is safe for concurrent use.
type Drawings struct {
	db      *sqldb.DB
	ids     *sqldb.IDs
	catalog *catalog.Catalog
	players *identity.Players
	play    *play.Service
	ledger  *prize.Ledger
	now     func() time.Time
	seeds   *seal.Boxes
	slips   *keyring.Keys
	order   func(*catalog.Contest, contest.Total) float64
	running sync.WaitGroup
}

// New returns the drawings whose prizes a ledger keeps.
func New(c Config) *Drawings {
	return &Drawings{
		db: c.DB, ids: c.IDs, catalog: c.Catalog, players: c.Players, play: c.Play, ledger: c.Ledger, now: c.Now,
		seeds: seal.NewBoxes(c.Seeds), slips: c.Slips, order: c.Order,
	}
}

func (d *Drawings) millis() int64 { return d.now().UnixMilli() }

// Wait returns when no freeze is under way.
func (d *Drawings) Wait() { d.running.Wait() }

// Drawing reads one; ErrDrawingUnknown for none.
func (d *Drawings) Drawing(ctx context.Context, id sqldb.ID) (*Drawing, error) {
	return readDrawing(ctx, d.db, id)
}

func readDrawing(ctx context.Context, from sqldb.Reader, id sqldb.ID) (*Drawing, error) {
	var row Drawing
	err := from.Get(ctx, &row, "SELECT "+drawingColumns+" FROM drawings WHERE id = ?", id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrDrawingUnknown
	}
	if err == nil {
		err = row.unpack()
	}
	return &row, errs.Wrap(err, "read drawing %d", id)
}

// Drawings lists those of a contest, newest first.
func (d *Drawings) Drawings(ctx context.Context, contestID sqldb.ID) ([]Drawing, error) {
	var rows []Drawing
	err := d.db.Select(ctx, &rows, "SELECT "+drawingColumns+" FROM drawings WHERE contest_id = ? ORDER BY id DESC",
		contestID)
	for i := range rows {
		err = errors.Join(err, rows[i].unpack())
	}
	return rows, errs.Wrap(err, "list drawings")
}

// Unpublished finds, among drawings, those that are drawn and not public yet.
func (d *Drawings) Unpublished(ctx context.Context, ids []sqldb.ID) (drawn []sqldb.ID, err error) {
	err = d.db.SelectIn(ctx, &drawn, "SELECT id FROM drawings WHERE state = ? AND id IN (?)", string(Drawn), ids)
	return drawn, errs.Wrap(err, "read which drawings are published")
}
