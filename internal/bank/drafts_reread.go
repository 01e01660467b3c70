package bank

import (
	"bytes"
	"context"

	"anquanda/internal/bankfile"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// filePart is how much of a file stands in one row, well below what any engine takes in
// one statement.
const filePart = 512 << 10

func keepFile(ctx context.Context, tx *sqldb.Tx, id sqldb.ID, data []byte) error {
	for part := 0; part*filePart < len(data); part++ {
		body := data[part*filePart : min((part+1)*filePart, len(data))]
		if _, err := tx.Exec(ctx, "INSERT INTO bank_draft_files (draft_id, part, body) VALUES (?, ?, ?)", id, part,
			body); err != nil {
			return err
		}
	}
	return nil
}

// file reads the file of a draft. Errors: ErrNotReady where it is not kept.
func (s *Store) file(ctx context.Context, id sqldb.ID) ([]byte, error) {
	var parts [][]byte
	err := s.db.Select(ctx, &parts, "SELECT body FROM bank_draft_files WHERE draft_id = ? ORDER BY part", id)
	if err != nil {
		return nil, errs.Wrap(err, "read the file of draft %d", id)
	}
	if len(parts) == 0 {
		return nil, ErrNotReady
	}
	return bytes.Join(parts, nil), nil
}

// RereadDraft reads the file of a draft again, by conventions that a person says. What
// was mended by hand gives way to what the file holds. Errors: ErrNoDraft, ErrNotReady.
func (s *Store) RereadDraft(ctx context.Context, by staff.Actor, id sqldb.ID, asked bankfile.Conventions) error {
	d, err := s.Draft(ctx, id)
	if err != nil {
		return err
	}
	if d.State != DraftReady {
		return ErrNotReady
	}
	data, err := s.file(ctx, id)
	if err != nil {
		return err
	}
	result, err := bankfile.Read(d.FileName, data, bankfile.Options{Format: d.Format, Conventions: asked})
	if err != nil {
		return err
	}
	if err := s.KeepImages(ctx, result); err != nil {
		return err
	}
	return errs.Wrap(s.replaceRows(ctx, by, d, result), "read draft %d again", id)
}

func (s *Store) replaceRows(ctx context.Context, by staff.Actor, d *Draft, result *bankfile.Result) error {
	rows, codes, err := draftRows(d.ID, result)
	if err != nil {
		return err
	}
	problems, conventions, err := ofTheWhole(result)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		changed, err := tx.Exec(ctx,
			"UPDATE bank_drafts SET problems = ?, conventions = ? WHERE id = ? AND state_name = ?", problems,
			conventions, d.ID, DraftReady)
		if err != nil {
			return err
		}
		if changed != 1 {
			return ErrNotReady
		}
		for _, table := range []string{"bank_draft_codes", "bank_draft_rows"} {
			if _, err := tx.Exec(ctx, "DELETE FROM "+table+" WHERE draft_id = ?", d.ID); err != nil {
				return err
			}
		}
		if err := insertRows(ctx, tx, rows, codes); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "bank.reread", Subject: cut(d.FileName, maxSubject),
			Detail: map[string]any{"found": result.Found, "accepted": result.Accepted}})
	})
}
