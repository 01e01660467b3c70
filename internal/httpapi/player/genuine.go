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
	"anquanda/internal/sqldb"
)

// genuineReply is what anybody learns of a certificate whose number and code are given.
type genuineReply struct {
	State     string `json:"state"` // stands, replaced, void, rehearsal
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

// ofUnit stands where a certificate is a unit's, so that it bears nobody's name.
const ofUnit certificate.Naming = "unit"

// CheckCertificate tells whoever was shown a certificate, of a player or of a unit, whether it
// is genuine. A wrong code and a number that there is not are answered alike, and so are
// those of players who left. Of who is disqualified no name is told, and of a rehearsal's
// that it is worth nothing.
func (a *API) CheckCertificate(c *gin.Context) error {
	if err := a.Limits.Take(c, nil, limit.Certificate); err != nil {
		return err
	}
	c.Header("Cache-Control", "no-store")
	ctx := c.Request.Context()
	held, err := a.Certificates.ByCode(ctx, c.Param("number"), c.Param("code"))
	if errors.Is(err, certificate.ErrUnknown) {
		return a.checkUnit(c)
	}
	if err != nil {
		return err
	}
	in, err := a.certifier(held.ContestID)
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
	reply := genuineReply{State: "void", Slug: in.Slug, Contest: held.Contest, Organizer: held.Organizer,
		Number: held.Number.String(), Title: held.Title, Named: certificate.Unnamed}
	if in.RehearsalOf != 0 {
		reply.State = "rehearsal"
		return web.JSON(c, http.StatusOK, reply)
	}
	decision, err := a.Conduct.LastOf(ctx, held.ContestID, held.PlayerID)
	if err != nil {
		return err
	}
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

// certifier is the contest of a certificate. Errors: certificate.ErrUnknown of one that is gone.
func (a *API) certifier(contestID sqldb.ID) (*catalog.Contest, error) {
	in, err := a.Catalog.Of(contestID)
	if errors.Is(err, catalog.ErrUnknown) {
		return nil, certificate.ErrUnknown
	}
	return in, err
}

// checkUnit tells of the certificate of a unit.
func (a *API) checkUnit(c *gin.Context) error {
	held, err := a.Honours.ByCode(c.Request.Context(), c.Param("number"), c.Param("code"))
	if err != nil {
		return err
	}
	in, err := a.certifier(held.ContestID)
	if err != nil {
		return err
	}
	reply := genuineReply{State: "stands", Slug: in.Slug, Contest: held.Contest, Organizer: held.Organizer,
		Number: held.Number.String(), Title: held.Titled(), Named: ofUnit}
	if in.RehearsalOf != 0 {
		reply.State = "rehearsal"
	} else {
		reply.Text, reply.Unit, reply.EarnedAt = held.Text, held.Unit, held.DecidedAt
	}
	return web.JSON(c, http.StatusOK, reply)
}
