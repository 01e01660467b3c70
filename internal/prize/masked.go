package prize

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/identity/personal"
	"anquanda/internal/publicname"
	"anquanda/internal/sqldb"
)

// Masked is a player as lists show winners.
type Masked struct{ Name, Unit string }

// playersPerRead bounds one IN list.
const playersPerRead = 5000

// Masked reads how players are shown in lists of winners.
func (l *Ledger) Masked(ctx context.Context, c *catalog.Contest, players []sqldb.ID) (map[sqldb.ID]Masked, error) {
	shown := make(map[sqldb.ID]Masked, len(players))
	view := publicname.OnScreens(c.Definition) // the hall reads the lists that phones read
	for start := 0; start < len(players); start += playersPerRead {
		enrolments, err := l.players.Enrolments(ctx, c.ContestID, players[start:min(len(players), start+playersPerRead)])
		if err != nil {
			return nil, err
		}
		for id, e := range enrolments {
			m := Masked{Name: e.ShownMasked(view, personal.MaskName)}
			if unit, ok := c.Units.Get(e.UnitID); ok {
				m.Unit = unit.Name
			}
			shown[id] = m
		}
	}
	return shown, nil
}
