package drawing

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// entrantsPerRead is how many players are looked at together: what memory and a
// transaction hold at once.
const entrantsPerRead = 2000

// entrant is a player who is on the list, so many times.
type entrant struct {
	player  sqldb.ID
	tickets int
}

// entrantRow is one row of drawing_entrants.
type entrantRow struct {
	DrawingID sqldb.ID `db:"drawing_id"`
	PlayerID  sqldb.ID `db:"player_id"`
	Tickets   int      `db:"tickets"`
}

// sieve tells who is on the list of a drawing.
type sieve struct {
	contest  *catalog.Contest
	drawing  *contest.Drawing
	from, to int64
	top      map[sqldb.ID]bool   // who is among the first of a board, where that is asked
	unranked bool                // everybody may be
	aside    map[sqldb.ID]bool   // who counts as another player
	out      map[sqldb.ID]string // who is excluded, and for which reason
}

// newSieve reads what holds for everybody.
func (d *Drawings) newSieve(ctx context.Context, c *catalog.Contest, w *contest.Drawing, row *Drawing) (*sieve, error) {
	s := &sieve{contest: c, drawing: w, from: row.CountsFrom, to: row.CountsTo, out: map[sqldb.ID]string{}}
	if !w.Repeat && w.Pot == nil {
		var winners []sqldb.ID
		err := d.db.Select(ctx, &winners, "SELECT DISTINCT player_id FROM awards WHERE contest_id = ? AND source_kind = ?",
			c.ContestID, string(prize.FromDrawing))
		if err != nil {
			return nil, errs.Wrap(err, "read who won earlier drawings")
		}
		for _, player := range winners {
			s.out[player] = wonBefore
		}
	}
	exclusions, err := d.Exclusions(ctx, c.ContestID)
	for _, e := range exclusions {
		s.out[e.PlayerID] = exclusionText[e.Reason]
	}
	if err != nil {
		return nil, err
	}
	if s.aside, err = identity.Aside(ctx, d.db, c.ContestID); err != nil {
		return nil, err
	}
	disqualified, err := conduct.Out(ctx, d.db, c.ContestID)
	for player := range disqualified {
		s.out[player] = disqualifiedText
	}
	return s, err
}

// judge returns how often a player is on the list, and for one who meets the
// condition and is kept out, why. Who would meet it only by attempts that wait for
// staff to look is kept out, and counted as that.
func (s *sieve) judge(e identity.Enrolment, r *contest.Record) (tickets int, excluded string) {
	tickets = s.tickets(e, r)
	if tickets < 1 {
		if !r.Waits() {
			return 0, ""
		}
		released := *r
		released.History = r.Released()
		if s.tickets(e, &released) < 1 {
			return 0, ""
		}
		return 0, heldBack
	}
	switch reason := s.out[e.PlayerID]; {
	case e.Left():
		return 0, hasLeft
	case reason != "":
		return 0, reason
	case !s.contest.Admits(contest.ForDrawings, e.Proofs):
		return 0, unprovenText
	}
	return tickets, ""
}

// tickets is how often a player is on the list who meets the condition.
func (s *sieve) tickets(e identity.Enrolment, r *contest.Record) int {
	who := s.drawing.Who
	switch {
	case s.aside[e.PlayerID], who.Top != nil && !s.unranked && !s.top[e.PlayerID],
		who.Unit != "" && !s.contest.Units.IsUnder(e.UnitID, who.Unit),
		s.contest.EarnsOnlyRegistered() && !r.Registered,
		!s.contest.Meets(who, r, s.from, s.to):
		return 0
	}
	return s.contest.TicketsOf(s.drawing, r, s.from, s.to)
}

// eachPart goes through the players of a contest in the order of their ids, some
// thousands at a time: who is on the list, and how many are kept out for which
// reason. looked is how many players there were in the part.
func (d *Drawings) eachPart(ctx context.Context, s *sieve,
	visit func(part []entrant, out map[string]int, looked int) error) error {
	return d.eachRead(ctx, s.contest, func(ids []sqldb.ID, who map[sqldb.ID]identity.Enrolment,
		records map[sqldb.ID]*contest.Record) error {
		part, out := []entrant{}, map[string]int{}
		for _, id := range ids {
			tickets, excluded := s.judge(who[id], records[id])
			if excluded != "" {
				out[excluded]++
			} else if tickets > 0 {
				part = append(part, entrant{id, tickets})
			}
		}
		return visit(part, out, len(ids))
	})
}

// eachRead reads the players of a contest and what they did, in the order of their
// ids, some thousands at a time.
func (d *Drawings) eachRead(ctx context.Context, c *catalog.Contest,
	visit func([]sqldb.ID, map[sqldb.ID]identity.Enrolment, map[sqldb.ID]*contest.Record) error) error {
	after := sqldb.ID(0)
	for {
		var ids []sqldb.ID
		err := d.db.Select(ctx, &ids,
			"SELECT player_id FROM enrolments WHERE contest_id = ? AND player_id > ? ORDER BY player_id LIMIT ?",
			c.ContestID, after, entrantsPerRead)
		if err != nil || len(ids) == 0 {
			return errs.Wrap(err, "read the players of a contest")
		}
		after = ids[len(ids)-1]
		who, err := d.players.Enrolments(ctx, c.ContestID, ids)
		if err != nil {
			return err
		}
		records, err := d.play.Records(ctx, c.Definition, c.ContestID, who)
		if err != nil {
			return err
		}
		if err := visit(ids, who, records); err != nil {
			return err
		}
	}
}
