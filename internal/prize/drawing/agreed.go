package drawing

import (
	"context"
	"encoding/json"
	"fmt"

	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// The acts on drawings that one member of staff proposes and another agrees to: each
// decides who can win.
const (
	exclude staff.Act = "exclude"
	readmit staff.Act = "readmit"
	giveUp  staff.Act = "forfeit"
)

// exclusionAct is what is kept of a proposal to exclude a player or to readmit one.
type exclusionAct struct {
	Player int64           `json:"player"` // id
	Reason ExclusionReason `json:"reason,omitempty"`
	Note   string          `json:"note,omitempty"`
}

// forfeitAct is what is kept of a proposal to give a place on.
type forfeitAct struct {
	Drawing int64  `json:"drawing"` // id
	Title   string `json:"title"`
	Place   int    `json:"place"`
	Reason  string `json:"reason"`
}

// ProposeForfeit is the first half of taking a place from the one who has it: it
// happens when another person agrees. Errors: ErrDrawingState, ErrPlaceGone,
// staff.ErrProposed, invalid_field reason.
func (d *Drawings) ProposeForfeit(ctx context.Context, by staff.Actor, id sqldb.ID, place int, reason string) error {
	if err := prize.CheckReason(reason); err != nil {
		return err
	}
	row, err := d.Drawing(ctx, id)
	if err != nil {
		return err
	}
	if row.State != Drawn && row.State != Published {
		return ErrDrawingState
	}
	places, err := d.places(ctx, id)
	if err != nil {
		return err
	}
	if place < 1 || place > len(places) || places[place-1].Gone {
		return ErrPlaceGone
	}
	return d.propose(ctx, by, row.ContestID, giveUp, fmt.Sprint(id, " ", place),
		forfeitAct{Drawing: int64(id), Title: row.Title, Place: place, Reason: reason})
}

func (d *Drawings) propose(ctx context.Context, by staff.Actor, contestID sqldb.ID, kind staff.Act, subject string,
	body any) error {
	p := staff.Proposal{ID: d.ids.Next(), ContestID: contestID, Kind: kind, Subject: subject, ProposedAt: d.millis()}
	err := d.db.InTx(ctx, func(tx *sqldb.Tx) error { return staff.Propose(ctx, tx, by, p, body) })
	return errs.Wrap(err, "propose to %s", kind)
}

// Agree does what another has proposed. Errors: staff.ErrProposal, those of
// staff.SecondPerson, and those of what is done.
func (d *Drawings) Agree(ctx context.Context, by staff.Actor, contestID, proposal sqldb.ID) error {
	p, err := staff.Waiting(ctx, d.db, contestID, proposal)
	if err != nil {
		return err
	}
	switch p.Kind {
	case giveUp:
		return d.agreeToForfeit(ctx, by, p)
	case exclude, readmit:
		return d.agreeToExclusion(ctx, by, p)
	}
	return staff.ErrProposal
}

func (d *Drawings) agreeToForfeit(ctx context.Context, by staff.Actor, p *staff.Proposal) error {
	var act forfeitAct
	if err := json.Unmarshal([]byte(p.Body), &act); err != nil {
		return errs.Wrap(err, "read a proposal")
	}
	agreed := func(tx *sqldb.Tx) (map[string]any, error) {
		note, err := staff.Agree(ctx, tx, by, p, d.millis())
		return map[string]any{"proposed_by": p.FirstName, "note": note}, err
	}
	_, err := d.forfeitAll(ctx, by, sqldb.ID(act.Drawing), []int{act.Place}, act.Reason, agreed)
	return err
}

func (d *Drawings) agreeToExclusion(ctx context.Context, by staff.Actor, p *staff.Proposal) error {
	var act exclusionAct
	if err := json.Unmarshal([]byte(p.Body), &act); err != nil {
		return errs.Wrap(err, "read a proposal")
	}
	err := d.db.InTx(ctx, func(tx *sqldb.Tx) error {
		note, err := staff.Agree(ctx, tx, by, p, d.millis())
		if err != nil {
			return err
		}
		names := staff.Actor{ID: by.ID, Name: p.FirstName + "、" + by.Name}
		entry := staff.Entry{Actor: by, Action: "drawing." + string(p.Kind), Subject: sqldb.ID(act.Player).String(),
			Detail: map[string]any{"reason": act.Reason, "note": act.Note, "proposed_by": p.FirstName, "second": note}}
		if err := storeExclusion(ctx, tx, names, p, &act, d.millis()); err != nil {
			return err
		}
		return staff.Record(ctx, tx, entry)
	})
	return errs.Wrap(err, "agree to %s a player", p.Kind)
}

// WithdrawProposal ends a proposal that nobody is to follow. Errors: staff.ErrProposal.
func (d *Drawings) WithdrawProposal(ctx context.Context, by staff.Actor, contestID, proposal sqldb.ID) error {
	return d.db.InTx(ctx, func(tx *sqldb.Tx) error {
		p, err := staff.Waiting(ctx, tx, contestID, proposal)
		if err != nil {
			return err
		}
		return staff.Withdraw(ctx, tx, by, p, d.millis())
	})
}

// Waits is a proposal about drawings as staff read it.
type Waits struct {
	staff.Proposal
	Drawing sqldb.ID // whose place is given on; 0: about a player
	Player  sqldb.ID // who is excluded or readmitted
	Text    string   // what happens when another agrees
}

// Waiting lists what waits for a second person in a contest.
func (d *Drawings) Waiting(ctx context.Context, contestID sqldb.ID) ([]Waits, error) {
	rows, err := staff.AllWaiting(ctx, d.db, contestID, exclude, readmit, giveUp)
	if err != nil {
		return nil, err
	}
	waiting := make([]Waits, len(rows))
	for i := range rows {
		if waiting[i], err = waits(&rows[i]); err != nil {
			return nil, errs.Wrap(err, "read a proposal")
		}
	}
	return waiting, nil
}

func waits(p *staff.Proposal) (Waits, error) {
	w := Waits{Proposal: *p}
	if p.Kind == giveUp {
		var act forfeitAct
		err := json.Unmarshal([]byte(p.Body), &act)
		w.Drawing, w.Text = sqldb.ID(act.Drawing), fmt.Sprintf("%s：第 %d 名放弃，由候补递补。原因：%s", act.Title, act.Place, act.Reason)
		return w, err
	}
	var act exclusionAct
	err := json.Unmarshal([]byte(p.Body), &act)
	w.Player, w.Text = sqldb.ID(act.Player), "不再排除，可以进入还没有冻结的摇奖"
	if p.Kind == exclude {
		w.Text = "登记为" + exclusionText[act.Reason] + "，不进入还没有冻结的摇奖。依据：" + act.Note
	}
	return w, err
}
