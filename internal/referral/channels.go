package referral

import (
	"context"
	"crypto/rand"
	"strings"
	"unicode/utf8"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Kind is what sort of place a channel's link stands in.
type Kind string

// Kinds lists the kinds of channels with their names.
var Kinds = []struct {
	Kind Kind
	Name string
}{{"sms", "短信"}, {"poster", "海报"}, {"booth", "展位"}, {"office", "窗口"}, {"article", "推文"}, {"other", "其他"}}

// Channel is a named link of a contest.
type Channel struct {
	Code      string `db:"code"`
	Name      string `db:"name"`
	Kind      Kind   `db:"kind"`
	CreatedAt int64  `db:"created_at"` // UTC ms
	Sent      int    `db:"sent"`       // messages, as somebody typed it; 0: nobody has
}

// channelsAtMost bounds a contest's channels, and so the cost of their funnels.
const channelsAtMost = 500

const maxChannelName = 20 // characters

var errChannels = errs.New(errs.Conflict, "channels_full", "渠道最多 500 个")

// Channels lists a contest's channels, oldest first.
func (s *Service) Channels(ctx context.Context, contestID sqldb.ID) ([]Channel, error) {
	var channels []Channel
	err := s.db.Select(ctx, &channels, `SELECT code, name, kind, created_at, sent FROM channels
		WHERE contest_id = ? ORDER BY created_at, code`, contestID)
	return channels, errs.Wrap(err, "list channels")
}

// knownChannel is code when there is such a channel, else empty.
func (s *Service) knownChannel(ctx context.Context, contestID sqldb.ID, code string) (string, error) {
	if len(code) != codeOfChannel || strings.Trim(code, channelAlphabet) != "" {
		return "", nil
	}
	var found int
	err := s.db.Get(ctx, &found, "SELECT COUNT(*) FROM channels WHERE contest_id = ? AND code = ?", contestID, code)
	if err != nil || found == 0 {
		return "", errs.Wrap(err, "look for a channel")
	}
	return code, nil
}

// A channel's code is short enough for a text message and has no characters that
// look alike.
const (
	codeOfChannel   = 6
	channelAlphabet = "23456789abcdefghjkmnpqrstuvwxyz"
)

func newChannelCode() string {
	random := make([]byte, codeOfChannel)
	rand.Read(random)
	for i, b := range random {
		random[i] = channelAlphabet[int(b)%len(channelAlphabet)]
	}
	return string(random)
}

// AddChannel makes a channel. Errors: invalid_field name or kind, channels_full.
func (s *Service) AddChannel(
	ctx context.Context, actor staff.Actor, contestID sqldb.ID, name string, kind Kind,
) (*Channel, error) {
	name, err := checkChannel(name, kind)
	if err != nil {
		return nil, err
	}
	made := &Channel{Code: newChannelCode(), Name: name, Kind: kind, CreatedAt: s.millis()}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var present int
		if err := tx.Get(ctx, &present, "SELECT COUNT(*) FROM channels WHERE contest_id = ?", contestID); err != nil {
			return err
		}
		if present >= channelsAtMost {
			return errChannels
		}
		_, err := tx.Exec(ctx, "INSERT INTO channels (contest_id, code, name, kind, created_at) VALUES (?, ?, ?, ?, ?)",
			contestID, made.Code, made.Name, string(made.Kind), made.CreatedAt)
		if err != nil {
			return err
		}
		return staff.Record(ctx, tx, channelEntry(actor, "channel.add", contestID, made.Code, name))
	})
	return made, errs.Wrap(err, "add a channel")
}

// maxSent bounds the messages of a channel.
const maxSent = 100_000_000

// ChangeChannel gives a channel another name, kind and number of messages sent (nil: as
// it is); its code stays, it may be printed. Errors: invalid_field name, kind or sent,
// ErrChannelUnknown.
func (s *Service) ChangeChannel(
	ctx context.Context, actor staff.Actor, contestID sqldb.ID, code, name string, kind Kind, sent *int,
) error {
	name, err := checkChannel(name, kind)
	if err != nil {
		return err
	}
	if sent != nil && (*sent < 0 || *sent > maxSent) {
		return errs.InvalidField("sent", "发出的条数应为 0 到 1 亿")
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx, `UPDATE channels SET name = ?, kind = ?, sent = COALESCE(?, sent)
			WHERE contest_id = ? AND code = ?`, name, string(kind), sent, contestID, code)
		if err == nil && matched == 0 {
			err = ErrChannelUnknown
		}
		if err != nil {
			return err
		}
		return staff.Record(ctx, tx, channelEntry(actor, "channel.change", contestID, code, name))
	})
	return errs.Wrap(err, "change a channel")
}

// ContestOfChannel finds the contest of a channel by its code alone, for a short
// address; two contests may have drawn the same code, then the older channel is meant.
// Error: ErrChannelUnknown.
func (s *Service) ContestOfChannel(ctx context.Context, code string) (sqldb.ID, error) {
	if len(code) != codeOfChannel || strings.Trim(code, channelAlphabet) != "" {
		return 0, ErrChannelUnknown
	}
	var ids []sqldb.ID
	err := s.db.Select(ctx, &ids, "SELECT contest_id FROM channels WHERE code = ? ORDER BY created_at LIMIT 1", code)
	if err == nil && len(ids) == 0 {
		return 0, ErrChannelUnknown
	}
	if err != nil {
		return 0, errs.Wrap(err, "look for the contest of a channel")
	}
	return ids[0], nil
}

// RemoveChannel deletes a channel that nobody came by. Errors: ErrChannelUnknown,
// ErrChannelUsed.
func (s *Service) RemoveChannel(ctx context.Context, actor staff.Actor, contestID sqldb.ID, code string) error {
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var used int
		err := tx.Get(ctx, &used, `SELECT (SELECT COUNT(*) FROM channel_visits WHERE contest_id = ? AND channel = ?)
			+ (SELECT COUNT(*) FROM arrivals WHERE contest_id = ? AND channel = ?)`, contestID, code, contestID, code)
		if err == nil && used > 0 {
			err = ErrChannelUsed
		}
		if err != nil {
			return err
		}
		matched, err := tx.Exec(ctx, "DELETE FROM channels WHERE contest_id = ? AND code = ?", contestID, code)
		if err == nil && matched == 0 {
			err = ErrChannelUnknown
		}
		if err != nil {
			return err
		}
		return staff.Record(ctx, tx, channelEntry(actor, "channel.remove", contestID, code, ""))
	})
	return errs.Wrap(err, "remove a channel")
}

func channelEntry(actor staff.Actor, action string, contestID sqldb.ID, code, name string) staff.Entry {
	return staff.Entry{Actor: actor, Action: action, Subject: contestID.String() + "/" + code,
		Detail: map[string]any{"name": name}}
}

func checkChannel(name string, kind Kind) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	if n := utf8.RuneCountInString(name); n < 1 || n > maxChannelName {
		return "", errs.InvalidField("name", "渠道名称应为 1 到 20 个字")
	}
	for _, k := range Kinds {
		if k.Kind == kind {
			return name, nil
		}
	}
	return "", errs.InvalidField("kind", "没有这种渠道，请重新选择")
}
