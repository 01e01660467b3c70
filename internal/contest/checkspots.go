package contest

import "fmt"

// maxSpots bounds how many codes a typed one is held against.
const maxSpots = 100

func (c *checker) spots(d *Definition) {
	keys := map[string]bool{}
	if len(d.Spots) > maxSpots {
		c.add("spots", "there may be %d spots at most", maxSpots)
	}
	for i := range d.Spots {
		spot := &d.Spots[i]
		path := fmt.Sprintf("spots[%d]", i)
		c.fresh(path+".key", spot.Key, keys, "spot")
		c.text(path+".title", spot.Title, 1, 20)
		c.text(path+".where", spot.Where, 0, 60)
		c.optionalMoment(path+".opens", &spot.Opens, d)
		c.optionalMoment(path+".closes", &spot.Closes, d)
		if spot.Closes.MS != 0 && spot.Closes.MS <= spot.Opens.MS {
			c.add(path+".closes", "this closes before it opens")
		}
		if _, _, ok := spot.Hours.span(); !ok {
			c.add(path+".hours", "%q are no hours of a day; write 09:00-17:30", string(spot.Hours))
		}
		if spot.Issue < 0 || spot.Issue > 1_000 {
			c.add(path+".issue", "the issue of a code is 1 to 1000")
		}
	}
}

// unlocking checks what opens a level.
func (c *checker) unlocking(path string, d *Definition, l *Level, earlier map[string]bool) {
	c.oneOf(path+".unlock", string(l.Unlock), string(UnlockAll), string(UnlockAny))
	for i, after := range l.After {
		at := fmt.Sprintf("%s.after[%d]", path, i)
		if after.List == "" {
			c.oneOf(at+".same", string(after.Same), string(PerDay), string(PerContest))
		}
		switch {
		case after.List != "" && (after.Level != "" || after.Spot != "" || after.By != "" || after.Same != ""):
			c.add(at, "a list stands by itself")
		case after.List != "":
			c.listOpens(at+".list", d, l, after.List)
		case after.Spot != "" && (after.Level != "" || after.By != ""):
			c.add(at, "this is either a level or a spot")
		case after.Spot != "":
			c.spot(at+".spot", after.Spot, d)
		default:
			if !earlier[after.Level] {
				c.add(at, "%q is no level above this one", after.Level)
			}
			c.oneOf(at+".by", string(after.By), string(ByPassed), string(ByFinished))
		}
	}
}

func (c *checker) spot(path, key string, d *Definition) {
	if d.Spot(key) == nil {
		c.add(path, "%q is no spot", key)
	}
}

// openings checks when a level may be played.
func (c *checker) openings(path string, d *Definition, l *Level) {
	c.optionalMoment(path+".opens", &l.Opens, d)
	c.optionalMoment(path+".closes", &l.Closes, d)
	if l.Closes.MS != 0 && l.Closes.MS <= l.Opens.MS {
		c.add(path+".closes", "the level closes before it opens")
	}
	if len(l.Again) > maxAgain {
		c.add(path+".again", "a level opens again %d times at most", maxAgain)
	}
	if len(l.Again) > 0 && l.Closes.MS == 0 {
		c.add(path+".closes", "say when the level closes before it opens again")
	}
	before := l.Closes.MS
	for i := range l.Again {
		at := fmt.Sprintf("%s.again[%d]", path, i)
		if d.zone == nil {
			return
		}
		c.span(at, &l.Again[i], d.zone, d.Window.Opens.MS)
		if l.Again[i].Opens.MS != 0 && l.Again[i].Opens.MS < before {
			c.add(at+".opens", "the level opens again before it has closed")
		}
		before = l.Again[i].Closes.MS
	}
}

// maxAgain is room for a makeup every week of a year.
const maxAgain = 53
