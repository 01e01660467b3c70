package units

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/sqldb"
	"anquanda/internal/unit"
)

const (
	typedListed = 50 // names on one page
	suggested   = 3  // units for each
)

type typedReply struct {
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	Players     int               `json:"players"`
	DecidedAt   int64             `json:"decided_at"` // 0 while it waits
	Unit        *pathReply        `json:"unit"`       // null while it waits
	Suggestions []suggestionReply `json:"suggestions"`
}

type pathReply struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Path string `json:"path"`
	Gone bool   `json:"gone"`
}

type suggestionReply struct {
	pathReply
	By    unit.Match `json:"by"`
	Score int        `json:"score"`
}

func pathOf(tree *unit.Tree, u *unit.Unit) pathReply {
	return pathReply{ID: u.ID.String(), Name: u.Name, Path: tree.Path(u.ID), Gone: u.GoneAt != 0}
}

// TypedNames lists the names that players typed: those that wait, with the units
// that they may mean, or those that were merged.
func (a *API) TypedNames(c *gin.Context) error {
	state, err := web.Query(c, "state")
	if err == nil && state != "" && state != "waiting" && state != "merged" {
		err = web.Wrong("state", "应为 waiting 或 merged")
	}
	if err != nil {
		return err
	}
	from, err := web.Number(c, "from", 1, 1, 1<<31)
	if err != nil {
		return err
	}
	in, tree, err := a.units(c)
	if err != nil {
		return err
	}
	names, total, err := a.Units.Queue(c.Request.Context(), in.ContestID, state == "merged", int(from), typedListed)
	if err != nil {
		return err
	}
	reply := make([]typedReply, len(names))
	for i, n := range names {
		reply[i] = typedReply{ID: n.ID.String(), Name: n.Name, Players: n.Players, DecidedAt: n.DecidedAt,
			Suggestions: []suggestionReply{}}
		if u, ok := tree.Get(n.UnitID); ok {
			path := pathOf(tree, u)
			reply[i].Unit = &path
			continue
		}
		for _, s := range tree.Suggest(n.Name, suggested) {
			reply[i].Suggestions = append(reply[i].Suggestions,
				suggestionReply{pathReply: pathOf(tree, s.Unit), By: s.By, Score: s.Score})
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{"names": reply, "total": total, "size": typedListed})
}

// mergeRequest says what a typed name means: Unit, or a new one called Name below
// Parent ("": at the top).
type mergeRequest struct {
	Unit   string `json:"unit"`
	Name   string `json:"name"`
	Parent string `json:"parent"`
}

// MergeName merges a typed name into a unit.
func (a *API) MergeName(c *gin.Context) error {
	in, name, err := a.typedName(c)
	if err != nil {
		return err
	}
	var body mergeRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if (body.Unit == "") == (body.Name == "") {
		return web.Wrong("unit", "请选择一个单位，或写新单位的名称")
	}
	ctx := c.Request.Context()
	if body.Unit != "" {
		id, ok := sqldb.ParseID(body.Unit)
		if !ok {
			return unit.ErrUnknown
		}
		err = a.Units.MergeInto(ctx, console.Actor(c), in, name, id)
	} else {
		var parent sqldb.ID
		if body.Parent != "" {
			var ok bool
			if parent, ok = sqldb.ParseID(body.Parent); !ok {
				return unit.ErrUnknown
			}
		}
		err = a.Units.MergeNew(ctx, console.Actor(c), in, name, parent, body.Name)
	}
	if err != nil {
		return err
	}
	return web.NoContent(c)
}

// UndoMerge takes a merge back.
func (a *API) UndoMerge(c *gin.Context) error {
	in, name, err := a.typedName(c)
	if err != nil {
		return err
	}
	if err := web.Decode(c, &struct{}{}); err != nil {
		return err
	}
	if err := a.Units.Undo(c.Request.Context(), console.Actor(c), in, name); err != nil {
		return err
	}
	return web.NoContent(c)
}

// typedName is the contest and the name that the address names.
func (a *API) typedName(c *gin.Context) (in unit.Contest, name sqldb.ID, err error) {
	found, err := web.Contest(c, a.Catalog)
	if err != nil {
		return in, 0, err
	}
	name, err = web.ID(c, "name", unit.ErrNameUnknown)
	return unit.Contest{ID: found.ContestID, Slug: found.Slug}, name, err
}
