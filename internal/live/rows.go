package live

import (
	"context"
	"encoding/json"

	"anquanda/internal/errs"
	"anquanda/internal/live/room"
	"anquanda/internal/sqldb"
)

// roomRow is a room as it is stored, without its plan.
type roomRow struct {
	RoomID     sqldb.ID `db:"room_id"`
	ContestID  sqldb.ID `db:"contest_id"`
	PlanKey    string   `db:"plan_key"`
	Code       *string  `db:"code"`
	Rehearsal  bool     `db:"rehearsal"`
	Running    bool     `db:"running"`
	Seq        int64    `db:"seq"`
	Epoch      int64    `db:"epoch"`
	Owner      sqldb.ID `db:"owner"`
	LeaseUntil int64    `db:"lease_until"`
	MadeAt     int64    `db:"made_at"`
	State      string   `db:"state"`
	SealKey    string   `db:"seal_key"` // id of the secret that its questions are sealed with
}

var roomColumns = sqldb.Columns[roomRow]("")

// planned is a row with its plan, as it is inserted.
type planned struct {
	roomRow
	Plan     string `db:"plan"`
	StartsAt *int64 `db:"starts_at"` // of a room that was made by itself
}

func (r *roomRow) state() (s room.State, err error) {
	err = json.Unmarshal([]byte(r.State), &s)
	return s, errs.Wrap(err, "read the state of room %d", r.RoomID)
}

func (r *roomRow) code() string {
	if r.Code == nil {
		return ""
	}
	return *r.Code
}

// readRoom reads a room's row. Errors: ErrUnknown.
func readRoom(ctx context.Context, from sqldb.Reader, id sqldb.ID) (*roomRow, error) {
	var rows []roomRow
	err := from.Select(ctx, &rows, "SELECT "+roomColumns+" FROM live_rooms WHERE room_id = ?", id)
	switch {
	case err != nil:
		return nil, errs.Wrap(err, "read a live room")
	case len(rows) == 0:
		return nil, ErrUnknown
	}
	return &rows[0], nil
}

func readPlan(ctx context.Context, from sqldb.Reader, id sqldb.ID) (*room.Plan, error) {
	var text string
	if err := from.Get(ctx, &text, "SELECT plan FROM live_rooms WHERE room_id = ?", id); err != nil {
		return nil, errs.Wrap(err, "read the plan of a live room")
	}
	var p room.Plan
	err := json.Unmarshal([]byte(text), &p)
	return &p, errs.Wrap(err, "read the plan of room %d", id)
}
