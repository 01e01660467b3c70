package live

import (
	"encoding/json"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/live/room"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// node is a Service with a clock of its own, which a test lets tend its rooms.
type node struct {
	*Service
	t     *testing.T
	clock atomic.Int64 // UTC ms
}

func newNode(t *testing.T, db *sqldb.DB, clock int64) *node {
	t.Helper()
	ids, err := sqldb.NewIDs(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	n := &node{t: t}
	n.clock.Store(clock)
	n.Service = New(Config{DB: db, IDs: ids, Now: func() time.Time { return time.UnixMilli(n.clock.Load()) }})
	t.Cleanup(n.Service.Close)
	return n
}

// tend lets some time pass on the node, and lets it tend a room.
func (n *node) tend(id sqldb.ID, passed time.Duration) *Seen {
	n.t.Helper()
	n.clock.Add(passed.Milliseconds())
	if _, err := n.See(n.t.Context(), id); err != nil {
		n.t.Fatal(err)
	}
	if err := n.keeper(id).tend(n.t.Context()); err != nil {
		n.t.Fatal(err)
	}
	return n.keeper(id).see()
}

var leader = staff.Actor{ID: 1, Name: "主持人"}

func (n *node) step(id sqldb.ID, e room.Event) *Seen {
	n.t.Helper()
	seen, err := n.Step(n.t.Context(), leader, id, 0, e, "")
	if err != nil {
		n.t.Fatal(err)
	}
	return seen
}

// opened is a room of which this node opened the first question; it closes in ten
// minutes.
func (n *node) opened() sqldb.ID {
	n.t.Helper()
	plan := room.Plan{Live: contest.Live{Key: "points", Mode: contest.LivePoints, Runs: contest.RunByHost,
		Time: contest.LiveTime{Question: contest.Span(10 * time.Minute), Countdown: contest.Span(time.Second)}},
		Questions: []question.Question{{ID: "q", Kind: question.TrueFalse, Stem: "对吗？", Options: []string{"对", "错"},
			Right: []int{0}}}}
	row := planned{roomRow: roomRow{RoomID: n.ids.Next(), ContestID: 1, Running: true, Seq: 1, MadeAt: n.millis()}}
	row.State, row.Plan = textOf(n.t, room.New(&plan)), textOf(n.t, plan)
	if err := n.insertRoom(n.t.Context(), leader, &catalog.Contest{Definition: &contest.Definition{}}, &row); err != nil {
		n.t.Fatal(err)
	}
	n.step(row.RoomID, room.Event{Do: room.DoReady})
	n.step(row.RoomID, room.Event{Do: room.DoOpen})
	return row.RoomID
}

func liveStore(s *testkit.Store) *sqldb.DB {
	s.Migrate(sqldb.Migrations(), staff.Migrations(), Migrations())
	return s.DB
}

func TestARoomIsTakenOverWhenItsOwnerStandsStillWhateverTheClocksSay(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		db, now := liveStore(s), time.Now().UnixMilli()
		for _, ahead := range []int64{30_000, -30_000} {
			owner, heir := newNode(t, db, now), newNode(t, db, now+ahead)
			id := owner.opened()
			for range 6 {
				owner.tend(id, time.Second)
				if seen := heir.tend(id, time.Second); seen.owner != owner.node {
					t.Fatalf("%d ms ahead it takes a room whose owner is well", ahead)
				}
			}
			for range 4 {
				heir.tend(id, time.Second)
			}
			if seen := heir.keeper(id).see(); seen.owner != heir.node || seen.State.Phase != room.Open {
				t.Errorf("%d ms ahead it leaves the room to an owner that stood still for 4 s", ahead)
			}
		}
	})
}

// The old owner was stopped after it had seen that the room is its own.
func TestAnOwnerThatWakesUpLateChangesNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		db, now := liveStore(s), time.Now().UnixMilli()
		owner, heir := newNode(t, db, now), newNode(t, db, now)
		id := owner.opened()
		for range 5 {
			heir.tend(id, time.Second)
		}
		before, err := readRoom(t.Context(), db, id)
		if err != nil || before.Owner != heir.node {
			t.Fatalf("nobody took the room over: %+v, %v", before, err)
		}
		owner.clock.Add(time.Hour.Milliseconds())
		_, err = owner.keeper(id).step(t.Context(), stepping{event: room.Event{Do: room.DoTime}, fenced: true})
		if !errors.Is(err, ErrMoved) {
			t.Errorf("its step: %v, want that the room has moved", err)
		}
		var shut bool
		if err := db.Get(t.Context(), &shut, "SELECT shut FROM live_gates WHERE room_id = ? AND round = 1", id); err != nil ||
			shut {
			t.Errorf("the round is shut: %v, %v", shut, err)
		}
		if after, err := readRoom(t.Context(), db, id); err != nil || *after != withCode(*before, after.Code) {
			t.Errorf("the room was %+v and is %+v, %v", before, after, err)
		}
		heir.tend(id, time.Hour)
		if seen := heir.tend(id, 0); seen.State.Phase != room.Closed {
			t.Errorf("the new owner does not go on: %s", seen.State.Phase)
		}
		log, err := heir.Steps(t.Context(), id, 1)
		if err != nil || log[0].Step != room.DoTime || log[0].Detail == "" {
			t.Errorf("the host does not see that a server was away: %+v, %v", log, err)
		}
	})
}

// withCode is a row with a pointer that compares equal.
func withCode(row roomRow, code *string) roomRow {
	row.Code = code
	return row
}

func TestANodeThatSleptWhileARoundWasOpenedAgainReadsItsAnswersAgain(t *testing.T) {
	db := liveStore(testkit.Embedded(t))
	now := time.Now().UnixMilli()
	owner, sleeper := newNode(t, db, now), newNode(t, db, now)
	id := owner.opened()
	owner.tend(id, 11*time.Minute)
	if seen := sleeper.tend(id, 11*time.Minute); !seen.State.At(1).Shut {
		t.Fatal("the round is not shut")
	}
	owner.step(id, room.Event{Do: room.DoReopen, Seconds: 5})
	err := db.InTx(t.Context(), func(tx *sqldb.Tx) error {
		return sqldb.Insert(t.Context(), tx, "INSERT INTO live_answers", []answerRow{{RoomID: id, Round: 1, Member: 1,
			Revision: 1, Choice: question.Choice{Options: []int{0}}.Text()}})
	})
	if err != nil {
		t.Fatal(err)
	}
	owner.tend(id, time.Minute)
	if _, answered := sleeper.tend(id, time.Minute).Right(1); answered != 1 {
		t.Errorf("it counts %d answers, want 1", answered)
	}
}

func TestAReadThatFailsDoesNotForgetARoomThatAnotherHasRead(t *testing.T) {
	db := liveStore(testkit.Embedded(t))
	n := newNode(t, db, time.Now().UnixMilli())
	id := n.opened()
	k := n.keeper(id)
	n.discard(k)
	if n.keeper(id) != k {
		t.Error("a second keeper is made beside the first")
	}
	for unknown := range 50 {
		if _, err := n.See(t.Context(), sqldb.ID(unknown+1)); !errors.Is(err, ErrUnknown) {
			t.Fatal(err)
		}
	}
	if len(n.rooms) != 1 {
		t.Errorf("%d rooms are kept of one", len(n.rooms))
	}
}

func textOf(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
