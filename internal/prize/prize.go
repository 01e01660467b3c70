// Package prize gives prizes away and knows who won what. Players win by instant
// draws from pools, one chance each (pool*.go, draw*.go), by spending points in
// the shop (shop.go), and by public drawings (drawing*.go). It owns the tables
// awards, prize_turns, draws, win_marks, voucher_codes and spends, and those of
// drawings, claims and redemption.
//
// What is won is one row of awards. The schema holds what money hangs on: a unit
// of a prize's stock is given once and none above the stock; a chance is used by
// one draw; a voucher's code goes with its unit; what is spent never comes to
// more than was earned. Who hands out prizes of a contest first takes its turn
// (turn.go's takeTurn), one row a contest, once for a whole batch of draws: nodes
// then wait for each other instead of meeting at the unique keys and trying
// again. The keys decide all the same.
//
// A draw is decided and durable before the page shows anything, and is asked by
// the id of its chance: asked again it gives the same result.
package prize

import (
	"embed"
	"io/fs"

	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// Status is where an award stands.
type Status string

// The statuses that instant draws and the shop set. Claims and redemption lead on
// from Won.
const (
	Won       Status = "won"
	Credited  Status = "credited"  // a prize of points, added to the player's
	Forfeited Status = "forfeited" // its unit went to a reserve or back
)

// SourceKind is how an award was won.
type SourceKind string

// How awards are won.
const (
	FromPool    SourceKind = "pool"
	FromShop    SourceKind = "shop"
	FromDrawing SourceKind = "drawing"
)
