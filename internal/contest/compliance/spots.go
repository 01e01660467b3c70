package compliance

import (
	"fmt"
	"slices"

	"anquanda/internal/contest"
)

// openSpots is how many spots can be found while the contest is on.
func openSpots(d *contest.Definition) (n int) {
	for i := range d.Spots {
		if from, to := spotSpan(d, &d.Spots[i]); from < to {
			n++
		}
	}
	return n
}

// spotsOf is how many of those an earning gives something for.
func spotsOf(d *contest.Definition, e *contest.Earning) (n int) {
	for i := range d.Spots {
		from, to := spotSpan(d, &d.Spots[i])
		if from < to && (len(e.Spots) == 0 || slices.Contains(e.Spots, d.Spots[i].Key)) {
			n++
		}
	}
	return n
}

// worthOf is what hangs on finding a spot: worth says that points, chances, tries or cards
// do, or a drawing or certificate; any that anything does.
func worthOf(d *contest.Definition, key string) (worth, any bool) {
	for i := range d.Earnings {
		e := &d.Earnings[i]
		worth = worth || e.For == contest.DeedFound && (len(e.Spots) == 0 || slices.Contains(e.Spots, key))
	}
	for i := range d.Drawings {
		worth = worth || d.Drawings[i].Who.Found > 0
	}
	any = worth || slices.ContainsFunc(d.Certificates, func(c contest.Certificate) bool { return c.Who.Found > 0 })
	for i := range d.Levels {
		any = any || slices.ContainsFunc(d.Levels[i].After, func(a contest.After) bool { return a.Spot == key })
	}
	return worth, any
}

// forwardedCodes finds codes on which something of worth hangs and whose picture does for
// somebody who stayed at home, all through the contest.
func forwardedCodes(d *contest.Definition, found finder) {
	for i := range d.Spots {
		s := &d.Spots[i]
		if worth, _ := worthOf(d, s.Key); worth && !s.Daily && s.Hours == "" && s.Closes.MS == 0 {
			found(fmt.Sprintf("spots[%d]", i), "“%s”的码一直有效，拍张照片转发出去，没有到场的人也能打卡得奖励。"+
				"请打开“每天换码”，或者写上每天几点到几点、什么时候关闭；现场有人的，看着扫最稳妥", s.Title)
		}
	}
}

// deadSpots finds spots that nobody can find.
func deadSpots(d *contest.Definition, found finder) {
	for i := range d.Spots {
		s := &d.Spots[i]
		path := fmt.Sprintf("spots[%d]", i)
		if from, to := spotSpan(d, s); from >= to {
			found(path, "“%s”整个在活动时间以外，没有人能打卡", s.Title)
		}
	}
}

// idleSpots finds spots for which nothing is had.
func idleSpots(d *contest.Definition, found finder) {
	for i := range d.Spots {
		if _, any := worthOf(d, d.Spots[i].Key); !any {
			found(fmt.Sprintf("spots[%d]", i), "在“%s”打卡，没有关卡因此打开，也没有奖励。请在关卡的 after 或奖励（for: found）里用上它，或者删掉",
				d.Spots[i].Title)
		}
	}
}
