package redisdb

import (
	"context"
	"errors"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/errs"
)

// ErrEmptied tells that a view has no watermark: Redis was emptied, or the view is
// just being built. What was to be written is caught up.
var ErrEmptied = errors.New("redis holds no watermark of the view: it was emptied")

// ErrRebuilding tells that another node builds the same view.
var ErrRebuilding = errs.New(errs.Conflict, "view_rebuilding", "正在重建，请稍后再试")

// Guard is on what condition entries are written to a view of a contest. It is
// checked by the script that writes them, so nothing can come between.
type Guard struct {
	key  string
	held string // what the key must hold; "": anything
	lost error  // where it does not
}

// GuardedScript is a script that writes entries to a view where a Guard allows it.
type GuardedScript struct{ script *redis.Script }

const guardFirst = `
local guard = redis.call('GET', KEYS[1])
if not guard or ARGV[1] ~= '' and guard ~= ARGV[1] then return 0 end
`

// NewGuarded makes a script of a text that finds its own keys from KEYS[2] on and its
// own arguments from ARGV[2] on, and returns nothing.
func NewGuarded(text string) GuardedScript {
	return GuardedScript{redis.NewScript(guardFirst + text + "\nreturn 1")}
}

// Run runs the script under a guard. Errors: ErrEmptied, ErrRebuilding, when the
// guard does not hold; then nothing was written.
func (s GuardedScript) Run(ctx context.Context, db *DB, g Guard, keys []string, args ...any) error {
	keys, args = append([]string{g.key}, keys...), append([]any{g.held}, args...)
	done, err := s.script.Run(ctx, db, keys, args...).Int()
	if err == nil && done == 0 {
		err = g.lost
	}
	return err
}
