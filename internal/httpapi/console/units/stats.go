package units

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/report"
	"anquanda/internal/sheet"
)

// unitLineReply is the figures of a unit with all below it. Nothing is told
// that would tell of fewer players than report.SmallGroup, by itself or taken away from the
// unit above: hidden, and the rest is 0.
type unitLineReply struct {
	ID            string   `json:"id"` // "" for players without a unit
	Parent        string   `json:"parent"`
	Code          string   `json:"code"`
	Name          string   `json:"name"`
	Depth         int      `json:"depth"`
	Gone          bool     `json:"gone"`
	Headcount     int64    `json:"headcount"` // 0 when it is not known
	Hidden        bool     `json:"hidden"`
	Enrolled      int64    `json:"enrolled"`
	Players       int64    `json:"players"`
	Attempts      int64    `json:"attempts"`
	Passed        int64    `json:"passed"`
	Accuracy      *float64 `json:"accuracy"`      // 0 to 1; null for none
	Participation *float64 `json:"participation"` // 0 to 1; null where the headcount is not known
}

const noUnit = "没有单位的参赛者"

func unitLineOf(l *report.UnitLine) unitLineReply {
	reply := unitLineReply{Name: noUnit, Depth: l.Depth, Headcount: l.Heads, Hidden: l.Hidden()}
	if l.Unit != nil {
		reply.ID, reply.Parent = l.Unit.ID.String(), idText(l.Unit.ParentID)
		reply.Code, reply.Name, reply.Gone = l.Unit.Code, l.Unit.Name, l.Unit.GoneAt != 0
	}
	if reply.Hidden {
		return reply
	}
	reply.Enrolled, reply.Players, reply.Attempts, reply.Passed = l.Enrolled, l.Players, l.Attempts, l.Passed
	if part, ok := l.Accuracy(); ok {
		reply.Accuracy = &part
	}
	if part, ok := l.Participation(); ok {
		reply.Participation = &part
	}
	return reply
}

func (a *API) unitLines(c *gin.Context) (*catalog.Contest, []report.UnitLine, error) {
	in, tree, err := a.units(c)
	if err != nil {
		return nil, nil, err
	}
	lines, err := a.Report.Units(c.Request.Context(), in.ContestID, tree)
	return in, lines, err
}

// Stats tells what the players of each unit did.
func (a *API) Stats(c *gin.Context) error {
	_, lines, err := a.unitLines(c)
	if err != nil {
		return err
	}
	reply := make([]unitLineReply, len(lines))
	for i := range lines {
		reply[i] = unitLineOf(&lines[i])
	}
	return web.JSON(c, http.StatusOK, gin.H{"small": report.SmallGroup, "units": reply})
}

// StatsTable sends the same as a table.
func (a *API) StatsTable(c *gin.Context) error {
	in, lines, err := a.unitLines(c)
	if err != nil {
		return err
	}
	table := &sheet.Table{Name: "单位统计",
		Header: []string{"编码", "单位", "全称", "层级", "应参加人数", "登记人数", "参与人数", "答题次数", "通过次数", "正确率", "参与率"},
		Widths: []float64{16, 26, 44, 6, 12, 12, 12, 12, 12, 10, 10}}
	for i := range lines {
		table.Rows = append(table.Rows, unitCells(&lines[i]))
	}
	return sendSheet(c, in.Slug+"-单位统计", table)
}

func unitCells(l *report.UnitLine) []any {
	reply := unitLineOf(l)
	cells := []any{reply.Code, reply.Name, l.Path, reply.Depth, known(reply.Headcount)}
	if reply.Hidden {
		return append(cells, "不显示", "", "", "", "", "")
	}
	return append(cells, int(reply.Enrolled), int(reply.Players), int(reply.Attempts), int(reply.Passed),
		percent(reply.Accuracy), percent(reply.Participation))
}

// known is a number, or nothing where it is not known.
func known(n int64) any {
	if n == 0 {
		return ""
	}
	return int(n)
}

func percent(part *float64) string {
	if part == nil {
		return ""
	}
	return report.Percent(*part)
}
