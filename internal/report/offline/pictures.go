package offline

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

const (
	// MostPictures is how many pictures a report may have.
	MostPictures = 12
	// mostKept is how many a unit may send for a period in all: those of earlier revisions
	// stay with them.
	mostKept = 30
)

var errPicturesFull = errs.New(errs.Conflict, "fill_pictures_full",
	fmt.Sprintf("这一期已经传过 %d 张图片，不能再传", mostKept))

type storedPicture struct {
	ID        sqldb.ID `db:"id"`
	ContestID sqldb.ID `db:"contest_id"`
	UnitID    sqldb.ID `db:"unit_id"`
	DueAt     int64    `db:"due_at"`
	MadeAt    int64    `db:"made_at"`
	Body      []byte   `db:"body"`
}

// AddPicture keeps a picture that a unit sends for a period; a report then names it.
// Errors: ErrNoPeriod, fill_picture_kind, fill_picture_large, fill_pictures_full.
func (s *Service) AddPicture(ctx context.Context, h Holder, due int64, body []byte) (id sqldb.ID, err error) {
	if err := s.checkPeriod(ctx, h.ContestID, due); err != nil {
		return 0, err
	}
	// Before the work, which costs, and again in the transaction.
	var kept int
	if err := s.db.Get(ctx, &kept, countPictures, h.ContestID, h.UnitID, due); err != nil {
		return 0, errs.Wrap(err, "count pictures")
	}
	if kept >= mostKept {
		return 0, errPicturesFull
	}
	plain, err := reencode(body)
	if err != nil {
		return 0, err
	}
	row := storedPicture{s.ids.Next(), h.ContestID, h.UnitID, due, s.now().UnixMilli(), plain}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		// The link's row is held, so that of many pictures at once each is counted.
		_, err := tx.Exec(ctx, "UPDATE offline_links SET generation = generation WHERE contest_id = ? AND unit_id = ?",
			h.ContestID, h.UnitID)
		if err != nil {
			return err
		}
		if err := tx.Get(ctx, &kept, countPictures, h.ContestID, h.UnitID, due); err != nil {
			return err
		}
		if kept >= mostKept {
			return errPicturesFull
		}
		return sqldb.Insert(ctx, tx, "INSERT INTO offline_pictures", []storedPicture{row})
	})
	return row.ID, errs.Wrap(err, "keep a picture of a unit")
}

const countPictures = "SELECT COUNT(*) FROM offline_pictures WHERE contest_id = ? AND unit_id = ? AND due_at = ?"

// ownPictures refuses pictures that are not of the unit and the period.
func ownPictures(ctx context.Context, tx *sqldb.Tx, h Holder, r Report) error {
	var own []sqldb.ID
	err := tx.Select(ctx, &own, `SELECT id FROM offline_pictures WHERE contest_id = ? AND unit_id = ? AND due_at = ?`,
		h.ContestID, h.UnitID, r.DueAt)
	if err != nil {
		return err
	}
	is := map[sqldb.ID]bool{}
	for _, id := range own {
		is[id] = true
	}
	for _, p := range r.Pictures {
		if !is[p.ID] {
			return errNoPicture
		}
	}
	return nil
}

// Picture reads a picture of a contest as JPEG. Errors: fill_picture_unknown.
func (s *Service) Picture(ctx context.Context, contestID, id sqldb.ID) ([]byte, error) {
	return s.readPicture(ctx, "contest_id = ? AND id = ?", contestID, id)
}

// PictureOf reads a picture of the holder of a link. Errors: fill_picture_unknown.
func (s *Service) PictureOf(ctx context.Context, h Holder, id sqldb.ID) ([]byte, error) {
	return s.readPicture(ctx, "contest_id = ? AND unit_id = ? AND id = ?", h.ContestID, h.UnitID, id)
}

func (s *Service) readPicture(ctx context.Context, where string, args ...any) (body []byte, err error) {
	err = s.db.Get(ctx, &body, "SELECT body FROM offline_pictures WHERE "+where, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNoPicture
	}
	return body, errs.Wrap(err, "read a picture of a unit")
}
