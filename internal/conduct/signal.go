package conduct

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// SignalKind is what looks unusual about a player.
type SignalKind string

// The kinds of signals; package report finds them.
const (
	SignalHaste   SignalKind = "haste"   // answers faster than anybody reads
	SignalSpeed   SignalKind = "speed"   // answers faster than nearly all proven persons
	SignalSure    SignalKind = "sure"    // nearly all right, far faster than others
	SignalSame    SignalKind = "same"    // the same wrong answers as somebody else within minutes
	SignalDevice  SignalKind = "device"  // one phone, many players
	SignalClaims  SignalKind = "claims"  // one phone, prizes of many players
	SignalNetwork SignalKind = "network" // one network, many players within an hour
	SignalNames   SignalKind = "names"   // nicknames that run on, or that a program made up
	SignalPhone   SignalKind = "phone"   // one phone number, several players
	SignalAddress SignalKind = "address" // one address, many players
	SignalRing    SignalKind = "ring"    // invited players who never play on, from one device
	SignalRules   SignalKind = "rules"   // results that the rules do not give
)

// KnownSignal reports whether kind is one of the kinds.
func KnownSignal(kind string) bool {
	switch SignalKind(kind) {
	case SignalHaste, SignalSpeed, SignalSure, SignalSame, SignalDevice, SignalClaims, SignalNetwork, SignalNames,
		SignalPhone, SignalAddress, SignalRing, SignalRules:
		return true
	}
	return false
}

// Signal is one thing that looks unusual about a player. Weight sorts, 1 to 100.
type Signal struct {
	PlayerID sqldb.ID        `db:"player_id" json:"-"`
	Kind     SignalKind      `db:"kind" json:"kind"`
	Weight   int             `db:"weight" json:"weight"`
	Evidence json.RawMessage `db:"evidence" json:"evidence"` // what it rests on
}

// storedSignal is one row of conduct_signals.
type storedSignal struct {
	ContestID sqldb.ID `db:"contest_id"`
	Scan      sqldb.ID `db:"look"`
	Signal
}

// Scan is a search for signals.
type Scan struct {
	Number   sqldb.ID `db:"look"`
	UnderWay int      `db:"under_way"`
	BegunAt  int64    `db:"begun_at"` // UTC ms
	AliveAt  int64    `db:"alive_at"`
	Looked   int64    `db:"looked"` // attempts seen so far
	Ended    sqldb.ID `db:"ended"`  // whose signals hold; 0: none yet
	EndedAt  int64    `db:"ended_at"`
	Problem  string   `db:"problem"`
}

// ErrScanning tells that signals are being looked for.
var ErrScanning = errs.New(errs.Conflict, "looking", "正在检查，请稍候")

// errOvertaken tells a scan that another one has begun since.
var errOvertaken = errors.New("another scan has begun")

// scanAway is after how long without a sign of life another scan may begin.
const scanAway = time.Minute

// ScanOf is how the search for signals in a contest stands; zero when there was none.
func (s *Service) ScanOf(ctx context.Context, contestID sqldb.ID) (Scan, error) {
	var scan Scan
	err := s.db.Get(ctx, &scan,
		"SELECT look, under_way, begun_at, alive_at, looked, ended, ended_at, problem FROM conduct_looks WHERE contest_id = ?", contestID)
	if errors.Is(err, sql.ErrNoRows) {
		return Scan{}, nil
	}
	return scan, errs.Wrap(err, "read when signals were looked for")
}

// BeginScan makes the caller the one who looks for signals. Errors: ErrScanning.
func (s *Service) BeginScan(ctx context.Context, contestID sqldb.ID) (scan sqldb.ID, err error) {
	scan = s.ids.Next()
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		now := s.millis()
		matched, err := tx.Exec(ctx,
			`UPDATE conduct_looks SET look = ?, under_way = 1, begun_at = ?, alive_at = ?, looked = 0, problem = ''
			WHERE contest_id = ? AND (under_way = 0 OR alive_at < ?)`, scan, now, now, contestID, now-scanAway.Milliseconds())
		if err != nil || matched > 0 {
			return err
		}
		_, err = tx.Exec(ctx,
			`INSERT INTO conduct_looks (contest_id, look, under_way, begun_at, alive_at, looked, ended, ended_at, problem)
			VALUES (?, ?, 1, ?, ?, 0, 0, 0, '')`, contestID, scan, now, now)
		if sqldb.IsDuplicate(err) {
			return ErrScanning
		}
		return err
	})
	return scan, errs.Wrap(err, "begin to look for signals")
}

// Found stores signals of a scan, and how many attempts it has seen.
func (s *Service) Found(ctx context.Context, contestID, scan sqldb.ID, looked int64, signals []Signal) error {
	rows := make([]storedSignal, len(signals))
	for i, f := range signals {
		rows[i] = storedSignal{contestID, scan, f}
	}
	return errs.Wrap(s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx, "UPDATE conduct_looks SET looked = ?, alive_at = ? WHERE contest_id = ? AND look = ?",
			looked, s.millis(), contestID, scan)
		if err == nil && matched == 0 {
			err = errOvertaken
		}
		if err != nil {
			return err
		}
		return sqldb.Insert(ctx, tx, "INSERT INTO conduct_signals", rows)
	}), "store signals")
}

// EndScan lets the signals of a scan hold, or notes why it failed.
func (s *Service) EndScan(ctx context.Context, contestID, scan sqldb.ID, failed error) error {
	return errs.Wrap(s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if failed != nil {
			_, err := tx.Exec(ctx, "UPDATE conduct_looks SET under_way = 0, problem = ? WHERE contest_id = ? AND look = ?",
				errs.From(failed).Message, contestID, scan)
			if err != nil {
				return err
			}
			_, err = tx.Exec(ctx, "DELETE FROM conduct_signals WHERE contest_id = ? AND look = ?", contestID, scan)
			return err
		}
		matched, err := tx.Exec(ctx,
			"UPDATE conduct_looks SET under_way = 0, ended = ?, ended_at = ? WHERE contest_id = ? AND look = ?", scan,
			s.millis(), contestID, scan)
		if err != nil || matched == 0 {
			return err
		}
		_, err = tx.Exec(ctx, "DELETE FROM conduct_signals WHERE contest_id = ? AND look <> ?", contestID, scan)
		return err
	}), "end a scan for signals")
}

// Suspect is a player with signals.
type Suspect struct {
	PlayerID sqldb.ID `db:"player_id"`
	Signals  int      `db:"signals"`
	Weight   int      `db:"heavy"` // of all together
}

// Suspects lists the players with signals, the heaviest first: most of them, after
// so many, and how many there are in all.
func (s *Service) Suspects(
	ctx context.Context, contestID sqldb.ID, after, most int,
) (suspects []Suspect, total int, err error) {
	const holds = ` FROM conduct_signals f JOIN conduct_looks l ON l.contest_id = f.contest_id AND l.ended = f.look WHERE f.contest_id = ?`
	if err := s.db.Get(ctx, &total, "SELECT COUNT(DISTINCT f.player_id)"+holds, contestID); err != nil {
		return nil, 0, errs.Wrap(err, "count who has signals")
	}
	err = s.db.Select(ctx, &suspects, "SELECT f.player_id, COUNT(*) AS signals, SUM(f.weight) AS heavy"+holds+
		" GROUP BY f.player_id ORDER BY heavy DESC, f.player_id LIMIT ? OFFSET ?", contestID, most, after)
	return suspects, total, errs.Wrap(err, "list who has signals")
}

// SignalsOfAll reads the signals of players, the heaviest of each first.
func (s *Service) SignalsOfAll(
	ctx context.Context, contestID sqldb.ID, players []sqldb.ID,
) (map[sqldb.ID][]Signal, error) {
	found := map[sqldb.ID][]Signal{}
	if len(players) == 0 {
		return found, nil
	}
	var rows []struct {
		PlayerID sqldb.ID   `db:"player_id"`
		Kind     SignalKind `db:"kind"`
		Weight   int        `db:"weight"`
		Evidence string     `db:"evidence"`
	}
	err := s.db.SelectIn(ctx, &rows, `SELECT f.player_id, f.kind, f.weight, f.evidence
		FROM conduct_signals f JOIN conduct_looks l ON l.contest_id = f.contest_id AND l.ended = f.look
		WHERE f.contest_id = ? AND f.player_id IN (?) ORDER BY f.player_id, f.weight DESC, f.kind`, contestID, players)
	for _, r := range rows {
		found[r.PlayerID] = append(found[r.PlayerID], Signal{r.PlayerID, r.Kind, r.Weight, json.RawMessage(r.Evidence)})
	}
	return found, errs.Wrap(err, "read signals")
}

// SignalsOf reads the signals of one player.
func (s *Service) SignalsOf(ctx context.Context, contestID, player sqldb.ID) ([]Signal, error) {
	found, err := s.SignalsOfAll(ctx, contestID, []sqldb.ID{player})
	return found[player], err
}

func asJSON(signals []Signal) string {
	if signals == nil {
		signals = []Signal{}
	}
	text, err := json.Marshal(signals)
	if err != nil {
		panic(err) // what is stored is JSON
	}
	return string(text)
}
