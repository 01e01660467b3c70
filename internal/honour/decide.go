package honour

import (
	"context"
	"slices"

	"anquanda/internal/board"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Decide decides the honours of a contest that are not yet and that a unit qualifies for.
// Those that are stay as they are, so that pressing again, or on two nodes, changes nothing;
// one that no unit qualifies for stays open. Errors: honours_early before the close,
// honours_none, honours_nobody where nothing could be decided.
func (s *Service) Decide(ctx context.Context, by staff.Actor, in *catalog.Contest) error {
	if len(in.Honours) == 0 {
		return errNone
	}
	if in.Phase(s.now().UnixMilli()) != contest.Closed {
		return errEarly
	}
	waiting, err := s.undecided(ctx, in)
	if err != nil {
		return err
	}
	found := 0
	for _, h := range waiting {
		n, err := s.decide(ctx, by, in, h)
		if err != nil {
			return errs.Wrap(err, "decide the honour %s", h.Key)
		}
		found += n
	}
	if len(waiting) > 0 && found == 0 {
		return errNobody
	}
	return nil
}

// undecided are the honours of the definition that are not decided.
func (s *Service) undecided(ctx context.Context, in *catalog.Contest) (waiting []*contest.Honour, err error) {
	decided, err := s.Of(ctx, in)
	if err != nil {
		return nil, err
	}
	for i := range in.Honours {
		h := &in.Honours[i]
		if !slices.ContainsFunc(decided, func(d Decided) bool { return d.Key == h.Key }) {
			waiting = append(waiting, h)
		}
	}
	return waiting, nil
}

// Would are the units that would be awarded if an honour were decided now; they have no number.
func (s *Service) Would(ctx context.Context, in *catalog.Contest, h *contest.Honour) ([]Awarded, error) {
	of, _ := in.Board(h.Board)
	ranked, err := s.boards.RankedUnits(ctx, in, of)
	if err != nil {
		return nil, err
	}
	return awarded(in, h, ranked), nil
}

// decide writes down who is first, and tells how many units that are. Where another was
// faster, that stands.
func (s *Service) decide(ctx context.Context, by staff.Actor, in *catalog.Contest, h *contest.Honour) (int, error) {
	units, err := s.Would(ctx, in, h)
	if err != nil || len(units) == 0 {
		return 0, err
	}
	now := s.now().UnixMilli()
	for i := range units {
		units[i].Number, units[i].DecidedAt = s.ids.Next(), now
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO honourings (contest_id, honour_key, decided_at, published_at)
			VALUES (?, ?, ?, 0)`, in.ContestID, h.Key, now)
		if err != nil {
			return err
		}
		if err := sqldb.Insert(ctx, tx, "INSERT INTO honours", units); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "honours.decide", Subject: in.Slug,
			Detail: map[string]any{"name": h.Title, "units": len(units)}})
	})
	if err != nil && !sqldb.IsDuplicate(err) {
		return 0, err
	}
	return len(units), nil
}

// awarded are the units of an honour among those that a board ranks, the first first.
func awarded(in *catalog.Contest, h *contest.Honour, ranked []board.RankedUnit) (units []Awarded) {
	place, passed := 0, 0
	var before *board.RankedUnit
	for i := range ranked {
		u := &ranked[i]
		if u.Players < int64(h.People) {
			continue
		}
		passed++
		if before == nil || !u.Equals(before) {
			place = passed
		}
		before = u
		class, ok := h.PlaceAt(place)
		if !ok {
			break
		}
		name := ""
		if known, ok := in.Units.Get(u.ID); ok {
			name = known.Name
		}
		units = append(units, Awarded{ContestID: in.ContestID, Key: h.Key, UnitID: u.ID, Place: place, Class: class,
			Title: h.Title, Contest: in.Title, Organizer: in.Organizer, Text: h.Text, Unit: name, Points: u.Points,
			Players: u.Players})
	}
	return units
}

// Publish shows everybody who was awarded what is decided by now. Pressing again changes
// nothing. Errors: honours_undecided.
func (s *Service) Publish(ctx context.Context, by staff.Actor, in *catalog.Contest) error {
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var decided int
		err := tx.Get(ctx, &decided, "SELECT COUNT(*) FROM honourings WHERE contest_id = ?", in.ContestID)
		if err != nil {
			return errs.Wrap(err, "look for honours")
		}
		if decided == 0 {
			return errUndecided
		}
		n, err := tx.Exec(ctx, "UPDATE honourings SET published_at = ? WHERE contest_id = ? AND published_at = 0",
			s.now().UnixMilli(), in.ContestID)
		if err != nil || n == 0 {
			return errs.Wrap(err, "publish honours")
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "honours.publish", Subject: in.Slug,
			Detail: map[string]any{"honours": n}})
	})
}
