package player

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
	"anquanda/internal/play"
	"anquanda/internal/question"
)

type mistakeReply struct {
	Kind        question.Kind `json:"kind"`
	Material    *toldMaterial `json:"material,omitempty"`
	Stem        string        `json:"stem"`
	Image       string        `json:"image"`
	ImageAlt    string        `json:"image_alt"`
	Options     []optionReply `json:"options"`
	Matches     []optionReply `json:"matches"`
	Blanks      int           `json:"blanks"`
	Right       rightReply    `json:"right"`
	Chosen      rightReply    `json:"chosen"`
	Explanation string        `json:"explanation"`
	Source      string        `json:"source"`
	Topic       string        `json:"topic"`
	Times       int           `json:"times"`
}

// Mistakes lists the player's wrong questions with their answers, to practise.
func (a *API) Mistakes(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	mistakes, err := a.Play.Mistakes(c.Request.Context(), in, player)
	if err != nil {
		return err
	}
	reply := make([]mistakeReply, len(mistakes))
	told := materialsTold{}
	for i := range mistakes {
		reply[i] = mistakeOf(&mistakes[i])
		reply[i].Material = told.of(mistakes[i].Question.Material)
	}
	return web.JSON(c, http.StatusOK, gin.H{"questions": reply})
}

func mistakeOf(m *play.Mistake) mistakeReply {
	q := m.Question
	reply := mistakeReply{
		Kind: q.Kind, Stem: q.Stem, Image: q.Image, ImageAlt: q.ImageAlt, Options: make([]optionReply, len(q.Options)),
		Matches: make([]optionReply, len(q.Matches)), Blanks: len(q.Blanks),
		Right:       rightReply{Options: indexes(q.Right), Blanks: []string{}},
		Chosen:      rightReply{Options: indexes(m.Chosen.Options), Blanks: web.NotNil(m.Chosen.Blanks)},
		Explanation: q.Explanation, Source: q.Source.String(), Times: m.Times,
	}
	for i, text := range q.Options {
		reply.Options[i] = optionReply{ID: strconv.Itoa(i), Text: text, Image: q.OptionImage(i)}
	}
	for i, text := range q.Matches {
		reply.Matches[i] = optionReply{ID: strconv.Itoa(i), Text: text}
	}
	for _, accepted := range q.Blanks {
		reply.Right.Blanks = append(reply.Right.Blanks, accepted[0])
	}
	if len(q.Topics) > 0 {
		reply.Topic = q.Topics[0]
	}
	return reply
}

// indexes are option ids of a question that needs no hiding any more.
func indexes(options []int) []string {
	ids := make([]string, len(options))
	for i, index := range options {
		ids[i] = strconv.Itoa(index)
	}
	return ids
}

// Stats are the public counters of the contest.
func (a *API) Stats(c *gin.Context) error {
	in, err := a.contest(c)
	if err != nil {
		return err
	}
	stats, err := a.Play.Stats(c.Request.Context(), in.ContestID)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"server_time": a.millis(), "players": stats.Players,
		"attempts": stats.Attempts, "answers": stats.Answers, "correct": stats.Correct, "passed": stats.Passed})
}
