package player

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/question"
)

// missedReply is the question that was missed most within the last hour, with what is right.
type missedReply struct {
	Stem        string   `json:"stem"`
	Right       []string `json:"right"`
	Explanation string   `json:"explanation"`
	Source      string   `json:"source"`
	Answers     int      `json:"answers"`
	Wrong       int      `json:"wrong"`
}

// ScreenMissed tells a paired screen which question was missed most within the last hour.
// It holds the right answer, so it is for contests that show that after each answer, and
// not for whoever opens a screen at home; only questions that players are asked, and that
// enough of them have answered, are told.
func (a *API) ScreenMissed(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	var reply *missedReply
	id, secret, held := screenHeld(c)
	if held && in.Feedback == contest.FeedbackEach {
		known, err := a.Halls.Knows(ctx, in.ContestID, id, secret)
		if err != nil {
			return err
		}
		if known {
			if reply, err = a.missed(c, in); err != nil {
				return err
			}
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{"server_time": a.millis(), "missed": reply})
}

func (a *API) missed(c *gin.Context, in *catalog.Contest) (*missedReply, error) {
	find := func(bank, id string) *question.Question {
		for _, edition := range in.Editions() {
			i := slices.IndexFunc(edition.Bank.Questions, func(q question.Question) bool { return q.ID == id })
			if edition.Bank.Name == bank && i >= 0 {
				return &edition.Bank.Questions[i]
			}
		}
		return nil // of a version before
	}
	most, err := a.Halls.MostMissed(c.Request.Context(), in.ContestID, func(bank, id string) bool {
		q := find(bank, id)
		return q != nil && q.Image == "" && q.Material == nil && len(rightTexts(q)) > 0
	})
	if err != nil || most == nil {
		return nil, err
	}
	q := find(most.Bank, most.Question)
	if q == nil {
		return nil, nil
	}
	return &missedReply{Stem: q.Stem, Right: rightTexts(q), Explanation: q.Explanation, Source: q.Source.String(),
		Answers: most.Answers, Wrong: most.Wrong}, nil
}

// rightTexts is what is right, in words; none for kinds that a wall cannot show in a line.
func rightTexts(q *question.Question) (texts []string) {
	switch q.Kind {
	case question.Single, question.Multiple, question.Indefinite, question.TrueFalse:
		for _, i := range q.Right {
			texts = append(texts, q.Options[i])
		}
	case question.Fill:
		for _, blank := range q.Blanks {
			texts = append(texts, strings.Join(blank[:1], ""))
		}
	}
	return texts
}
