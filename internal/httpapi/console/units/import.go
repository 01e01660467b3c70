package units

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/unit"
)

const (
	// unitProblems and unitChanges bound what of a plan is listed: of the changes,
	// so many of each kind.
	unitProblems = 1000
	unitChanges  = 200
)

var errUnitsTooLarge = errs.New(errs.TooLarge, "units_too_large", "文件超过 10 MB，单位表不会有这么大，请检查是不是选错了文件")

type planReply struct {
	Version  int64            `json:"version"` // of the tree that it builds on
	Encoding string           `json:"encoding"`
	Found    int              `json:"found"`
	Accepted int              `json:"accepted"`
	Rejected int              `json:"rejected"`
	Codes    []unitCodeReply  `json:"codes"`
	Problems []unit.Problem   `json:"problems"`
	Units    int              `json:"units"`
	People   int              `json:"people"`
	Left     int64            `json:"left"` // players of units that go
	Zeros    zerosReply       `json:"zeros"`
	Changes  []changesOfReply `json:"changes"`
}

// zerosReply counts codes that are stored with zeros in front: taken so, or as they are written.
type zerosReply struct {
	Restored int    `json:"restored"`
	Left     int    `json:"left"`
	Written  string `json:"written"` // code and name of one
	Stored   string `json:"stored"`
}

type unitCodeReply struct {
	Code     unit.Code     `json:"code"`
	Title    string        `json:"title"`
	Severity unit.Severity `json:"severity"`
	Rows     int           `json:"rows"`
}

type changesOfReply struct {
	Kind  unit.Kind     `json:"kind"`
	Total int           `json:"total"`
	Shown []changeReply `json:"shown"`
}

type changeReply struct {
	Code   string `json:"code"`
	Path   string `json:"path"`
	Before string `json:"before"`
	After  string `json:"after"`
}

func planOf(p *unit.Plan) planReply {
	reply := planReply{Version: p.Version, Encoding: p.Encoding, Found: p.Found, Accepted: p.Accepted,
		Rejected: p.Rejected, Units: p.Units, People: p.People,
		Problems: web.NotNil(p.Problems[:min(len(p.Problems), unitProblems)]), Codes: unitCodesOf(p.Problems),
		Changes: []changesOfReply{}, Zeros: zerosReply{Restored: p.Cut.Restored, Left: p.Cut.Left,
			Written: p.Cut.Example[0], Stored: p.Cut.Example[1]}}
	counts := p.Counts()
	for _, kind := range unit.Kinds {
		if counts[kind] > 0 {
			reply.Changes = append(reply.Changes, changesOfReply{Kind: kind, Total: counts[kind], Shown: []changeReply{}})
		}
	}
	for _, change := range p.Changes {
		of := slices.IndexFunc(reply.Changes, func(r changesOfReply) bool { return r.Kind == change.Kind })
		if shown := &reply.Changes[of].Shown; len(*shown) < unitChanges {
			*shown = append(*shown, changeReply{Code: change.Code, Path: change.Path, Before: change.Before,
				After: change.After})
		}
	}
	return reply
}

// unitCodesOf counts problems by code, errors first and the most frequent ones.
func unitCodesOf(problems []unit.Problem) []unitCodeReply {
	codes := []unitCodeReply{}
	for _, p := range problems {
		at := slices.IndexFunc(codes, func(c unitCodeReply) bool { return c.Code == p.Code })
		if at < 0 {
			at, codes = len(codes), append(codes, unitCodeReply{Code: p.Code, Title: p.Code.Title(), Severity: p.Severity})
		}
		codes[at].Rows++
	}
	slices.SortStableFunc(codes, func(a, b unitCodeReply) int {
		return cmp.Or(cmp.Compare(a.Severity, b.Severity), b.Rows-a.Rows)
	})
	return codes
}

// Check reads a table sent as the body and tells what is wrong with it and
// what taking it would change; it keeps nothing.
func (a *API) Check(c *gin.Context) error {
	in, plan, err := a.planUnits(c)
	if err != nil {
		return err
	}
	reply := planOf(plan)
	if reply.Left, err = a.Report.PlayersIn(c.Request.Context(), in.ContestID, plan.Gone); err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, reply)
}

// Import makes a table sent as the body the tree of the contest.
func (a *API) Import(c *gin.Context) error {
	onlyValid, err := web.Query(c, "only_valid")
	if err == nil && onlyValid != "" && onlyValid != "true" && onlyValid != "false" {
		err = web.Wrong("only_valid", "应为 true 或 false")
	}
	if err != nil {
		return err
	}
	reason, err := web.Query(c, "reason")
	if err != nil {
		return err
	}
	if err := web.Text("reason", reason, 400); err != nil {
		return err
	}
	version, err := web.Number(c, "version", -1, 0, 1<<53)
	if err == nil && version < 0 {
		err = web.Wrong("version", "缺少预览时的版本")
	}
	if err != nil {
		return err
	}
	in, plan, err := a.planUnits(c)
	if err != nil {
		return err
	}
	if plan.Version != version {
		return unit.ErrChanged
	}
	err = a.Units.Import(c.Request.Context(), console.Actor(c), unit.Contest{ID: in.ContestID, Slug: in.Slug}, plan,
		onlyValid == "true", reason)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, planOf(plan))
}

// planUnits reads the table in the body against the stored tree.
func (a *API) planUnits(c *gin.Context) (*catalog.Contest, *unit.Plan, error) {
	name, err := web.FileName(c)
	if err != nil {
		return nil, nil, err
	}
	mode, err := web.Query(c, "mode")
	if err != nil {
		return nil, nil, err
	}
	if mode != string(unit.Replace) && mode != string(unit.Merge) {
		return nil, nil, web.Wrong("mode", "应为 replace 或 merge")
	}
	zeros, err := web.Query(c, "zeros")
	if err != nil {
		return nil, nil, err
	}
	if !slices.Contains([]unit.Zeros{unit.RestoreSame, unit.RestoreAll, unit.AsWritten}, unit.Zeros(zeros)) {
		return nil, nil, web.Wrong("zeros", "应为 restore 或 written")
	}
	in, tree, err := a.units(c)
	if err != nil {
		return nil, nil, err
	}
	data, err := web.File(c, unit.MaxFile, errUnitsTooLarge, web.ErrBroken)
	if err != nil {
		return nil, nil, err
	}
	table := unit.ReadTable(name, data)
	table.Zeros = unit.Zeros(zeros)
	return in, unit.NewPlan(tree, table, unit.Mode(mode)), nil
}
