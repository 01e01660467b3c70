package forensics

import (
	"context"

	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

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
