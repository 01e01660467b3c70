package contests

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/contest"
	"anquanda/internal/contest/compliance"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/question"
)

// lookReply is all that a link to a draft shows: no account, player nor right answer.
type lookReply struct {
	Title    string                `json:"title"`
	SavedAt  int64                 `json:"saved_at"`
	EndsAt   int64                 `json:"ends_at"` // of the link
	Wrong    int                   `json:"wrong"`   // places that have to be mended
	Concerns int                   `json:"concerns"`
	Rules    []contestview.Section `json:"rules"`
	Preview  *contestview.Preview  `json:"preview"` // null while something is wrong
	Prizes   []prizeShown          `json:"prizes"`
	Samples  []sampleOfLevel       `json:"samples"`
}

type prizeShown struct {
	Title string            `json:"title"`
	Kind  contest.PrizeKind `json:"kind"`
	Value int64             `json:"value"`
	Stock int               `json:"stock"`
	Photo string            `json:"photo"`
}

// sampleOfLevel is some of the questions that a level may ask.
type sampleOfLevel struct {
	Level     string           `json:"level"`
	Questions []sampleQuestion `json:"questions"`
}

type sampleQuestion struct {
	Kind    string   `json:"kind"`
	Stem    string   `json:"stem"`
	Options []string `json:"options"`
}

// Look shows a draft to who holds a link to it. The token stands in the body, so that no
// log of addresses has it.
func (a *API) Look(c *gin.Context) error {
	var body struct {
		Token string `json:"token"`
	}
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	ctx := c.Request.Context()
	draft, ends, err := a.Catalog.LookedAt(ctx, body.Token)
	if err != nil {
		return err
	}
	said, err := a.check(ctx, []byte(draft.Body), false)
	if err != nil {
		return err
	}
	reply := lookReply{Title: draft.Title, SavedAt: draft.SavedAt, EndsAt: ends, Wrong: len(said.Findings),
		Concerns: openConcerns(said.Concerns), Rules: said.Rules, Preview: said.Preview, Prizes: []prizeShown{},
		Samples: []sampleOfLevel{}}
	if d, err := contest.Parse("活动", []byte(draft.Body)); err == nil {
		reply.Prizes = prizesOf(d)
		for i := range d.Levels {
			sample := sampleOfLevel{Level: d.Levels[i].Title, Questions: []sampleQuestion{}}
			if questions, err := a.Catalog.Newest(ctx, d.Banks()[d.BankIndex(i)]); err == nil {
				sample.Questions = samplesOf(&d.Levels[i], questions)
			}
			reply.Samples = append(reply.Samples, sample)
		}
	}
	c.Header("X-Robots-Tag", "noindex, nofollow")
	return web.JSON(c, http.StatusOK, reply)
}

func openConcerns(concerns []concernReply) (open int) {
	for _, concern := range concerns {
		if concern.Severity == compliance.Serious && concern.Accepted == nil {
			open++
		}
	}
	return open
}

func prizesOf(d *contest.Definition) []prizeShown {
	shown := make([]prizeShown, len(d.Prizes))
	for i := range d.Prizes {
		p := &d.Prizes[i]
		shown[i] = prizeShown{Title: p.Title, Kind: p.Kind, Value: int64(p.Value), Stock: p.Stock, Photo: p.Photo}
	}
	return shown
}

const samplesOfLevel = 2

// samplesOf are the first questions that a level may ask. Options are in the order of the
// bank, which tells the answer of an ordering or matching question: those go without.
func samplesOf(level *contest.Level, questions *bank.Bank) []sampleQuestion {
	samples := []sampleQuestion{}
	pools, err := level.Pools(questions.Questions)
	if err != nil {
		return samples
	}
	for _, pool := range pools {
		for _, at := range pool {
			if len(samples) == samplesOfLevel {
				return samples
			}
			q := &questions.Questions[at]
			sample := sampleQuestion{Kind: q.Kind.Name(), Stem: q.Stem, Options: []string{}}
			if q.Kind != question.Ordering && q.Kind != question.Matching {
				sample.Options = web.NotNil(q.Options)
			}
			samples = append(samples, sample)
		}
	}
	return samples
}
