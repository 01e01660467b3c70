package catalog

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// PublishAct is the act of publishing a draft, which waits for another's agreement.
const PublishAct staff.Act = "publish"

// Errors of approval.
var (
	ErrApprovalNeeded = errs.New(errs.Conflict, "approval_needed", "发布要经另一位工作人员同意，请提交审批")
	ErrNotWaiting     = errs.New(errs.Conflict, "contest_draft_not_waiting", "这份草稿没有在等审批，请刷新页面再看")
	ErrNotAsSeen      = errs.New(errs.Conflict, "contest_draft_not_as_seen", "您看到的和现在要发布的不一样，请刷新页面再看一遍")
)

// HashOf is what a text is known by where somebody agrees to it.
func HashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Asked is what a proposal to publish a draft keeps: exactly this text is published.
type Asked struct {
	Draft    string `json:"draft"`
	Revision int    `json:"revision"`
	Hash     string `json:"hash"`
	Reason   string `json:"reason"`
}

// ApprovalNeeded tells whether publishing needs another person's agreement.
func (c *Catalog) ApprovalNeeded(ctx context.Context) (bool, error) { return approvalIn(ctx, c.db) }

func approvalIn(ctx context.Context, from sqldb.Reader) (bool, error) {
	var needed bool
	err := from.Get(ctx, &needed, "SELECT needed FROM contest_approval WHERE id = 1")
	return needed, errs.Wrap(err, "read whether publishing needs approval")
}

// NeedApproval sets whether publishing needs another person's agreement. Anybody who may
// set it may ask for more care; for less only who holds the server, else one person alone
// could take the rule away, publish and put it back.
func (c *Catalog) NeedApproval(ctx context.Context, by staff.Actor, needed bool) error {
	if !needed && by.ID != 0 {
		return staff.ErrSamePerson
	}
	err := c.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if _, err := tx.Exec(ctx, "UPDATE contest_approval SET needed = ? WHERE id = 1", needed); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "contest.approval", Subject: "publish",
			Detail: map[string]any{"needed": needed}})
	})
	return errs.Wrap(err, "set whether publishing needs approval")
}

// AskApproval asks another person to publish a draft as it is at a revision; until they
// do, or it is withdrawn, it is not changed. Errors: those of ApplyBy, of a draft.
func (c *Catalog) AskApproval(ctx context.Context, by staff.Actor, id sqldb.ID, revision int, reason string) error {
	d, err := c.Draft(ctx, id)
	if err != nil {
		return err
	}
	if d.Revision != revision {
		return ErrDraftChanged
	}
	definition, err := c.publishable(ctx, []byte(d.Body))
	if err == nil {
		err = c.answersForThemselves(by, definition)
	}
	if err == nil && d.Base > 0 && strings.TrimSpace(reason) == "" {
		err = errNoReason
	}
	if err != nil {
		return err
	}
	asked := Asked{Draft: id.String(), Revision: revision, Hash: HashOf(d.Body), Reason: reason}
	proposal := staff.Proposal{ID: c.ids.Next(), ContestID: d.ContestID, Kind: PublishAct, Subject: "draft " + id.String(),
		ProposedAt: c.now().UnixMilli()}
	err = c.db.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx,
			"UPDATE contest_drafts SET waiting = ? WHERE id = ? AND revision = ? AND waiting = 0 AND rehearsal = 0",
			proposal.ID, id, revision)
		if err == nil && matched == 0 {
			var now *Written
			if now, err = draftIn(ctx, tx, id); err == nil {
				err = now.refusal(revision)
			}
		}
		if err != nil {
			return err
		}
		return staff.Propose(ctx, tx, by, proposal, asked)
	})
	return errs.Wrap(err, "ask for approval of a draft")
}

// Approval is who asked for a draft to be published, when and what; nil where nobody did.
func (c *Catalog) Approval(ctx context.Context, d Draft) (*staff.Proposal, *Asked, error) {
	return approvalOf(ctx, c.db, d)
}

func approvalOf(ctx context.Context, from sqldb.Reader, d Draft) (*staff.Proposal, *Asked, error) {
	if d.Waiting == 0 {
		return nil, nil, nil
	}
	p, err := staff.Waiting(ctx, from, d.ContestID, d.Waiting)
	if err != nil {
		return nil, nil, err
	}
	var asked Asked
	if err := json.Unmarshal([]byte(p.Body), &asked); err != nil {
		return nil, nil, errs.Wrap(err, "read a proposal to publish")
	}
	return p, &asked, nil
}

// Approve publishes a draft that waits, because by, another person than who asked and
// than who wrote it last, agrees to the text of that hash. Errors: ErrNotWaiting,
// ErrNotAsSeen, those of staff.Agree and ApplyBy.
func (c *Catalog) Approve(ctx context.Context, by staff.Actor, id sqldb.ID, hash string) (*Contest, error) {
	d, err := c.Draft(ctx, id)
	if err != nil {
		return nil, err
	}
	definition, err := c.publishable(ctx, []byte(d.Body))
	if err != nil {
		return nil, err
	}
	err = c.db.InTx(ctx, func(tx *sqldb.Tx) error {
		now, err := draftIn(ctx, tx, id)
		if err != nil {
			return err
		}
		p, asked, err := approvalOf(ctx, tx, now.Draft)
		switch {
		case errors.Is(err, staff.ErrProposal) || err == nil && p == nil:
			return ErrNotWaiting
		case err != nil:
			return err
		case HashOf(now.Body) != asked.Hash || asked.Hash != hash || now.Body != d.Body:
			return ErrNotAsSeen
		}
		at := c.now().UnixMilli()
		if now.SavedBy != p.FirstBy {
			if _, err := staff.SecondPerson(ctx, tx, now.SavedBy, by.ID, at); err != nil {
				return err
			}
		}
		note, err := staff.Agree(ctx, tx, by, p, at)
		if err != nil {
			return err
		}
		a := Application{Text: []byte(now.Body), Reason: asked.Reason, Base: now.Base, Draft: id, Revision: now.Revision,
			agreed: &agreement{p.ID, p.FirstName, note}}
		return c.store(ctx, tx, by, definition, a)
	})
	return c.published(ctx, definition, err)
}

// agreement is by whose proposal a definition is stored, with the note of the two persons.
type agreement struct {
	proposal sqldb.ID
	first    string
	note     string
}

// publishable reads a text that is to be published, and holds it against its banks.
func (c *Catalog) publishable(ctx context.Context, text []byte) (*contest.Definition, error) {
	definition, err := Check("活动", text)
	if err == nil {
		err = c.fitsBanks(ctx, definition)
	}
	return definition, err
}

// WithdrawApproval takes back that a draft is to be published: it can be changed again.
// Errors: ErrNoDraft, ErrNotWaiting.
func (c *Catalog) WithdrawApproval(ctx context.Context, by staff.Actor, id sqldb.ID) error {
	err := c.db.InTx(ctx, func(tx *sqldb.Tx) error {
		d, err := draftIn(ctx, tx, id)
		if err != nil {
			return err
		}
		p, _, err := approvalOf(ctx, tx, d.Draft)
		if errors.Is(err, staff.ErrProposal) || err == nil && p == nil {
			return ErrNotWaiting
		}
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "UPDATE contest_drafts SET waiting = 0 WHERE id = ? AND waiting = ?", id, p.ID)
		if err != nil {
			return err
		}
		return staff.Withdraw(ctx, tx, by, p, c.now().UnixMilli())
	})
	return errs.Wrap(err, "take back a request for approval")
}

// mayPublish refuses who would publish alone where it takes two. Who holds the server
// writes what they like, as everywhere.
func (a *Application) mayPublish(ctx context.Context, tx *sqldb.Tx, by staff.Actor) error {
	if a.agreed != nil || by.ID == 0 {
		return nil
	}
	needed, err := approvalIn(ctx, tx)
	if err == nil && needed {
		err = ErrApprovalNeeded
	}
	return err
}

// endDraft ends the draft that is published as the contest of that id (0: a new one).
// Nothing is stored of one that holds another text by now, or changes another contest.
func (a *Application) endDraft(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	if a.Draft == 0 {
		return nil
	}
	d, err := draftIn(ctx, tx, a.Draft)
	if err != nil {
		return err
	}
	if d.Revision != a.Revision || d.Body != string(a.Text) {
		return ErrDraftChanged
	}
	if d.ContestID != contestID {
		return errRenamed
	}
	var followed sqldb.ID
	if a.agreed != nil {
		followed = a.agreed.proposal
	}
	return endDraft(ctx, tx, d.Draft, followed)
}

// detail is what the log tells of a version that is stored.
func (a *Application) detail(version int) map[string]any {
	detail := map[string]any{"version": version, "reason": a.Reason, "sha256": HashOf(string(a.Text))}
	if a.agreed != nil {
		detail["proposed_by"], detail["proposal"] = a.agreed.first, a.agreed.proposal.String()
		if a.agreed.note != "" {
			detail["note"] = a.agreed.note
		}
	}
	return detail
}
