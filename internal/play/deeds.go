package play

import (
	"cmp"
	"context"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
)

// Done is what a deed came to.
type Done struct {
	Repeated bool // it had been done before
	Earned   []contest.Grant
}

// PlayerDeed is a deed of a player in a contest.
type PlayerDeed struct {
	Contest  *catalog.Contest
	PlayerID sqldb.ID
	Deed     contest.Deed
	Gives    []contest.Grant // beside what the definition gives for it
	// GivesBy works Gives out in the transaction, from the player's part in the contest
	// and all that the player was granted in it; nil: they stand. It may run again.
	GivesBy func(e identity.Enrolment, already []contest.Grant) []contest.Grant
}

// deedRequest is one deed on its way into the store.
type deedRequest struct {
	PlayerDeed
	change *Change   // nil when it was done before
	made   []*Change // all of the transaction; of the first in the batch only
}

// Do records a deed of a player, with what it earns; it shares its commit with
// others. A deed that was done before (the same kind and ref) changes nothing.
// Errors: identity.ErrNotEnrolled.
func (s *Service) Do(ctx context.Context, c *catalog.Contest, player sqldb.ID, deed contest.Deed) (*Done, error) {
	return s.Give(ctx, c, player, deed, nil)
}

// Give is Do for a deed that gives more than the definition's earnings: a prize of
// points. The sources of the grants are the caller's to keep apart from those of
// earnings.
func (s *Service) Give(
	ctx context.Context, c *catalog.Contest, player sqldb.ID, deed contest.Deed, gives []contest.Grant,
) (*Done, error) {
	return s.GiveBy(ctx, PlayerDeed{Contest: c, PlayerID: player, Deed: deed, Gives: gives})
}

// GiveBy is Give where what is given hangs on what the player has already (GivesBy).
func (s *Service) GiveBy(ctx context.Context, d PlayerDeed) (*Done, error) {
	if _, err := s.players.Enrolment(ctx, d.Contest.ContestID, d.PlayerID); err != nil {
		return nil, err
	}
	r := &deedRequest{PlayerDeed: d}
	if err := s.deeds.Do(context.WithoutCancel(ctx), r); err != nil {
		return nil, errs.Wrap(err, "record a %s", d.Deed.Kind)
	}
	s.follow(r.made)
	if r.change == nil {
		return &Done{Repeated: true}, nil
	}
	return &Done{Earned: r.change.Earned}, nil
}

// DoPaid is Do for a deed that costs something: pay takes it in the same transaction,
// before what the deed earns is there, and its error leaves everything as it was. It may
// run again. For a deed that was done before nothing is paid.
func (s *Service) DoPaid(ctx context.Context, d PlayerDeed, pay func(context.Context, *sqldb.Tx) error) (*Done, error) {
	if _, err := s.players.Enrolment(ctx, d.Contest.ContestID, d.PlayerID); err != nil {
		return nil, err
	}
	var made, changes []*Change
	err := s.db.InTx(context.WithoutCancel(ctx), func(tx *sqldb.Tx) error {
		made, changes = nil, nil
		w := &Work{Tx: tx, service: s}
		done, err := w.done(ctx, playerKey{d.Contest.ContestID, d.PlayerID}, d.Deed)
		if err != nil || done {
			return err
		}
		if err := pay(ctx, tx); err != nil {
			return err
		}
		changes, err = w.storeDeeds(ctx, []PlayerDeed{d})
		made = w.made
		return err
	})
	if err != nil {
		return nil, errs.Wrap(err, "record a %s that is paid for", d.Deed.Kind)
	}
	s.follow(made)
	if len(changes) == 0 || changes[0] == nil {
		return &Done{Repeated: true}, nil
	}
	return &Done{Earned: changes[0].Earned}, nil
}

// commitDeeds records a batch of deeds in one transaction.
func (s *Service) commitDeeds(ctx context.Context, tx *sqldb.Tx, batch []*deedRequest) error {
	w := &Work{Tx: tx, service: s}
	deeds := make([]PlayerDeed, len(batch))
	for i, r := range batch {
		deeds[i] = r.PlayerDeed
	}
	changes, err := w.storeDeeds(ctx, deeds)
	if err != nil {
		return err
	}
	for i, r := range batch {
		r.change, r.made = changes[i], nil // the transaction may be run again
	}
	batch[0].made = w.made
	return nil
}

// Do records deeds of players inside a transaction that makes changes, with what
// they earn; the hooks see them after the changes that they are seeing.
func (w *Work) Do(ctx context.Context, deeds []PlayerDeed) error {
	_, err := w.storeDeeds(ctx, deeds)
	return err
}

// DoIn records deeds of players, with what they earn, inside a transaction of another
// package. Followers are not told: who asks lets the views look again after the commit.
func (s *Service) DoIn(ctx context.Context, tx *sqldb.Tx, deeds []PlayerDeed) error {
	return (&Work{Tx: tx, service: s}).Do(ctx, deeds)
}

// record is Do; it returns the change of each deed, nil for one that was done before.
func (w *Work) storeDeeds(ctx context.Context, deeds []PlayerDeed) ([]*Change, error) {
	// The same order in every transaction, so that two of them do not deadlock.
	order := make([]int, len(deeds))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(deeds[a].PlayerID, deeds[b].PlayerID) })
	changes := make([]*Change, len(deeds))
	var made []*Change
	for _, i := range order {
		var err error
		if changes[i], err = w.do(ctx, deeds[i]); err != nil {
			return nil, err
		}
		if changes[i] != nil {
			made = append(made, changes[i])
		}
	}
	return changes, w.changed(ctx, made)
}

// do records one deed; nil when it was there already.
func (w *Work) do(ctx context.Context, d PlayerDeed) (*Change, error) {
	key := playerKey{d.Contest.ContestID, d.PlayerID}
	found, err := readProgress(ctx, w.Tx, []playerKey{key})
	if err != nil {
		return nil, err
	}
	if done, err := w.done(ctx, key, d.Deed); err != nil || done {
		return nil, err
	}
	enrolments, err := identity.EnrolmentsIn(ctx, w.Tx, key.contest, []sqldb.ID{key.player})
	if err != nil {
		return nil, err
	}
	p, e, definition := found[key], enrolments[d.PlayerID], d.Contest.Definition
	if d.GivesBy != nil {
		held, err := readLedger(ctx, w.Tx, []sqldb.ID{key.contest}, []sqldb.ID{key.player})
		if err != nil {
			return nil, err
		}
		d.Gives = d.GivesBy(e, held.grants[key])
	}
	if !p.sumsUp(d.Contest.Version, d.moments()...) {
		if err := p.countAll(ctx, w.Tx); err != nil {
			return nil, err
		}
	}
	p.takes(d.Contest.Version, definition, e)
	change := &Change{
		ContestID: key.contest, Contest: definition, PlayerID: key.player, UnitID: e.UnitID, Deed: &d.Deed,
		First: p.at(definition, d.Deed.At).OnNoBoard(),
	}
	after := p.do(definition, d.Deed)
	change.Ended, change.Passes = after.Ended, after.Passes()
	change.Earned = append(definition.EarnDeed(after, d.Deed), d.Gives...)
	change.Summary = p.gain(definition, change.Earned, d.Deed.At)
	change.Version = p.version
	return change, w.writeDeed(ctx, p, change)
}

// moments are those of the deed and of what it gives beside the earnings.
func (d *PlayerDeed) moments() []int64 {
	moments := []int64{d.Deed.At}
	for _, g := range d.Gives {
		moments = append(moments, g.At)
	}
	return moments
}

// done reports whether a deed was done before.
func (w *Work) done(ctx context.Context, key playerKey, deed contest.Deed) (bool, error) {
	var done int
	err := w.Get(ctx, &done, "SELECT COUNT(*) FROM deeds WHERE contest_id = ? AND player_id = ? AND kind = ? AND ref = ?",
		key.contest, key.player, string(deed.Kind), deed.Ref)
	return done > 0, errs.Wrap(err, "look for a deed")
}

func (w *Work) writeDeed(ctx context.Context, p *progress, c *Change) error {
	err := sqldb.Insert(ctx, w.Tx, "INSERT INTO deeds", []deedRow{{c.ContestID, c.PlayerID, string(c.Deed.Kind),
		c.Deed.Ref, c.Deed.At}})
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale // done at the same time: look again
	}
	if err != nil {
		return errs.Wrap(err, "record a deed")
	}
	if err := writeProgress(ctx, w.Tx, []*progress{p}); err != nil {
		return err
	}
	return w.writeGrants(ctx, []*Change{c})
}
