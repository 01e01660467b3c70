package drawing

import (
	"context"

	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// ExclusionReason is why somebody may not be drawn.
type ExclusionReason string

// IsStaff is the reason that staff give. Others follow from what happened; who is
// disqualified is decided by two persons, in package conduct.
const IsStaff ExclusionReason = "staff"

// exclusionText is how a transcript tells a reason.
var exclusionText = map[ExclusionReason]string{IsStaff: "工作人员"}

const (
	wonBefore        = "此前摇奖已中奖"
	hasLeft          = "已退出活动"
	heldBack         = "答得太快，成绩待查看"
	disqualifiedText = "取消资格"
	unprovenText     = "没有证明身份"
)

// Exclude is the first half of keeping a player out of the drawings of a contest that
// are not frozen yet: it holds when another person agrees. Errors: staff.ErrProposed,
// invalid_field reason or note.
func (d *Drawings) Exclude(ctx context.Context, by staff.Actor, contestID, player sqldb.ID, reason ExclusionReason,
	note string) error {
	if exclusionText[reason] == "" {
		return errs.InvalidField("reason", "这里只登记工作人员；取消资格请到“核查”由两人决定")
	}
	if prize.CheckReason(note) != nil {
		return errs.InvalidField("note", "请写明依据，最多 100 个字")
	}
	if _, err := d.players.Enrolment(ctx, contestID, player); err != nil {
		return err
	}
	act := exclusionAct{Player: int64(player), Reason: reason, Note: note}
	return d.propose(ctx, by, contestID, exclude, player.String(), act)
}

// Readmit is the first half of taking an exclusion back. Who is not excluded stays as
// they are. Errors: staff.ErrProposed.
func (d *Drawings) Readmit(ctx context.Context, by staff.Actor, contestID, player sqldb.ID) error {
	var excluded int
	err := d.db.Get(ctx, &excluded, "SELECT COUNT(*) FROM exclusions WHERE contest_id = ? AND player_id = ?", contestID,
		player)
	if err != nil || excluded == 0 {
		return errs.Wrap(err, "read an exclusion")
	}
	return d.propose(ctx, by, contestID, readmit, player.String(), exclusionAct{Player: int64(player)})
}

// storeExclusion does what two have agreed on; by names both.
func storeExclusion(ctx context.Context, tx *sqldb.Tx, by staff.Actor, p *staff.Proposal, act *exclusionAct,
	at int64) error {
	_, err := tx.Exec(ctx, "DELETE FROM exclusions WHERE contest_id = ? AND player_id = ?", p.ContestID, act.Player)
	if err != nil || p.Kind == readmit {
		return err
	}
	_, err = tx.Exec(ctx,
		"INSERT INTO exclusions (contest_id, player_id, reason, note, excluded_by, excluded_at) VALUES (?, ?, ?, ?, ?, ?)",
		p.ContestID, act.Player, string(act.Reason), act.Note, by.Name, at)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return err
}

// Exclusion is somebody who may not be drawn.
type Exclusion struct {
	PlayerID sqldb.ID        `db:"player_id"`
	Reason   ExclusionReason `db:"reason"`
	Note     string          `db:"note"`
	By       string          `db:"excluded_by"`
	At       int64           `db:"excluded_at"`
}

// Exclusions lists who may not be drawn in a contest, newest first.
func (d *Drawings) Exclusions(ctx context.Context, contestID sqldb.ID) ([]Exclusion, error) {
	var rows []Exclusion
	err := d.db.Select(ctx, &rows,
		`SELECT player_id, reason, note, excluded_by, excluded_at FROM exclusions WHERE contest_id = ?
			ORDER BY excluded_at DESC, player_id`, contestID)
	return rows, errs.Wrap(err, "list exclusions")
}
