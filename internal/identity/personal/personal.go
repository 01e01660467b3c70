// Package personal keeps what players tell of their person: it owns the tables
// personal, personal_marks and consents.
//
// A value is kept sealed (vault.go), with a keyed hash that finds equal phones and
// addresses without opening them (find.go; marks.go keeps also those of before), and with
// the version of the text that the player agreed to (consent.go). Lists show it masked
// (mask.go); staff see it in full only together with an entry in the audit log
// (reveal.go). It goes when the player says so, or when its time is over. None of it is
// ever in a log.
package personal

import (
	"context"
	"errors"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Store keeps personal data. It is safe for concurrent use.
type Store struct {
	db    *sqldb.DB
	vault *Vault
}

// New returns the personal data stored in db; without a vault (nil) none can be
// kept.
func New(db *sqldb.DB, vault *Vault) *Store { return &Store{db: db, vault: vault} }

// Filling is what a player tells of the own person, checked and agreed to.
type Filling struct {
	consent Consent
	at      int64
	values  []filledValue
	child   bool // somebody under 14 tells it: see Filling.By
}

type filledValue struct {
	field   contest.Field
	value   string
	consent Consent
}

var errNoVault = errors.New("personal data cannot be kept without a vault")

// Check reads what was typed into fields of a contest, at a time (UTC ms).
// Blank and unknown fields are passed over: an older page may still send one.
// consent is the version of the text that was agreed to. Errors: invalid_field
// "fields.<key>" or consent, ErrConsentOutdated.
func Check(
	d *contest.Definition, fields []contest.Field, typed map[string]string, consent string, at int64,
) (*Filling, error) {
	f := &Filling{consent: ConsentTo(d, fields), at: at}
	for _, field := range fields {
		text := typed[field.Key]
		if strings.TrimSpace(text) == "" {
			continue
		}
		value, err := CheckField(field, text, at)
		if err != nil {
			return nil, err
		}
		f.values = append(f.values, filledValue{field, value, f.consent})
	}
	switch {
	case len(f.values) == 0:
		return f, nil
	case consent == "":
		return nil, errNoConsent
	case consent != f.consent.Version:
		return nil, ErrConsentOutdated
	}
	return f, nil
}

// Write keeps what a player told, in the place of what was told before. It runs in
// a transaction that holds the player's enrolment, so that nobody else fills in for
// the same player meanwhile.
func (s *Store) Write(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, f *Filling) error {
	if len(f.values) == 0 {
		return nil
	}
	if err := f.guarded(ctx, tx, contestID, player); err != nil {
		return err
	}
	if s.vault == nil {
		return errNoVault
	}
	if err := f.consent.Remember(ctx, tx, f.at); err != nil {
		return err
	}
	if err := s.vault.TakeTurn(ctx, tx); err != nil {
		return err
	}
	keys := make([]string, len(f.values))
	rows := make([]storedPersonal, len(f.values))
	for i, v := range f.values {
		known := v.value
		if v.field.Kind == contest.FieldChoice {
			known = chosen(v.field, v.value)
		}
		mark, err := s.markOf(ctx, tx, contestID, v.field.Kind, known)
		if err != nil {
			return err
		}
		keys[i] = v.field.Key
		rows[i] = storedPersonal{
			ContestID: contestID,
			personalRow: personalRow{
				PlayerID: player, Key: v.field.Key, Kind: v.field.Kind,
				Sealed: s.vault.seal(place{contestID, player, v.field.Key}, v.value), ConsentedAt: f.at,
			},
			Hash: mark, Consent: v.consent.Version,
		}
	}
	_, err := tx.ExecIn(ctx, "DELETE FROM personal WHERE contest_id = ? AND player_id = ? AND field_key IN (?)",
		contestID, player, keys)
	if err == nil {
		err = sqldb.Insert(ctx, tx, "INSERT INTO personal", rows)
	}
	if err != nil {
		return errs.Wrap(err, "keep what a player told")
	}
	return keepMarks(ctx, tx, contestID, player, marksOf(rows))
}

// Keys lists the keys of the fields that a player filled in, sorted.
func (s *Store) Keys(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID) ([]string, error) {
	var keys []string
	err := tx.Select(ctx, &keys,
		"SELECT field_key FROM personal WHERE contest_id = ? AND player_id = ? ORDER BY field_key", contestID, player)
	return keys, errs.Wrap(err, "read which fields are filled in")
}

// Delete deletes one field of a player; one that is not there is no error. With the
// guardian's consent goes all that rests on it.
func (s *Store) Delete(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, key string) error {
	if key == GuardianKey {
		return Forget(ctx, tx, contestID, player)
	}
	_, err := tx.Exec(ctx, "DELETE FROM personal WHERE contest_id = ? AND player_id = ? AND field_key = ?",
		contestID, player, key)
	return errs.Wrap(err, "delete what a player told")
}

// Told is one thing that a player told.
type Told struct {
	Key         string
	Kind        contest.FieldKind
	Value       string // in full: for the player alone
	ConsentedAt int64  // UTC ms
}

// Masked is the value as lists show it.
func (t Told) Masked() string { return Mask(t.Kind, t.Value) }

type personalRow struct {
	PlayerID    sqldb.ID          `db:"player_id"`
	Key         string            `db:"field_key"`
	Kind        contest.FieldKind `db:"kind"`
	Sealed      string            `db:"sealed"`
	ConsentedAt int64             `db:"consented_at"`
}

// storedPersonal is all of a row of personal.
type storedPersonal struct {
	ContestID sqldb.ID `db:"contest_id"`
	personalRow
	Hash    string `db:"hash"`
	Consent string `db:"consent"` // version of the text that was agreed to
}

var personalColumns = sqldb.Columns[personalRow]("")

func (s *Store) openRow(contestID sqldb.ID, row personalRow) (Told, error) {
	if s.vault == nil {
		return Told{}, errNoVault
	}
	value, err := s.vault.open(place{contestID, row.PlayerID, row.Key}, row.Sealed)
	if err != nil {
		return Told{}, errs.Wrap(err, "field %s of player %d", row.Key, row.PlayerID)
	}
	return Told{Key: row.Key, Kind: row.Kind, Value: value, ConsentedAt: row.ConsentedAt}, nil
}

// ToldBy lists what a player told in a contest, for the player.
func (s *Store) ToldBy(ctx context.Context, contestID, player sqldb.ID) ([]Told, error) {
	var rows []personalRow
	err := s.db.Select(ctx, &rows,
		"SELECT "+personalColumns+" FROM personal WHERE contest_id = ? AND player_id = ? ORDER BY field_key",
		contestID, player)
	if err != nil {
		return nil, errs.Wrap(err, "read what a player told")
	}
	told := make([]Told, len(rows))
	for i, row := range rows {
		if told[i], err = s.openRow(contestID, row); err != nil {
			return nil, err
		}
	}
	return told, nil
}
