package figures

import (
	"cmp"
	"context"
	"slices"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/report"
)

func sortByPlayers(list []namedReply) {
	slices.SortStableFunc(list, func(a, b namedReply) int { return cmp.Compare(b.Players, a.Players) })
}

// unitReply is a unit with all below it. Of one that is hidden nothing is told.
type unitReply struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Path     string   `json:"path"`
	Heads    int64    `json:"heads"` // 0: not known of all
	Hidden   bool     `json:"hidden"`
	Players  int64    `json:"players"`
	Rate     *float64 `json:"rate"`     // 0 to 1; null where it is not known
	Accuracy *float64 `json:"accuracy"` // 0 to 1; null for none
}

func unitOf(l *report.UnitLine) unitReply {
	reply := unitReply{ID: l.Unit.ID.String(), Name: l.Unit.Name, Path: l.Path, Heads: l.Heads, Hidden: l.Hidden()}
	if reply.Hidden {
		return reply
	}
	reply.Players = l.Players
	if part, ok := l.Participation(); ok {
		reply.Rate = &part
	}
	if part, ok := l.Accuracy(); ok {
		reply.Accuracy = &part
	}
	return reply
}

// unitsOf are the units of the first level, the most players first.
func unitsOf(course *report.Course) []unitReply {
	units := []unitReply{}
	for i := range course.Units {
		if l := &course.Units[i]; l.Unit != nil && l.Depth == 1 && l.Unit.GoneAt == 0 {
			units = append(units, unitOf(l))
		}
	}
	slices.SortStableFunc(units, func(a, b unitReply) int { return cmp.Compare(b.Players, a.Players) })
	return units
}

// behindReply is who takes part less than they should.
type behindReply struct {
	Percent int         `json:"percent"` // of the people; 0 where nothing is known to hold them against
	Own     bool        `json:"own"`     // the organizer has set it
	Depth   int         `json:"depth"`   // of the units that are held against it
	More    int         `json:"more"`    // beyond those listed
	Units   []unitReply `json:"units"`
}

const behindListed = 50

// behindOf holds the units against the target; where none is set, against half of what
// all together reach.
func behindOf(course *report.Course, percent int) behindReply {
	reply := behindReply{Percent: percent, Own: percent > 0, Units: []unitReply{}}
	var heads, players int64
	depths := map[int]int{}
	for i := range course.Units {
		l := &course.Units[i]
		if l.Unit == nil || l.Unit.GoneAt != 0 || l.Heads == 0 {
			continue
		}
		depths[l.Depth]++
		if l.Depth == 1 {
			heads, players = heads+l.Heads, players+min(l.Players, l.Heads)
		}
	}
	// The level that has the most units with a headcount is the one that people call on.
	for depth, units := range depths {
		if units > depths[reply.Depth] || units == depths[reply.Depth] && depth < reply.Depth {
			reply.Depth = depth
		}
	}
	if percent == 0 && heads > 0 {
		reply.Percent = int(50 * players / heads)
	}
	if reply.Percent == 0 || reply.Depth == 0 {
		return reply
	}
	behind := course.BehindOf(float64(reply.Percent)/100, reply.Depth)
	for i, b := range behind {
		if i == behindListed {
			reply.More = len(behind) - behindListed
			break
		}
		reply.Units = append(reply.Units, unitOf(b.UnitLine))
	}
	return reply
}

// stockReply is how much of a prize is out.
type stockReply struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Units int    `json:"units"`
	Out   int    `json:"out"`
}

func (a *API) stock(ctx context.Context, in *catalog.Contest) ([]stockReply, error) {
	stock := []stockReply{}
	shelves, err := a.Report.Shelves(ctx, in.ContestID, in.Definition)
	if err != nil {
		return nil, err
	}
	for i := range in.Prizes {
		if s := shelves[in.Prizes[i].Key]; s != nil && s.Units > 0 {
			stock = append(stock, stockReply{in.Prizes[i].Key, in.Prizes[i].Title, s.Units, s.Total})
		}
	}
	return stock, nil
}

// reportReply is a question about which players report something.
type reportReply struct {
	Bank    string `json:"bank"`
	ID      string `json:"id"`
	Stem    string `json:"stem"`
	Reports int    `json:"reports"`
}

const (
	reportsLooked = 50
	reportsTold   = 5
	// reportsMany is from how many open reports a question stands on the first page.
	reportsMany = 3
)

// reported lists the questions of the contest's banks with many reports.
func (a *API) reported(ctx context.Context, in *catalog.Contest) ([]reportReply, error) {
	told := []reportReply{}
	all, err := a.Banks.Reports(ctx, reportsLooked)
	if err != nil {
		return nil, err
	}
	for i := range all {
		for _, edition := range in.Editions() {
			if edition.Bank.Name != all[i].Bank || all[i].Reports < reportsMany || len(told) == reportsTold {
				continue
			}
			if stem, ok := stemOf(edition.Bank, all[i].QuestionID); ok {
				told = append(told, reportReply{all[i].Bank, all[i].QuestionID, stem, all[i].Reports})
			}
		}
	}
	return told, nil
}

func stemOf(b *bank.Bank, id string) (stem string, ok bool) {
	for i := range b.Questions {
		if b.Questions[i].ID == id {
			return b.Questions[i].Stem, true
		}
	}
	return "", false
}
