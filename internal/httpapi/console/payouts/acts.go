package payouts

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/prize/payout"
	"anquanda/internal/sqldb"
)

// actReply is something that one proposed and another decides.
type actReply struct {
	ID        string          `json:"id"`
	Kind      payout.ActKind  `json:"kind"`
	Subject   string          `json:"subject"` // number of the bill or of the file; the act's own id
	Way       string          `json:"way"`
	Bills     int             `json:"bills"`
	Cents     int64           `json:"cents"`
	Words     string          `json:"words"`   // why
	Replace   bool            `json:"replace"` // of a held bill: it goes to what the winner tells now
	Tail      string          `json:"tail"`    // of that
	Listed    []payout.Listed `json:"listed"`  // of an operator's results: what failed, at most 200
	State     payout.ActState `json:"state"`
	MadeBy    string          `json:"made_by"`
	MadeAt    int64           `json:"made_at"`
	Mine      bool            `json:"mine"` // who asks has proposed it
	DecidedBy string          `json:"decided_by"`
	DecidedAt int64           `json:"decided_at"` // 0: not yet
	Note      string          `json:"note"`
}

// listedShown bounds what an act shows of an operator's results.
const listedShown = 200

func actOf(act *payout.Act, me sqldb.ID) (actReply, error) {
	reply := actReply{ID: act.ID.String(), Kind: act.Kind, Subject: act.Subject, Way: act.Way, Bills: act.Bills,
		Cents: act.Cents, Words: act.Words, State: act.State, MadeBy: act.MadeName, MadeAt: act.MadeAt,
		Mine: act.MadeBy == me, DecidedBy: act.DecidedName, DecidedAt: act.DecidedAt, Note: act.Note,
		Listed: []payout.Listed{}}
	reply.Replace, reply.Tail = act.Choice()
	listed, err := act.Listed()
	reply.Listed = append(reply.Listed, listed[:min(len(listed), listedShown)]...)
	return reply, err
}

func (a *API) listActs(ctx context.Context, in *catalog.Contest, me sqldb.ID, reply *listReply) error {
	open, decided, err := a.Payouts.Acts(ctx, in.ContestID)
	if err != nil {
		return err
	}
	if reply.Open, err = actsOf(open, me); err != nil {
		return err
	}
	reply.Decided, err = actsOf(decided, me)
	return err
}

func actsOf(acts []payout.Act, me sqldb.ID) ([]actReply, error) {
	told := make([]actReply, len(acts))
	for i := range acts {
		var err error
		if told[i], err = actOf(&acts[i], me); err != nil {
			return nil, err
		}
	}
	return told, nil
}

type decideRequest struct {
	Approve bool   `json:"approve"`
	Bills   int    `json:"bills"` // as the page has shown it
	Cents   int64  `json:"cents"`
	Note    string `json:"note"` // why it is rejected
}

// Decide approves or rejects what another person has proposed.
func (a *API) Decide(c *gin.Context) error {
	id, ok := sqldb.ParseID(c.Param("act"))
	if !ok {
		return payout.ErrAct
	}
	var body decideRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	by := console.Actor(c)
	act, err := a.Payouts.Decide(c.Request.Context(), by, id, payout.Decision(body))
	if err != nil {
		return err
	}
	reply, err := actOf(act, by.ID)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, reply)
}
