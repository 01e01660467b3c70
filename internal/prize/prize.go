// Package prize gives prizes away and knows who won what. Players win by instant
// draws from pools, one chance each (pool*.go, draw*.go), by spending points in
// the shop (shop.go), and by public drawings (drawing*.go). It owns the tables
// awards, prize_turns, draws, win_marks, voucher_codes and spends; drawings,
// drawing_entrants, drawing_lists, drawing_values, drawing_places, drawing_forfeits
// and exclusions; award_codes, redemptions and redemptions_undone; and payouts.
//
// What is won is one row of awards. The schema holds what money hangs on: a unit
// of a prize's stock is given once and none above the stock; a chance is used by
// one draw; a voucher's code goes with its unit; what is spent never comes to
// more than was earned. Who hands out prizes of a contest first takes its turn
// (takeTurn), one row a contest, once for a whole batch of draws: nodes
// then wait for each other instead of meeting at the unique keys and trying
// again. The keys decide all the same.
//
// A draw is decided and durable before the page shows anything, and is asked by
// the id of its chance: asked again it gives the same result.
package prize

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"embed"
	"encoding/binary"
	"io/fs"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Marks are what limits know people by, beside the player: keyed hashes, empty
// where nothing is known.
type Marks struct {
	Phone   string
	Address string
}

// Config is what a Service is made of.
type Config struct {
	DB      *sqldb.DB
	IDs     *sqldb.IDs
	Catalog *catalog.Catalog
	Players *identity.Players
	Play    *play.Service
	Key     []byte           // 32 bytes; seals voucher codes
	HashKey []byte           // 32 bytes; finds voucher codes again
	Now     func() time.Time // the server's clock
	// Marks reads the marks of players in a contest; nil: none are known.
	Marks func(ctx context.Context, contestID sqldb.ID, players []sqldb.ID) (map[sqldb.ID]Marks, error)
	// Random gives 64 even bits; nil: the system's own source. Tests set it.
	Random func() uint64
}

// Service gives prizes away. It is safe for concurrent use.
type Service struct {
	db      *sqldb.DB
	ids     *sqldb.IDs
	catalog *catalog.Catalog
	players *identity.Players
	play    *play.Service
	codes   cipher.AEAD
	hashKey []byte
	now     func() time.Time
	marks   func(context.Context, sqldb.ID, []sqldb.ID) (map[sqldb.ID]Marks, error)
	random  func() uint64

	draws   *sqldb.Group[*chanceDraw]
	figures figuresCache
}

// New starts a Service. Close it to commit the draws that were accepted.
func New(c Config) (*Service, error) {
	codes, err := newCodeSealer(c.Key)
	if err != nil {
		return nil, err
	}
	s := &Service{
		db: c.DB, ids: c.IDs, catalog: c.Catalog, players: c.Players, play: c.Play, codes: codes, hashKey: c.HashKey,
		now: c.Now, marks: c.Marks, random: c.Random,
	}
	if s.random == nil {
		s.random = systemRandom
	}
	s.draws = sqldb.NewGroup(c.DB, drawsPerCommit, 1, s.commitDraws)
	return s, nil
}

// Close commits the draws that were accepted and refuses more.
func (s *Service) Close() { s.draws.Close() }

func (s *Service) millis() int64 { return s.now().UnixMilli() }

func systemRandom() uint64 {
	var b [8]byte
	rand.Read(b[:]) //nolint:errcheck // it never fails: it ends the program instead
	return binary.BigEndian.Uint64(b[:])
}

// ErrRehearsal keeps prizes of a rehearsal from being had: nothing is handed out,
// paid or filled with codes.
var ErrRehearsal = errs.New(errs.Conflict, "prize_rehearsal", "这是演练，奖品不能兑换，也不发放")
