package booth

import (
	"fmt"
	"net/http"

	"github.com/VictoriaMetrics/metrics"
	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/identity/signin/booth"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// Proofs serves who confirms at a booth that a player is a person.
type Proofs struct {
	Catalog *catalog.Catalog
	Booth   *booth.Service
	Players *identity.Players
	Now     func() int64 // UTC ms
}

// recentMost is how many confirmations a page shows.
const recentMost = 50

func (a *Proofs) contest(c *gin.Context) (*catalog.Contest, booth.Contest, error) {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return nil, booth.Contest{}, err
	}
	return in, booth.Contest{ID: in.ContestID, Definition: in.Definition}, nil
}

type confirmedReply struct {
	ID       string `json:"id"`
	Nickname string `json:"nickname"`
	Unit     string `json:"unit"`
	Staff    string `json:"staff"`
	Note     string `json:"note"`
	ProvedAt int64  `json:"proved_at"`
	UndoneAt int64  `json:"undone_at"` // 0: it stands
	UndoneBy string `json:"undone_by"`
	Reason   string `json:"reason"`
	MayUndo  bool   `json:"may_undo"`
}

// Recent lists who was confirmed: by who asks, or by all for who may take it back.
func (a *Proofs) Recent(c *gin.Context) error {
	in, _, err := a.contest(c)
	if err != nil {
		return err
	}
	member := console.Member(c)
	by, all := member.ID, member.Role.May(staff.EditContests)
	if all {
		by = 0
	}
	list, err := a.Booth.Recent(c.Request.Context(), in.ContestID, by, recentMost)
	if err != nil {
		return err
	}
	ids := make([]sqldb.ID, len(list))
	for i, p := range list {
		ids[i] = p.PlayerID
	}
	people, err := a.Players.Enrolments(c.Request.Context(), in.ContestID, ids)
	if err != nil {
		return err
	}
	reply := []confirmedReply{}
	for _, p := range list {
		e := people[p.PlayerID]
		reply = append(reply, confirmedReply{ID: p.ID.String(), Nickname: e.Nickname,
			Unit: in.Units.Path(e.UnitID), Staff: p.StaffName, Note: p.Note, ProvedAt: p.ProvedAt, UndoneAt: p.UndoneAt,
			UndoneBy: p.UndoneName, Reason: p.Reason, MayUndo: all && p.UndoneAt == 0})
	}
	return web.JSON(c, http.StatusOK, gin.H{"contest": contestview.HeadingOf(in), "now": a.Now(),
		"offered": in.Proves(contest.ProofStaff), "confirmed": reply})
}

type visitorReply struct {
	Nickname string          `json:"nickname"`
	Unit     string          `json:"unit"`
	Proven   []contest.Proof `json:"proven"` // by what already
	Until    int64           `json:"until"`  // of the code
	Done     bool            `json:"done"`   // confirmed with this code
}

func visitorOf(in *catalog.Contest, v *booth.Visitor) visitorReply {
	return visitorReply{Nickname: v.Nickname, Unit: in.Units.Path(v.UnitID),
		Proven: web.NotNil(v.Ways()), Until: v.Until, Done: v.Done}
}

type confirmRequest struct {
	Code string `json:"code"`
	// Who is typed from the papers that staff have seen; left out: only looked up.
	Who  string `json:"who"`
	Note string `json:"note"`
}

// Confirm shows whose code it is and, with who, confirms the person.
func (a *Proofs) Confirm(c *gin.Context) error {
	in, at, err := a.contest(c)
	if err != nil {
		return err
	}
	var body confirmRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	var v *booth.Visitor
	if body.Who == "" {
		v, err = a.Booth.Look(c.Request.Context(), console.Actor(c), at, body.Code)
	} else {
		v, err = a.Booth.Confirm(c.Request.Context(), console.Actor(c), at, body.Code, body.Who, body.Note)
	}
	if err != nil {
		countProof(errs.From(err).Code)
		return err
	}
	if body.Who != "" {
		countProof("ok")
	}
	return web.JSON(c, http.StatusOK, gin.H{"now": a.Now(), "visitor": visitorOf(in, v)})
}

type takeBackRequest struct {
	Reason string `json:"reason"`
}

// TakeBack undoes a wrong confirmation.
func (a *Proofs) TakeBack(c *gin.Context) error {
	_, at, err := a.contest(c)
	if err != nil {
		return err
	}
	id, err := web.ID(c, "proof", booth.ErrProofUnknown)
	if err != nil {
		return err
	}
	var body takeBackRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := a.Booth.TakeBack(c.Request.Context(), console.Actor(c), at, id, body.Reason); err != nil {
		return err
	}
	return web.NoContent(c)
}

// countProof counts confirmations by what came of them, for /metrics.
func countProof(result string) {
	metrics.GetOrCreateCounter(fmt.Sprintf("anquanda_booth_proofs_total{result=%q}", result)).Inc()
}
