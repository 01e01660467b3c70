package identity

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/identity/personal"
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
	device, err := p.originMark(ctx, tx, contestID, "device", from.Device)
	if err != nil {
		return err
	}
	network, err := p.originMark(ctx, tx, contestID, "network", from.Network)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx,
		`INSERT INTO player_origins (contest_id, player_id, occasion, device, network, noted_at)
		VALUES (?, ?, ?, ?, ?, ?)`, contestID, player, string(on), device, network, at)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale // pressed twice at once: the first stands
	}
	return errs.Wrap(err, "note an origin")
}

// NetworkMarks are what NoteOrigin may have kept of a network: one for each key.
func (p *Players) NetworkMarks(contestID sqldb.ID, network string) []string {
	return p.originMarks(contestID, "network", network)
}

func (p *Players) originMarks(contestID sqldb.ID, what, name string) []string {
	if p.vault == nil || name == "" {
		return nil
	}
	return p.vault.HashesOf(contestID, "origin/"+what, name)
}

// originMark is by what a device or network (what, which is its column too) is kept: the
// mark that the contest knows it by, so that those who share one are found together also
// when the key changes between them.
func (p *Players) originMark(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, what, name string) (string, error) {
	marks := p.originMarks(contestID, what, name)
	switch len(marks) {
	case 0:
		return "", nil
	case 1:
		return marks[0], nil
	}
	var known []string
	err := tx.SelectIn(ctx, &known,
		"SELECT DISTINCT "+what+" FROM player_origins WHERE contest_id = ? AND "+what+" IN (?)", contestID, marks)
	return personal.Known(marks, known), errs.Wrap(err, "look by what an origin is known")
}
