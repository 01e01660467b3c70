package forensics

import (
	"context"

	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// From so many players on, one origin is worth a look. A family of four shares a phone,
// and a daughter claims for both parents. Persons who are proven count once, whatever
// phone they hold, so they are no sign of a farm when they join; whose prizes go through
// one phone is worth a look all the same, since numbers can be bought.
const (
	deviceLeast  = 5
	claimsLeast  = 4
	phoneLeast   = 2
	addressLeast = 4

	clustersAtMost = 500
)

// cluster is players of one origin.
type cluster struct {
	Mark    string `db:"mark"`
	Players int    `db:"players"`
	From    int64  `db:"first_at"`
	To      int64  `db:"last_at"`
}

type originEvidence struct {
	Players int      `json:"players"`        // of the origin; at the peak, where it is by the hour
	From    int64    `json:"from,omitempty"` // when they came, UTC ms
	To      int64    `json:"to,omitempty"`
	Others  []string `json:"others"`
}

// origin is one way to find players of one origin: what groups them and who is in
// a group.
type origin struct {
	kind    conduct.SignalKind
	least   int
	base    int // weight, to which each player adds more
	more    int
	groups  string
	members string
}

// guests are who is not proven and counts as nobody else, o being the row of an origin.
const guests = `JOIN enrolments e ON e.contest_id = o.contest_id AND e.player_id = o.player_id AND e.proofs = ''
	AND NOT EXISTS (SELECT 1 FROM set_aside s WHERE s.contest_id = o.contest_id AND s.player_id = o.player_id)`

var origins = []origin{
	{conduct.SignalDevice, deviceLeast, 20, 5,
		`SELECT o.device AS mark, COUNT(DISTINCT o.player_id) AS players, MIN(o.noted_at) AS first_at,
				MAX(o.noted_at) AS last_at
			FROM player_origins o ` + guests + ` WHERE o.contest_id = ? AND o.device <> ''
			GROUP BY o.device HAVING COUNT(DISTINCT o.player_id) >= ? ORDER BY players DESC, mark LIMIT ?`,
		`SELECT DISTINCT o.player_id FROM player_origins o ` + guests + ` WHERE o.contest_id = ? AND o.device = ?
			ORDER BY o.player_id`},
	{conduct.SignalClaims, claimsLeast, 40, 10,
		`SELECT device AS mark, COUNT(*) AS players, MIN(noted_at) AS first_at, MAX(noted_at) AS last_at
			FROM player_origins WHERE contest_id = ? AND device <> '' AND occasion = 'claim'
			GROUP BY device HAVING COUNT(*) >= ? ORDER BY players DESC, mark LIMIT ?`,
		`SELECT player_id FROM player_origins WHERE contest_id = ? AND device = ? AND occasion = 'claim' ORDER BY player_id`},
	{conduct.SignalPhone, phoneLeast, 20, 5,
		`SELECT hash AS mark, COUNT(DISTINCT player_id) AS players, 0 AS first_at, 0 AS last_at FROM personal
			WHERE contest_id = ? AND kind = 'phone' AND hash <> '' GROUP BY hash HAVING COUNT(DISTINCT player_id) >= ? ORDER BY players DESC, hash LIMIT ?`,
		`SELECT DISTINCT player_id FROM personal WHERE contest_id = ? AND kind = 'phone' AND hash = ? ORDER BY player_id`},
	{conduct.SignalAddress, addressLeast, 20, 5,
		`SELECT hash AS mark, COUNT(DISTINCT player_id) AS players, 0 AS first_at, 0 AS last_at FROM personal
			WHERE contest_id = ? AND kind = 'address' AND hash <> '' GROUP BY hash HAVING COUNT(DISTINCT player_id) >= ? ORDER BY players DESC, hash LIMIT ?`,
		`SELECT DISTINCT player_id FROM personal WHERE contest_id = ? AND kind = 'address' AND hash = ? ORDER BY player_id`},
}

// sameOrigin looks for players who came from one device, network, phone number or
// address. It compares keyed hashes and reads none of them.
func (l *scan) sameOrigin(ctx context.Context) error {
	for _, o := range origins {
		var clusters []cluster
		if err := l.db.Select(ctx, &clusters, o.groups, l.contest.ContestID, o.least, clustersAtMost); err != nil {
			return errs.Wrap(err, "look for players of one %s", o.kind)
		}
		flagged := map[sqldb.ID]bool{} // somebody may have told two phones
		for _, c := range clusters {
			var players []sqldb.ID
			if err := l.db.Select(ctx, &players, o.members, l.contest.ContestID, c.Mark); err != nil {
				return errs.Wrap(err, "read players of one %s", o.kind)
			}
			for _, player := range players {
				if flagged[player] {
					continue
				}
				flagged[player] = true
				if err := l.signal(player, o.kind, o.base+o.more*c.Players, originEvidence{c.Players, c.From, c.To,
					others(player, players)}); err != nil {
					return err
				}
			}
		}
		if err := l.alive(l.looked); err != nil {
			return err
		}
	}
	return l.sameNetwork(ctx)
}
