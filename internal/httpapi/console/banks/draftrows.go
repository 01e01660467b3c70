package banks

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

type draftRowReply struct {
	Ordinal  int             `json:"ordinal"`
	Line     int             `json:"line"`
	Accepted bool            `json:"accepted"`
	Question json.RawMessage `json:"question"`
	Problems json.RawMessage `json:"problems"`
}

func rowOf(r *bank.DraftRow) draftRowReply {
	reply := draftRowReply{
		Ordinal: r.Ordinal, Line: r.Line, Accepted: r.Accepted, Question: json.RawMessage(r.Body),
		Problems: json.RawMessage(r.Problems),
	}
	if r.Problems == "null" {
		reply.Problems = json.RawMessage("[]")
	}
	return reply
}

// DraftRows lists questions of a draft, by state and problem code, after one.
func (a *API) DraftRows(c *gin.Context) error {
	id, err := web.ID(c, "draft", bank.ErrNoDraft)
	if err != nil {
		return err
	}
	after, err := web.Number(c, "after", 0, 0, 10_000_000)
	if err != nil {
		return err
	}
	size, err := web.Number(c, "size", 50, 1, 200)
	if err != nil {
		return err
	}
	state, err := web.Query(c, "state")
	if err != nil {
		return err
	}
	code, err := web.Query(c, "code")
	if err != nil {
		return err
	}
	if err := web.Text("code", code, 60); err != nil {
		return err
	}
	rows, err := a.Banks.DraftRows(c.Request.Context(), id,
		bank.DraftFilter{State: state, Code: code, After: int(after), Size: int(size)})
	if err != nil {
		return err
	}
	reply := make([]draftRowReply, len(rows))
	for i := range rows {
		reply[i] = rowOf(&rows[i])
	}
	return web.JSON(c, http.StatusOK, gin.H{"rows": reply})
}

// rowOfDraft reads which row of which draft the address names.
func rowOfDraft(c *gin.Context) (id sqldb.ID, ordinal int, err error) {
	if id, err = web.ID(c, "draft", bank.ErrNoDraft); err != nil {
		return 0, 0, err
	}
	ordinal, err = strconv.Atoi(c.Param("ordinal"))
	if err != nil || ordinal < 1 || strconv.Itoa(ordinal) != c.Param("ordinal") {
		return 0, 0, bank.ErrNoDraft
	}
	return id, ordinal, nil
}

// rowQuestion reads the question of a row.
func rowQuestion(c *gin.Context) (*question.Question, error) {
	var body struct {
		Question *json.RawMessage `json:"question"`
	}
	if err := web.DecodeUpTo(c, &body, maxQuestionBody); err != nil {
		return nil, err
	}
	if body.Question == nil {
		return nil, web.Wrong("question", errMissing)
	}
	return readQuestion(*body.Question, "question")
}

// MendRow replaces one question of a draft.
func (a *API) MendRow(c *gin.Context) error {
	id, ordinal, err := rowOfDraft(c)
	if err != nil {
		return err
	}
	q, err := rowQuestion(c)
	if err != nil {
		return err
	}
	row, err := a.Banks.MendRow(c.Request.Context(), id, ordinal, *q)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, rowOf(row))
}
