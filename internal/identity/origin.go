package identity

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Origin is from where a player acts. Either is empty where it says nothing: a network
// that many share by its nature is none (limit.Network.Roomy).
type Origin struct {
	Device  string // name of the browser, by its cookie
	Network string // limit.Network.Name
}

// Occasion is when an origin is noted.
type Occasion string

// The occasions.
const (
	OnJoin  Occasion = "join"
	OnClaim Occasion = "claim" // first telling where a prize goes
)

// NoteOrigin keeps from where a player acted on an occasion, the first time, as keyed
// hashes: equal ones of a contest are found and none can be read back. They refuse
// nothing; staff see how many players share one.
func (p *Players) NoteOrigin(ctx context.Context, tx *sqldb.Tx, contestID, player sqldb.ID, on Occasion, from Origin,
	at int64) error {
	if p.vault == nil || from == (Origin{}) {
		return nil
	}
	var noted int
	err := tx.Get(ctx, &noted,
		"SELECT COUNT(*) FROM player_origins WHERE contest_id = ? AND player_id = ? AND occasion = ?", contestID, player,
		string(on))
	if err != nil || noted > 0 {
		return errs.Wrap(err, "look whether an origin is noted")
	}
	_, err = tx.Exec(ctx,
		`INSERT INTO player_origins (contest_id, player_id, occasion, device, network, noted_at)
		VALUES (?, ?, ?, ?, ?, ?)`, contestID, player, string(on), p.originMark(contestID, "device", from.Device),
		p.NetworkMark(contestID, from.Network), at)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale // pressed twice at once: the first stands
	}
	return errs.Wrap(err, "note an origin")
}

// NetworkMark is what NoteOrigin keeps of a network.
func (p *Players) NetworkMark(contestID sqldb.ID, network string) string {
	return p.originMark(contestID, "network", network)
}

func (p *Players) originMark(contestID sqldb.ID, what, name string) string {
	if p.vault == nil || name == "" {
		return ""
	}
	return p.vault.HashOf(contestID, "origin/"+what, name)
}
