package drawing

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"anquanda/internal/errs"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// entriesPerPart is how many entries of a list one row holds: about 340 KB.
const entriesPerPart = 5000

func hexID(id [32]byte) string { return hex.EncodeToString(id[:]) }

// storeList stores the list as the transcript has it, a part at a time.
func (f *freezing) storeList(ctx context.Context, list *selection.List) error {
	for part := 0; part*entriesPerPart < list.Len(); part++ {
		var text strings.Builder
		for i := part * entriesPerPart; i < min(list.Len(), (part+1)*entriesPerPart); i++ {
			if i > 0 {
				text.WriteByte(',')
			}
			text.WriteString("\n    \"" + list.Entry(i) + "\"")
		}
		err := f.step(ctx, func(tx *sqldb.Tx) error {
			_, err := tx.Exec(ctx, "INSERT INTO drawing_lists (drawing_id, part, entries) VALUES (?, ?, ?)", f.row.ID, part,
				text.String())
			return err
		})
		if err != nil {
			return errs.Wrap(err, "store the list of drawing %d", f.row.ID)
		}
	}
	return nil
}

// eachListPart hands the stored list to visit, part by part. Each is read by itself:
// whoever loads a transcript slowly must not keep a connection of the store meanwhile.
func (d *Drawings) eachListPart(ctx context.Context, id sqldb.ID, visit func(text string) error) error {
	for part := 0; ; part++ {
		var text string
		err := d.db.Get(ctx, &text, "SELECT entries FROM drawing_lists WHERE drawing_id = ? AND part = ?", id, part)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return nil
		case err != nil:
			return errs.Wrap(err, "read the list of drawing %d", id)
		}
		if err := visit(text); err != nil {
			return err
		}
	}
}

// loadList reads the whole list: about a hundred bytes an entry, for a moment.
func (d *Drawings) loadList(ctx context.Context, id sqldb.ID) (*selection.List, error) {
	var text bytes.Buffer
	text.WriteByte('[')
	err := d.eachListPart(ctx, id, func(part string) error {
		text.WriteString(part)
		return nil
	})
	if err != nil {
		return nil, err
	}
	text.WriteByte(']')
	list := &selection.List{}
	return list, list.UnmarshalJSON(text.Bytes())
}

// bodies are the parts of a transcript that are stored beside the list.
type bodies struct {
	Frozen *string `db:"frozen_body"`
	Drawn  *string `db:"drawn_body"`
	Seed   string  `db:"sealed_seed"`
}

func (d *Drawings) bodies(ctx context.Context, id sqldb.ID) (*bodies, *selection.Freeze, error) {
	var b bodies
	err := d.db.Get(ctx, &b, "SELECT frozen_body, drawn_body, sealed_seed FROM drawings WHERE id = ?", id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, nil, ErrDrawingUnknown
	case err != nil:
		return nil, nil, errs.Wrap(err, "read the transcript of drawing %d", id)
	case b.Frozen == nil:
		return nil, nil, ErrDrawingState
	}
	freeze := &selection.Freeze{}
	return &b, freeze, errs.Wrap(json.Unmarshal([]byte(*b.Frozen), freeze), "read the freeze of drawing %d", id)
}

// Frozen is the freeze of a drawing as it was published; ErrDrawingState before there is one.
func (d *Drawings) Frozen(ctx context.Context, id sqldb.ID) (*selection.Freeze, error) {
	_, freeze, err := d.bodies(ctx, id)
	return freeze, err
}

// Heads are those of the audit log in the transcripts of all drawings. A head may be
// missing from the log only if somebody took entries away.
func (d *Drawings) Heads(ctx context.Context) ([]staff.Head, error) {
	var bodies []string
	err := d.db.Select(ctx, &bodies, "SELECT frozen_body FROM drawings WHERE frozen_body IS NOT NULL ORDER BY id")
	if err != nil {
		return nil, errs.Wrap(err, "read the heads of the audit log in transcripts")
	}
	var heads []staff.Head
	for _, body := range bodies {
		var freeze selection.Freeze
		if err := json.Unmarshal([]byte(body), &freeze); err != nil {
			return nil, errs.Wrap(err, "read a freeze")
		}
		if log := freeze.AuditLog; log != nil {
			heads = append(heads, staff.Head{Entries: log.Entries, Hash: log.Head})
		}
	}
	return heads, nil
}

// UnderWay reports whether a drawing is between its freeze and its publication, when
// nothing about who decides on it should change unseen.
func (d *Drawings) UnderWay(ctx context.Context) (bool, error) {
	var n int
	err := d.db.Get(ctx, &n, "SELECT COUNT(*) FROM drawings WHERE state IN (?, ?, ?, ?)",
		string(Freezing), string(Frozen), string(Known), string(Drawn))
	return n > 0, errs.Wrap(err, "look for drawings under way")
}

// listEnd is what stands behind the entries of a transcript.
const listEnd = "\n  ]\n}\n"

// TranscriptTag tells one text of a drawing's transcript from another: the list is settled
// by the freeze, so only the draw and who gave up change it. Errors: ErrDrawingUnknown.
func (d *Drawings) TranscriptTag(ctx context.Context, id sqldb.ID) (string, error) {
	row, err := d.Drawing(ctx, id)
	if err != nil {
		return "", err
	}
	b, _, err := d.bodies(ctx, id)
	if err != nil {
		return "", err
	}
	text := selection.Format + "\n" + row.Fingerprint
	if row.State == Published {
		text += "\n" + row.Seal + "\n" + *b.Drawn
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16]), nil
}

// WriteTranscript writes what is published of a drawing: the freeze with the
// list, and from its publication on the draw. It holds one part of the list in
// memory. Errors: ErrDrawingUnknown, ErrDrawingState before the freeze; after the
// first byte only those of the store and of out.
func (d *Drawings) WriteTranscript(ctx context.Context, id sqldb.ID, out io.Writer) error {
	row, err := d.Drawing(ctx, id)
	if err != nil {
		return err
	}
	b, freeze, err := d.bodies(ctx, id)
	if err != nil {
		return err
	}
	t := &selection.Transcript{Format: selection.Format, Freeze: *freeze, Fingerprint: row.Fingerprint,
		Entrants: &selection.List{}}
	if row.State == Published {
		t.Draw, t.Seal = &selection.Draw{}, row.Seal
		if err := json.Unmarshal([]byte(*b.Drawn), t.Draw); err != nil {
			return errs.Wrap(err, "read the draw of drawing %d", id)
		}
	}
	var around bytes.Buffer
	if err := t.Write(&around, nil); err != nil {
		return err
	}
	head, ok := bytes.CutSuffix(around.Bytes(), []byte(listEnd))
	if !ok {
		return fmt.Errorf("the transcript of drawing %d is not of the expected form", id)
	}
	if _, err := out.Write(head); err != nil {
		return err
	}
	err = d.eachListPart(ctx, id, func(part string) error {
		_, err := io.WriteString(out, part)
		return err
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, listEnd)
	return err
}
