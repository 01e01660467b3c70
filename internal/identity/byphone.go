package identity

import (
	"context"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// foundByPhone bounds what ByPhone returns: a family shares a phone, not a crowd.
const foundByPhone = 20

// ByPhone finds the players of a contest who told a phone number, in full, as
// typed; nobody when the text is no number. It compares hashes and opens nothing.
func (p *Players) ByPhone(ctx context.Context, contestID sqldb.ID, typed string) ([]sqldb.ID, error) {
	phone, problem := readPhone(typed)
	if problem != "" || p.vault == nil {
		return nil, nil
	}
	var players []sqldb.ID
	err := p.db.Select(ctx, &players, "SELECT DISTINCT player_id FROM personal WHERE contest_id = ? AND kind = ? AND hash = ? ORDER BY player_id LIMIT ?",
		contestID, string(contest.FieldPhone), p.vault.hash(contestID, contest.FieldPhone, phone), foundByPhone)
	return players, errs.Wrap(err, "find players by a phone number")
}
