package forensics

import (
	"context"

	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/limit"
	"anquanda/internal/sqldb"
)

// A burst is so many guests who join from one network (/24, /64) within an hour: more
// than a school class, which has 55 pupils at most by rule, with the one beside it. A
// hall or a whole school is more and says so by players.places; it is then no network at
// all. Carriers put many phones behind one network, so this never weighs as much as what
// is severe.
const (
	networkLeast  = 120
	networkMS     = 60 * 60 * 1000
	networkWeight = 60 // at most
)

// networkRow is a guest who joined from a network.
type networkRow struct {
	PlayerID sqldb.ID `db:"player_id"`
	Network  string   `db:"network"`
	NotedAt  int64    `db:"noted_at"`
}

// sameNetwork looks for networks from which many guests joined within an hour.
func (l *scan) sameNetwork(ctx context.Context) error {
	named := l.namedNetworks()
	var row networkRow
	var joined []networkRow
	err := l.db.Each(ctx, &row, func() error {
		if len(joined) > 0 && row.Network != joined[0].Network {
			if err := l.judgeNetwork(joined); err != nil {
				return err
			}
			joined = joined[:0]
		}
		if !named[row.Network] {
			joined = append(joined, row)
		}
		return nil
	}, `SELECT o.player_id, o.network, o.noted_at FROM player_origins o `+guests+`
		WHERE o.contest_id = ? AND o.network <> '' AND o.occasion = 'join' ORDER BY o.network, o.noted_at, o.player_id`,
		l.contest.ContestID)
	if err != nil {
		return errs.Wrap(err, "look for players of one network")
	}
	return l.judgeNetwork(joined)
}

// namedNetworks are the marks of networks in places that the organizer named, also of
// those named after people had joined from there.
func (l *scan) namedNetworks() map[string]bool {
	named := map[string]bool{}
	for _, place := range l.contest.VenueRanges() {
		for network := range limit.NetworksIn(place) {
			for _, mark := range l.players.NetworkMarks(l.contest.ContestID, network) {
				named[mark] = true
			}
		}
	}
	return named
}

// judgeNetwork signals the players of one network who joined in bursts.
func (l *scan) judgeNetwork(joined []networkRow) error {
	at := make([]int64, len(joined))
	for i := range joined {
		at[i] = joined[i].NotedAt
	}
	for _, b := range bursts(at, networkLeast, networkMS) {
		players := make([]sqldb.ID, 0, b.to-b.from)
		for _, row := range joined[b.from:b.to] {
			players = append(players, row.PlayerID)
		}
		for _, player := range players {
			evidence := originEvidence{b.peak, at[b.from], at[b.to-1], others(player, players)}
			err := l.signal(player, conduct.SignalNetwork, min(networkWeight, 10+b.peak/10), evidence)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// burst is a stretch of moments, from one up to before another, in which each lies in
// some crowded span; peak is the most in one span.
type burst struct{ from, to, peak int }

// bursts finds, in moments that ascend, where at least so many lie within a span.
// Stretches that overlap are one.
func bursts(at []int64, least int, span int64) (found []burst) {
	from := 0
	for to := range at {
		for at[to]-at[from] > span {
			from++
		}
		n := to - from + 1
		if n < least {
			continue
		}
		if last := len(found) - 1; last >= 0 && from < found[last].to {
			found[last].to, found[last].peak = to+1, max(found[last].peak, n)
		} else {
			found = append(found, burst{from, to + 1, n})
		}
	}
	return found
}
