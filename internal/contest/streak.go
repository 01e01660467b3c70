package contest

import "slices"

// lookedBack is over how many days, today among them, it is kept whether a player came
// on each: on the others before today a missed day can still be made up.
const lookedBack = 8

// DaysInRow is what there is to know of the days on which a player came, those that were
// made up among them. Its size does not grow with them.
type DaysInRow struct {
	Last   int  `json:"last"`             // the newest day, in days since 1970
	Recent uint `json:"recent"`           // bit n: came n days before Last, for fewer than lookedBack
	Before int  `json:"before,omitempty"` // days in a row up to the one before Recent begins
	// Past is how often rows that ended before Recent begins were full, by the length of
	// a full one.
	Past map[int]int `json:"past,omitempty"`
}

// rowLengths lists the lengths that some earning asks of days in a row.
func (d *Definition) rowLengths() (lengths []int) {
	for i := range d.Earnings {
		if n := d.Earnings[i].Days; n > 0 && !slices.Contains(lengths, n) {
			lengths = append(lengths, n)
		}
	}
	return lengths
}

// CountsDays reports whether something hangs on days in a row.
func (d *Definition) CountsDays() bool {
	return slices.ContainsFunc(d.Earnings, func(e Earning) bool { return e.Days > 0 })
}

// rows makes the days of deeds in any order into rows.
func (d *Definition) rows(deeds []Deed) *DaysInRow {
	var days []int
	for _, deed := range deeds {
		if day, ok := d.cameOn(deed); ok {
			days = append(days, day)
		}
	}
	if len(days) == 0 {
		return nil
	}
	slices.Sort(days)
	r := &DaysInRow{}
	lengths := d.rowLengths()
	for _, day := range days {
		r.come(day, lengths)
	}
	return r
}

// come adds a day, which lies no longer back than Recent looks.
func (r *DaysInRow) come(day int, lengths []int) {
	if r.Last == 0 {
		r.Last = day
	}
	for gap := day - r.Last; gap > 0 && r.Recent|uint(r.Before) != 0; gap-- {
		r.turn(lengths)
	}
	r.Last = max(r.Last, day)
	if back := r.Last - day; back < lookedBack {
		r.Recent |= 1 << back
	}
}

// turn lets a day pass.
func (r *DaysInRow) turn(lengths []int) {
	const oldest = 1 << (lookedBack - 1)
	if r.Recent&oldest != 0 {
		r.Before++
	} else {
		for _, n := range lengths {
			if full := r.Before / n; full > 0 {
				if r.Past == nil {
					r.Past = map[int]int{}
				}
				r.Past[n] += full
			}
		}
		r.Before = 0
	}
	r.Recent = r.Recent &^ oldest << 1
}

// full is how often days in a row have come to so many, over all rows of the contest. A
// day that is made up never lessens it: it can only join two rows into one.
func (r *DaysInRow) full(length int) int {
	if r == nil {
		return 0
	}
	times, row := r.Past[length], r.Before
	for back := lookedBack - 1; back >= 0; back-- {
		if r.Recent&(1<<back) != 0 {
			row++
			continue
		}
		times += row / length
		row = 0
	}
	return times + row/length
}

// row is how many days in a row end with Last.
func (r *DaysInRow) row() (days int) {
	for back := range lookedBack {
		if r.Recent&(1<<back) == 0 {
			return days
		}
		days++
	}
	return days + r.Before
}

func (r *DaysInRow) came(day int) bool {
	back := r.Last - day
	return back >= 0 && back < lookedBack && r.Recent&(1<<back) != 0
}

// DayCame is one of the last days of a player.
type DayCame struct {
	Day    int // yyyymmdd
	Came   bool
	Missed bool // and can be made up, as far as the player has a day left
}

// LastDays lists the last seven days up to the one that holds now, those of the contest
// only, the oldest first, and how many days in a row the player has come: up to today,
// or up to yesterday while today can still be one more.
func (d *Definition) LastDays(s *Summary, now int64) (days []DayCame, row int) {
	const shown = 7
	r := s.Rows
	if r == nil {
		r = &DaysInRow{}
	}
	today, first := sinceEpoch(d.Day(s.Now(now))), sinceEpoch(d.Day(d.Window.Opens.MS))
	for day := max(first, today-shown+1); day <= today; day++ {
		came := r.came(day)
		days = append(days, DayCame{Day: onCalendar(day), Came: came, Missed: !came && day < today && d.Makeup != nil})
	}
	if today-r.Last <= 1 {
		row = r.row()
	}
	return days, row
}

// inRows is what the times are counted in that an earning for days in a row gives: all
// rows of the contest.
const inRows = "days"
