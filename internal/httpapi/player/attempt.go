package player

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/play"
	"anquanda/internal/question"
)

type stepReply struct {
	ServerTime int64        `json:"server_time"`
	Resumed    bool         `json:"resumed"`
	Attempt    attemptReply `json:"attempt"`
	runReply
	Ticket   string         `json:"ticket"`
	Question *questionReply `json:"question"`
	Whole    *wholeReply    `json:"whole,omitempty"` // of a level that is a whole paper
	Result   *resultReply   `json:"result"`
}

// runReply is how the attempt stands; null before its end where the contest tells
// later what was right.
type runReply struct {
	Correct *int     `json:"correct"`
	Score   *float64 `json:"score"`
	Steps   *int     `json:"steps"`
	Streak  *int     `json:"streak"`
	Wrong   *int     `json:"wrong"`
}

func runOf(d *contest.Definition, run contest.Run, told bool) runReply {
	if !told {
		return runReply{}
	}
	score := d.Points(run.Total())
	return runReply{&run.Correct, &score, &run.Steps, &run.Streak, &run.Wrong}
}

type attemptReply struct {
	Level     string `json:"level"`
	Title     string `json:"title"`
	Questions int    `json:"questions"`
	Pass      int    `json:"pass"`
	StartedAt int64  `json:"started_at"`
	Deadline  int64  `json:"deadline"`
	// How long an explanation may be read without the level's time going on; 0 where
	// none is shown after an answer.
	ReviewMS int64        `json:"review_ms"`
	Next     contest.Next `json:"next"`
	Large    bool         `json:"large"` // the time is that of large type
	runRules
}

// runRules are the rules of a level that show while it is played.
type runRules struct {
	Training     bool             `json:"training"` // it counts for nothing
	Feedback     contest.Feedback `json:"feedback"`
	EndsWrong    int              `json:"ends_wrong"` // wrong answers that end it; 0: none do
	EndsLeave    bool             `json:"ends_leave"`
	Goal         int              `json:"goal"` // steps to the top; 0: no stair
	Back         int              `json:"back"`
	StreakLength int              `json:"streak_length"` // 0: none
	StreakScore  float64          `json:"streak_score"`
	Kept         int              `json:"kept"` // right answers of the attempt before that stay
}

type resultReply struct {
	Level      string     `json:"level"`
	Title      string     `json:"title"`
	Passed     bool       `json:"passed"`
	Correct    int        `json:"correct"`
	Questions  int        `json:"questions"`
	Pass       int        `json:"pass"`
	Score      float64    `json:"score"`
	FullScore  float64    `json:"full_score"`
	Best       bool       `json:"best"`
	UsedMS     int64      `json:"used_ms"`
	Stars      int        `json:"stars"`
	Unlocked   []levelKey `json:"unlocked"`
	TriesLeft  int        `json:"tries_left"`
	FinishedAt int64      `json:"finished_at"`

	TriesText string           `json:"tries_text"`
	Revive    contest.DeedKind `json:"revive"`
	Training  bool             `json:"training"`
	Goal      int              `json:"goal"`
	Retry     contest.Retry    `json:"retry"`
	Earned    []earnedReply    `json:"earned"`
	// Where it is not told what was right, Correct, Score, Stars and Best say nothing,
	// and Passed only where PassedTold.
	Told       bool   `json:"told"`
	PassedTold bool   `json:"passed_told"`
	Held       string `json:"held"` // waits, out; empty: it counts
	// Of a whole paper: its sections, where they may be told, and from when it may be looked
	// at again with what was right.
	Sections []sectionResultReply `json:"sections,omitempty"`
	ReviewAt int64                `json:"review_at,omitempty"`
}

// heldNames is what pages call an attempt that does not count.
var heldNames = map[contest.Held]string{contest.HeldWaits: "waits", contest.HeldOut: "out"}

type levelKey struct {
	Key   string `json:"key"`
	Title string `json:"title"`
}

type startRequest struct {
	Large bool   `json:"large"`
	Seen  string `json:"seen"` // of the level's material; empty: none
}

// Start begins an attempt at a level, or resumes the one under way.
func (a *API) Start(c *gin.Context) error {
	player, in, err := a.playerIn(c)
	if err != nil {
		return err
	}
	var body startRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	if err := web.Text("seen", body.Seen, maxSeen); err != nil {
		return err
	}
	with := play.With{Large: body.Large, Seen: body.Seen}
	step, err := a.Play.Start(c.Request.Context(), in, player, c.Param("level"), with)
	if err != nil {
		return err
	}
	status := http.StatusCreated
	if step.Resumed {
		status = http.StatusOK
	}
	return web.JSON(c, status, a.stepOf(step))
}

// Resume tells where an attempt stands.
func (a *API) Resume(c *gin.Context) error {
	player, err := a.answerer(c)
	if err != nil {
		return err
	}
	step, err := a.Play.Resume(c.Request.Context(), player, c.Param("ticket"))
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, a.stepOf(step))
}

// HandOut hands out the question that a ticket stands for.
func (a *API) HandOut(c *gin.Context) error {
	player, err := a.answerer(c)
	if err != nil {
		return err
	}
	if err := web.Decode(c, &struct{}{}); err != nil {
		return err
	}
	step, err := a.Play.HandOut(c.Request.Context(), player, c.Param("ticket"))
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, a.stepOf(step))
}

// Finish gives an attempt up.
func (a *API) Finish(c *gin.Context) error {
	player, err := a.answerer(c)
	if err != nil {
		return err
	}
	if err := web.Decode(c, &struct{}{}); err != nil {
		return err
	}
	result, err := a.Play.Finish(c.Request.Context(), player, c.Param("ticket"))
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"server_time": a.millis(), "result": resultOf(result)})
}

type respondRequest struct {
	Question string    `json:"question"`
	Options  []*string `json:"options"`
	Blanks   []*string `json:"blanks"`
	Next     *bool     `json:"next"` // absent: true
	ShownMS  int64     `json:"shown_ms"`
}

type respondReply struct {
	ServerTime int64        `json:"server_time"`
	Repeated   bool         `json:"repeated"`
	Verdict    verdictReply `json:"verdict"`
	runReply
	Ticket   string         `json:"ticket"`
	Question *questionReply `json:"question"`
	Result   *resultReply   `json:"result"`
}

type verdictReply struct {
	Position    int         `json:"position"`
	Correct     *bool       `json:"correct"` // null where the contest tells later
	Score       *float64    `json:"score"`
	Right       *rightReply `json:"right"`
	Explanation string      `json:"explanation"`
	Source      string      `json:"source"`
	Hasty       bool        `json:"hasty"` // it came faster than anybody reads
}

type rightReply struct {
	Options []string `json:"options"`
	Blanks  []string `json:"blanks"`
}

// Respond judges one response.
func (a *API) Respond(c *gin.Context) error {
	player, err := a.answerer(c)
	if err != nil {
		return err
	}
	var body respondRequest
	if err := web.Decode(c, &body); err != nil {
		return err
	}
	response, err := body.response()
	if err != nil {
		return err
	}
	reply, err := a.Play.Respond(c.Request.Context(), player, c.Param("ticket"), response)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, respondReply{
		ServerTime: a.millis(), Repeated: reply.Repeated, Verdict: verdictOf(reply.Contest, &reply.Verdict),
		runReply: runOf(reply.Contest, reply.Run, reply.RunTold), Ticket: reply.Ticket,
		Question: questionOf(reply.Question), Result: resultOf(reply.Result),
	})
}

// response checks what was sent. An answer must be there, if only an empty list:
// a page that forgets it must not pass a question for its player.
func (r *respondRequest) response() (play.Response, error) {
	const maxID = 32
	none := play.Response{}
	if r.Question == "" {
		return none, errs.InvalidField("question", "缺少题目编号")
	}
	if err := web.Text("question", r.Question, maxID); err != nil {
		return none, err
	}
	if r.Options == nil && r.Blanks == nil {
		return none, errs.InvalidField("options", "缺少答案")
	}
	options, err := texts("options", r.Options, question.MaxOptions, maxID)
	if err != nil {
		return none, err
	}
	if r.ShownMS < 0 {
		return none, errs.InvalidField("shown_ms", "用时不能是负数")
	}
	blanks, err := texts("blanks", r.Blanks, question.MaxBlanks, question.MaxBlankBytes)
	return play.Response{
		Question: r.Question, Options: options, Blanks: blanks, Wait: r.Next != nil && !*r.Next, ShownMS: r.ShownMS,
	}, err
}

// texts checks a list of at most most texts of at most maxBytes each.
func texts(field string, list []*string, most, maxBytes int) ([]string, error) {
	if len(list) > most {
		return nil, errs.InvalidField(field, "个数太多")
	}
	checked := make([]string, len(list))
	for i, text := range list {
		name := field + "[" + strconv.Itoa(i) + "]"
		if text == nil {
			return nil, errs.InvalidField(name, "这一项不能为空")
		}
		if err := web.Text(name, *text, maxBytes); err != nil {
			return nil, err
		}
		checked[i] = *text
	}
	return checked, nil
}

func (a *API) stepOf(step *play.Step) stepReply {
	return stepReply{
		ServerTime: a.millis(), Resumed: step.Resumed,
		runReply: runOf(step.Contest, step.Run, step.RunTold),
		Attempt: attemptReply{Level: step.Level.Key, Title: step.Level.Title, Questions: step.Questions,
			Pass: step.Level.Pass, StartedAt: step.StartedAt, Deadline: step.Deadline, ReviewMS: step.Clock.Review,
			Next: step.Level.Time.Next, Large: step.Large, runRules: runRulesOf(step)},
		Ticket: step.Ticket, Question: questionOf(step.Question), Whole: wholeOf(step.Contest, step.Whole),
		Result: resultOf(step.Result),
	}
}

func runRulesOf(step *play.Step) runRules {
	l := step.Level
	rules := runRules{
		Training: l.Practice || step.Contest.Phase(step.StartedAt) == contest.Training, Feedback: step.Contest.Feedback,
		EndsWrong: l.Ends.Wrong, EndsLeave: l.Ends.Leave, StreakLength: l.Streak.Length,
		StreakScore: step.Contest.Points(int(l.Streak.Score)), Kept: l.Count() - step.Questions,
	}
	if l.Steps != nil {
		rules.Goal, rules.Back = l.Steps.Goal, l.Steps.Back
	}
	return rules
}

func verdictOf(d *contest.Definition, v *play.Verdict) verdictReply {
	reply := verdictReply{Position: v.Position, Explanation: v.Explanation, Source: v.Source,
		Hasty: v.Hasty}
	if v.Shown {
		score := d.Points(v.Score)
		reply.Correct, reply.Score = &v.Correct, &score
		reply.Right = &rightReply{Options: web.NotNil(v.Right), Blanks: web.NotNil(v.Blanks)}
	}
	return reply
}

func resultOf(r *play.Result) *resultReply {
	if r == nil {
		return nil
	}
	reply := &resultReply{
		Level: r.Level.Key, Title: r.Level.Title, Passed: r.Passed, Correct: r.Correct, Questions: r.Questions,
		Pass: r.Level.Pass, Score: r.Contest.Points(r.Score), FullScore: r.Contest.Points(r.Level.FullScore()),
		Best: r.Best, UsedMS: r.UsedMS, Stars: r.Stars,
		Unlocked: unlockedOf(r.Unlocked), TriesLeft: r.Left.Tries, FinishedAt: r.FinishedAt,
		TriesText: contestview.TriesText(r.Left), Revive: r.Revive, Training: r.Training, Retry: r.Level.Retry,
		Earned: earnedOf(r.Contest, r.Earned), Told: r.Told, PassedTold: r.PassedTold, Held: heldNames[r.Held],
		Sections: sectionResultsOf(r.Contest, r.Sections), ReviewAt: r.ReviewAt,
	}
	if !r.Told {
		reply.Correct, reply.Score, reply.Stars, reply.Best = 0, 0, 0, false
		reply.Passed, reply.Earned = r.Passed && r.PassedTold, []earnedReply{}
	}
	if r.Level.Steps != nil {
		reply.Goal = r.Level.Steps.Goal
	}
	return reply
}

func unlockedOf(levels []*contest.Level) []levelKey {
	keys := make([]levelKey, 0, len(levels))
	for _, level := range levels {
		keys = append(keys, levelKey{level.Key, level.Title})
	}
	return keys
}
