package hall

import (
	"slices"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// View is what a screen shows.
type View string

// The views.
const (
	Board    View = "board"   // who leads, for a room
	Far      View = "far"     // five places, to be read from 20 metres
	Code     View = "code"    // the code to join alone
	Pledge   View = "pledge"  // the wall of signatures
	Prizes   View = "prizes"  // what there is to win, and what is left
	Pairs    View = "pairs"   // units that meet in a round
	Question View = "missed"  // the question missed most within the hour
	Drawing  View = "drawing" // a public drawing, whose winners are revealed step by step
	Live     View = "live"    // a live room
	Turn     View = "turn"    // several of them, each in turn
)

// turning are the views that may take turns: those that need nobody to lead them.
var turning = []View{Board, Far, Pairs, Code, Pledge, Prizes, Question}

// Turning lists the views that may take turns.
func Turning() []View { return slices.Clone(turning) }

// maxStep bounds how many winners are revealed one by one.
const maxStep = 100_000

// Choice is what somebody chooses for the screens of a contest.
type Choice struct {
	View    View
	Subject sqldb.ID // the drawing or the live room; 0 for other views
	Step    int      // how many winners of the drawing are revealed
	Turns   []View   // those that take turns; of Turn alone
}

// check holds that a choice can be shown. Errors: invalid_field.
func (c *Choice) check() error {
	led := c.View == Drawing || c.View == Live
	switch {
	case !led && c.View != Turn && !slices.Contains(turning, c.View):
		return errs.InvalidField("view", "没有这种画面")
	case led != (c.Subject != 0):
		return errs.InvalidField("subject", "摇奖和直播答题要说明是哪一个，其他画面不用")
	case c.Step < 0 || c.Step > maxStep || c.Step > 0 && c.View != Drawing:
		return errs.InvalidField("step", "只有摇奖可以逐个揭晓")
	case c.View != Turn && len(c.Turns) > 0, c.View == Turn && len(c.Turns) == 0:
		return errs.InvalidField("turns", "轮流的画面至少选一个，其他画面不用选")
	}
	for i, view := range c.Turns {
		if !slices.Contains(turning, view) || slices.Contains(c.Turns[:i], view) {
			return errs.InvalidField("turns", "这些画面不能轮流")
		}
	}
	return nil
}
