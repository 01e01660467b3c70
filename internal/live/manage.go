package live

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"anquanda/internal/errs"
	"anquanda/internal/live/room"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Treatment is what staff do to a member.
type Treatment string

// The treatments.
const (
	Remove  Treatment = "remove" // for good: by any phone of the player
	Readmit Treatment = "readmit"
	Hide    Treatment = "hide" // others see an alias
	Show    Treatment = "show"
)

// treating is the statement of each treatment.
var treating = map[Treatment]string{
	Remove:  "UPDATE live_members SET removed = 1 WHERE room_id = ? AND ",
	Readmit: "UPDATE live_members SET removed = 0 WHERE room_id = ? AND ",
	Hide:    "UPDATE live_members SET hidden = 1 WHERE room_id = ? AND ",
	Show:    "UPDATE live_members SET hidden = 0 WHERE room_id = ? AND ",
}

// Errors of members.
var (
	errTreatment     = errs.InvalidField("action", "没有这个操作")
	ErrMemberUnknown = errs.New(errs.NotFound, "member_unknown", "房间里没有这个人")
)

// Treat does something to a member of a room. Who is readmitted brings the network back
// that was removed with them. Errors: ErrUnknown, ErrMemberUnknown, invalid_field action.
func (s *Service) Treat(ctx context.Context, by staff.Actor, id sqldb.ID, member int32, how Treatment) error {
	var e room.Event
	if seen, err := s.See(ctx, id); err == nil && how == Readmit && seen.Member(member) != nil {
		e.Unbar = seen.Member(member).Network
	}
	return s.treat(ctx, by, id, how, e, "member = ?", member)
}

// RemoveNetwork removes everybody who joined a room from a network, and lets nobody new in
// from there. Errors: ErrUnknown, ErrMemberUnknown.
func (s *Service) RemoveNetwork(ctx context.Context, by staff.Actor, id sqldb.ID, network string) error {
	return s.treat(ctx, by, id, Remove, room.Event{Bar: network}, "network = ?", network)
}

func (s *Service) treat(ctx context.Context, by staff.Actor, id sqldb.ID, how Treatment, e room.Event,
	which string, arg any) error {
	statement, known := treating[how]
	if !known {
		return errTreatment
	}
	if _, err := s.See(ctx, id); err != nil {
		return err
	}
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx, statement+which, id, arg)
		if err == nil && matched == 0 {
			err = ErrMemberUnknown
		}
		return err
	})
	if err != nil {
		return errs.Wrap(err, "%s a member of live room %d", how, id)
	}
	e.Do, e.Counts = room.DoTouch, how == Remove || how == Readmit
	_, err = s.keeper(id).step(ctx, stepping{event: e, by: by, detail: string(how)})
	return err
}

// Crowd is how many members joined from one network.
type Crowd struct {
	Network string
	Members int
}

// Networks are those from which most members joined, the largest first.
func (s *Seen) Networks(most int) []Crowd {
	counts := map[string]int{}
	for i := range s.Members {
		if m := &s.Members[i]; m.Network != "" && !m.Removed {
			counts[m.Network]++
		}
	}
	crowds := make([]Crowd, 0, len(counts))
	for network, members := range counts {
		crowds = append(crowds, Crowd{network, members})
	}
	slices.SortFunc(crowds, func(a, b Crowd) int {
		return cmp.Or(cmp.Compare(b.Members, a.Members), strings.Compare(a.Network, b.Network))
	})
	return crowds[:min(most, len(crowds))]
}

// ListMembers lists members by number from after on; with a text those alone whose name
// holds it.
func (s *Service) ListMembers(ctx context.Context, seen *Seen, text string, after int32, most int) ([]Placed, error) {
	const atOnce = 500 // names read at a time
	var found []Placed
	for next := int(after); next < len(seen.Members) && len(found) < most; next += atOnce {
		var numbers []int32
		for n := next + 1; n <= min(next+atOnce, len(seen.Members)); n++ {
			numbers = append(numbers, int32(n))
		}
		named, err := s.named(ctx, seen, numbers, true)
		if err != nil {
			return nil, err
		}
		for _, p := range named {
			if len(found) < most && (text == "" || strings.Contains(p.Name, text)) {
				found = append(found, p)
			}
		}
	}
	return found, nil
}
