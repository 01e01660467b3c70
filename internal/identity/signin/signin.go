// Package signin is what the doors share through which a person comes back from
// elsewhere (WeChat, an account of another system), one folder a door below it: the
// secrets of such a trip (trip.go), and what became of a one-time code, told
// alike on every node however often the code arrives (once.go). It owns the table
// signin_codes.
package signin

import (
	"crypto/hmac"
	"crypto/sha256"
	"embed"
	"io/fs"
	"strings"

	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// keyed is the HMAC-SHA-256 of parts; no two lists of parts read alike, for none of
// them holds a zero byte.
func keyed(key []byte, parts ...string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(strings.Join(parts, "\x00")))
	return mac.Sum(nil)
}
