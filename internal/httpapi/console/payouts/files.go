package payouts

import (
	"context"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/prize/payout"
)

type fileReply struct {
	Number    int    `json:"number"`
	Bills     int    `json:"bills"`
	Cents     int64  `json:"cents"`
	SHA256    string `json:"sha256"`
	MadeBy    string `json:"made_by"`
	MadeAt    int64  `json:"made_at"`
	Downloads int    `json:"downloads"`
	Copies    int    `json:"copies"` // that may be downloaded still
}

func fileOf(f *payout.File) fileReply {
	return fileReply{Number: f.Number, Bills: f.Bills, Cents: f.Cents, SHA256: f.SHA256, MadeBy: f.MadeName,
		MadeAt: f.MadeAt, Downloads: f.Downloads, Copies: f.CopiesLeft}
}

func (a *API) listFiles(ctx context.Context, in *catalog.Contest, reply *listReply) (err error) {
	if reply.Unfiled.Bills, reply.Unfiled.Cents, err = a.Payouts.Unfiled(ctx, in.ContestID); err != nil {
		return err
	}
	files, err := a.Payouts.Files(ctx, in.ContestID)
	reply.Files = make([]fileReply, len(files))
	for i := range files {
		reply.Files[i] = fileOf(&files[i])
	}
	return err
}

// MakeFile puts the phone credit that is in no file into the next one.
func (a *API) MakeFile(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	file, err := a.Payouts.MakeFile(c.Request.Context(), console.Actor(c), in)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, fileOf(file))
}

func (a *API) numbered(c *gin.Context) (*catalog.Contest, int, error) {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return nil, 0, err
	}
	number, err := strconv.Atoi(c.Param("file"))
	if err != nil {
		return nil, 0, payout.ErrFile
	}
	return in, number, nil
}

// Download hands a file out, or a copy that two persons have agreed to.
func (a *API) Download(c *gin.Context) error {
	in, number, err := a.numbered(c)
	if err != nil {
		return err
	}
	name, text, err := a.Payouts.Download(c.Request.Context(), console.Actor(c), in, number)
	if err != nil {
		return err
	}
	web.SendFile(c, name, text)
	return nil
}

type reasonRequest struct {
	Reason string `json:"reason"`
}

// AskCopy proposes another copy of a file.
func (a *API) AskCopy(c *gin.Context) error {
	in, number, err := a.numbered(c)
	if err != nil {
		return err
	}
	var body reasonRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := a.Payouts.ProposeCopy(c.Request.Context(), console.Actor(c), in, number, body.Reason); err != nil {
		return err
	}
	return web.NoContent(c)
}

var errResultsLarge = errs.New(errs.TooLarge, "results_file_too_large", "文件超过 8 MB，请分成几个文件")

// wrongShown bounds the rows that are not applied, as they are shown.
const wrongShown = 200

type foundReply struct {
	SHA256      string          `json:"sha256"`
	Applied     bool            `json:"applied"`
	Paid        []payout.Listed `json:"paid"` // at most 200, as the next
	PaidBills   int             `json:"paid_bills"`
	PaidCents   int64           `json:"paid_cents"`
	Failed      []payout.Listed `json:"failed"`
	FailedBills int             `json:"failed_bills"`
	FailedCents int64           `json:"failed_cents"`
	Same        int             `json:"same"`
	Asked       int             `json:"asked"`
	Wrong       []wrongReply    `json:"wrong"`
	WrongRows   int             `json:"wrong_rows"`
}

type wrongReply struct {
	Line int    `json:"line"`
	Bill string `json:"bill"`
	Why  string `json:"why"`
}

// Results takes a file of results of an operator as the body: without a fingerprint it
// tells what the file would change; with the one that was told then it writes that.
func (a *API) Results(c *gin.Context) error {
	found, applied, err := console.FileTwice[*payout.Found]{Most: payout.MaxResultsFile, Large: errResultsLarge,
		Check: a.Payouts.CheckResults, Apply: a.Payouts.ApplyResults}.Take(c, a.Catalog)
	if err != nil {
		return err
	}
	reply := foundReply{SHA256: found.SHA256, Applied: applied, Paid: firstOf(found.Paid), PaidBills: len(found.Paid),
		PaidCents: payout.Cents(found.Paid), Failed: firstOf(found.Failed), FailedBills: len(found.Failed),
		FailedCents: payout.Cents(found.Failed), Same: found.Same, Asked: found.Asked, Wrong: []wrongReply{},
		WrongRows: len(found.Wrong)}
	for _, w := range found.Wrong[:min(len(found.Wrong), wrongShown)] {
		reply.Wrong = append(reply.Wrong, wrongReply(w))
	}
	return web.JSON(c, http.StatusOK, reply)
}

func firstOf(listed []payout.Listed) []payout.Listed {
	return append([]payout.Listed{}, listed[:min(len(listed), listedShown)]...)
}
