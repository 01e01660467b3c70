package drawing

import (
	"context"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Why a list is not frozen yet: signals were not looked for since what counts had ended,
// or staff have not seen what there is now.
var (
	ErrUnlooked = errs.New(errs.Conflict, "drawing_unlooked", "资格截止以后还没有检查过线索，请先检查，看过再冻结")
	ErrUnseen   = errs.New(errs.Conflict, "drawing_unseen", "线索或等待查看的答题有变化，请再看一遍，确认后冻结")
)

// Doubts are what staff see before a list is frozen: who would be on it and has signals
// on which nobody has closed a case, or attempts that wait for somebody to look. Who is
// among the first of a board is not known before the freeze, so everybody may be.
type Doubts struct {
	LookedAt int64 // since what counts had ended, UTC ms; 0: not yet, or a look is under way
	Seen
	Players []Doubt // those with signals first
}

// Seen is what staff confirm to have seen.
type Seen struct {
	Signals int // players with open signals
	Held    int // attempts that wait
}

// Doubt is one of them.
type Doubt struct {
	PlayerID sqldb.ID
	Signals  bool
	Held     int // attempts that wait
}

// Doubts tells what is doubtful about who would be on the list of a drawing now. Errors:
// ErrDrawingUnknown.
func (d *Drawings) Doubts(ctx context.Context, id sqldb.ID) (*Doubts, error) {
	row, c, w, err := d.defined(ctx, id)
	if err != nil {
		return nil, err
	}
	return d.doubtsOf(ctx, c, w, row)
}

func (d *Drawings) doubtsOf(
	ctx context.Context, c *catalog.Contest, w *contest.Drawing, row *Drawing,
) (*Doubts, error) {
	looked, err := conduct.LookedSince(ctx, d.db, c.ContestID, row.CountsTo)
	if err != nil {
		return nil, err
	}
	doubted, err := d.doubted(ctx, c.ContestID)
	if err != nil {
		return nil, err
	}
	s, err := d.newSieve(ctx, c, w, row)
	if err != nil {
		return nil, err
	}
	s.unranked = true
	doubts := &Doubts{LookedAt: looked}
	for part := range slices.Chunk(doubted, entrantsPerRead) {
		if err := d.sift(ctx, s, part, doubts); err != nil {
			return nil, err
		}
	}
	return doubts, nil
}

// doubted are all of the contest, on a list or not.
func (d *Drawings) doubted(ctx context.Context, contestID sqldb.ID) ([]Doubt, error) {
	players, err := conduct.Doubted(ctx, d.db, contestID)
	if err != nil {
		return nil, err
	}
	var waits []struct {
		PlayerID sqldb.ID `db:"player_id"`
		Attempts int      `db:"attempts"`
	}
	err = d.db.Select(ctx, &waits, `SELECT player_id, COUNT(*) AS attempts FROM attempts
		WHERE held = 1 AND contest_id = ? GROUP BY player_id ORDER BY player_id`, contestID)
	if err != nil {
		return nil, errs.Wrap(err, "read which attempts wait")
	}
	held := map[sqldb.ID]int{}
	for _, w := range waits {
		held[w.PlayerID] = w.Attempts
	}
	all := make([]Doubt, 0, len(players)+len(waits))
	for _, player := range players {
		all = append(all, Doubt{player, true, held[player]})
		delete(held, player)
	}
	for _, w := range waits {
		if held[w.PlayerID] > 0 {
			all = append(all, Doubt{PlayerID: w.PlayerID, Held: w.Attempts})
		}
	}
	return all, nil
}

// sift keeps of some players those who would be on the list, with or without the
// attempts that wait.
func (d *Drawings) sift(ctx context.Context, s *sieve, part []Doubt, into *Doubts) error {
	ids := make([]sqldb.ID, len(part))
	for i := range part {
		ids[i] = part[i].PlayerID
	}
	who, err := d.players.Enrolments(ctx, s.contest.ContestID, ids)
	if err != nil {
		return err
	}
	records, err := d.play.Records(ctx, s.contest.Definition, s.contest.ContestID, who)
	if err != nil {
		return err
	}
	for _, doubt := range part {
		e, known := who[doubt.PlayerID]
		if !known || records[doubt.PlayerID] == nil {
			continue
		}
		if tickets, out := s.judge(e, records[doubt.PlayerID]); tickets < 1 && out != heldBack {
			continue
		}
		if doubt.Signals {
			into.Signals++
		}
		into.Held += doubt.Held
		into.Players = append(into.Players, doubt)
	}
	return nil
}

// seen holds that signals were looked for, and that staff have seen what there is.
func (d *Drawings) seen(ctx context.Context, c *catalog.Contest, w *contest.Drawing, row *Drawing, seen Seen,
) (*Doubts, error) {
	doubts, err := d.doubtsOf(ctx, c, w, row)
	switch {
	case err != nil:
		return nil, err
	case doubts.LookedAt == 0:
		return nil, ErrUnlooked
	case doubts.Seen != seen:
		return nil, ErrUnseen
	}
	return doubts, nil
}
