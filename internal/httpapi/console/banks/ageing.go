package banks

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
	"anquanda/internal/question"
)

// ages are the reasons to read a question again, the most pressing first.
var ages = []question.Age{question.AgeSuperseded, question.AgeNotYet, question.AgeUnlisted, question.AgeOld,
	question.AgeUnreviewed}

// maxShownAgeing bounds the questions that are listed under a reason.
const maxShownAgeing = 200

type agedReply struct {
	ID   string `json:"id"`
	Stem string `json:"stem"`
	Why  string `json:"why"`
}

type ageingReply struct {
	Age       question.Age `json:"age"`
	Questions int          `json:"questions"`
	Listed    []agedReply  `json:"listed"`
}

// Ageing tells which questions of a bank should be read again on the day that the
// query names: those whose source does not hold then, and those that nobody has
// checked for two years.
func (a *API) Ageing(c *gin.Context) error {
	on, err := a.day(c)
	if err != nil {
		return err
	}
	present, err := a.present(c)
	if err != nil {
		return err
	}
	list, err := a.Banks.References(c.Request.Context(), present.Name)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"on": on, "groups": ageingOf(present.Questions, list.Index(), on)})
}

// day is the day of the query, without one today.
func (a *API) day(c *gin.Context) (string, error) {
	on, err := web.Query(c, "on")
	if err != nil || on == "" {
		return a.Now().Format(time.DateOnly), err
	}
	if _, err := time.Parse(time.DateOnly, on); err != nil {
		return "", web.Wrong("on", "日期应写成 2026-06-01 的样子")
	}
	return on, nil
}

// ageingOf groups questions by why they should be read again; reasons that none has are
// left out.
func ageingOf(questions []question.Question, index question.Index, on string) []ageingReply {
	groups := map[question.Age]*ageingReply{}
	for i := range questions {
		q := &questions[i]
		for _, age := range index.Ages(q, on) {
			g := groups[age]
			if g == nil {
				g = &ageingReply{Age: age}
				groups[age] = g
			}
			if g.Questions++; len(g.Listed) < maxShownAgeing {
				g.Listed = append(g.Listed, agedReply{q.ID, q.Stem, index.Tell(age, q)})
			}
		}
	}
	reply := []ageingReply{}
	for _, age := range ages {
		if g := groups[age]; g != nil {
			reply = append(reply, *g)
		}
	}
	return reply
}
