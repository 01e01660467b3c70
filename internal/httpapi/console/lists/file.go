package lists

import (
	"context"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/shortlist"
	"anquanda/internal/staff"
)

var errLarge = errs.New(errs.TooLarge, "list_file_too_large", "文件太大，最多 4 MB")

// wrongShown is how many wrong rows of a file, and how many of its units, are told.
const wrongShown = 200

type fileReply struct {
	SHA256    string          `json:"sha256"`
	Applied   bool            `json:"applied"`
	Fresh     int             `json:"fresh"` // who comes onto the list
	Same      int             `json:"same"`  // who is on it already
	Off       int             `json:"off"`   // of units: whom staff took off before, who stay off
	Units     []fileUnitReply `json:"units"` // that it names; empty for a file of players
	UnitRows  int             `json:"unit_rows"`
	Wrong     []wrongRowReply `json:"wrong"`
	WrongRows int             `json:"wrong_rows"`
}

type fileUnitReply struct {
	Unit    string `json:"unit"`
	Players int    `json:"players"`
}

type wrongRowReply struct {
	Line int    `json:"line"`
	Text string `json:"text"`
	Why  string `json:"why"`
}

// PutFile takes a file of who goes on as the body: without a fingerprint it tells whom it
// would put on the list; with the one that was told then it does, all or nobody.
func (a *API) PutFile(c *gin.Context) error {
	_, l, err := a.listOf(c)
	if err != nil {
		return err
	}
	reason, err := web.Query(c, "reason")
	if err == nil {
		err = web.Text("reason", reason, 100)
	}
	if err != nil {
		return err
	}
	found, applied, err := console.FileTwice[*shortlist.File]{Most: shortlist.MaxFile, Large: errLarge,
		Check: func(ctx context.Context, in *catalog.Contest, data []byte) (*shortlist.File, error) {
			return a.Lists.CheckFile(ctx, a.Players, in, l.Key, data)
		},
		Apply: func(ctx context.Context, by staff.Actor, in *catalog.Contest, data []byte,
			fingerprint string) (*shortlist.File, error) {
			return a.Lists.PutFile(ctx, a.Players, by, in, l.Key, data, fingerprint, strings.TrimSpace(reason),
				a.Now().UnixMilli())
		}}.Take(c, a.Catalog)
	if err != nil {
		return err
	}
	reply := fileReply{SHA256: found.SHA256, Applied: applied, Fresh: found.Fresh, Same: found.Same,
		Off: found.Off, Units: []fileUnitReply{}, UnitRows: len(found.Units),
		Wrong: []wrongRowReply{}, WrongRows: len(found.Wrong)}
	for _, u := range found.Units[:min(len(found.Units), wrongShown)] {
		reply.Units = append(reply.Units, fileUnitReply{u.Path, u.Players})
	}
	for _, w := range found.Wrong[:min(len(found.Wrong), wrongShown)] {
		reply.Wrong = append(reply.Wrong, wrongRowReply(w))
	}
	return web.JSON(c, http.StatusOK, reply)
}
