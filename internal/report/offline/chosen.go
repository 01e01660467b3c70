package offline

import (
	"context"
	"fmt"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// MostChosen is how many pictures stand in the summary at most.
const MostChosen = 6

var errChosenFull = errs.New(errs.Conflict, "offline_chosen_full",
	fmt.Sprintf("总结里最多放 %d 张图片，请先拿掉一张", MostChosen))

// Choose puts a picture of a unit into the summary, or takes it out. Errors:
// fill_picture_unknown, offline_chosen_full.
func (s *Service) Choose(
	ctx context.Context, by staff.Actor, slug string, contestID, picture sqldb.ID, chosen bool,
) error {
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		// The plan's row is held, so that of many choices at once each is counted.
		_, err := tx.Exec(ctx, "UPDATE offline_plans SET revision = revision WHERE contest_id = ?", contestID)
		if err != nil {
			return err
		}
		var others int
		err = tx.Get(ctx, &others, "SELECT COUNT(*) FROM offline_pictures WHERE contest_id = ? AND chosen = 1 AND id <> ?",
			contestID, picture)
		if err != nil {
			return err
		}
		if chosen && others >= MostChosen {
			return errChosenFull
		}
		matched, err := tx.Exec(ctx, "UPDATE offline_pictures SET chosen = ? WHERE contest_id = ? AND id = ?", chosen,
			contestID, picture)
		if err != nil {
			return err
		}
		if matched == 0 {
			return errNoPicture
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "offline.choose", Subject: slug,
			Detail: map[string]any{"picture": picture.String(), "chosen": chosen}})
	})
	return errs.Wrap(err, "choose a picture for the summary")
}

// Chosen are the pictures of a contest that stand in the summary.
func (s *Service) Chosen(ctx context.Context, contestID sqldb.ID) (map[sqldb.ID]bool, error) {
	var ids []sqldb.ID
	err := s.db.Select(ctx, &ids, "SELECT id FROM offline_pictures WHERE contest_id = ? AND chosen = 1", contestID)
	chosen := make(map[sqldb.ID]bool, len(ids))
	for _, id := range ids {
		chosen[id] = true
	}
	return chosen, errs.Wrap(err, "read which pictures stand in the summary")
}
