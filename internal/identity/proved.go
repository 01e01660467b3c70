package identity

import (
	"context"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity/personal"
	"anquanda/internal/sqldb"
)

// Proved is one thing that a player proved.
type Proved struct {
	Kind  contest.Proof
	Value string // in full, for the player alone; empty where none is kept
	At    int64  // UTC ms
}

// Masked is the value as pages show it.
func (p Proved) Masked() string {
	switch {
	case p.Value == "":
		return ""
	case p.Kind == contest.ProofPhone:
		return personal.Mask(contest.FieldPhone, p.Value)
	}
	return personal.Mask(contest.FieldText, p.Value)
}

// ProvedBy lists what a player proved in a contest, newest first. Subjects that were
// proved together, such as the two names of one account, are one.
func (p *Players) ProvedBy(ctx context.Context, contestID, player sqldb.ID) ([]Proved, error) {
	var rows []struct {
		Kind   contest.Proof `db:"kind"`
		Sealed string        `db:"sealed"`
		At     int64         `db:"proved_at"`
	}
	err := p.db.Select(ctx, &rows, `SELECT kind, sealed, proved_at FROM proofs
		WHERE contest_id = ? AND player_id = ? ORDER BY proved_at DESC, kind, subject`, contestID, player)
	if err != nil {
		return nil, errs.Wrap(err, "read what a player proved")
	}
	var proved []Proved
	for _, row := range rows {
		if n := len(proved); n > 0 && proved[n-1].Kind == row.Kind && proved[n-1].At == row.At {
			continue
		}
		one := Proved{Kind: row.Kind, At: row.At}
		if row.Sealed != "" {
			if one.Value, err = p.vault.OpenFor(contestID, player, "proof/"+string(row.Kind), row.Sealed); err != nil {
				return nil, errs.Wrap(err, "open what proved a player")
			}
		}
		proved = append(proved, one)
	}
	return proved, nil
}
