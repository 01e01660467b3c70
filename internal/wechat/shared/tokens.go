package shared

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/errs"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
	"anquanda/internal/wechat"
)

// ErrPaused is returned while another node renews a token, or could not a moment ago.
var ErrPaused = errors.New("another node asks wechat for this token, or got none a moment ago")

// leaseTime is how long one node has the renewal of a token for itself: an access
// token and a ticket are two calls, each may be made twice.
const leaseTime = 4 * wechat.CallTimeout

type tokenRow struct {
	Name   string `db:"name"`
	Sealed string `db:"sealed"`
	Until  int64  `db:"good_until"`
	Leased int64  `db:"leased_until"`
	// Paused: the last renewal failed, and nobody tries until Leased.
	Paused bool `db:"paused"`
	// Version counts the writes to the row: who read it before the last one takes nothing in hand.
	Version int `db:"version"`
}

// Token is wechat.Shelf: the token that all nodes use. It is read from Redis, else
// from SQL; where there is none that is fresh, the node that gets hold of the row
// renews it, while the others use the old one as long as it is good. Without SQL each
// asks for itself: WeChat gives all of them the same.
func (s *Store) Token(
	ctx context.Context, name, refused string, renew func(context.Context) (wechat.Token, error),
) (wechat.Token, error) {
	if token := s.fromRedis(ctx, name); token.Fresh(s.now(), refused) {
		return token, nil
	}
	row, err := s.readToken(ctx, name)
	if err != nil {
		logged(ctx, "the token is not kept", err)
		return renew(ctx)
	}
	token := s.openToken(row)
	if token.Fresh(s.now(), refused) {
		s.toRedis(ctx, row)
		return token, nil
	}
	mine, err := s.lease(ctx, &row)
	switch {
	case err != nil:
		logged(ctx, "the token is not kept", err)
		return renew(ctx)
	case mine:
		return s.renew(ctx, row, renew)
	case token.Good(s.now(), refused):
		return token, nil
	}
	return s.await(ctx, name, refused)
}

// lease takes the renewal in hand.
func (s *Store) lease(ctx context.Context, row *tokenRow) (mine bool, err error) {
	now := s.now().UnixMilli()
	until := now + leaseTime.Milliseconds()
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if row.Version == 0 {
			_, err := tx.Exec(ctx, `INSERT INTO wechat_tokens (name, sealed, good_until, leased_until, paused, version)
				VALUES (?, '', 0, ?, 0, 1)`, row.Name, until)
			mine = err == nil
			if sqldb.IsDuplicate(err) {
				return nil
			}
			return err
		}
		matched, err := tx.Exec(ctx, `UPDATE wechat_tokens SET leased_until = ?, paused = 0, version = version + 1
			WHERE name = ? AND version = ? AND leased_until <= ?`, until, row.Name, row.Version, now)
		mine = matched == 1
		return err
	})
	row.Version++
	return mine && err == nil, errs.Wrap(err, "take the renewal of a token in hand")
}

// renew makes the token anew for all. After a failure no node tries for a while.
func (s *Store) renew(
	ctx context.Context, row tokenRow, renew func(context.Context) (wechat.Token, error),
) (wechat.Token, error) {
	token, failed := renew(ctx)
	row.Leased, row.Paused = s.now().Add(wechat.Pause).UnixMilli(), true
	if failed == nil {
		row.Leased, row.Paused, row.Until = 0, false, token.Until.UnixMilli()
		row.Sealed = s.seal("token "+row.Name, token.Value)
	}
	matched := int64(0)
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) (err error) {
		matched, err = tx.Exec(ctx, `UPDATE wechat_tokens
			SET sealed = ?, good_until = ?, leased_until = ?, paused = ?, version = version + 1
			WHERE name = ? AND version = ?`, row.Sealed, row.Until, row.Leased, row.Paused, row.Name, row.Version)
		return err
	})
	logged(ctx, "the token is not kept", err)
	if failed == nil && err == nil && matched == 1 {
		s.toRedis(ctx, row)
	}
	return token, failed
}

// await waits for the node that renews a token which nobody can do without.
func (s *Store) await(ctx context.Context, name, refused string) (token wechat.Token, err error) {
	done, err := until(ctx, leaseTime, func() (bool, error) {
		row, err := s.readToken(ctx, name)
		if err != nil {
			return false, err
		}
		token = s.openToken(row)
		if row.Paused {
			return false, ErrPaused
		}
		return token.Good(s.now(), refused), nil
	})
	if err == nil && !done {
		err = ErrPaused
	}
	return token, err
}

func (s *Store) readToken(ctx context.Context, name string) (tokenRow, error) {
	row := tokenRow{Name: name}
	err := s.db.Get(ctx, &row, "SELECT "+sqldb.Columns[tokenRow]("")+" FROM wechat_tokens WHERE name = ?", name)
	if errors.Is(err, sql.ErrNoRows) {
		return row, nil
	}
	return row, errs.Wrap(err, "read a token")
}

// openToken opens the token of a row; one that does not open is none.
func (s *Store) openToken(row tokenRow) wechat.Token {
	value, ok := s.open("token "+row.Name, row.Sealed)
	if !ok {
		return wechat.Token{}
	}
	return wechat.Token{Value: value, Until: time.UnixMilli(row.Until)}
}

// inRedis is a token as Redis holds it.
type inRedis struct {
	Sealed string `json:"sealed"`
	Until  int64  `json:"until"`
}

func (s *Store) toRedis(ctx context.Context, row tokenRow) {
	text, err := json.Marshal(inRedis{row.Sealed, row.Until})
	left := time.UnixMilli(row.Until).Sub(s.now())
	if err == nil && left > 0 {
		err = s.redis.Set(ctx, redisdb.WeChatToken(row.Name), text, left).Err()
	}
	redisdb.LogAway(ctx, "keep a token of WeChat", err)
}

// fromRedis is the token that Redis holds; none where it holds none or is away.
func (s *Store) fromRedis(ctx context.Context, name string) wechat.Token {
	text, err := s.redis.Get(ctx, redisdb.WeChatToken(name)).Bytes()
	if errors.Is(err, redis.Nil) {
		return wechat.Token{}
	}
	var held inRedis
	if err == nil {
		err = json.Unmarshal(text, &held)
	}
	redisdb.LogAway(ctx, "read a token of WeChat", err)
	return s.openToken(tokenRow{Name: name, Sealed: held.Sealed, Until: held.Until})
}

func (s *Store) seal(place, text string) string {
	return base64.StdEncoding.EncodeToString(s.boxes.Seal([]byte(text), []byte(place)))
}

func (s *Store) open(place, sealed string) (text string, ok bool) {
	raw, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil || len(raw) < 28 {
		return "", false
	}
	value, err := s.boxes.Open(raw, []byte(place))
	return string(value), err == nil
}
