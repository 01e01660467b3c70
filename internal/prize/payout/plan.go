package payout

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/conduct"
	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// batchAtMost bounds the bills of one batch: what one person can look over, and one
// transaction holds.
const batchAtMost = 5000

// Plan makes a batch of bills, one for every award of money or credit of the contest
// that has none and is due: claimed, or won where nothing has to be claimed. What each
// is over was promised with the award; to whom it goes is sealed now. Nothing is paid
// before another person approves the batch. Who has told no payee is left out, and
// who is disqualified waits: what is paid cannot be taken back, and a disqualification
// can. Errors: ErrNoWay, ErrNothing, prize.ErrRehearsal.
func (p *Payouts) Plan(ctx context.Context, by staff.Actor, c *catalog.Contest, way string) (*Act, error) {
	if !p.knows(way) {
		return nil, ErrNoWay
	}
	if c.RehearsalOf != 0 {
		return nil, prize.ErrRehearsal
	}
	due, err := readDue(ctx, p.DB, c)
	if err != nil {
		return nil, err
	}
	players := make([]sqldb.ID, len(due))
	for i := range due {
		players[i] = due[i].PlayerID
	}
	payees, err := p.Payees(ctx, way, c.ContestID, players)
	if err != nil {
		return nil, errs.Wrap(err, "read whom to pay")
	}
	var act *Act
	err = p.DB.InTx(ctx, func(tx *sqldb.Tx) (err error) {
		act, err = p.plan(ctx, tx, by, c, way, payees)
		return err
	})
	return act, errs.Wrap(err, "make a batch of bills")
}

func readDue(ctx context.Context, from sqldb.Reader, c *catalog.Contest) (due []prize.Award, err error) {
	var awards []prize.Award
	err = from.Select(ctx, &awards, "SELECT "+prize.AwardColumns+` FROM awards
		WHERE contest_id = ? AND status = ? AND `+conduct.StandingWhere+" ORDER BY id",
		c.ContestID, string(dueFor(c)), c.ContestID, c.ContestID)
	for i := range awards {
		if owed(&awards[i]) {
			due = append(due, awards[i])
		}
	}
	return due, errs.Wrap(err, "read awards to pay")
}

func (p *Payouts) plan(ctx context.Context, tx *sqldb.Tx, by staff.Actor, c *catalog.Contest, way string,
	payees map[sqldb.ID]string) (*Act, error) {
	due, err := readDue(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	turns, err := readTurns(ctx, tx, c.ContestID)
	if err != nil {
		return nil, err
	}
	act := p.newAct(by, Act{ContestID: c.ContestID, Kind: ActBatch, Way: way})
	act.Subject = act.ID.String()
	var bills []Payout
	for i := range due {
		a := &due[i]
		to := payees[a.PlayerID]
		if to == "" && way != WayHand || len(bills) == batchAtMost {
			continue
		}
		moved, err := prize.Move(ctx, tx, a.ID, a.Status, prize.Paying, p.millis())
		if err == nil && !moved {
			err = sqldb.ErrStale // handed out, given up or planned at the same time
		}
		if err != nil {
			return nil, errs.Wrap(err, "plan a payment")
		}
		b := p.newBill(Payout{AwardID: a.ID, Turn: turns[a.ID] + 1, ContestID: a.ContestID, PlayerID: a.PlayerID, Way: way,
			Cents: a.Worth(), Remark: a.Title, State: Proposed, ActID: act.ID, Was: a.Status})
		p.freeze(&b, to)
		bills = append(bills, b)
		act.Bills, act.Cents = act.Bills+1, act.Cents+int64(b.Cents)
	}
	if len(bills) == 0 {
		return nil, ErrNothing
	}
	if err := insertBills(ctx, tx, bills); err != nil {
		return nil, err
	}
	return act, propose(ctx, tx, by, act, "payouts.plan")
}

// readTurns reads how many bills awards had whose batch was rejected.
func readTurns(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) (map[sqldb.ID]int, error) {
	var rows []struct {
		AwardID sqldb.ID `db:"award_id"`
		Turn    int      `db:"turn"`
	}
	err := tx.Select(ctx, &rows, `SELECT award_id, MAX(turn) AS turn FROM payouts
		WHERE contest_id = ? AND state = ? GROUP BY award_id`, contestID, string(Rejected))
	turns := make(map[sqldb.ID]int, len(rows))
	for _, r := range rows {
		turns[r.AwardID] = r.Turn
	}
	return turns, errs.Wrap(err, "read rejected bills")
}

// approveBatch lets the bills of a batch be paid. Those that are held go on there.
func (p *Payouts) approveBatch(ctx context.Context, tx *sqldb.Tx, act *Act) error {
	to := string(approvedTo(act.Way))
	_, err := tx.Exec(ctx, "UPDATE payouts SET state = ?, changed_at = ? WHERE act_id = ? AND state = ?",
		to, p.millis(), act.ID, string(Proposed))
	if err == nil {
		_, err = tx.Exec(ctx, "UPDATE payouts SET held_from = ? WHERE act_id = ? AND state = ? AND held_from = ?",
			to, act.ID, string(Held), string(Proposed))
	}
	return errs.Wrap(err, "approve a batch")
}

// rejectBatch takes a batch back: nothing of it was ever to be paid, and the awards go
// back to where they stood.
func (p *Payouts) rejectBatch(ctx context.Context, tx *sqldb.Tx, act *Act) error {
	var bills []Payout
	err := tx.Select(ctx, &bills, "SELECT "+payoutColumns+` FROM payouts
		WHERE act_id = ? AND (state = ? OR state = ? AND held_from = ?) ORDER BY bill_no`,
		act.ID, string(Proposed), string(Held), string(Proposed))
	if err != nil {
		return errs.Wrap(err, "read a batch")
	}
	for i := range bills {
		b := &bills[i]
		_, err := tx.Exec(ctx, "UPDATE payouts SET state = ?, live = NULL, detail = ?, changed_at = ? WHERE bill_no = ?",
			string(Rejected), shortened(act.Note, 400), p.millis(), b.Number)
		if err != nil {
			return errs.Wrap(err, "reject a bill")
		}
		moved, err := prize.Move(ctx, tx, b.AwardID, prize.Paying, b.Was, p.millis())
		if err == nil && !moved {
			err = sqldb.ErrStale
		}
		if err != nil {
			return errs.Wrap(err, "give an award back")
		}
	}
	return nil
}
