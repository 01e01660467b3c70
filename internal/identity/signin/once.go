package signin

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/keyring"
	"anquanda/internal/pace"
	"anquanda/internal/seal"
	"anquanda/internal/sqldb"
)

const (
	// onceLife is how long an outcome is told again.
	onceLife = 5 * time.Minute
	// workWithin bounds the calls that a code is redeemed with.
	workWithin = 15 * time.Second
	// lostAfter is from when a node that does not tell an outcome counts as gone.
	lostAfter = workWithin + 5*time.Second
	// lookEvery is how soon a second phone sees what the first got.
	lookEvery = 50 * time.Millisecond
)

// ErrUnderway: the same code is being redeemed still.
var ErrUnderway = errs.New(errs.Unavailable, "signin_underway", "登录还在进行，请稍等几秒再试")

// Once redeems one-time codes once: who brings one again, to whatever node, is told
// the same for onceLife. What is kept is sealed, under a keyed hash of the code. It is safe for concurrent use.
type Once struct {
	db    *sqldb.DB
	boxes *seal.Boxes
	keys  *keyring.Made[[]byte]
	now   func() time.Time
}

// NewOnce returns the memory of codes in db.
func NewOnce(db *sqldb.DB, keys *keyring.Keys, now func() time.Time) *Once {
	return &Once{db: db, boxes: seal.BoxesOf(keys, "outcome"), now: now,
		keys: keys.Part("code")}
}

// outcome is what is kept: what the work gave, or the error that it ended with.
type outcome struct {
	Value   []byte    `json:"value,omitempty"`
	Kind    errs.Kind `json:"kind,omitempty"`
	Code    string    `json:"code,omitempty"`
	Message string    `json:"message,omitempty"`
}

// Do runs work for the code that a trip through a door brought, or tells what it gave
// the first time; the value is small (up to 2,000 bytes). An error of a kind is told
// again too. One that is internal or says that something is away is not kept, for the
// code may be good still. Work goes on when the phone hangs up. Errors: ErrUnderway,
// those of work.
func (o *Once) Do(
	ctx context.Context, door, state, code string, work func(context.Context) ([]byte, error),
) (value []byte, again bool, err error) {
	key, err := o.name(ctx, door, state, code)
	if err != nil {
		return nil, false, err
	}
	until := time.Now().Add(lostAfter)
	for time.Now().Before(until) {
		mine, err := o.take(ctx, key)
		if err != nil {
			return nil, false, err
		}
		if mine > 0 {
			value, err := o.work(ctx, key, mine, work)
			return value, false, err
		}
		kept, err := o.read(ctx, key)
		if err != nil || kept != nil {
			value, err := kept.result(err)
			return value, true, err
		}
		if !pace.Wait(ctx, lookEvery) {
			return nil, false, ctx.Err()
		}
	}
	return nil, false, ErrUnderway
}

// name is by what a code is kept: that by which it is kept already, or else one by the
// newest key.
func (o *Once) name(ctx context.Context, door, state, code string) (string, error) {
	keys := o.keys.All()
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = base64.RawURLEncoding.EncodeToString(keyed(key, door, state, code))
	}
	if len(names) == 1 {
		return names[0], nil
	}
	var kept []string
	err := o.db.SelectIn(ctx, &kept, "SELECT code FROM signin_codes WHERE code IN (?) AND begun_at > ?", names,
		o.now().Add(-onceLife).UnixMilli())
	if err != nil || len(kept) == 0 {
		return names[0], errs.Wrap(err, "look for a one-time code")
	}
	return kept[0], nil
}

// take begins a code that nobody has begun, whose outcome is too old to be told, or
// whose node is gone: it returns when, and 0 where it is another's.
func (o *Once) take(ctx context.Context, key string) (begun int64, err error) {
	now := o.now().UnixMilli()
	err = o.db.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx, `UPDATE signin_codes SET outcome = '', begun_at = ?
			WHERE code = ? AND (begun_at <= ? OR outcome = '' AND begun_at <= ?)`,
			now, key, now-onceLife.Milliseconds(), now-lostAfter.Milliseconds())
		if err != nil || matched > 0 {
			return err
		}
		_, err = tx.Exec(ctx, "INSERT INTO signin_codes (code, outcome, begun_at) VALUES (?, '', ?)", key, now)
		return err
	})
	if sqldb.IsDuplicate(err) {
		return 0, nil
	}
	return now, errs.Wrap(err, "begin a one-time code")
}

func (o *Once) work(
	ctx context.Context, key string, begun int64, work func(context.Context) ([]byte, error),
) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), workWithin)
	defer cancel()
	value, failed := work(ctx)
	kept := outcome{Value: value}
	if failed != nil {
		e := errs.From(failed)
		kept = outcome{Kind: e.Kind, Code: e.Code, Message: e.Message}
	}
	if err := o.keep(context.WithoutCancel(ctx), key, begun, kept); err != nil && failed == nil {
		return nil, err
	}
	return value, failed
}

// keep writes an outcome over the row that was begun then.
func (o *Once) keep(ctx context.Context, key string, begun int64, kept outcome) error {
	err := o.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if kept.Code != "" && (kept.Kind == errs.Internal || kept.Kind == errs.Unavailable) {
			_, err := tx.Exec(ctx, "DELETE FROM signin_codes WHERE code = ? AND begun_at = ?", key, begun)
			return err
		}
		plain, err := json.Marshal(kept)
		if err != nil {
			return err
		}
		sealed := base64.RawURLEncoding.EncodeToString(o.boxes.Seal(plain, []byte(key)))
		_, err = tx.Exec(ctx, "UPDATE signin_codes SET outcome = ? WHERE code = ? AND begun_at = ?", sealed, key, begun)
		return err
	})
	return errs.Wrap(err, "keep what became of a one-time code")
}

// read is the outcome of a code; nil while there is none.
func (o *Once) read(ctx context.Context, key string) (*outcome, error) {
	var sealed string
	err := o.db.Get(ctx, &sealed, "SELECT outcome FROM signin_codes WHERE code = ?", key)
	switch {
	case errors.Is(err, sql.ErrNoRows) || err == nil && sealed == "":
		return nil, nil
	case err != nil:
		return nil, errs.Wrap(err, "read what became of a one-time code")
	}
	var kept outcome
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err == nil {
		raw, err = o.boxes.Open(raw, []byte(key))
	}
	if err == nil {
		err = json.Unmarshal(raw, &kept)
	}
	return &kept, errs.Wrap(err, "open what became of a one-time code")
}

func (o *outcome) result(err error) ([]byte, error) {
	switch {
	case err != nil:
		return nil, err
	case o.Code != "":
		return nil, errs.New(o.Kind, o.Code, o.Message)
	}
	return o.Value, nil
}

// Run deletes outcomes that are not told any more until ctx ends.
func (o *Once) Run(ctx context.Context) {
	pace.Every(ctx, time.Minute, "delete old one-time codes", o.Forget)
}

// Forget deletes outcomes that are not told any more.
func (o *Once) Forget(ctx context.Context) error {
	return o.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM signin_codes WHERE begun_at <= ?", o.now().UnixMilli()-onceLife.Milliseconds())
		return err
	})
}
