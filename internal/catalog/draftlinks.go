package catalog

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// DraftLink lets whoever holds its token look at a draft without an account.
type DraftLink struct {
	ID       sqldb.ID `db:"id"`
	DraftID  sqldb.ID `db:"draft_id"`
	MadeName string   `db:"made_name"`
	MadeAt   int64    `db:"made_at"` // UTC ms
	EndsAt   int64    `db:"ends_at"` // UTC ms
}

// Errors of links to drafts.
var (
	// ErrNoLink says the same of a link that was withdrawn, is over or never was.
	ErrNoLink    = errs.New(errs.NotFound, "draft_link_unknown", "这个链接已经失效，请向发链接的人要新的")
	errLinkDays  = errs.InvalidField("days", "链接的有效期是 1 到 30 天")
	errManyLinks = errs.New(errs.Conflict, "draft_links_full", "这份草稿的链接已经很多，请先收回不用的")
)

const (
	mostLinkDays = 30
	mostLinks    = 20 // of a draft
)

var linkColumns = sqldb.Columns[DraftLink]("")

func hashOfToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// LinkDraft makes a link to a draft for some days. The token is told once: what is
// stored is its hash. Errors: ErrNoDraft, too many days or links.
func (c *Catalog) LinkDraft(
	ctx context.Context, by staff.Actor, id sqldb.ID, days int,
) (link *DraftLink, token string, err error) {
	if days < 1 || days > mostLinkDays {
		return nil, "", errLinkDays
	}
	now := c.now()
	token = rand.Text() // 128 bits
	link = &DraftLink{ID: c.ids.Next(), DraftID: id, MadeName: by.Name, MadeAt: now.UnixMilli(),
		EndsAt: now.Add(time.Duration(days) * 24 * time.Hour).UnixMilli()}
	err = c.db.InTx(ctx, func(tx *sqldb.Tx) error {
		// The draft's row is held, so that no link outlives a draft that ends at this moment.
		matched, err := tx.Exec(ctx, "UPDATE contest_drafts SET revision = revision WHERE id = ?", id)
		if err == nil && matched == 0 {
			err = ErrNoDraft
		}
		if err != nil {
			return err
		}
		d, err := draftIn(ctx, tx, id)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "DELETE FROM contest_draft_links WHERE draft_id = ? AND ends_at <= ?", id, link.MadeAt)
		if err != nil {
			return err
		}
		var n int
		if err := tx.Get(ctx, &n, "SELECT COUNT(*) FROM contest_draft_links WHERE draft_id = ?", id); err != nil {
			return err
		}
		if n >= mostLinks {
			return errManyLinks
		}
		_, err = tx.Exec(ctx, `INSERT INTO contest_draft_links (id, draft_id, token_hash, made_name, made_at, ends_at)
			VALUES (?, ?, ?, ?, ?, ?)`, link.ID, id, hashOfToken(token), link.MadeName, link.MadeAt, link.EndsAt)
		if err != nil {
			return err
		}
		return recordLink(ctx, tx, by, "contest.draft_link", d.Draft, link.ID, map[string]any{"days": days})
	})
	return link, token, errs.Wrap(err, "make a link to a draft")
}

// DraftLinks lists the links to a draft that are not over, the newest first.
func (c *Catalog) DraftLinks(ctx context.Context, id sqldb.ID) ([]DraftLink, error) {
	var links []DraftLink
	err := c.db.Select(ctx, &links, "SELECT "+linkColumns+
		" FROM contest_draft_links WHERE draft_id = ? AND ends_at > ? ORDER BY id DESC", id, c.now().UnixMilli())
	return links, errs.Wrap(err, "list the links to a draft")
}

// WithdrawLink ends a link to a draft at once. Errors: ErrNoDraft, ErrNoLink.
func (c *Catalog) WithdrawLink(ctx context.Context, by staff.Actor, draftID, id sqldb.ID) error {
	err := c.db.InTx(ctx, func(tx *sqldb.Tx) error {
		d, err := draftIn(ctx, tx, draftID)
		if err != nil {
			return err
		}
		matched, err := tx.Exec(ctx, "DELETE FROM contest_draft_links WHERE id = ? AND draft_id = ?", id, draftID)
		if err == nil && matched == 0 {
			err = ErrNoLink
		}
		if err != nil {
			return err
		}
		return recordLink(ctx, tx, by, "contest.draft_unlink", d.Draft, id, nil)
	})
	return errs.Wrap(err, "withdraw a link to a draft")
}

func recordLink(
	ctx context.Context, tx *sqldb.Tx, by staff.Actor, action string, d Draft, id sqldb.ID, more map[string]any,
) error {
	detail := map[string]any{"draft": d.ID.String(), "link": id.String()}
	for key, value := range more {
		detail[key] = value
	}
	return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: action, Subject: d.Slug, Detail: detail})
}

// LookedAt is the draft that a token opens, as it is now, and when that ends. Errors:
// ErrNoLink.
func (c *Catalog) LookedAt(ctx context.Context, token string) (*Written, int64, error) {
	var link DraftLink
	err := c.db.Get(ctx, &link, "SELECT "+linkColumns+
		" FROM contest_draft_links WHERE token_hash = ? AND ends_at > ?", hashOfToken(token), c.now().UnixMilli())
	if errors.Is(err, sql.ErrNoRows) {
		return nil, 0, ErrNoLink
	}
	if err != nil {
		return nil, 0, errs.Wrap(err, "look for a link to a draft")
	}
	d, err := c.Draft(ctx, link.DraftID)
	if errors.Is(err, ErrNoDraft) {
		err = ErrNoLink
	}
	return d, link.EndsAt, err
}
