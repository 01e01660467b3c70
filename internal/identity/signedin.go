package identity

import (
	"context"
	"sync"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/sqldb"
)

// ErrSessionUnknown is returned for a device on which the player is not signed in.
var ErrSessionUnknown = errs.New(errs.NotFound, "session_unknown", "这台设备已经退出登录")

// NewSessions returns sessions signed with keys and noted in db. now is the
// server's clock.
func NewSessions(db *sqldb.DB, ids *sqldb.IDs, keys *keyring.Keys, now func() time.Time) *Sessions {
	s := &Sessions{macs: keyring.Make(keys, newMACs), db: db, ids: ids, now: now,
		ended: ended{sessions: map[sqldb.ID]int64{}, cuts: map[sqldb.ID]int64{}}}
	s.begun = sqldb.NewGroup(db, sessionsPerCommit, 1, func(ctx context.Context, tx *sqldb.Tx, rows []*sessionRow) error {
		return sqldb.Insert(ctx, tx, "INSERT INTO player_sessions", rows)
	})
	return s
}

// sessionsPerCommit is how many sessions that begin share a commit.
const sessionsPerCommit = 256

// Now is the server's time, UTC ms.
func (s *Sessions) Now() int64 { return s.now().UnixMilli() }

// Close waits for what is being stored.
func (s *Sessions) Close() { s.begun.Close() }

type sessionRow struct {
	ID        sqldb.ID `db:"id"`
	PlayerID  sqldb.ID `db:"player_id"`
	ContestID sqldb.ID `db:"contest_id"`
	Device    string   `db:"device"`
	BegunAt   int64    `db:"begun_at"`
	SeenAt    int64    `db:"seen_at"`
	EndedAt   int64    `db:"ended_at"`
}

// Begin signs a player in on a device, for one contest or (0) for all. It returns once
// the session is stored: whoever is signed in can be shown where.
func (s *Sessions) Begin(ctx context.Context, player, contestID sqldb.ID, device string) (Session, error) {
	now := s.now().UnixMilli()
	of := Session{Player: player, IssuedAt: now, ID: s.ids.Next(), Contest: contestID}
	err := s.begun.Do(ctx, &sessionRow{ID: of.ID, PlayerID: player, ContestID: contestID, Device: device,
		BegunAt: now, SeenAt: now})
	return of, errs.Wrap(err, "begin a session")
}

// Renew gives a phone that is signed in a new token, and notes that it came. A token of
// the earlier form becomes a session.
func (s *Sessions) Renew(ctx context.Context, of Session, device string) (Session, error) {
	if of.ID == 0 {
		return s.Begin(ctx, of.Player, of.Contest, device)
	}
	of.IssuedAt, of.earlier = s.now().UnixMilli(), false
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE player_sessions SET seen_at = ? WHERE id = ?", of.IssuedAt, of.ID)
		return err
	})
	return of, errs.Wrap(err, "renew a session")
}

// Device is where a player is signed in.
type Device struct {
	ID        sqldb.ID `db:"id"`
	ContestID sqldb.ID `db:"contest_id"`
	Device    string   `db:"device"`
	BegunAt   int64    `db:"begun_at"` // UTC ms
	SeenAt    int64    `db:"seen_at"`  // UTC ms, to some days
}

// devicesAtMost bounds the list of devices.
const devicesAtMost = 50

// Devices lists where a player is signed in, newest first, at most 50.
func (s *Sessions) Devices(ctx context.Context, player sqldb.ID) ([]Device, error) {
	var devices []Device
	err := s.db.Select(ctx, &devices, `SELECT id, contest_id, device, begun_at, seen_at FROM player_sessions
		WHERE player_id = ? AND ended_at = 0 AND seen_at >= ? ORDER BY seen_at DESC, id DESC LIMIT ?`,
		player, s.now().Add(-TokenLife).UnixMilli(), devicesAtMost)
	return devices, errs.Wrap(err, "list where a player is signed in")
}

// End signs a player out on one device. Errors: ErrSessionUnknown.
func (s *Sessions) End(ctx context.Context, player, session sqldb.ID) error {
	now := s.now().UnixMilli()
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx,
			"UPDATE player_sessions SET ended_at = ? WHERE id = ? AND player_id = ? AND ended_at = 0", now, session, player)
		if err == nil && matched == 0 {
			return ErrSessionUnknown
		}
		return err
	})
	if err == nil {
		s.ended.add(session, now)
	}
	return errs.Wrap(err, "end a session")
}

// EndAll signs a player out everywhere but on one device (0: there too). Tokens of the
// earlier form end as well.
func (s *Sessions) EndAll(ctx context.Context, player, but sqldb.ID) error {
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error { return s.endAll(ctx, tx, player, but) })
	if err != nil {
		return errs.Wrap(err, "end the sessions of a player")
	}
	return s.Follow(ctx)
}

func (s *Sessions) endAll(ctx context.Context, tx *sqldb.Tx, player, but sqldb.ID) error {
	now := s.now().UnixMilli()
	_, err := tx.Exec(ctx, "UPDATE player_sessions SET ended_at = ? WHERE player_id = ? AND ended_at = 0 AND id <> ?",
		now, player, but)
	if err != nil {
		return err
	}
	// A session of no device stands for the tokens that have none.
	return sqldb.Insert(ctx, tx, "INSERT INTO player_sessions",
		[]sessionRow{{ID: s.ids.Next(), PlayerID: player, BegunAt: now, SeenAt: now, EndedAt: now, Device: allEarlier}})
}

// allEarlier is the device of the row that ends the tokens of the earlier form.
const allEarlier = "*"

// EndOf signs a player out everywhere who leaves: in the transaction of leaving.
func (s *Sessions) EndOf(ctx context.Context, tx *sqldb.Tx, player sqldb.ID) error {
	return errs.Wrap(s.endAll(ctx, tx, player, 0), "end the sessions of a player who leaves")
}

// ended is what ended of what tokens say, in memory: sessions by id, and players whose
// tokens of the earlier form hold no more if they were issued before a moment.
type ended struct {
	mu       sync.RWMutex
	sessions map[sqldb.ID]int64 // when, UTC ms
	cuts     map[sqldb.ID]int64
	since    int64 // up to where the store was read, UTC ms
}

func (e *ended) has(of Session) bool {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if of.ID != 0 {
		_, over := e.sessions[of.ID]
		return over
	}
	return of.IssuedAt <= e.cuts[of.Player]
}

func (e *ended) add(session sqldb.ID, at int64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.sessions[session] = at
}

// followSlack is how far the clocks of nodes may differ: what ended so long before the
// last look is looked at again, in ms.
const followSlack = 60_000

// Follow reads what ended since the last look, also on other nodes.
func (s *Sessions) Follow(ctx context.Context) error {
	s.ended.mu.RLock()
	since := s.ended.since
	s.ended.mu.RUnlock()
	now := s.now().UnixMilli()
	oldest := now - TokenLife.Milliseconds()
	var rows []sessionRow
	err := s.db.Select(ctx, &rows, `SELECT id, player_id, contest_id, device, begun_at, seen_at, ended_at
		FROM player_sessions WHERE ended_at > ?`, max(since-followSlack, oldest))
	if err != nil {
		return errs.Wrap(err, "read which sessions ended")
	}
	e := &s.ended
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, r := range rows {
		if r.Device == allEarlier {
			e.cuts[r.PlayerID] = max(e.cuts[r.PlayerID], r.EndedAt)
		} else {
			e.sessions[r.ID] = r.EndedAt
		}
		e.since = max(e.since, r.EndedAt)
	}
	return nil
}

// Prune deletes the sessions whose tokens are all too old to hold, and tells how many.
func (s *Sessions) Prune(ctx context.Context) (rows int64, err error) {
	oldest := s.now().Add(-TokenLife).UnixMilli()
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
		rows, err = tx.Exec(ctx, "DELETE FROM player_sessions WHERE seen_at < ?", oldest)
		return err
	})
	if err != nil {
		return 0, errs.Wrap(err, "delete old sessions")
	}
	s.ended.mu.Lock()
	defer s.ended.mu.Unlock()
	for id, at := range s.ended.sessions {
		if at < oldest {
			delete(s.ended.sessions, id)
		}
	}
	for player, at := range s.ended.cuts {
		if at < oldest {
			delete(s.ended.cuts, player)
		}
	}
	return rows, nil
}
