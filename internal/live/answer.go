package live

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"anquanda/internal/errs"
	"anquanda/internal/live/room"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// maxRevisions bounds how often an answer may be changed.
const maxRevisions = 50

// Response is what a phone sends: options by their letters as shown, in the order
// chosen.
type Response struct {
	Round    int
	Revision int // from 1: how often this phone's player has answered the round
	Options  []string
	Blanks   []string
}

// Counted is what became of a response.
type Counted struct {
	Counted  bool
	Repeated bool // it was stored before
	Revision int  // that stands
	UsedMS   int64
	LateMS   int64 // by how much it came too late
}

// answerRow is one revision of a member's answer.
type answerRow struct {
	RoomID     sqldb.ID `db:"room_id"`
	Round      int      `db:"round"`
	Member     int32    `db:"member"`
	Revision   int      `db:"revision"`
	Choice     string   `db:"choice"`
	UsedMS     int64    `db:"used_ms"`
	AnsweredAt int64    `db:"answered_at"`
}

var answerColumns = sqldb.Columns[answerRow]("")

// answering is an answer on its way into the store.
type answering struct {
	row      answerRow
	repeated bool
	err      error // why it was not stored
}

// gateKey names a gate.
type gateKey struct {
	room  sqldb.ID
	round int
}

// Answer judges whether a response counts, and makes it durable before it says so. The
// same revision again is acknowledged again. What comes too late is no error: Counted
// says so. Errors: ErrUnknown, ErrNoMember, ErrRemoved, room.ErrNotOpen, room.ErrPaused,
// room.ErrOut, ErrFixed, ErrRevision, option_unknown, invalid_field; sqldb.ErrFull and
// sqldb.ErrAway: send it again.
func (s *Service) Answer(ctx context.Context, id, player sqldb.ID, r Response) (*Counted, error) {
	received := s.millis()
	seen, member, err := s.answerer(ctx, id, player)
	if err != nil {
		return nil, err
	}
	late, err := seen.State.Takes(r.Round, received)
	if err != nil || late > 0 { // nobody is refused by what this node has not heard yet
		if seen, err = s.lookAgain(ctx, id); err != nil {
			return nil, err
		}
		if late, err = seen.State.Takes(r.Round, received); err != nil {
			return nil, err
		}
	}
	asked := seen.State.At(r.Round)
	choice, err := seen.choose(r)
	if err != nil {
		return nil, err
	}
	row := answerRow{RoomID: id, Round: r.Round, Member: member.Member, Revision: r.Revision, Choice: choice.Text(),
		AnsweredAt: received}
	if late > 0 {
		return s.tooLate(ctx, &row, late)
	}
	if may, _ := seen.Plan.Plays(&seen.State, member.Member, seen.Table.Of(member.Member)); !may {
		return nil, room.ErrOut
	}
	row.UsedMS = asked.Used(received)
	a := &answering{row: row}
	err = s.answers.Do(context.WithoutCancel(ctx), a)
	switch {
	case err != nil:
		return nil, errs.Wrap(err, "store an answer of room %d", id)
	case errors.Is(a.err, errShut):
		return s.tooLate(ctx, &row, max(received-asked.ClosesAt, 1))
	case a.err != nil:
		return nil, a.err
	}
	return &Counted{Counted: true, Repeated: a.repeated, Revision: a.row.Revision, UsedMS: a.row.UsedMS}, nil
}

// answerer is the member that a player is.
func (s *Service) answerer(ctx context.Context, id, player sqldb.ID) (*Seen, *Member, error) {
	seen, err := s.See(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	member, err := s.keeper(id).find(ctx, player)
	switch {
	case err != nil:
		return nil, nil, err
	case member == nil:
		return nil, nil, ErrNoMember
	case member.Removed:
		return nil, nil, ErrRemoved
	}
	return seen, member, nil
}

// tooLate tells by how much an answer came too late, unless it is a repetition of one
// that was stored in time.
func (s *Service) tooLate(ctx context.Context, row *answerRow, late int64) (*Counted, error) {
	var rows []answerRow
	err := s.db.Select(ctx, &rows, "SELECT "+answerColumns+` FROM live_answers
		WHERE room_id = ? AND round = ? AND member = ? ORDER BY revision DESC`, row.RoomID, row.Round, row.Member)
	if err != nil {
		return nil, errs.Wrap(err, "read an answer")
	}
	c := &Counted{LateMS: late}
	for i := range rows {
		if c.Revision == 0 {
			c.Revision = rows[i].Revision
		}
		if rows[i].Revision == row.Revision && rows[i].Choice == row.Choice {
			return &Counted{Counted: true, Repeated: true, Revision: row.Revision, UsedMS: rows[i].UsedMS}, nil
		}
	}
	return c, nil
}

// commitAnswers stores a batch: first those of one gate, then those of the next, always
// in the same order, so that two batches do not deadlock.
func (s *Service) commitAnswers(ctx context.Context, tx *sqldb.Tx, batch []*answering) error {
	byGate := map[gateKey][]*answering{}
	for _, a := range batch {
		a.repeated, a.err = false, nil // the transaction may be run again
		key := gateKey{a.row.RoomID, a.row.Round}
		byGate[key] = append(byGate[key], a)
	}
	order := slices.SortedFunc(maps.Keys(byGate), func(a, b gateKey) int {
		return cmp.Or(cmp.Compare(a.room, b.room), cmp.Compare(a.round, b.round))
	})
	for _, key := range order {
		if err := s.commitAnswersOf(ctx, tx, key, byGate[key]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) commitAnswersOf(ctx context.Context, tx *sqldb.Tx, key gateKey, batch []*answering) error {
	taken, err := lockGate(ctx, tx, key.room, key.round)
	if errors.Is(err, errShut) {
		for _, a := range batch {
			a.err = err
		}
		return nil
	}
	if err != nil {
		return err
	}
	stored, err := storedAnswers(ctx, tx, key, batch)
	if err != nil {
		return err
	}
	change := s.mayChange(key.room)
	var fresh []*answerRow
	for _, a := range batch {
		last := stored[a.row.Member]
		if !a.follows(last, change) {
			continue
		}
		if len(last) == 0 {
			taken++
		}
		fresh = append(fresh, &a.row)
		stored[a.row.Member] = append(last, a.row)
	}
	if err := sqldb.Insert(ctx, tx, "INSERT INTO live_answers", fresh); err != nil {
		return err
	}
	return setTaken(ctx, tx, key.room, key.round, taken)
}

// follows decides whether an answer is the next revision; before are those of the member
// in order.
func (a *answering) follows(before []answerRow, change bool) bool {
	n := len(before)
	switch {
	case a.row.Revision >= 1 && a.row.Revision <= n:
		if stands := &before[a.row.Revision-1]; stands.Choice == a.row.Choice {
			a.repeated, a.row = true, *stands
			return false
		}
		a.err = ErrRevision
	case n > 0 && before[n-1].Choice == a.row.Choice: // nothing changes
		a.repeated, a.row = true, before[n-1]
		return false
	case a.row.Revision != n+1:
		a.err = ErrRevision
	case n > 0 && !change || n >= maxRevisions:
		a.err = ErrFixed
	}
	if a.err != nil && n > 0 && !change {
		a.err = ErrFixed
	}
	return a.err == nil
}

func storedAnswers(ctx context.Context, tx *sqldb.Tx, key gateKey, batch []*answering) (map[int32][]answerRow, error) {
	members := make([]int32, len(batch))
	for i, a := range batch {
		members[i] = a.row.Member
	}
	var rows []answerRow
	err := tx.SelectIn(ctx, &rows, "SELECT "+answerColumns+` FROM live_answers
		WHERE room_id = ? AND round = ? AND member IN (?) ORDER BY member, revision`, key.room, key.round, members)
	if err != nil {
		return nil, err
	}
	stored := make(map[int32][]answerRow, len(batch))
	for _, row := range rows {
		stored[row.Member] = append(stored[row.Member], row)
	}
	return stored, nil
}

// mayChange reports whether answers of a room may be changed.
func (s *Service) mayChange(id sqldb.ID) bool {
	seen := s.keeper(id).see()
	return seen != nil && seen.Plan.Live.Change
}

// choose turns letters as shown into a choice by the bank's indexes. Errors:
// option_unknown, invalid_field.
func (seen *Seen) choose(r Response) (question.Choice, error) {
	asked := seen.State.At(r.Round)
	if asked == nil {
		return question.Choice{}, room.ErrNotOpen
	}
	q := seen.Plan.Question(asked)
	order := seen.Plan.Order(r.Round, q)
	var choice question.Choice
	for _, letter := range r.Options {
		at := placeOf(letter)
		if at < 0 || at >= len(order) {
			return choice, errOption
		}
		choice.Options = append(choice.Options, order[at])
	}
	choice.Blanks = r.Blanks
	if wrong := q.Shape(&choice); wrong != nil {
		return choice, errs.InvalidField(wrong.Field, wrong.Message)
	}
	if choice.Empty() {
		return choice, errs.InvalidField("options", "还没有选")
	}
	return choice, nil
}

var errOption = errs.New(errs.Invalid, "option_unknown", "没有这个选项")

// Letter is how the option at a place, from 0, is shown; placeOf is the inverse, -1 for
// no letter.
func Letter(place int) string { return string(rune('A' + place)) }

func placeOf(letter string) int {
	if len(letter) != 1 || letter[0] < 'A' || letter[0] > 'Z' {
		return -1
	}
	return int(letter[0] - 'A')
}

// Answered is the last revision of a member's answer to a round, as question.Choice.Text
// writes it; revision 0 is none.
func (s *Service) Answered(ctx context.Context, id sqldb.ID, round int, member int32) (revision int, choice string,
	err error) {
	var rows []answerRow
	err = s.db.Select(ctx, &rows, "SELECT "+answerColumns+` FROM live_answers
		WHERE room_id = ? AND round = ? AND member = ? ORDER BY revision DESC LIMIT 1`, id, round, member)
	if err != nil || len(rows) == 0 {
		return 0, "", errs.Wrap(err, "read an answer")
	}
	return rows[0].Revision, rows[0].Choice, nil
}

// Indexes turns letters as shown in a round into the bank's indexes. Errors:
// invalid_field right.
func Indexes(seen *Seen, round int, letters []string) (indexes []int, err error) {
	r := seen.State.At(round)
	if r == nil {
		return nil, nil
	}
	order := seen.Plan.Order(round, seen.Plan.Question(r))
	for _, letter := range letters {
		at := placeOf(letter)
		if at < 0 || at >= len(order) {
			return nil, room.ErrRight
		}
		indexes = append(indexes, order[at])
	}
	return indexes, nil
}
