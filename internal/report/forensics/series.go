package forensics

import (
	"context"
	"hash/maphash"

	"anquanda/internal/conduct"
	"anquanda/internal/errs"
)

type namesEvidence struct {
	Players int      `json:"players"`
	Stem    string   `json:"stem"`   // what the nicknames share
	Low     int      `json:"low"`    // the numbers, of those that run on
	High    int      `json:"high"`   //
	Length  int      `json:"length"` // of what is made up, in characters; 0: they run on
	From    int64    `json:"from"`   // when they joined, UTC ms
	To      int64    `json:"to"`
	Others  []string `json:"others"`
}

// namesWeight is what a series weighs at most: pupils who are told to take their numbers
// as names are one as well.
const namesWeight = 60

// seriesOfNames looks for guests whose nicknames run on, or were made up by a program.
// The names are gone through twice, so that only those of families large enough are held.
func (l *scan) seriesOfNames(ctx context.Context) error {
	seed, sizes := maphash.MakeSeed(), map[uint64]int{}
	err := l.eachGuest(ctx, func(n *named) {
		if f, _, ok := familyOf(n.Nickname); ok {
			sizes[maphash.Comparable(seed, f)]++
		}
	})
	if err != nil {
		return err
	}
	var names []named
	err = l.eachGuest(ctx, func(n *named) {
		if f, _, ok := familyOf(n.Nickname); ok && sizes[maphash.Comparable(seed, f)] >= numberedLeast {
			names = append(names, *n)
		}
	})
	if err != nil {
		return err
	}
	for _, s := range seriesIn(names) {
		for _, player := range s.players {
			evidence := namesEvidence{len(s.players), s.stem, s.low, s.high, s.length, s.from, s.to, others(player, s.players)}
			err := l.signal(player, conduct.SignalNames, min(namesWeight, 30+len(s.players)), evidence)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// eachGuest goes through who is not proven and counts as nobody else.
func (l *scan) eachGuest(ctx context.Context, visit func(*named)) error {
	var row named
	err := l.db.Each(ctx, &row, func() error {
		visit(&row)
		return nil
	}, `SELECT o.player_id, e.nickname, e.joined_at FROM enrolments o `+guests+` WHERE o.contest_id = ?`,
		l.contest.ContestID)
	return errs.Wrap(err, "read the names of guests")
}
