// Package pledge is the relay "接力传安全": players read the contest's pledge,
// sign it, get a running number for their certificate, and hand it on. It owns
// the tables signatures, pledge_texts and pledge_counts.
//
// What was signed is kept with the signature: no later version of the definition reaches it.
//
// A player signs once, and numbers have no gap and no double: the schema holds
// (contest, player) and (contest, number), and the counter is raised in the
// transaction that inserts. Signatures of many requests share one commit.
//
// The link that a signer hands on carries the signature's number with a check;
// who comes by it and signs has that signature as parent. A parent is always
// older, so numbers alone make a forest, and the size of every chain comes out
// of one backward pass over the parents, which each node keeps in memory (16
// bytes a signature) and follows by number. Nothing on the way of a signature
// writes to those before it.
//
// Signing is also a deed, which play records after the commit. Signatures
// remember whether that was done; a sweep does it for those that a crash left.
package pledge

import (
	"context"
	"embed"
	"io/fs"
	"sync"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/keyring"
	"anquanda/internal/pace"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Errors of pledges.
var (
	ErrNone      = errs.New(errs.NotFound, "pledge_unknown", "这个活动没有倡议")
	ErrNotSigned = errs.New(errs.NotFound, "signature_unknown", "没有这个签名")
)

// Signature is one player's name under the pledge of a contest.
type Signature struct {
	ContestID sqldb.ID `db:"contest_id"`
	Number    int64    `db:"number"` // from 1 in the contest
	PlayerID  sqldb.ID `db:"player_id"`
	Name      string   `db:"name"`   // empty once the player has taken it back
	Masked    bool     `db:"masked"` // others see the first character alone
	Parent    int64    `db:"parent"` // number of the signature before it in the relay; 0 for none
	Depth     int      `db:"depth"`  // place in the relay, from 1
	SignedAt  int64    `db:"signed_at"`
	Credited  bool     `db:"credited"`
	TextNo    int      `db:"text_no"` // of what was signed, see Text
	// NameState says whether others see the name: see Shown.
	NameState publicname.State `db:"name_state"`
}

var columns = sqldb.Columns[Signature]("")

// Shown is the name as an audience sees it; empty where the player took it back.
func (s *Signature) Shown(v publicname.View) string {
	return v.ShowMasked(s.Name, s.NameState, s.PlayerID, s.masked)
}

// AsChosen is the name as its player lets others see it, hidden or not.
func (s *Signature) AsChosen() string { return s.masked(s.Name) }

func (s *Signature) masked(name string) string {
	if s.Masked {
		return personal.MaskSignature(name)
	}
	return name
}

// Credit records the deed of signing with play and returns what it earned. The
// same deed again earns nothing.
type Credit func(ctx context.Context, c *catalog.Contest, player sqldb.ID, deed contest.Deed) ([]contest.Grant, error)

// Service keeps pledges. It is safe for concurrent use.
type Service struct {
	db      *sqldb.DB
	catalog *catalog.Catalog
	players *identity.Players
	names   *publicname.Names
	keys    *keyring.Keys
	now     func() time.Time
	credit  Credit

	signs    *sqldb.Group[*signing]
	credited chan credited

	mu     sync.Mutex
	chains map[sqldb.ID]*forest
	walls  *pace.Cache[sqldb.ID, *Wall]
}

// Config is what a Service is made of.
type Config struct {
	DB      *sqldb.DB
	Catalog *catalog.Catalog
	Players *identity.Players
	Names   *publicname.Names
	Keys    *keyring.Keys    // sign the links that are handed on
	Now     func() time.Time // the server's clock
	Credit  Credit
}

// signsPerCommit bounds a batch. One at a time: batches of one contest wait for
// each other anyhow.
const signsPerCommit = 512

// New starts a Service. Close it to commit what was accepted, and Run it.
func New(c Config) *Service {
	s := &Service{
		db: c.DB, catalog: c.Catalog, players: c.Players, names: c.Names, keys: c.Keys, now: c.Now, credit: c.Credit,
		credited: make(chan credited, 4*signsPerCommit),
		chains:   map[sqldb.ID]*forest{}, walls: pace.NewCache[sqldb.ID, *Wall](c.Now, wallAge),
	}
	s.signs = sqldb.NewGroup(c.DB, signsPerCommit, 1, s.commit)
	return s
}

// Close commits all that was accepted and refuses more.
func (s *Service) Close() { s.signs.Close() }

func (s *Service) millis() int64 { return s.now().UnixMilli() }

// Of returns the player's signature in a contest; nil for none.
func (s *Service) Of(ctx context.Context, contestID, player sqldb.ID) (*Signature, error) {
	return s.one(ctx, "SELECT "+columns+" FROM signatures WHERE contest_id = ? AND player_id = ?", contestID, player)
}

// Numbered returns the signature of that number; nil for none. Zero is none, and
// asks no store.
func (s *Service) Numbered(ctx context.Context, contestID sqldb.ID, number int64) (*Signature, error) {
	if number == 0 {
		return nil, nil
	}
	return s.one(ctx, "SELECT "+columns+" FROM signatures WHERE contest_id = ? AND number = ?", contestID, number)
}

func (s *Service) one(ctx context.Context, query string, args ...any) (*Signature, error) {
	var found []Signature
	if err := s.db.Select(ctx, &found, query, args...); err != nil {
		return nil, errs.Wrap(err, "read a signature")
	}
	if len(found) == 0 {
		return nil, nil
	}
	return &found[0], nil
}

// closed is the error for signing at now; nil while it is taken.
func closed(c *catalog.Contest, now int64) error {
	switch c.Phase(now) {
	case contest.Open:
		return nil
	case contest.Closed:
		return contest.ErrClosed
	}
	return contest.ErrNotOpen
}
