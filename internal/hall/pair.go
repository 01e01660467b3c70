package hall

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

const (
	// pairingFor is how long screens may ask once staff have opened pairing.
	pairingFor = 5 * time.Minute
	// pairedFor is how long a screen stays paired: an event of some days. A computer that
	// goes back to its owner must not know the next event's winners.
	pairedFor = 7 * 24 * time.Hour
	// askingMost bounds how many screens may ask at once; each is a row that a stranger made.
	askingMost = 200
	// seenEvery is how often it is noted that a screen is there.
	seenEvery = 30 * time.Second
)

// Paired is a screen that may show what is not public yet.
type Paired struct {
	ID    sqldb.ID `db:"id"`
	By    string   `db:"paired_by"`
	At    int64    `db:"paired_at"`    // UTC ms
	Until int64    `db:"paired_until"` // UTC ms
	Seen  int64    `db:"seen_at"`      // UTC ms, within half a minute
}

// Asking is what a screen gets that asks: the code for people to read, and the secret
// that it keeps.
type Asking struct {
	ID     sqldb.ID
	Secret string
	Code   string
}

// OpenPairing lets screens ask for some minutes; who asked before asks anew.
func (s *Service) OpenPairing(ctx context.Context, by staff.Actor, contestID sqldb.ID) error {
	return s.change(ctx, by, contestID, anySeq, "screen.pairing", func(next *Shown) map[string]any {
		next.PairingFrom = s.millis()
		next.PairingUntil = next.PairingFrom + pairingFor.Milliseconds()
		return map[string]any{}
	})
}

// ClosePairing has screens ask no more, before the time is over.
func (s *Service) ClosePairing(ctx context.Context, by staff.Actor, contestID sqldb.ID) error {
	return s.change(ctx, by, contestID, anySeq, "screen.pairing", func(next *Shown) map[string]any {
		next.PairingUntil = min(next.PairingUntil, s.millis())
		return map[string]any{"open": false}
	})
}

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// Ask begins the pairing of a screen. Errors: ErrNotPairing.
func (s *Service) Ask(ctx context.Context, contestID sqldb.ID) (*Asking, error) {
	asking := &Asking{ID: s.ids.Next(), Secret: rand.Text()}
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		shown, err := read(ctx, tx, contestID)
		if err != nil {
			return err
		}
		now := s.millis()
		if now >= shown.PairingUntil {
			return ErrNotPairing
		}
		_, err = tx.Exec(ctx, `DELETE FROM screens WHERE contest_id = ? AND (paired_at = 0 AND asked_at < ?
			OR paired_at > 0 AND paired_until < ?)`, contestID, shown.PairingFrom, now)
		if err != nil {
			return err
		}
		var asked int
		err = tx.Get(ctx, &asked, "SELECT COUNT(*) FROM screens WHERE contest_id = ? AND paired_at = 0", contestID)
		if err != nil {
			return err
		}
		if asked >= askingMost {
			return ErrNotPairing
		}
		n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
		if err != nil {
			return err
		}
		asking.Code = fmt.Sprintf("%06d", n)
		_, err = tx.Exec(ctx, `INSERT INTO screens (id, contest_id, code, secret_hash, asked_at, paired_by, paired_at,
				paired_until, seen_at) VALUES (?, ?, ?, ?, ?, '', 0, 0, 0)`,
			asking.ID, contestID, asking.Code, hashOf(asking.Secret), now)
		if sqldb.IsDuplicate(err) {
			return sqldb.ErrStale // another screen has the code: take a new one
		}
		return err
	})
	if err != nil {
		return nil, errs.Wrap(err, "begin to pair a screen of contest %d", contestID)
	}
	return asking, nil
}

// Pair lets the screen that shows a code show what is not public yet. Errors:
// ErrNotPairing, ErrCodeUnknown.
func (s *Service) Pair(ctx context.Context, by staff.Actor, contestID sqldb.ID, code string) error {
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		shown, err := read(ctx, tx, contestID)
		if err != nil {
			return err
		}
		now := s.millis()
		if now >= shown.PairingUntil {
			return ErrNotPairing
		}
		var id sqldb.ID
		err = tx.Get(ctx, &id, "SELECT id FROM screens WHERE contest_id = ? AND code = ? AND paired_at = 0 AND asked_at >= ?",
			contestID, code, shown.PairingFrom)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrCodeUnknown
		}
		if err != nil {
			return err
		}
		matched, err := tx.Exec(ctx, `UPDATE screens SET code = NULL, paired_by = ?, paired_at = ?, paired_until = ?,
			seen_at = ? WHERE id = ? AND paired_at = 0`, by.Name, now, now+pairedFor.Milliseconds(), now, id)
		if err == nil && matched == 0 {
			err = ErrCodeUnknown
		}
		if err == nil {
			err = endPairing(ctx, tx, contestID, now)
		}
		if err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "screen.pair", Subject: contestID.String(),
			Detail: map[string]any{"screen": id.String()}})
	})
	s.shown.Drop(contestID)
	return errs.Wrap(err, "pair a screen of contest %d", contestID)
}

// endPairing takes the codes off the screens that were not meant. It is no choice of what
// they show, so the remote controls go on from the seq that they know.
func endPairing(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, now int64) error {
	_, err := tx.Exec(ctx, "UPDATE screen_shows SET pairing_until = ? WHERE contest_id = ? AND pairing_until > ?", now,
		contestID, now)
	return err
}

// Unpair has a screen show no more than anybody may see. Errors: ErrUnknown.
func (s *Service) Unpair(ctx context.Context, by staff.Actor, contestID, screen sqldb.ID) error {
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx, "DELETE FROM screens WHERE contest_id = ? AND id = ?", contestID, screen)
		if err == nil && matched == 0 {
			err = ErrUnknown
		}
		if err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "screen.unpair", Subject: contestID.String(),
			Detail: map[string]any{"screen": screen.String()}})
	})
	return errs.Wrap(err, "part with a screen of contest %d", contestID)
}

// PairedOf lists the paired screens of a contest, the newest first.
func (s *Service) PairedOf(ctx context.Context, contestID sqldb.ID) ([]Paired, error) {
	var paired []Paired
	err := s.db.Select(ctx, &paired, "SELECT "+sqldb.Columns[Paired]("")+` FROM screens
		WHERE contest_id = ? AND paired_at > 0 AND paired_until > ? ORDER BY paired_at DESC, id DESC`, contestID, s.millis())
	return paired, errs.Wrap(err, "list the screens of contest %d", contestID)
}

// Knows reports whether a screen is paired with the contest and proves to be it, and notes
// now and then that it was there.
func (s *Service) Knows(ctx context.Context, contestID, screen sqldb.ID, secret string) (bool, error) {
	var held []struct {
		Hash string `db:"secret_hash"`
		Seen int64  `db:"seen_at"`
	}
	now := s.millis()
	err := s.db.Select(ctx, &held, `SELECT secret_hash, seen_at FROM screens
		WHERE id = ? AND contest_id = ? AND paired_at > 0 AND paired_until > ?`, screen, contestID, now)
	if err != nil {
		return false, errs.Wrap(err, "look for a screen of contest %d", contestID)
	}
	if len(held) == 0 || subtle.ConstantTimeCompare([]byte(held[0].Hash), []byte(hashOf(secret))) == 0 {
		return false, nil
	}
	if now-held[0].Seen < seenEvery.Milliseconds() {
		return true, nil
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE screens SET seen_at = ? WHERE id = ? AND seen_at < ?", now, screen, now)
		return err
	})
	return true, errs.Wrap(err, "note that a screen was there")
}
