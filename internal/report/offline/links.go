package offline

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/unit"
)

// Link is how a unit reports. Token is "" where the key that it was made of is gone: then
// it still works and cannot be shown again.
type Link struct {
	UnitID sqldb.ID
	Token  string
	MadeAt int64 // UTC ms
}

type storedLink struct {
	ContestID  sqldb.ID `db:"contest_id"`
	UnitID     sqldb.ID `db:"unit_id"`
	Generation int      `db:"generation"` // from 1, grows with each renewal
	KeyID      string   `db:"key_id"`
	TokenHash  string   `db:"token_hash"`
	MadeAt     int64    `db:"made_at"`
}

// Errors of links.
var (
	// ErrNoLink says the same of a link that was renewed, is of a unit that is gone, or never was.
	ErrNoLink   = errs.New(errs.NotFound, "fill_link_unknown", "这个链接已经失效，请向发链接的人要新的")
	ErrNoUnit   = errs.New(errs.NotFound, "offline_unit_unknown", "没有这个单位，或者它不用填报")
	linkColumns = sqldb.Columns[storedLink]("")
)

// tokenOf makes a token of 128 bits. Staff can be shown it again as often as they send it,
// and who reads the store has only its hash.
func (l *storedLink) tokenOf(key []byte) string {
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "offline link %d %d %d", l.ContestID, l.UnitID, l.Generation)
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(mac.Sum(nil)[:16])
}

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func (s *Service) newLink(contestID, unitID sqldb.ID, generation int) storedLink {
	l := storedLink{ContestID: contestID, UnitID: unitID, Generation: generation, KeyID: s.keys.NewestID(),
		MadeAt: s.now().UnixMilli()}
	l.TokenHash = hashOf(l.tokenOf(s.keys.Newest()))
	return l
}

func (s *Service) shown(l *storedLink) Link {
	link := Link{UnitID: l.UnitID, MadeAt: l.MadeAt}
	if key, ok := s.keys.By(l.KeyID); ok {
		link.Token = l.tokenOf(key)
	}
	return link
}

// Links makes the links that units lack and tells all of them, in the order of asked. That
// they were told stands in the audit log.
func (s *Service) Links(
	ctx context.Context, by staff.Actor, slug string, contestID sqldb.ID, asked []*unit.Unit,
) (links []Link, err error) {
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var rows []storedLink
		err := tx.Select(ctx, &rows, "SELECT "+linkColumns+" FROM offline_links WHERE contest_id = ?", contestID)
		if err != nil {
			return err
		}
		links = links[:0]
		var fresh []storedLink
		for _, u := range asked {
			at := slices.IndexFunc(rows, func(l storedLink) bool { return l.UnitID == u.ID })
			if at < 0 {
				fresh = append(fresh, s.newLink(contestID, u.ID, 1))
				links = append(links, s.shown(&fresh[len(fresh)-1]))
			} else {
				links = append(links, s.shown(&rows[at]))
			}
		}
		err = sqldb.Insert(ctx, tx, "INSERT INTO offline_links", fresh)
		if sqldb.IsDuplicate(err) {
			err = sqldb.ErrStale // somebody else made them at the same moment
		}
		if err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "offline.links", Subject: slug,
			Detail: map[string]any{"shown": len(links), "made": len(fresh)}})
	})
	return links, errs.Wrap(err, "tell the links of units")
}

// Renew gives a unit another link; the one before ends at once. Errors: ErrNoUnit.
func (s *Service) Renew(
	ctx context.Context, by staff.Actor, slug string, contestID sqldb.ID, of *unit.Unit,
) (link Link, err error) {
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		generations := []int{}
		err := tx.Select(ctx, &generations, "SELECT generation FROM offline_links WHERE contest_id = ? AND unit_id = ?",
			contestID, of.ID)
		if err != nil {
			return err
		}
		before := 0
		if len(generations) > 0 {
			before = generations[0]
			matched, err := tx.Exec(ctx, "DELETE FROM offline_links WHERE contest_id = ? AND unit_id = ? AND generation = ?",
				contestID, of.ID, before)
			if err == nil && matched == 0 {
				err = sqldb.ErrStale
			}
			if err != nil {
				return err
			}
		}
		l := s.newLink(contestID, of.ID, before+1)
		if err := sqldb.Insert(ctx, tx, "INSERT INTO offline_links", []storedLink{l}); err != nil {
			return err
		}
		link = s.shown(&l)
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "offline.renew", Subject: slug,
			Detail: map[string]any{"unit": of.ID.String(), "name": of.Name}})
	})
	return link, errs.Wrap(err, "renew the link of a unit")
}

// Holder is whom a link belongs to.
type Holder struct {
	ContestID sqldb.ID `db:"contest_id"`
	UnitID    sqldb.ID `db:"unit_id"`
}

// Open tells whose link a token is. Errors: ErrNoLink.
func (s *Service) Open(ctx context.Context, token string) (h Holder, err error) {
	err = s.db.Get(ctx, &h, "SELECT contest_id, unit_id FROM offline_links WHERE token_hash = ?", hashOf(token))
	if errors.Is(err, sql.ErrNoRows) {
		return h, ErrNoLink
	}
	return h, errs.Wrap(err, "look for the link of a unit")
}
