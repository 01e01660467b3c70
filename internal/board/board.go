// Package board ranks players and units. The truth is the table standings,
// which it owns and writes in the transaction that finishes an attempt; Redis
// sorted sets are the view that pages read.
//
// A board entry is set to the truth's total, guarded by the player's version in
// its period, so a replay or a late node changes nothing. How totals reach Redis,
// are caught up and built again is redisdb.View's; redisdb.Keys names the keys.
package board

import (
	"embed"
	"io/fs"
	"strconv"
	"sync"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Errors of reading a board.
var (
	ErrUnknown = errs.New(errs.NotFound, "board_unknown", "没有这个榜")
	ErrAway    = errs.New(errs.Unavailable, "board_unavailable", "榜单正在更新，请稍后再看")
)

// Service keeps boards. It is safe for concurrent use.
type Service struct {
	db      *sqldb.DB
	redis   *redisdb.DB
	catalog *catalog.Catalog
	players *identity.Players
	now     func() time.Time

	view *redisdb.View[entry]

	unitsMu sync.Mutex
	units   map[sqldb.ID]*unitRefresh
}

// New returns the boards of the contests in catalog. Call Run to keep the view.
func New(
	db *sqldb.DB, redis *redisdb.DB, catalog *catalog.Catalog, players *identity.Players, now func() time.Time,
) *Service {
	s := &Service{
		db: db, redis: redis, catalog: catalog, players: players, now: now,
		units: map[sqldb.ID]*unitRefresh{},
	}
	s.view = s.newView()
	return s
}

// entry is one total on its way to Redis.
type entry struct {
	ContestID sqldb.ID `db:"contest_id"`
	Measure   string   `db:"measure"`
	Period    int      `db:"period"`
	PlayerID  sqldb.ID `db:"player_id"`
	UnitID    sqldb.ID `db:"unit_id"`
	Points    int64    `db:"points"`
	ReachedAt int64    `db:"reached_at"`
	Version   int64    `db:"version"`
	UsedMS    int64    `db:"used_ms"`
	Division  string   `db:"division"`
	Answered  int64    `db:"answered"` // as in contest.Total
}

var entryColumns = sqldb.Columns[entry]("")

// member is a player or unit in a sorted set: of fixed width, so that equal
// scores rank by age.
func member(id sqldb.ID) string {
	text := strconv.FormatInt(int64(id), 36)
	const width = 13 // of the largest int64 in base 36
	return "0000000000000"[:width-len(text)] + text
}

func memberID(text string) sqldb.ID {
	n, err := strconv.ParseInt(text, 36, 64)
	if err != nil {
		return 0
	}
	return sqldb.ID(n)
}

// contestOf is the newest edition of a contest; nil when there is none.
func (s *Service) contestOf(id sqldb.ID) *catalog.Contest {
	c, _ := s.catalog.Of(id) // unknown: a rehearsal that ended, whose last entries are still on their way
	return c
}

func opensAt(c *catalog.Contest) int64 {
	if c == nil {
		return 0
	}
	return c.Window.Opens.MS
}
