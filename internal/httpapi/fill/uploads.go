package fill

import (
	"sync"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// mostUploads is how many pictures of a unit may be on their way at once on a node: each is
// held in memory until it is decoded, and the page sends one after another.
const mostUploads = 3

var errBusy = errs.New(errs.Conflict, "fill_pictures_busy", "本单位正在传别的图片，请等传完再试")

// uploads counts the pictures that are on their way. The zero value is ready.
type uploads struct {
	mu    sync.Mutex
	under map[sqldb.ID]int // by unit
}

// begin counts one more of a unit, until end is called. Errors: fill_pictures_busy.
func (u *uploads) begin(unit sqldb.ID) (end func(), err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.under[unit] >= mostUploads {
		return nil, errBusy
	}
	if u.under == nil {
		u.under = map[sqldb.ID]int{}
	}
	u.under[unit]++
	return func() {
		u.mu.Lock()
		defer u.mu.Unlock()
		if u.under[unit]--; u.under[unit] == 0 {
			delete(u.under, unit)
		}
	}, nil
}
