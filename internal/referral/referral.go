// Package referral knows how players come to a contest: by whom they were
// invited, by which channel (a named link or QR code), and what that earns who
// invited them. It owns the tables arrivals, channels and channel_visits.
//
// A player's invitation code is sealed, so it costs no row and cannot be made up.
// The page brings the code of its first visit once the player has a name; that
// makes one arrival, unique for the player and contest, whose invitation waits
// until it counts: on taking part, or on finishing a first attempt, as the
// definition says. It then counts in the transaction of that attempt, together
// with what it earns the inviter (play's ledger), or is refused because the
// inviter's day is full, which a unique key holds too.
//
// Nobody invites who took part before them, so invitations lead from earlier to
// later players and cannot make a circle, whatever races.
//
// The share board ranks by invitees that counted. Its view is one sorted set in
// Redis; the truth is arrivals, from which redisdb.View catches up and builds it again.
package referral

import (
	"crypto/cipher"
	"embed"
	"io/fs"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/keyring"
	"anquanda/internal/pace"
	"anquanda/internal/play"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Errors of this package.
var (
	ErrAway           = errs.New(errs.Unavailable, "share_board_unavailable", "邀请榜正在更新，请稍后再看")
	ErrNoTree         = errs.New(errs.NotFound, "tree_unknown", "这个活动不显示邀请关系")
	ErrChannelUnknown = errs.New(errs.NotFound, "channel_unknown", "没有这个渠道")
	ErrChannelUsed    = errs.New(errs.Conflict, "channel_used", "已经有人从这个渠道进来，不能删除")
)

// Service keeps arrivals and channels. It is safe for concurrent use once it
// knows play (see Join).
type Service struct {
	db      *sqldb.DB
	redis   *redisdb.DB
	catalog *catalog.Catalog
	players *identity.Players
	play    *play.Service
	now     func() time.Time

	codes  *keyring.Made[cipher.Block]
	hashes *keyring.Keys // of devices and networks
	visits *sqldb.Group[visit]
	view   *redisdb.View[tally]

	funnels *pace.Cache[sqldb.ID, map[string]Funnel]
}

// Config is what a Service is made of.
type Config struct {
	DB      *sqldb.DB
	Redis   *redisdb.DB
	Catalog *catalog.Catalog
	Players *identity.Players
	Keys    *keyring.Keys    // seal codes
	Hashes  *keyring.Keys    // hash devices and networks
	Now     func() time.Time // the server's clock
}

// New returns a Service. Join it to play before it is used, Run it to keep the
// share board, Close it to commit the visits that it took.
func New(c Config) *Service {
	s := &Service{
		db: c.DB, redis: c.Redis, catalog: c.Catalog, players: c.Players, now: c.Now,
		codes: keyring.Make(c.Keys, newBlock), hashes: c.Hashes,
		funnels: pace.NewCache[sqldb.ID, map[string]Funnel](c.Now, funnelLeast),
	}
	s.view = s.newView()
	s.visits = sqldb.NewGroup(c.DB, visitsPerCommit, 1, commitVisits)
	return s
}

// Join hands over play, which is made after its hooks and so after this.
func (s *Service) Join(p *play.Service) { s.play = p }

// Close commits the visits that were accepted.
func (s *Service) Close() { s.visits.Close() }

func (s *Service) millis() int64 { return s.now().UnixMilli() }

// contestOf is the newest edition of a contest; nil when there is none.
func (s *Service) contestOf(id sqldb.ID) *catalog.Contest {
	c, _ := s.catalog.Of(id) // unknown: a rehearsal that ended
	return c
}
