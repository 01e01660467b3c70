package shared

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/wechat"
)

const (
	// CodeLife is for how long the same code gets the same answer: as long as WeChat
	// keeps one.
	CodeLife = 5 * time.Minute
	// turnTime is how long a node has a code for itself, in milliseconds: longer than a
	// call takes.
	turnTime = 8_000
	// sweepMost bounds how many codes one statement deletes.
	sweepMost = 5_000
)

// ErrCodeBusy is returned when a node that asked WeChat for a code has not answered in
// time, and another took over.
var ErrCodeBusy = errs.New(errs.Unavailable, "unavailable", "系统正忙，请稍后再试")

// said is what WeChat said of a code.
type said struct {
	Login wechat.Login  `json:"login"`
	Error *wechat.Error `json:"error,omitempty"`
}

type codeRow struct {
	Turn   int    `db:"turn"`
	Asked  int64  `db:"asked_at"`
	Done   int64  `db:"done_at"`
	Sealed string `db:"sealed"`
}

// Exchange learns who came with a code of an app. WeChat is asked by ask, once, by the
// node that gets hold of the code; whoever brings the same code to any node within
// CodeLife gets the same answer, or waits for it. The one that asks goes on when its
// phone has hung up: that is when the code comes again. Errors: *wechat.Error, those of
// the store.
func (s *Store) Exchange(
	ctx context.Context, app, code string, ask func(ctx context.Context, code string) (wechat.Login, error),
) (login wechat.Login, err error) {
	hash := sha256.Sum256([]byte(app + "\x00" + code))
	key := hex.EncodeToString(hash[:])
	turn, err := s.claim(ctx, key)
	if err != nil {
		return login, err
	}
	if turn > 0 {
		return s.askFor(context.WithoutCancel(ctx), key, turn, code, ask)
	}
	var answer said
	done, err := until(ctx, 2*turnTime*time.Millisecond, func() (bool, error) {
		row, err := s.readCode(ctx, key)
		if err != nil || row.Done == 0 && !s.isOver(row) {
			return false, err
		}
		if row.Done == 0 {
			turn, err = s.takeOver(ctx, key, row)
			return turn > 0, err
		}
		text, ok := s.open("code "+key, row.Sealed)
		if !ok || json.Unmarshal([]byte(text), &answer) != nil {
			return false, errors.New("what is kept of a code does not open")
		}
		return true, nil
	})
	switch {
	case err != nil:
		return login, errs.Wrap(err, "wait for another node that asks WeChat")
	case !done:
		return login, ErrCodeBusy
	case turn > 0:
		return s.askFor(context.WithoutCancel(ctx), key, turn, code, ask)
	}
	return answer.Login, answer.asError()
}

// asError keeps a nil *wechat.Error from becoming an error that is not nil.
func (a said) asError() error {
	if a.Error == nil {
		return nil
	}
	return a.Error
}

// claim takes a code that was never seen; turn is 0 for one that was.
func (s *Store) claim(ctx context.Context, key string) (turn int, err error) {
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx,
			"INSERT INTO wechat_codes (code_hash, turn, asked_at, done_at, sealed) VALUES (?, 1, ?, 0, '')",
			key, s.now().UnixMilli())
		return err
	})
	if sqldb.IsDuplicate(err) {
		return 0, nil
	}
	return 1, errs.Wrap(err, "take a code of WeChat in hand")
}

func (s *Store) isOver(row codeRow) bool { return s.now().UnixMilli() >= row.Asked+turnTime }

// takeOver takes a code from a node that has not answered. WeChat may say that it is
// used; a new one is then got.
func (s *Store) takeOver(ctx context.Context, key string, row codeRow) (turn int, err error) {
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx,
			"UPDATE wechat_codes SET turn = ?, asked_at = ? WHERE code_hash = ? AND turn = ? AND done_at = 0",
			row.Turn+1, s.now().UnixMilli(), key, row.Turn)
		if turn = 0; matched == 1 {
			turn = row.Turn + 1
		}
		return err
	})
	return turn, err
}

// askFor asks WeChat and keeps the answer, whatever it is, for whoever brings the code
// again.
func (s *Store) askFor(
	ctx context.Context, key string, turn int, code string,
	ask func(ctx context.Context, code string) (wechat.Login, error),
) (wechat.Login, error) {
	var answer said
	login, err := ask(ctx, code)
	answer.Login = login
	if err != nil && !errors.As(err, &answer.Error) {
		return login, err
	}
	text, err := json.Marshal(answer)
	if err != nil {
		return login, err
	}
	sealed := s.seal("code "+key, string(text))
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE wechat_codes SET done_at = ?, sealed = ? WHERE code_hash = ? AND turn = ?",
			s.now().UnixMilli(), sealed, key, turn)
		return err
	})
	// Who asked knows the answer even where it could not be kept.
	logged(ctx, "what WeChat said of a code is not kept", err)
	return login, answer.asError()
}

func (s *Store) readCode(ctx context.Context, key string) (row codeRow, err error) {
	err = s.db.Get(ctx, &row, "SELECT "+sqldb.Columns[codeRow]("")+" FROM wechat_codes WHERE code_hash = ?", key)
	return row, errs.Wrap(err, "read what WeChat said of a code")
}

// Sweep deletes codes whose time is over, with what WeChat said of them, and tells how
// many.
func (s *Store) Sweep(ctx context.Context) (rows int64, err error) {
	before := s.now().Add(-CodeLife).UnixMilli()
	var keys []string
	err = s.db.Select(ctx, &keys, "SELECT code_hash FROM wechat_codes WHERE asked_at < ? ORDER BY asked_at LIMIT ?",
		before, sweepMost)
	if err != nil || len(keys) == 0 {
		return 0, errs.Wrap(err, "look for old codes of WeChat")
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		rows, err = tx.ExecIn(ctx, "DELETE FROM wechat_codes WHERE code_hash IN (?)", keys)
		return err
	})
	return rows, errs.Wrap(err, "delete old codes of WeChat")
}
