package player

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/certificate"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/limit"
)

// genuineReply is what anybody learns of a certificate whose number and code are given.
type genuineReply struct {
	State     string `json:"state"` // stands, replaced, void
	Slug      string `json:"slug"`
	Contest   string `json:"contest"`
	Organizer string `json:"organizer"`
	Number    string `json:"number"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	Name      string `json:"name"` // empty where it was deleted in time, or of one that is void
	// Named is what the name is. A real one is masked: who holds the certificate compares.
	Named      certificate.Naming `json:"named"`
	Unit       string             `json:"unit"`
	Score      string             `json:"score"`
	EarnedAt   int64              `json:"earned_at"`
	ReplacedAt int64              `json:"replaced_at"`
	// CorrectedAt is when the holder corrected the real name, UTC ms; 0: never.
	CorrectedAt int64 `json:"corrected_at"`
}

// CheckCertificate tells whoever was shown a certificate whether it is genuine. A wrong code
// and a number that there is not are answered alike, and so are a rehearsal's and those of
// players who left. Of who is disqualified no name is told.
func (a *API) CheckCertificate(c *gin.Context) error {
	if err := a.Limits.Take(c, nil, limit.Certificate); err != nil {
		return err
	}
	c.Header("Cache-Control", "no-store")
	ctx := c.Request.Context()
	held, err := a.Certificates.ByCode(ctx, c.Param("number"), c.Param("code"))
	if err != nil {
		return err
	}
	in, err := a.Catalog.Of(held.ContestID)
	if errors.Is(err, catalog.ErrUnknown) || err == nil && in.RehearsalOf != 0 {
		return certificate.ErrUnknown
	}
	if err != nil {
		return err
	}
	e, err := a.Players.Enrolment(ctx, held.ContestID, held.PlayerID)
	if errors.Is(err, identity.ErrNotEnrolled) {
		return certificate.ErrUnknown
	}
	if err != nil {
		return err
	}
	decision, err := a.Conduct.LastOf(ctx, held.ContestID, held.PlayerID)
	if err != nil {
		return err
	}
	reply := genuineReply{State: "void", Slug: in.Slug, Contest: held.Contest, Organizer: held.Organizer,
		Number: held.Number.String(), Title: held.Title, Named: certificate.Unnamed}
	if decision == nil || !decision.Stands() {
		if err := a.tellGenuine(&reply, held, e); err != nil {
			return err
		}
	}
	return web.JSON(c, http.StatusOK, reply)
}

// tellGenuine adds what stands on a certificate that counts.
func (a *API) tellGenuine(reply *genuineReply, held *certificate.Certificate, e identity.Enrolment) error {
	reply.State = "stands"
	if held.ReplacedAt != 0 {
		reply.State = "replaced"
	}
	printed, err := a.certificateOf(held, e)
	if err != nil {
		return err
	}
	reply.Text, reply.Unit, reply.Score = printed.Text, printed.Unit, printed.Score
	reply.EarnedAt, reply.ReplacedAt = held.EarnedAt, held.ReplacedAt
	reply.CorrectedAt = held.CorrectedAt
	switch reply.Named = printed.Named; {
	case reply.Named != certificate.Nicknamed:
		reply.Name = personal.MaskName(printed.Name)
	case held.Name == "" && e.Nickname == "": // all names of the contest were deleted in time
		reply.Named = certificate.Unnamed
	default:
		reply.Name = printed.Name
	}
	return nil
}
