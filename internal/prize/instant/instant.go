// Package instant lets players win at once: by instant draws from pools, one chance
// each, and by spending points in the shop. It owns the tables draws, win_marks and
// spends; what is won goes into the ledger of package prize.
//
// A draw is decided and durable before the page shows anything, and is asked by
// the id of its chance: asked again it gives the same result. The schema holds that
// a chance is used by one draw, that wins of one person stay within the pool's
// limits, and that what is spent never comes to more than was earned.
package instant

import (
	"crypto/rand"
	"encoding/binary"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/identity"
	"anquanda/internal/pace"
	"anquanda/internal/play"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// Config is what a Service is made of.
type Config struct {
	DB      *sqldb.DB
	Catalog *catalog.Catalog
	Players *identity.Players
	Play    *play.Service
	Ledger  *prize.Ledger
	Now     func() time.Time // the server's clock
	// Random gives 64 even bits; nil: the system's own source. Tests set it.
	Random func() uint64
}

// Service draws and sells. It is safe for concurrent use.
type Service struct {
	db      *sqldb.DB
	catalog *catalog.Catalog
	players *identity.Players
	play    *play.Service
	ledger  *prize.Ledger
	now     func() time.Time
	random  func() uint64

	draws   *sqldb.Group[*chanceDraw]
	figures *pace.Cache[sqldb.ID, []PoolFigures]
	left    *pace.Cache[sqldb.ID, stockLeft]
}

// New starts a Service. Close it to commit the draws that were accepted.
func New(c Config) *Service {
	s := &Service{
		db: c.DB, catalog: c.Catalog, players: c.Players, play: c.Play, ledger: c.Ledger,
		now: c.Now, random: c.Random,
		figures: pace.NewCache[sqldb.ID, []PoolFigures](c.Now, figuresLeast),
		left:    pace.NewCache[sqldb.ID, stockLeft](c.Now, figuresLeast),
	}
	if s.random == nil {
		s.random = systemRandom
	}
	s.draws = sqldb.NewGroup(c.DB, drawsPerCommit, 1, s.commitDraws)
	return s
}

// Close commits the draws that were accepted and refuses more.
func (s *Service) Close() { s.draws.Close() }

func (s *Service) millis() int64 { return s.now().UnixMilli() }

func systemRandom() uint64 {
	var b [8]byte
	rand.Read(b[:])
	return binary.BigEndian.Uint64(b[:])
}
