// Package archtest holds the house (see internal/README.md): who may import whom, which
// package knows which library, where SQL may stand, how long a file may be.
// A new package is one new line in house.
package archtest

// room is one package of internal/ with the folders below it, except those that are
// rooms of their own ("prize/instant"). Of our own packages it may import those that
// mayImport names; "below" stands for every room above it in the table. Tests may
// import what they like.
type room struct {
	name      string
	mayImport string
	sql       sqlUse
	libraries string
}

// sqlUse says what a package may do in SQL.
type sqlUse int

const (
	noSQL sqlUse = iota
	readsSQL
	ownsTables
)

// house is the table of rooms, from the foundation to the roof.
var house = []room{
	// Foundation, and what is pure: they know nobody above them.
	{name: "errs"},
	{name: "keyring"},
	{name: "sqldb", mayImport: "errs keyring", sql: ownsTables, libraries: "sql drivers"},
	{name: "typed"},
	{name: "pace"},
	{name: "redisdb", mayImport: "errs sqldb pace", libraries: "redis"},
	{name: "wechat", mayImport: "errs"},
	{name: "wechat/standin"},
	{name: "sms"},
	{name: "keyring/rotation", mayImport: "errs keyring pace sqldb", sql: ownsTables},
	{name: "seal", mayImport: "keyring"},
	{name: "wechat/shared", mayImport: "errs keyring sqldb pace redisdb wechat seal", sql: ownsTables, libraries: "redis"},
	{name: "puzzle", mayImport: "keyring"},
	{name: "question"},
	{name: "selection"},
	{name: "sheet", mayImport: "errs"},
	{name: "bankfile", mayImport: "errs question sheet"},
	{name: "contest", mayImport: "errs question"},
	{name: "limit", mayImport: "errs keyring puzzle redisdb sqldb", libraries: "redis"},

	// Who plays, who works, what is asked.
	{name: "staff", mayImport: "below", sql: ownsTables},
	{name: "webhook", mayImport: "below", sql: ownsTables},
	{name: "hall", mayImport: "errs sqldb pace staff", sql: ownsTables},
	{name: "publicname", mayImport: "below", sql: ownsTables},
	{name: "identity/personal", mayImport: "below", sql: ownsTables},
	{name: "identity", mayImport: "below", sql: ownsTables},
	{name: "identity/signin/phone", mayImport: "below", sql: ownsTables},
	{name: "identity/signin", mayImport: "below", sql: ownsTables}, // one folder a door
	{name: "unit", mayImport: "below", sql: ownsTables},
	{name: "bank", mayImport: "below", sql: ownsTables},
	{name: "catalog", mayImport: "below", sql: ownsTables},
	{name: "conduct", mayImport: "below", sql: ownsTables},
	{name: "shortlist", mayImport: "below", sql: ownsTables},

	{name: "play", mayImport: "below", sql: ownsTables},
	{name: "team", mayImport: "below", sql: ownsTables},

	// What follows from a finished attempt: strangers to each other, see below.
	{name: "board", mayImport: "below", sql: ownsTables, libraries: "redis"},
	{name: "referral", mayImport: "below", sql: ownsTables, libraries: "redis"},
	{name: "spot", mayImport: "below", sql: readsSQL},
	{name: "certificate", mayImport: "below", sql: ownsTables},
	{name: "poll", mayImport: "below", sql: ownsTables},
	{name: "pledge", mayImport: "below", sql: ownsTables},
	{name: "prize", mayImport: "below", sql: ownsTables},
	{name: "prize/instant", mayImport: "below", sql: ownsTables},
	{name: "prize/drawing", mayImport: "below", sql: ownsTables},
	{name: "prize/handout", mayImport: "below", sql: ownsTables},
	{name: "prize/payout", mayImport: "below", sql: ownsTables},
	{name: "live/room", mayImport: "errs question contest"},
	{name: "live/hub", mayImport: "errs sqldb"},
	{name: "live", mayImport: "below", sql: ownsTables, libraries: "redis"},
	{name: "pairing", mayImport: "below", sql: ownsTables}, // units, by the boards; who goes on, by lists
	{name: "honour", mayImport: "below", sql: ownsTables},  // units, by the boards, with codes of certificates

	{name: "backup", mayImport: "errs sqldb", sql: readsSQL},
	{name: "report/tally", mayImport: "below", sql: ownsTables},
	{name: "report/offline", mayImport: "below", sql: ownsTables},
	{name: "report/form", mayImport: "below", sql: ownsTables},
	{name: "report", mayImport: "below", sql: readsSQL},
	{name: "httpapi/web", mayImport: "below static", libraries: "gin"},
	{name: "httpapi/contestview", mayImport: "below", libraries: "gin"},
	{name: "httpapi/roomview", mayImport: "below"},
	{name: "httpapi/player", mayImport: "below", libraries: "gin"},
	{name: "httpapi/fill", mayImport: "below", libraries: "gin"},
	{name: "httpapi/live", mayImport: "below", libraries: "gin"},
	{name: "httpapi/console", mayImport: "below", libraries: "gin"},
	{name: "httpapi", mayImport: "below static", libraries: "gin"},
	{name: "app", mayImport: "below static questionbank"},
	// measures bare stores and a bare Gin beside ours
	{name: "bench", mayImport: "below static questionbank", sql: ownsTables, libraries: "gin redis"},
	{name: "testkit", mayImport: "below questionbank", sql: ownsTables, libraries: "redis sql drivers"},
}

// strangers are rooms that never import each other, group by group; a room stands for
// its own rooms too.
var strangers = []string{
	"board referral spot certificate pledge prize live", // each follows what play did by itself
	"prize/instant prize/drawing prize/payout",
	"prize/instant prize/handout prize/payout",                 // handout gives places of a drawing on
	"httpapi/player httpapi/live httpapi/fill httpapi/console", // audiences
}

// Outside internal/: what ships with the program imports nothing of ours, and
// only main sees everything.
var outside = []room{
	{name: "questionbank"},
	{name: "static"},
	{name: "cmd", mayImport: "below questionbank static"},
}

// libraries are known to the rooms that say so, and to tests.
var libraries = map[string][]string{
	"gin":   {"github.com/gin-gonic/gin"},
	"redis": {"github.com/redis/go-redis/v9", "github.com/go-redis/redis_rate/v10"},
	"sql drivers": {
		"github.com/go-sql-driver/mysql", "github.com/jmoiron/sqlx",
		"github.com/ncruces/go-sqlite3", "github.com/mattn/go-sqlite3", "modernc.org/sqlite",
	},
}

// refusedNames say where code was put, never what it does.
const refusedNames = "util utils common model models helper helpers service services dao types misc"

// maxLines is the hard limit of a file; most stay under 250.
const maxLines = 400
