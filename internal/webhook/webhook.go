// Package webhook tells a group of staff, through a robot of 企业微信 or 钉钉, that something
// waits for them. It owns the tables webhook_waits and webhook_messages.
//
// A message is stored in the transaction that notes how much was told, so that of several
// nodes, and over restarts, each thing that comes to wait is told once; then it is sent,
// with a bounded number of tries further and further apart. A node that dies between the
// robot's answer and the note of it lets the message come twice, never not at all.
//
// Messages say how much waits and where, and hold no personal data. The robot's address is
// a secret, and stands in no log and no error.
package webhook

import (
	"context"
	"embed"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// ErrNone tells that no robot is set up.
var ErrNone = errs.New(errs.Conflict, "webhook_none", "还没有设置群机器人")

// Service tells through one robot. It is safe for concurrent use.
type Service struct {
	db     *sqldb.DB
	ids    *sqldb.IDs
	now    func() time.Time
	robot  *Robot // nil: none
	client *http.Client
}

// New makes a Service; robot nil: it tells nobody.
func New(db *sqldb.DB, ids *sqldb.IDs, now func() time.Time, robot *Robot) *Service {
	s := &Service{db: db, ids: ids, now: now, robot: robot}
	if robot != nil {
		s.client = robot.client()
	}
	return s
}

// Configured reports whether there is a robot.
func (s *Service) Configured() bool { return s.robot != nil }

func (s *Service) millis() int64 { return s.now().UnixMilli() }

const (
	// sendEvery is how often messages that are due are looked for.
	sendEvery = 15 * time.Second
	// SendWithin bounds one try, connecting included.
	SendWithin = 10 * time.Second
	// triesMost is how often a message is tried; the last try comes about an hour after the
	// first.
	triesMost = 8
	// firstPause is before the second try; each further pause is twice as long.
	firstPause = 30 * time.Second
	// sentAtOnce bounds the messages of one round: robots take some twenty a minute.
	sentAtOnce = 5
	// keptFor is how long messages are kept.
	keptFor = 30 * 24 * time.Hour
	// shown is how many messages the console sees.
	shown = 10
)

// wait is a row of webhook_waits.
type wait struct {
	ContestID sqldb.ID `db:"contest_id"`
	Topic     string   `db:"topic"`
	Waits     int      `db:"waits"`
}

// Message is one message to the robot.
type Message struct {
	ID        sqldb.ID `db:"id"`
	ContestID sqldb.ID `db:"contest_id"`
	Body      string   `db:"body"`
	MadeAt    int64    `db:"made_at"` // UTC ms
	NextAt    int64    `db:"next_at"`
	Tries     int      `db:"tries"`
	SentAt    int64    `db:"sent_at"` // 0: not yet
	GivenUp   bool     `db:"given_up"`
	Trouble   string   `db:"trouble"` // of the last try, in words
}

var messageColumns = sqldb.Columns[Message]("")

// Note tells of what waits in a contest more than when it was noted last, by topic; words
// makes the message of it. What waits less is noted, and told to nobody.
func (s *Service) Note(ctx context.Context, contestID sqldb.ID, waits map[string]int,
	words func(more map[string]int) string) error {
	if s.robot == nil {
		return nil
	}
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var noted []wait
		err := tx.Select(ctx, &noted, "SELECT contest_id, topic, waits FROM webhook_waits WHERE contest_id = ?", contestID)
		if err != nil {
			return err
		}
		before := map[string]int{}
		for _, w := range noted {
			before[w.Topic] = w.Waits
		}
		more := map[string]int{}
		for topic, n := range waits {
			old, known := before[topic]
			if known && n == old || !known && n == 0 {
				continue
			}
			if n > old {
				more[topic] = n
			}
			if err := note(ctx, tx, wait{contestID, topic, n}, old, known); err != nil {
				return err
			}
		}
		if len(more) == 0 {
			return nil
		}
		now := s.millis()
		return sqldb.Insert(ctx, tx, "INSERT INTO webhook_messages",
			[]Message{{ID: s.ids.Next(), ContestID: contestID, Body: words(more), MadeAt: now, NextAt: now}})
	})
	return errs.Wrap(err, "note what waits in contest %d", contestID)
}

// note stores how much waits now; of two nodes at once the second looks again.
func note(ctx context.Context, tx *sqldb.Tx, w wait, old int, known bool) error {
	if !known {
		err := sqldb.Insert(ctx, tx, "INSERT INTO webhook_waits", []wait{w})
		if sqldb.IsDuplicate(err) {
			err = sqldb.ErrStale
		}
		return err
	}
	matched, err := tx.Exec(ctx, "UPDATE webhook_waits SET waits = ? WHERE contest_id = ? AND topic = ? AND waits = ?",
		w.Waits, w.ContestID, w.Topic, old)
	if err == nil && matched == 0 {
		err = sqldb.ErrStale
	}
	return err
}

// Deliver sends the messages that are due: one round of Run. That one could not be sent is
// noted with it, and is no error.
func (s *Service) Deliver(ctx context.Context) error {
	if s.robot == nil {
		return nil
	}
	var due []Message
	err := s.db.Select(ctx, &due, "SELECT "+messageColumns+` FROM webhook_messages
		WHERE sent_at = 0 AND given_up = 0 AND next_at <= ? ORDER BY next_at, id LIMIT ?`, s.millis(), sentAtOnce)
	for i := 0; err == nil && i < len(due); i++ {
		err = s.deliver(ctx, &due[i])
	}
	if err != nil {
		return errs.Wrap(err, "send messages to the robot")
	}
	return errs.Wrap(s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM webhook_messages WHERE made_at < ?", s.millis()-keptFor.Milliseconds())
		return err
	}), "delete old messages to the robot")
}

// deliver tries a message, unless another node does.
func (s *Service) deliver(ctx context.Context, m *Message) error {
	m.Tries++
	m.NextAt = s.millis() + (firstPause << (m.Tries - 1)).Milliseconds()
	mine, err := s.update(ctx, `UPDATE webhook_messages SET tries = ?, next_at = ?
		WHERE id = ? AND tries = ? AND sent_at = 0`, m.Tries, m.NextAt, m.ID, m.Tries-1)
	if err != nil || !mine {
		return err
	}
	if trouble := s.send(ctx, m.Body); trouble != "" {
		_, err = s.update(ctx, "UPDATE webhook_messages SET trouble = ?, given_up = ? WHERE id = ?",
			trouble, m.Tries >= triesMost, m.ID)
		return err
	}
	_, err = s.update(ctx, "UPDATE webhook_messages SET trouble = '', sent_at = ? WHERE id = ?", s.millis(), m.ID)
	return err
}

func (s *Service) update(ctx context.Context, query string, args ...any) (done bool, err error) {
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx, query, args...)
		done = matched > 0
		return err
	})
	return done, err
}

// State is what the console shows of the robot.
type State struct {
	Robot    string // of which service; empty: none is set up
	Host     string
	Signed   bool
	Messages []Message // the newest first
}

// State tells how the robot is set up, and how the newest messages went.
func (s *Service) State(ctx context.Context) (State, error) {
	if s.robot == nil {
		return State{}, nil
	}
	state := State{Robot: s.robot.Service(), Host: s.robot.url.Hostname(), Signed: s.robot.secret != ""}
	err := s.db.Select(ctx, &state.Messages, "SELECT "+messageColumns+" FROM webhook_messages ORDER BY id DESC LIMIT ?",
		shown)
	return state, errs.Wrap(err, "list messages to the robot")
}

// Try sends a message at once, for who sets the robot up. Errors: ErrNone, webhook_trouble
// with what came of it in words.
func (s *Service) Try(ctx context.Context, by staff.Actor, text string) error {
	if s.robot == nil {
		return ErrNone
	}
	trouble := s.send(ctx, text)
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "webhook.try", Subject: s.robot.url.Hostname(),
			Detail: map[string]any{"trouble": trouble}})
	})
	if err != nil {
		return errs.Wrap(err, "try the robot")
	}
	if trouble != "" {
		return errs.New(errs.Conflict, "webhook_trouble", "没有发出去："+strings.TrimSuffix(trouble, "。"))
	}
	return nil
}
