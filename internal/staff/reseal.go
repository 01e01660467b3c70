package staff

import (
	"context"
	"encoding/base64"

	"anquanda/internal/errs"
	"anquanda/internal/keyring/rotation"
	"anquanda/internal/sqldb"
)

// SealAgain seals anew the secrets of second factors, of some rows after a place
// (rotation.Sealed).
func (s *Service) SealAgain(ctx context.Context, after string) (rotation.Batch, error) {
	var last sqldb.ID
	if err := rotation.ReadPlace(after, &last); err != nil {
		return rotation.Batch{}, err
	}
	var rows []struct {
		ID     sqldb.ID `db:"id"`
		Secret string   `db:"totp_secret"`
		Next   string   `db:"totp_next"`
	}
	err := s.db.Select(ctx, &rows, "SELECT id, totp_secret, totp_next FROM staff WHERE id > ? ORDER BY id LIMIT ?", last,
		rotation.AtOnce)
	if err != nil {
		return rotation.Batch{}, errs.Wrap(err, "read what is sealed")
	}
	var changes []rotation.Change
	for _, row := range rows {
		after = rotation.Place(row.ID)
		for column, sealed := range map[string]string{"totp_secret": row.Secret, "totp_next": row.Next} {
			anew, err := s.secretAgain(row.ID, sealed)
			if err != nil {
				return rotation.Batch{}, err
			}
			if anew != "" {
				changes = append(changes, rotation.Change{
					Query: "UPDATE staff SET " + column + " = ? WHERE id = ? AND " + column + " = ?",
					Args:  []any{anew, row.ID, sealed}})
			}
		}
	}
	return rotation.Write(ctx, s.db, len(rows), after, changes)
}

// secretAgain is empty where the newest key has sealed the secret, or there is none.
func (s *Service) secretAgain(id sqldb.ID, sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	raw, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil {
		return "", errs.Wrap(err, "read a second factor")
	}
	anew, err := s.keys.boxes.Again(raw, secretPlace(id))
	if err != nil || anew == nil {
		return "", errs.Wrap(err, "open a second factor")
	}
	return base64.RawStdEncoding.EncodeToString(anew), nil
}
