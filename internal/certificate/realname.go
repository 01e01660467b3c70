package certificate

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/identity/personal"
	"anquanda/internal/keyring/rotation"
	"anquanda/internal/sqldb"
)

// realName is the real name on a certificate, where it bears one.
type realName struct {
	NameField string `db:"name_field"`  // of the definition; empty: the nickname stands on it
	Sealed    string `db:"sealed_name"` // empty: not told yet, or deleted
	NamedAt   int64  `db:"named_at"`    // UTC ms; 0: not told yet
	// CorrectedAt is when the name was corrected (correct.go), UTC ms; 0: never.
	CorrectedAt int64 `db:"corrected_at"`
}

// Naming is what stands on a certificate as the name.
type Naming string

// The namings.
const (
	Nicknamed Naming = "nickname"
	Waiting   Naming = "waiting" // for the player to tell the real name
	Named     Naming = "real"
	Unnamed   Naming = "deleted" // the real name was, by the player or in time
)

// Naming tells which of them a certificate is.
func (n realName) Naming() Naming {
	switch {
	case n.NameField == "":
		return Nicknamed
	case n.NamedAt == 0:
		return Waiting
	case n.Sealed == "":
		return Unnamed
	}
	return Named
}

// sealedAs names the place of a real name beside the key of its certificate.
func sealedAs(key string) string { return "name on certificate " + key }

// RealName opens the real name on a certificate; empty where none is. Whoever shows it to
// others than the player masks it.
func (s *Service) RealName(c *Certificate) (string, error) {
	if c.Naming() != Named {
		return "", nil
	}
	name, err := s.vault.OpenFor(c.ContestID, c.PlayerID, sealedAs(c.Key), c.Sealed)
	return name, errs.Wrap(err, "open the name on certificate %d", c.Number)
}

// name prints the real names that players of one contest have told on certificates that
// wait for them.
func (s *Service) name(ctx context.Context, tx *sqldb.Tx, all []*Certificate) error {
	players := map[string][]sqldb.ID{} // by field
	for _, c := range all {
		if c.Naming() == Waiting {
			players[c.NameField] = append(players[c.NameField], c.PlayerID)
		}
	}
	for field, of := range players {
		told, err := s.told.Copy(ctx, tx, all[0].ContestID, of, field)
		if err != nil {
			return err
		}
		for _, c := range all {
			if value, ok := told[c.PlayerID]; ok && c.NameField == field && c.Naming() == Waiting {
				c.Sealed = s.vault.SealFor(c.ContestID, c.PlayerID, sealedAs(c.Key), value.Value)
				c.NamedAt = max(c.EarnedAt, value.ConsentedAt)
			}
		}
	}
	return nil
}

// Complete prints the real name that a player has told meanwhile on those certificates of
// the player that wait for it, and reports whether any did.
func (s *Service) Complete(ctx context.Context, held []Certificate) (done bool, err error) {
	var waiting []*Certificate
	for i := range held {
		if held[i].Naming() == Waiting {
			waiting = append(waiting, &held[i])
		}
	}
	if len(waiting) == 0 {
		return false, nil
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		rows := make([]*Certificate, len(waiting)) // copies: a transaction may be run again
		for i := range waiting {
			row := *waiting[i]
			rows[i] = &row
		}
		if err := s.name(ctx, tx, rows); err != nil {
			return err
		}
		done = false
		for _, c := range rows {
			if c.Naming() != Named {
				continue
			}
			n, err := tx.Exec(ctx, `UPDATE certificates SET sealed_name = ?, named_at = ?
				WHERE contest_id = ? AND player_id = ? AND cert_key = ? AND named_at = 0`,
				c.Sealed, c.NamedAt, c.ContestID, c.PlayerID, c.Key)
			if err != nil {
				return err
			}
			done = done || n > 0
		}
		return nil
	})
	return done, errs.Wrap(err, "print real names on certificates")
}

// Untell deletes, with a field that a player deletes, the name on the certificates of the
// player that came from it. It does not come back: else one certificate could be made out
// to one person after the other.
func Untell(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, field string) error {
	_, err := tx.Exec(ctx, `UPDATE certificates SET sealed_name = ''
		WHERE contest_id = ? AND player_id = ? AND name_field <> '' AND (name_field = ? OR ? = ?)`,
		contestID, player, field, field, personal.GuardianKey)
	return errs.Wrap(err, "delete the real name on certificates")
}

// SealAgain seals anew the names on certificates, of some rows after a place (rotation.Sealed).
func (s *Service) SealAgain(ctx context.Context, after string) (rotation.Batch, error) {
	var number sqldb.ID
	if err := rotation.ReadPlace(after, &number); err != nil {
		return rotation.Batch{}, err
	}
	var rows []Certificate
	err := s.db.Select(ctx, &rows, "SELECT "+columns+" FROM certificates WHERE number > ? ORDER BY number LIMIT ?",
		number, rotation.AtOnce)
	if err != nil {
		return rotation.Batch{}, errs.Wrap(err, "read what is sealed")
	}
	var changes []rotation.Change
	for i := range rows {
		c := &rows[i]
		anew, err := s.vault.AgainFor(c.ContestID, c.PlayerID, sealedAs(c.Key), c.Sealed)
		if err != nil {
			return rotation.Batch{}, errs.Wrap(err, "the name on certificate %d", c.Number)
		}
		if anew != "" {
			changes = append(changes, rotation.Change{
				Query: "UPDATE certificates SET sealed_name = ? WHERE number = ? AND sealed_name = ?",
				Args:  []any{anew, c.Number, c.Sealed}})
		}
		after = rotation.Place(c.Number)
	}
	return rotation.Write(ctx, s.db, len(rows), after, changes)
}
