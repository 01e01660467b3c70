package player

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/play"
)

// wholeReply is a paper: all its questions, and what is stored of the answers.
type wholeReply struct {
	Sections  []sectionReply   `json:"sections"`
	Questions []*questionReply `json:"questions"`
	Answers   []savedReply     `json:"answers"`
}

type sectionReply struct {
	Title string  `json:"title"`
	Count int     `json:"count"`
	Worth float64 `json:"worth"` // of one question
}

type savedReply struct {
	Position int      `json:"position"`
	Revision int      `json:"revision"`
	Options  []string `json:"options"`
	Blanks   []string `json:"blanks"`
}

type sectionResultReply struct {
	sectionReply
	Correct int     `json:"correct"`
	Score   float64 `json:"score"`
}

func sectionOf(d *contest.Definition, s *contest.Section) sectionReply {
	return sectionReply{s.Title, s.Count, d.Points(s.Worth)}
}

func sectionsOf(d *contest.Definition, sections []contest.Section) []sectionReply {
	list := make([]sectionReply, len(sections))
	for i := range sections {
		list[i] = sectionOf(d, &sections[i])
	}
	return list
}

func wholeOf(d *contest.Definition, w *play.Whole) *wholeReply {
	if w == nil {
		return nil
	}
	reply := &wholeReply{Sections: sectionsOf(d, w.Sections), Questions: make([]*questionReply, len(w.Questions)),
		Answers: []savedReply{}}
	told := materialsTold{}
	for i, q := range w.Questions {
		reply.Questions[i] = told.questionOf(q)
	}
	for i := range w.Answers {
		reply.Answers = append(reply.Answers, savedOf(&w.Answers[i]))
	}
	return reply
}

func savedOf(s *play.Saved) savedReply {
	return savedReply{s.Position, s.Revision, web.NotNil(s.Options), web.NotNil(s.Blanks)}
}

func sectionResultsOf(d *contest.Definition, sections []play.SectionResult) []sectionResultReply {
	var list []sectionResultReply
	for i := range sections {
		s := &sections[i]
		list = append(list, sectionResultReply{sectionOf(d, &s.Section), s.Correct, d.Points(s.Score)})
	}
	return list
}

type saveRequest struct {
	Answers []saveAnswer `json:"answers"`
}

type saveAnswer struct {
	Question string    `json:"question"`
	Revision int       `json:"revision"`
	Options  []*string `json:"options"`
	Blanks   []*string `json:"blanks"`
}

type keptReply struct {
	Position int         `json:"position"`
	Revision int         `json:"revision"`        // the latest that is stored
	Ahead    *savedReply `json:"ahead,omitempty"` // another phone's, which stands in place of this one
}

// Save stores answers on a paper.
func (a *API) Save(c *gin.Context) error {
	player, err := a.answerer(c)
	if err != nil {
		return err
	}
	var body saveRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	answers, err := body.answers()
	if err != nil {
		return err
	}
	kept, err := a.Play.SavePaper(c.Request.Context(), player, c.Param("ticket"), answers)
	if err != nil {
		return err
	}
	list := make([]keptReply, len(kept))
	for i, k := range kept {
		list[i] = keptReply{Position: k.Position, Revision: k.Revision}
		if k.Ahead != nil {
			ahead := savedOf(k.Ahead)
			list[i].Ahead = &ahead
		}
	}
	return web.JSON(c, http.StatusOK, gin.H{"server_time": a.millis(), "answers": list})
}

// mostAnswers is how many answers are saved at once: those of the longest paper.
const mostAnswers = 100

func (r *saveRequest) answers() ([]play.PaperAnswer, error) {
	if len(r.Answers) == 0 || len(r.Answers) > mostAnswers {
		return nil, errs.InvalidField("answers", "一次保存 1 到 100 题")
	}
	answers := make([]play.PaperAnswer, len(r.Answers))
	for i, a := range r.Answers {
		one := respondRequest{Question: a.Question, Options: a.Options, Blanks: a.Blanks}
		response, err := one.response()
		if err != nil {
			within := *errs.From(err)
			within.Field = "answers[" + strconv.Itoa(i) + "]." + within.Field
			return nil, &within
		}
		answers[i] = play.PaperAnswer{Response: response, Revision: a.Revision}
	}
	return answers, nil
}

type reviewReply struct {
	Title      string             `json:"title"`
	FinishedAt int64              `json:"finished_at"`
	Score      float64            `json:"score"`
	FullScore  float64            `json:"full_score"`
	Ticket     string             `json:"ticket"` // to report a question with
	Sections   []sectionReply     `json:"sections"`
	Questions  []reviewedQuestion `json:"questions"`
}

type reviewedQuestion struct {
	Question *questionReply `json:"question"`
	Chosen   rightReply     `json:"chosen"`
	Verdict  verdictReply   `json:"verdict"`
}

// Review shows the paper that the player handed in last, with what was right.
func (a *API) Review(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	reviewed, err := a.Play.Review(c.Request.Context(), in, player, c.Param("level"))
	if err != nil {
		return err
	}
	d := reviewed.Contest
	reply := reviewReply{Title: reviewed.Level.Title, FinishedAt: reviewed.FinishedAt, Score: d.Points(reviewed.Score),
		FullScore: d.Points(reviewed.Level.FullScore()), Ticket: reviewed.Ticket,
		Sections:  sectionsOf(d, reviewed.Sections),
		Questions: make([]reviewedQuestion, len(reviewed.Questions))}
	told := materialsTold{}
	for i := range reviewed.Questions {
		q := &reviewed.Questions[i]
		reply.Questions[i] = reviewedQuestion{told.questionOf(q.Asked),
			rightReply{web.NotNil(q.Options), web.NotNil(q.Blanks)}, verdictOf(d, &q.Verdict)}
	}
	return web.JSON(c, http.StatusOK, reply)
}
