package live

import (
	"context"
	"encoding/json"

	"anquanda/internal/errs"
	"anquanda/internal/live/room"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// stepping is a step to be taken.
type stepping struct {
	event  room.Event
	by     staff.Actor
	detail string
	// seq is the state that who asks has seen; 0: whatever it is.
	seq int64
	// fenced steps are the owner's: they count only while it owns the room.
	fenced bool
}

// stepRow is a step that was taken.
type stepRow struct {
	RoomID    sqldb.ID `db:"room_id"`
	Seq       int64    `db:"seq"`
	TakenAt   int64    `db:"taken_at"`
	Step      string   `db:"step"`
	Detail    string   `db:"detail"`
	StaffID   sqldb.ID `db:"staff_id"`
	StaffName string   `db:"staff_name"`
}

// Step is a step of a host, on the room as the host saw it (its Version). detail is what
// the log of the room says beside the step. Errors: ErrUnknown, ErrMoved when the room
// has moved since, and those of room.Plan.Step.
func (s *Service) Step(ctx context.Context, by staff.Actor, id sqldb.ID, version int64, e room.Event, detail string) (
	*Seen, error) {
	if _, err := s.See(ctx, id); err != nil {
		return nil, err
	}
	e.By = room.Host{ID: int64(by.ID), Name: by.Name}
	if e.Do == room.DoConfirm { // the result is written as this node sees the room
		if _, err := s.lookAgain(ctx, id); err != nil {
			return nil, err
		}
	}
	seen, err := s.keeper(id).step(ctx, stepping{event: e, by: by, detail: detail, seq: SeqOf(version)})
	return seen, err
}

// step takes a step and shows it on this node, and tells the others.
func (k *keeper) step(ctx context.Context, st stepping) (*Seen, error) {
	seen, err := k.take(ctx, st)
	if err != nil {
		return nil, err
	}
	k.service.bus.tell(k.id, seen.State.Seq)
	k.kick()
	return seen, nil
}

// take writes a step over the state that it was made from, in one transaction with the
// gate that it opens or shuts.
func (k *keeper) take(ctx context.Context, st stepping) (*Seen, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if st.event.Do == room.DoHelp {
		if err := k.countAudience(ctx, &st.event); err != nil {
			return nil, err
		}
	}
	var row *roomRow
	err := k.service.db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
		row, err = k.write(ctx, tx, st)
		return err
	})
	if err != nil {
		return nil, errs.Wrap(err, "take the step %s of live room %d", st.event.Do, k.id)
	}
	return k.adopt(ctx, row)
}

func (k *keeper) write(ctx context.Context, tx *sqldb.Tx, st stepping) (*roomRow, error) {
	row, err := readRoom(ctx, tx, k.id)
	if err != nil {
		return nil, err
	}
	before, err := row.state()
	if err != nil {
		return nil, err
	}
	if st.seq != 0 && st.seq != before.Seq {
		return nil, ErrMoved
	}
	joined, err := readTaken(ctx, tx, k.id, 0)
	if err != nil {
		return nil, err
	}
	seen := k.see()
	st.event.Members, st.event.Out = int(joined), seen.Table.Out
	after, err := k.plan.Step(before, st.event, k.service.millis())
	if err != nil {
		return nil, err
	}
	if err := moveGate(ctx, tx, k.id, &before, &after); err != nil {
		return nil, err
	}
	if err := k.store(ctx, tx, row, &after, st.fenced); err != nil {
		return nil, err
	}
	if st.event.Do == room.DoConfirm {
		if seen.State.Seq != before.Seq {
			return nil, ErrMoved
		}
		if err := k.storeResult(ctx, tx, seen, &after); err != nil {
			return nil, err
		}
	}
	return row, k.log(ctx, tx, row, st)
}

// moveGate opens or shuts the gate of the round where the step does. Shutting waits for
// the batches of answers that are under way.
func moveGate(ctx context.Context, tx *sqldb.Tx, id sqldb.ID, before, after *room.State) error {
	round := after.Round()
	switch {
	case !before.Taking() && after.Taking():
		matched, err := tx.Exec(ctx, "UPDATE live_gates SET shut = 0 WHERE room_id = ? AND round = ?", id, round)
		if err != nil || matched > 0 {
			return err
		}
		return sqldb.Insert(ctx, tx, "INSERT INTO live_gates", []gateRow{{RoomID: id, Round: round}})
	case before.Taking() && !after.Taking():
		_, err := tx.Exec(ctx, "UPDATE live_gates SET shut = 1 WHERE room_id = ? AND round = ?", id, round)
		return err
	}
	return nil
}

// store writes the state over the one that it was made from. Who takes a step after
// which time brings the next owns the room from there on, and nobody else: the epoch
// fences the owner of before.
func (k *keeper) store(ctx context.Context, tx *sqldb.Tx, row *roomRow, after *room.State, fenced bool) error {
	text, err := json.Marshal(after)
	if err != nil {
		return errs.Wrap(err, "write the state of a live room")
	}
	from := *row
	row.Seq, row.State = after.Seq, string(text)
	if after.Phase == room.Over {
		row.Running, row.Code = false, nil
	}
	if !fenced && after.Due != 0 {
		row.Owner, row.Epoch, row.LeaseUntil = k.service.node, row.Epoch+1, k.service.millis()+lease
	}
	query := `UPDATE live_rooms SET state = ?, seq = ?, running = ?, code = ?, owner = ?, epoch = ?, lease_until = ?
		WHERE room_id = ? AND seq = ? AND epoch = ?`
	args := []any{row.State, row.Seq, row.Running, row.Code, row.Owner, row.Epoch, row.LeaseUntil,
		k.id, from.Seq, from.Epoch}
	if fenced {
		query += " AND owner = ?"
		args = append(args, k.service.node)
	}
	matched, err := tx.Exec(ctx, query, args...)
	if err == nil && matched == 0 {
		err = ErrMoved
	}
	return err
}

func (k *keeper) log(ctx context.Context, tx *sqldb.Tx, row *roomRow, st stepping) error {
	err := sqldb.Insert(ctx, tx, "INSERT INTO live_steps", []stepRow{{RoomID: k.id, Seq: row.Seq,
		TakenAt: k.service.millis(), Step: string(st.event.Do), Detail: st.detail, StaffID: st.by.ID, StaffName: st.by.Name}})
	if sqldb.IsDuplicate(err) {
		return ErrMoved
	}
	if err != nil || st.event.Do == room.DoTime {
		return err
	}
	return staff.Record(ctx, tx, staff.Entry{Actor: st.by, Action: "live." + string(st.event.Do),
		Subject: k.id.String(), Detail: map[string]any{"seq": row.Seq, "round": st.event.Round, "detail": st.detail}})
}

// countAudience counts what those who are out chose so far.
func (k *keeper) countAudience(ctx context.Context, e *room.Event) error {
	seen := k.see()
	round := seen.State.Round()
	r := seen.State.Current()
	if r == nil {
		return room.ErrStep
	}
	g, err := k.read(ctx, round, r, func(member int32) bool {
		st := seen.Table.Of(member)
		return st == nil || st.Out > 0 || !st.In || int(st.Sits) >= round
	})
	e.Bars = g.counts
	return err
}

// Taken is a step that was taken, for the host to see.
type Taken struct {
	At     int64 // UTC ms
	Step   room.Do
	Who    string // empty: time brought it
	Detail string
}

// Steps lists the last steps of a room, the newest first.
func (s *Service) Steps(ctx context.Context, id sqldb.ID, most int) ([]Taken, error) {
	var rows []stepRow
	err := s.db.Select(ctx, &rows, "SELECT "+stepColumns+" FROM live_steps WHERE room_id = ? ORDER BY seq DESC LIMIT ?",
		id, most)
	taken := make([]Taken, len(rows))
	for i, row := range rows {
		taken[i] = Taken{At: row.TakenAt, Step: room.Do(row.Step), Who: row.StaffName, Detail: row.Detail}
	}
	return taken, errs.Wrap(err, "read the steps of a live room")
}

var stepColumns = sqldb.Columns[stepRow]("")
