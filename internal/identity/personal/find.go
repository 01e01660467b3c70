package personal

import (
	"context"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Hashes know a player's phone and address again without telling them; empty where
// none was told.
type Hashes struct {
	Phone   string
	Address string
}

// HashesOf reads the hashes of players in a contest; who told neither is left out.
func (s *Store) HashesOf(ctx context.Context, contestID sqldb.ID, players []sqldb.ID) (map[sqldb.ID]Hashes, error) {
	found := make(map[sqldb.ID]Hashes, len(players))
	if len(players) == 0 {
		return found, nil
	}
	var rows []struct {
		PlayerID sqldb.ID          `db:"player_id"`
		Kind     contest.FieldKind `db:"kind"`
		Hash     string            `db:"hash"`
	}
	err := s.db.SelectIn(ctx, &rows, `SELECT player_id, kind, hash FROM personal
		WHERE contest_id = ? AND player_id IN (?) AND kind IN ('phone', 'address') ORDER BY field_key DESC`, contestID, players)
	for _, row := range rows {
		hashes := found[row.PlayerID]
		if row.Kind == contest.FieldPhone {
			hashes.Phone = row.Hash
		} else {
			hashes.Address = row.Hash
		}
		found[row.PlayerID] = hashes
	}
	return found, errs.Wrap(err, "read the hashes of players")
}

// Same counts the players of a contest who told the same phone or address; 0 for
// the empty hash.
func (s *Store) Same(ctx context.Context, contestID sqldb.ID, kind contest.FieldKind, hash string) (int, error) {
	if hash == "" {
		return 0, nil
	}
	var n int
	err := s.db.Get(ctx, &n,
		"SELECT COUNT(DISTINCT player_id) FROM personal WHERE contest_id = ? AND kind = ? AND hash = ?", contestID,
		string(kind), hash)
	return n, errs.Wrap(err, "count players with the same %s", kind)
}

// foundByPhone bounds what ByPhone returns: a family shares a phone, not a crowd.
const foundByPhone = 20

// ByPhone finds the players of a contest who told a phone number, in full, as
// typed; nobody when the text is no number. It compares hashes and opens nothing.
func (s *Store) ByPhone(ctx context.Context, contestID sqldb.ID, typed string) ([]sqldb.ID, error) {
	phone, problem := readPhone(typed)
	if problem != "" || s.vault == nil {
		return nil, nil
	}
	var players []sqldb.ID
	err := s.db.SelectIn(ctx, &players, `SELECT DISTINCT player_id FROM personal
		WHERE contest_id = ? AND kind = ? AND hash IN (?) ORDER BY player_id LIMIT ?`,
		contestID, string(contest.FieldPhone), s.vault.hashesOf(contestID, contest.FieldPhone, phone), foundByPhone)
	return players, errs.Wrap(err, "find players by a phone number")
}

// Phones opens the phone numbers of players, for the program alone, which pays to them:
// what people see of them goes through Reveal. Who has told none is left out.
func (s *Store) Phones(ctx context.Context, contestID sqldb.ID, players []sqldb.ID) (map[sqldb.ID]string, error) {
	phones := make(map[sqldb.ID]string, len(players))
	const atOnce = 5000
	for start := 0; start < len(players); start += atOnce {
		var rows []personalRow
		err := s.db.SelectIn(ctx, &rows, "SELECT "+personalColumns+` FROM personal
			WHERE contest_id = ? AND player_id IN (?) AND kind = 'phone' ORDER BY field_key DESC`,
			contestID, players[start:min(start+atOnce, len(players))])
		if err != nil {
			return nil, errs.Wrap(err, "read the phones of players")
		}
		for _, row := range rows {
			told, err := s.openRow(contestID, row)
			if err != nil {
				return nil, err
			}
			phones[row.PlayerID] = told.Value
		}
	}
	return phones, nil
}
