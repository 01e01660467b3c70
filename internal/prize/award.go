package prize

import (
	"context"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Award is one thing that a player has won.
type Award struct {
	ID         sqldb.ID          `db:"id"`
	ContestID  sqldb.ID          `db:"contest_id"`
	PlayerID   sqldb.ID          `db:"player_id"`
	PrizeKey   string            `db:"prize_key"`
	Kind       contest.PrizeKind `db:"kind"`
	Tier       string            `db:"tier"`
	UnitNo     *int              `db:"unit_no"` // of the stock; nil: given back
	Stock      int               `db:"stock"`
	SourceKind SourceKind        `db:"source_kind"`
	SourceKey  string            `db:"source_key"`
	SourceID   sqldb.ID          `db:"source_id"`
	Slip       *int64            `db:"slip"`      // number in the list of a drawing
	ChanceID   *sqldb.ID         `db:"chance_id"` // that a draw used
	Status     Status            `db:"status"`
	WonAt      int64             `db:"won_at"`     // UTC ms
	ChangedAt  int64             `db:"changed_at"` // of the status, UTC ms
}

const awardColumns = `id, contest_id, player_id, prize_key, kind, tier, unit_no, stock, source_kind, source_key,
	source_id, slip, chance_id, status, won_at, changed_at`

// newAward is a unit of a prize for a player; the caller says how it was won.
func (s *Service) newAward(contestID, player sqldb.ID, p *contest.Prize, unit int, by source) Award {
	now := s.millis()
	return Award{
		ID: s.ids.Next(), ContestID: contestID, PlayerID: player, PrizeKey: p.Key, Kind: p.Kind, Tier: tierOf(p),
		UnitNo: &unit, Stock: p.Stock, SourceKind: by.Kind, SourceKey: by.Key, Status: Won, WonAt: now, ChangedAt: now,
	}
}

// insertAwards stores awards. ErrStale: a unit, chance or slip went out in a
// transaction that ours did not see, so it must run again.
func insertAwards(ctx context.Context, tx *sqldb.Tx, awards []Award) error {
	rows := make([][]any, len(awards))
	for i := range awards {
		a := &awards[i]
		rows[i] = []any{a.ID, a.ContestID, a.PlayerID, a.PrizeKey, string(a.Kind), a.Tier, a.UnitNo, a.Stock, string(a.SourceKind),
			a.SourceKey, a.SourceID, a.Slip, a.ChanceID, string(a.Status), a.WonAt, a.ChangedAt}
	}
	err := tx.InsertRows(ctx, "INSERT INTO awards ("+awardColumns+")", rows)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "store awards")
}
