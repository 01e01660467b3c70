package prizes

import (
	"bytes"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/prize/handout"
	"anquanda/internal/sqldb"
)

// ExportTax sends the prizes that are income by law, for the collective declaration.
func (a *API) ExportTax(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var list bytes.Buffer
	if err := a.Claims.WriteTaxList(c.Request.Context(), console.Actor(c), in, &list); err != nil {
		return err
	}
	web.SendFile(c, in.Slug+"-tax.xlsx", list.Bytes())
	return nil
}

type parcelRequest struct {
	Award   string `json:"award"`
	Courier string `json:"courier"`
	Number  string `json:"number"`
}

// Post says by which parcel a prize went to its winner.
func (a *API) Post(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	var body parcelRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	award, ok := sqldb.ParseID(body.Award)
	if !ok {
		return handout.ErrAwardUnknown
	}
	err = a.Claims.Post(c.Request.Context(), console.Actor(c), in, award, body.Courier, body.Number)
	if err != nil {
		return err
	}
	return web.NoContent(c)
}

var errParcelsLarge = errs.New(errs.TooLarge, "parcels_file_too_large", "文件超过 8 MB，请分成几个文件")

// wrongShown bounds the rows that are not taken, as they are shown.
const wrongShown = 200

type parcelsReply struct {
	SHA256    string             `json:"sha256"`
	Applied   bool               `json:"applied"`
	Posted    int                `json:"posted"`
	Changed   int                `json:"changed"`
	Same      int                `json:"same"`
	Wrong     []wrongParcelReply `json:"wrong"`
	WrongRows int                `json:"wrong_rows"`
}

type wrongParcelReply struct {
	Line  int    `json:"line"`
	Award string `json:"award"`
	Why   string `json:"why"`
}

// PostAll takes a file of parcels as the body: without a fingerprint it tells what the
// file would change; with the one that was told then it writes that.
func (a *API) PostAll(c *gin.Context) error {
	found, applied, err := console.FileTwice[*handout.Parcels]{Most: handout.MaxParcelsFile, Large: errParcelsLarge,
		Check: a.Claims.CheckParcels, Apply: a.Claims.PostAll}.Take(c, a.Catalog)
	if err != nil {
		return err
	}
	reply := parcelsReply{SHA256: found.SHA256, Applied: applied, Posted: found.Posted, Changed: found.Changed,
		Same: found.Same, Wrong: []wrongParcelReply{}, WrongRows: len(found.Wrong)}
	for _, w := range found.Wrong[:min(len(found.Wrong), wrongShown)] {
		reply.Wrong = append(reply.Wrong, wrongParcelReply(w))
	}
	return web.JSON(c, http.StatusOK, reply)
}
