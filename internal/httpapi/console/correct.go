package console

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/play"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

type correctionRequest struct {
	Action   bank.Action        `json:"action"` // correct or void
	Question *question.Question `json:"question"`
	Reason   string             `json:"reason"`
}

// correction reads what is to be done to the question that the address names.
func (a *API) correction(c *gin.Context) (body correctionRequest, q *question.Question, err error) {
	if err := web.Decode(c, &body); err != nil {
		return body, nil, err
	}
	present, err := a.present(c)
	if err != nil {
		return body, nil, err
	}
	at := slices.IndexFunc(present.Questions, func(q question.Question) bool { return q.ID == c.Param("question") })
	if at < 0 {
		return body, nil, bank.ErrNoQuestion
	}
	switch {
	case body.Action == bank.Voided:
		return body, &present.Questions[at], nil
	case body.Action != bank.Corrected:
		return body, nil, web.Wrong("action", "应为 correct 或 void")
	case body.Question == nil:
		return body, nil, web.Wrong("question", "缺少更正后的题目")
	}
	body.Question.ID = c.Param("question")
	return body, body.Question, nil
}

type changedReply struct {
	Contest      string `json:"contest"`
	Level        string `json:"level"`
	ScoreBefore  int    `json:"score_before"`
	ScoreAfter   int    `json:"score_after"`
	PassedBefore bool   `json:"passed_before"`
	PassedAfter  bool   `json:"passed_after"`
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
	if problems := q.Check(); len(problems) > 0 {
		return web.Wrong("question."+problems[0].Field, problems[0].Message)
	}
	target := play.Rescoring{Bank: c.Param("bank"), QuestionID: q.ID, Kind: q.Kind,
		Grade: func(choice question.Choice) bool { return body.Action == bank.Voided || question.Grade(q, choice) }}
	reply := previewReply{Examples: []changedReply{}}
	players := map[sqldb.ID]bool{}
	slugs := a.slugs()
	err = a.Play.PreviewRescore(c.Request.Context(), target, func(ch play.Changed) { reply.add(ch, players, slugs) })
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, reply)
}

func (r *previewReply) add(ch play.Changed, players map[sqldb.ID]bool, slugs map[sqldb.ID]string) {
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
		r.Examples = append(r.Examples, changedReply{slugs[ch.ContestID], ch.Level, ch.ScoreBefore, ch.ScoreAfter, ch.PassedBefore, ch.PassedAfter})
	}
}

func (a *API) slugs() map[sqldb.ID]string {
	slugs := map[sqldb.ID]string{}
	for _, contest := range a.Catalog.All() {
		slugs[contest.ContestID] = contest.Slug
	}
	return slugs
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
		done, err = a.Banks.Void(c.Request.Context(), actor(c), c.Param("bank"), q.ID, body.Reason)
	} else {
		done, err = a.Banks.Correct(c.Request.Context(), actor(c), c.Param("bank"), *q, body.Reason)
	}
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"version": done.Version})
}

type reportReply struct {
	Bank     string             `json:"bank"`
	Question string             `json:"question"`
	Reports  int                `json:"reports"`
	Newest   int64              `json:"newest"`
	Present  *question.Question `json:"present"` // null when it is in the bank no more
	Notes    []noteReply        `json:"notes"`
}

type noteReply struct {
	Reason    string `json:"reason"`
	Note      string `json:"note"`
	CreatedAt int64  `json:"created_at"`
}

// Reports lists the questions that players reported, the most reported first.
func (a *API) Reports(c *gin.Context) error {
	reported, err := a.Banks.Reports(c.Request.Context(), 100)
	if err != nil {
		return err
	}
	reply := make([]reportReply, len(reported))
	banks := map[string]*bank.Bank{}
	for i, r := range reported {
		if banks[r.Bank] == nil {
			version, err := a.Banks.Current(c.Request.Context(), r.Bank)
			if err != nil {
				return err
			}
			if banks[r.Bank], err = a.Banks.Load(c.Request.Context(), r.Bank, version); err != nil {
				return err
			}
		}
		reply[i] = reportReply{Bank: r.Bank, Question: r.QuestionID, Reports: r.Reports, Newest: r.Newest, Notes: []noteReply{},
			Present: pick(banks[r.Bank].Questions, []string{r.QuestionID})[r.QuestionID]}
		for _, n := range r.Notes {
			reply[i].Notes = append(reply[i].Notes, noteReply{n.Reason, n.Note, n.CreatedAt})
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{"reports": reply})
}

type closeReportsRequest struct {
	Bank     string `json:"bank"`
	Question string `json:"question"`
}

// CloseReports puts the open reports about a question away.
func (a *API) CloseReports(c *gin.Context) error {
	var body closeReportsRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if body.Question == "" {
		return web.Wrong("question", "缺少题目编号")
	}
	if err := a.Banks.CloseReports(c.Request.Context(), actor(c), body.Bank, body.Question); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}
