package forensics

import (
	"context"

	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// From so many players on, one origin is worth a look. A family shares a phone, and
// an office shares a network, so it takes more of them, and close together.
const (
	deviceLeast  = 3
	phoneLeast   = 2
	addressLeast = 4
	networkLeast = 20
	networkMS    = 60 * 60 * 1000

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
	Players int      `json:"players"`
	From    int64    `json:"from,omitempty"` // when they came, UTC ms
	To      int64    `json:"to,omitempty"`
	Others  []string `json:"others"`
}

// origin is one way to find players of one origin: what groups them and who is in
// a group.
type origin struct {
	kind    conduct.SignalKind
	least   int
	groups  string
	members string
}

var origins = []origin{
	{conduct.SignalDevice, deviceLeast,
		`SELECT device AS mark, COUNT(*) AS players, MIN(arrived_at) AS first_at, MAX(arrived_at) AS last_at FROM arrivals
			WHERE contest_id = ? AND device <> '' GROUP BY device HAVING COUNT(*) >= ? ORDER BY players DESC, device LIMIT ?`,
		`SELECT player_id FROM arrivals WHERE contest_id = ? AND device = ? ORDER BY player_id`},
	{conduct.SignalPhone, phoneLeast,
		`SELECT hash AS mark, COUNT(DISTINCT player_id) AS players, 0 AS first_at, 0 AS last_at FROM personal
			WHERE contest_id = ? AND kind = 'phone' AND hash <> '' GROUP BY hash HAVING COUNT(DISTINCT player_id) >= ? ORDER BY players DESC, hash LIMIT ?`,
		`SELECT DISTINCT player_id FROM personal WHERE contest_id = ? AND kind = 'phone' AND hash = ? ORDER BY player_id`},
	{conduct.SignalAddress, addressLeast,
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
				if err := l.signal(player, o.kind, 20+5*c.Players, originEvidence{c.Players, c.From, c.To,
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

// networkRow is somebody who came from a network.
type networkRow struct {
	PlayerID  sqldb.ID `db:"player_id"`
	Network   string   `db:"network"`
	ArrivedAt int64    `db:"arrived_at"`
}

// sameNetwork looks for networks from which many players came within an hour.
func (l *scan) sameNetwork(ctx context.Context) error {
	var row networkRow
	var burst []networkRow
	err := l.db.Each(ctx, &row, func() error {
		if len(burst) > 0 && (row.Network != burst[0].Network || row.ArrivedAt-burst[0].ArrivedAt > networkMS) {
			if err := l.burst(burst); err != nil {
				return err
			}
			burst = burst[:0]
		}
		burst = append(burst, row)
		return nil
	}, `SELECT player_id, network, arrived_at FROM arrivals WHERE contest_id = ? AND network <> '' ORDER BY network, arrived_at, player_id`, l.contest.ContestID)
	if err != nil {
		return errs.Wrap(err, "look for players of one network")
	}
	return l.burst(burst)
}

// burst signals players who came from one network in one hour. A player comes once.
func (l *scan) burst(burst []networkRow) error {
	if len(burst) < networkLeast {
		return nil
	}
	players := make([]sqldb.ID, len(burst))
	for i, a := range burst {
		players[i] = a.PlayerID
	}
	for _, player := range players {
		evidence := originEvidence{len(burst), burst[0].ArrivedAt, burst[len(burst)-1].ArrivedAt, others(player, players)}
		if err := l.signal(player, conduct.SignalNetwork, 10+len(burst)/2, evidence); err != nil {
			return err
		}
	}
	return nil
}

// A ring is so many invited players, nearly all of whom never played after their
// first attempt, most of them from one device.
const (
	ringLeast  = 5
	ringIdle   = 0.8
	ringDevice = 0.5
)

type ringEvidence struct {
	Invited int      `json:"invited"`
	Idle    int      `json:"idle"`   // who never played after the first attempt
	Device  int      `json:"device"` // from the most frequent device
	Others  []string `json:"others"`
}

// inviteeRow is an invited player, and how many attempts were finished.
type inviteeRow struct {
	InviterID sqldb.ID `db:"inviter_id"`
	PlayerID  sqldb.ID `db:"player_id"`
	Device    string   `db:"device"`
	Finished  int      `db:"finished"`
}

// rings looks for inviters whose invitees seem to be one person.
func (l *scan) rings(ctx context.Context) error {
	var row inviteeRow
	var invitees []inviteeRow
	err := l.db.Each(ctx, &row, func() error {
		if len(invitees) > 0 && row.InviterID != invitees[0].InviterID {
			if err := l.ring(invitees); err != nil {
				return err
			}
			invitees = invitees[:0]
		}
		invitees = append(invitees, row)
		return nil
	}, `SELECT v.inviter_id, v.player_id, v.device,
			(SELECT COUNT(*) FROM attempts a WHERE a.player_id = v.player_id AND a.contest_id = v.contest_id AND a.finished_at > 0) AS finished
		FROM arrivals v WHERE v.contest_id = ? AND v.inviter_id <> 0 ORDER BY v.inviter_id, v.player_id`, l.contest.ContestID)
	if err != nil {
		return errs.Wrap(err, "look for rings of invitations")
	}
	return l.ring(invitees)
}

// ring signals the inviter of some players where they seem to be one person.
func (l *scan) ring(invitees []inviteeRow) error {
	if len(invitees) < ringLeast {
		return nil
	}
	evidence := ringEvidence{Invited: len(invitees)}
	players, devices := make([]sqldb.ID, len(invitees)), map[string]int{}
	for i, v := range invitees {
		players[i] = v.PlayerID
		if v.Finished <= 1 {
			evidence.Idle++
		}
		if v.Device != "" {
			devices[v.Device]++
			evidence.Device = max(evidence.Device, devices[v.Device])
		}
	}
	n, inviter := float64(evidence.Invited), invitees[0].InviterID
	if float64(evidence.Idle) < ringIdle*n || float64(evidence.Device) < ringDevice*n {
		return nil
	}
	evidence.Others = others(inviter, players)
	return l.signal(inviter, conduct.SignalRing, 50+5*evidence.Invited, evidence)
}
