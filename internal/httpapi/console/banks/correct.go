package banks

import (
	"encoding/json"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/console"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/play"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

type correctionRequest struct {
	Action   bank.Action      `json:"action"`   // correct or void
	Question *json.RawMessage `json:"question"` // after; not for void
	Reason   string           `json:"reason"`
}

// correction reads what is to be done to the question that the address names.
func (a *API) correction(c *gin.Context) (body correctionRequest, q *question.Question, err error) {
	if err := web.DecodeUpTo(c, &body, maxQuestionBody); err != nil {
		return body, nil, err
	}
	if err := web.Text("reason", body.Reason, 400); err != nil {
		return body, nil, err
	}
	present, err := a.present(c)
	if err != nil {
		return body, nil, err
	}
	before := find(present, c.Param("question"))
	switch {
	case before == nil:
		return body, nil, bank.ErrNoQuestion
	case body.Action == bank.Voided:
		return body, before, nil
	case body.Action != bank.Corrected:
		return body, nil, web.Wrong("action", "应为 correct 或 void")
	case body.Question == nil:
		return body, nil, web.Wrong("question", errMissing)
	}
	if q, err = readQuestion(*body.Question, "question"); err != nil {
		return body, nil, err
	}
	q.ID = before.ID
	if problems := q.Check(); len(problems) > 0 {
		return body, nil, web.Wrong("question."+problems[0].Field, problems[0].Message)
	}
	if !bank.SameShape(before, q) {
		return body, nil, bank.ErrReshaped
	}
	return body, q, a.Banks.Pictured(c.Request.Context(), before, q, "question.")
}

type changedReply struct {
	Contest      string  `json:"contest"` // title
	Level        string  `json:"level"`   // title
	ScoreBefore  float64 `json:"score_before"`
	ScoreAfter   float64 `json:"score_after"`
	PassedBefore bool    `json:"passed_before"`
	PassedAfter  bool    `json:"passed_after"`
}

type previewReply struct {
	Attempts   int            `json:"attempts"` // whose outcome changes
	Players    int            `json:"players"`
	Up         int            `json:"up"`
	Down       int            `json:"down"`
	PassesWon  int            `json:"passes_won"`
	PassesLost int            `json:"passes_lost"`
	Examples   []changedReply `json:"examples"`
}

const previewExamples = 50

// PreviewCorrection tells whose results a correction would change; nothing is
// written.
func (a *API) PreviewCorrection(c *gin.Context) error {
	body, q, err := a.correction(c)
	if err != nil {
		return err
	}
	proposed, err := bank.Proposed(c.Param("bank"), body.Action, q)
	if err != nil {
		return err
	}
	regrading, err := a.Banks.Regrading(c.Request.Context(), proposed)
	if err != nil {
		return err
	}
	reply := previewReply{Examples: []changedReply{}}
	players := map[sqldb.ID]bool{}
	err = a.Play.PreviewRescore(c.Request.Context(), regrading, func(ch play.Rescored) {
		in, _ := a.Catalog.Of(ch.ContestID) // unknown: it is shown by its keys
		reply.add(ch, players, in)
	})
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, reply)
}

func (r *previewReply) add(ch play.Rescored, players map[sqldb.ID]bool, in *catalog.Contest) {
	r.Attempts++
	if !players[ch.PlayerID] {
		players[ch.PlayerID] = true
		r.Players++
	}
	if ch.ScoreAfter > ch.ScoreBefore {
		r.Up++
	} else {
		r.Down++
	}
	if ch.PassedAfter && !ch.PassedBefore {
		r.PassesWon++
	}
	if ch.PassedBefore && !ch.PassedAfter {
		r.PassesLost++
	}
	if len(r.Examples) < previewExamples {
		contest, level := titles(in, ch.Level)
		r.Examples = append(r.Examples, changedReply{
			Contest: contest, Level: level, ScoreBefore: ch.ScoreBefore, ScoreAfter: ch.ScoreAfter,
			PassedBefore: ch.PassedBefore, PassedAfter: ch.PassedAfter,
		})
	}
}

// titles are what people call a contest and its level; the key of a level that
// is there no more.
func titles(in *catalog.Contest, level string) (string, string) {
	if in == nil {
		return "", level
	}
	for i := range in.Levels {
		if in.Levels[i].Key == level {
			return in.Title, in.Levels[i].Title
		}
	}
	return in.Title, level
}

// Correct corrects or voids a question; results are scored again in the
// background within seconds.
func (a *API) Correct(c *gin.Context) error {
	body, q, err := a.correction(c)
	if err != nil {
		return err
	}
	var done *bank.Correction
	if body.Action == bank.Voided {
		done, err = a.Banks.Void(c.Request.Context(), console.Actor(c), c.Param("bank"), q.ID, body.Reason)
	} else {
		done, err = a.Banks.Correct(c.Request.Context(), console.Actor(c), c.Param("bank"), *q, body.Reason)
	}
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"version": done.Version})
}
