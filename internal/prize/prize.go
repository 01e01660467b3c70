// Package prize is the ledger of prizes: what was won, by whom, and where it stands.
// It owns the tables awards, prize_turns and voucher_codes. Prizes go in and out by
// four doors, each a package with tables of its own: instant draws and the shop
// (instant), public drawings (drawing), claims and the booth (handout), and payments
// (payout). The README beside this file tells how an award moves.
//
// What is won is one row of awards. The schema holds what money hangs on: a unit
// of a prize's stock is given once and none above the stock; a chance is used by
// one draw; a voucher's code goes with its unit. Who hands out prizes of a contest
// first takes its turn (TakeTurn), one row a contest, once for a whole batch of
// draws: nodes then wait for each other instead of meeting at the unique keys and
// trying again. The keys decide all the same.
package prize

import (
	"embed"
	"io/fs"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/keyring"
	"anquanda/internal/seal"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package and of its doors.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Config is what a Ledger is made of.
type Config struct {
	DB      *sqldb.DB
	IDs     *sqldb.IDs
	Players *identity.Players
	Keys    *keyring.Keys    // seal voucher codes
	Hashes  *keyring.Keys    // find voucher codes again
	Now     func() time.Time // the server's clock
}

// Ledger makes awards, and holds the codes that vouchers are. It is safe for
// concurrent use.
type Ledger struct {
	db      *sqldb.DB
	ids     *sqldb.IDs
	players *identity.Players
	codes   *seal.Boxes
	hashes  *keyring.Keys
	now     func() time.Time
}

// New returns the ledger over a store.
func New(c Config) *Ledger {
	return &Ledger{db: c.DB, ids: c.IDs, players: c.Players, codes: seal.NewBoxes(c.Keys), hashes: c.Hashes, now: c.Now}
}

// ErrRehearsal keeps prizes of a rehearsal from being had: nothing is handed out,
// paid or filled with codes.
var ErrRehearsal = errs.New(errs.Conflict, "prize_rehearsal", "这是演练，奖品不能兑换，也不发放")
