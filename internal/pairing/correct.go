package pairing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/shortlist"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Why who won cannot be corrected.
var (
	ErrUnknown   = errs.New(errs.NotFound, "pair_unknown", "没有这一对")
	errUndecided = errs.New(errs.Conflict, "pair_undecided", "还没有评定胜负，评定以后才能更正")
	errFollowed  = errs.New(errs.Conflict, "pair_followed", "下一轮对阵已经排定，这一轮的胜负不能再改")
	errWon       = errs.InvalidField("winner", "现在就是这个结果，不用更正")
)

// correct is the act of changing who won, which two decide.
const correct staff.Act = "pair"

type correction struct {
	Pairing string `json:"pairing"`
	Place   int    `json:"place"`
	Winner  int64  `json:"winner"` // id of a unit; 0: nobody
	Name    string `json:"name"`   // of the winner
	Reason  string `json:"reason"`
}

// Corrected is what somebody has proposed, and waits for another to agree.
type Corrected struct {
	staff.Proposal
	Pairing string
	Place   int
	Name    string // of the unit that is to win; empty for nobody
	Reason  string
}

// Side says which of a pair is meant.
type Side string

// The sides.
const (
	First  Side = "first"
	Second Side = "second"
	Nobody Side = "nobody"
)

// of is the unit on a side.
func (p *Pair) of(side Side) (sqldb.ID, error) {
	switch {
	case side == First:
		return p.FirstID, nil
	case side == Second && p.SecondID != 0:
		return p.SecondID, nil
	case side == Nobody:
		return 0, nil
	}
	return 0, errs.InvalidField("winner", "请选谁胜")
}

// Propose is the first half of correcting who won; another must agree. Errors: ErrUnknown,
// pair_undecided, pair_followed, staff.ErrProposed, staff.ErrByNobody, invalid_field winner
// or reason.
func (s *Service) Propose(
	ctx context.Context, by staff.Actor, in *catalog.Contest, key string, place int, winner Side, reason string,
) error {
	if reason == "" {
		return errs.InvalidField("reason", "请写明原因")
	}
	return errs.Wrap(s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, pair, err := correctable(ctx, tx, in, key, place)
		if err != nil {
			return err
		}
		unit, err := pair.of(winner)
		switch {
		case err != nil:
			return err
		case unit == pair.WinnerID:
			return errWon
		}
		p := staff.Proposal{ID: s.ids.Next(), ContestID: in.ContestID, Kind: correct,
			Subject: fmt.Sprintf("%s/%d", key, place), ProposedAt: s.now().UnixMilli()}
		return staff.Propose(ctx, tx, by, p, correction{key, place, int64(unit), NameOf(in, unit, ""), reason})
	}), "propose to correct who won")
}

// correctable is a pair of which it may be changed who won: nobody has met by it yet.
func correctable(
	ctx context.Context, tx *sqldb.Tx, in *catalog.Contest, key string, place int,
) (*State, *Pair, error) {
	states, err := statesOf(ctx, tx, in.ContestID)
	if err != nil {
		return nil, nil, err
	}
	state := states[key]
	if state == nil || place < 1 || place > len(state.Pairs) {
		return nil, nil, ErrUnknown
	}
	if state.DecidedAt == 0 {
		return nil, nil, errUndecided
	}
	for i := range in.Pairings {
		if p := &in.Pairings[i]; p.Winners == key && states[p.Key] != nil {
			return nil, nil, errFollowed
		}
	}
	return state, &state.Pairs[place-1], nil
}

// Agree is the second half: another wins, and the players of its unit go on in the place of
// those who did. Errors: staff.ErrProposal, those of staff.SecondPerson, pair_followed.
func (s *Service) Agree(ctx context.Context, by staff.Actor, in *catalog.Contest, proposal sqldb.ID) error {
	now := s.now().UnixMilli()
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		waiting, err := s.waiting(ctx, tx, in.ContestID, proposal)
		if err != nil {
			return err
		}
		state, pair, err := correctable(ctx, tx, in, waiting.Pairing, waiting.Place)
		if err == nil {
			err = state.Hold(ctx, tx, in.ContestID)
		}
		if errors.Is(err, ErrOvertaken) {
			return sqldb.ErrStale // the list is made at this moment: read again, and change it
		}
		if err != nil {
			return err
		}
		note, err := staff.Agree(ctx, tx, by, &waiting.Proposal, now)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE unit_pairs SET winner_id = ?, corrected_at = ?
			WHERE contest_id = ? AND pairing_key = ? AND place = ?`, waiting.winner, now, in.ContestID, pair.Key, pair.Place)
		if err != nil {
			return err
		}
		if err := s.goOn(ctx, tx, in, pair, waiting.winner, now); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "pair.correct", Subject: in.Slug,
			Detail: map[string]any{"pairing": pair.Key, "place": pair.Place, "name": waiting.Name, "reason": waiting.Reason,
				"proposed_by": waiting.FirstName, "note": note}})
	})
	s.kept.Drop(in.ContestID)
	return errs.Wrap(err, "correct who won")
}

// goOn changes the lists of a pairing that are made.
func (s *Service) goOn(
	ctx context.Context, tx *sqldb.Tx, in *catalog.Contest, pair *Pair, winner sqldb.ID, now int64,
) error {
	p := in.Pairing(pair.Key)
	if p == nil {
		return nil
	}
	of, _ := in.Board(p.Board)
	for i := range in.Lists {
		l := &in.Lists[i]
		if l.Pairing != pair.Key {
			continue
		}
		off, on := UnitsOf(in, of.Depth, pair.WinnerID), UnitsOf(in, of.Depth, winner)
		if err := shortlist.Exchange(ctx, tx, in, l.Key, off, on, now); err != nil {
			return err
		}
	}
	return nil
}

// UnitsOf are the units whose players go on with some winners that a board ranked at a depth
// of the tree: those that count for them, and where one was moved below another since, all
// that is below it. Units that staff took off the tree are among them: who belongs to one
// has won with it.
func UnitsOf(in *catalog.Contest, depth int, winners ...sqldb.ID) (units []sqldb.ID) {
	for _, u := range slices.Concat(in.Units.Units(), in.Units.Gone()) {
		at, _ := in.Units.At(u.ID, depth)
		if slices.ContainsFunc(winners, func(id sqldb.ID) bool {
			won, known := in.Units.Get(id)
			if !known || at.ID == id {
				return known
			}
			now, _ := in.Units.At(id, depth)
			return now.ID != id && in.Units.IsUnder(u.ID, won.Code)
		}) {
			units = append(units, u.ID)
		}
	}
	return units
}

// Withdraw ends what somebody proposed. Errors: staff.ErrProposal.
func (s *Service) Withdraw(ctx context.Context, by staff.Actor, in *catalog.Contest, proposal sqldb.ID) error {
	return errs.Wrap(s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		waiting, err := s.waiting(ctx, tx, in.ContestID, proposal)
		if err != nil {
			return err
		}
		return staff.Withdraw(ctx, tx, by, &waiting.Proposal, s.now().UnixMilli())
	}), "withdraw a correction")
}

// Waiting lists the corrections of a contest that wait for another to agree.
func (s *Service) Waiting(ctx context.Context, in *catalog.Contest) ([]Corrected, error) {
	proposals, err := staff.AllWaiting(ctx, s.db, in.ContestID, correct)
	if err != nil {
		return nil, err
	}
	waiting := make([]Corrected, len(proposals))
	for i := range proposals {
		one, err := read(&proposals[i])
		if err != nil {
			return nil, err
		}
		waiting[i] = one.Corrected
	}
	return waiting, nil
}

type waitingCorrection struct {
	Corrected
	winner sqldb.ID
}

func (s *Service) waiting(ctx context.Context, tx *sqldb.Tx, contestID, id sqldb.ID) (*waitingCorrection, error) {
	p, err := staff.Waiting(ctx, tx, contestID, id)
	if err != nil {
		return nil, err
	}
	if p.Kind != correct {
		return nil, staff.ErrProposal
	}
	return read(p)
}

func read(p *staff.Proposal) (*waitingCorrection, error) {
	var act correction
	err := json.Unmarshal([]byte(p.Body), &act)
	return &waitingCorrection{Corrected{*p, act.Pairing, act.Place, act.Name, act.Reason}, sqldb.ID(act.Winner)},
		errs.Wrap(err, "read a proposal")
}
