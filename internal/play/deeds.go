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
func (s *Service) Give(ctx context.Context, c *catalog.Contest, player sqldb.ID, deed contest.Deed, gives []contest.Grant) (*Done, error) {
	if _, err := s.players.Enrolment(ctx, c.ContestID, player); err != nil {
		return nil, err
	}
	r := &deedRequest{PlayerDeed: PlayerDeed{Contest: c, PlayerID: player, Deed: deed, Gives: gives}}
	if err := s.deeds.Do(context.WithoutCancel(ctx), r); err != nil {
		return nil, errs.Wrap(err, "record a %s", deed.Kind)
	}
	s.follow(r.made)
	if r.change == nil {
		return &Done{Repeated: true}, nil
	}
	return &Done{Earned: r.change.Earned}, nil
}

// commitDeeds records a batch of deeds in one transaction.
func (s *Service) commitDeeds(ctx context.Context, tx *sqldb.Tx, batch []*deedRequest) error {
	w := &Work{Tx: tx, service: s}
	deeds := make([]PlayerDeed, len(batch))
	for i, r := range batch {
		deeds[i] = r.PlayerDeed
	}
	changes, err := w.record(ctx, deeds)
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
	_, err := w.record(ctx, deeds)
	return err
}

// record is Do; it returns the change of each deed, nil for one that was done before.
func (w *Work) record(ctx context.Context, deeds []PlayerDeed) ([]*Change, error) {
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
	fw := newFinishWork()
	players := []sqldb.ID{d.PlayerID}
	if _, err := fw.readPlayers(ctx, w.Tx, players); err != nil {
		return nil, err
	}
	l, err := readLedger(ctx, w.Tx, []sqldb.ID{d.Contest.ContestID}, players)
	if err != nil {
		return nil, err
	}
	key := playerKey{d.Contest.ContestID, d.PlayerID}
	same := func(was contest.Deed) bool { return was.Kind == d.Deed.Kind && was.Ref == d.Deed.Ref }
	if slices.ContainsFunc(l.deeds[key], same) {
		return nil, nil
	}
	l.deeds[key] = append(l.deeds[key], d.Deed)
	enrolments, err := identity.EnrolmentsIn(ctx, w.Tx, key.contest, players)
	if err != nil {
		return nil, err
	}
	history, version := fw.touch(key)
	enrolment := enrolments[d.PlayerID]
	record := l.record(d.Contest.Definition, key, history, enrolment)
	change := &Change{
		ContestID: key.contest, Contest: d.Contest.Definition, PlayerID: key.player, UnitID: enrolment.UnitID,
		Deed: &d.Deed, Record: record, Version: version,
	}
	change.earn(append(d.Contest.EarnDeed(record, d.Deed), d.Gives...))
	return change, w.writeDeed(ctx, fw, change)
}

func (w *Work) writeDeed(ctx context.Context, fw *finishWork, c *Change) error {
	err := sqldb.Insert(ctx, w.Tx, "INSERT INTO deeds", []deedRow{{c.ContestID, c.PlayerID, string(c.Deed.Kind), c.Deed.Ref, c.Deed.At}})
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale // done at the same time: look again
	}
	if err != nil {
		return errs.Wrap(err, "record a deed")
	}
	if err := fw.writeProgress(ctx, w.Tx); err != nil {
		return err
	}
	return w.writeGrants(ctx, []*Change{c})
}

// earn adds what the change earned to its record.
func (c *Change) earn(grants []contest.Grant) {
	c.Earned = grants
	c.Record.Grants = append(slices.Clip(c.Record.Grants), grants...)
}

// record puts together what the rules see of a player.
func (l *ledger) record(c *contest.Definition, key playerKey, history contest.History, e identity.Enrolment) *contest.Record {
	return &contest.Record{
		History: history, Deeds: l.deeds[key], Grants: l.grants[key], Division: e.Division, Registered: c.Registered(e.HasField),
	}
}
