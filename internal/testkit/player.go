package testkit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"slices"

	"anquanda/internal/question"
)

// Player is one phone: it keeps its cookie and plays over HTTP as the page does,
// does the work that it is asked for, knowing the bank well enough to be right or wrong on purpose. A reply that is
// a problem comes back as a *Problem. It is not safe for concurrent use.
type Player struct {
	Base    string // http://127.0.0.1:8616
	Contest string // slug
	Client  *http.Client

	bank map[string]*question.Question // by stem
}

// NewPlayer returns a phone that was never seen before.
func NewPlayer(base, contest string, bank []question.Question) *Player {
	jar, _ := cookiejar.New(nil) // it never fails
	p := &Player{
		Base: base, Contest: contest, Client: &http.Client{Jar: jar, Timeout: Patience, Transport: Diligent{}},
		bank: make(map[string]*question.Question, len(bank)),
	}
	for i := range bank {
		p.bank[bank[i].Stem] = &bank[i]
	}
	return p
}

// Enter brings the pass of a rehearsal, as its link does.
func (p *Player) Enter(pass string) error {
	reply, err := p.Client.Get(p.Base + "/c/" + p.Contest + "?pass=" + pass)
	if err != nil {
		return err
	}
	return reply.Body.Close()
}

// Step is the reply to a start, a response or a look at an attempt.
type Step struct {
	ServerTime int64 `json:"server_time"`
	Resumed    bool  `json:"resumed"`
	Repeated   bool  `json:"repeated"`
	Attempt    struct {
		Level     string `json:"level"`
		Questions int    `json:"questions"`
		Pass      int    `json:"pass"`
		StartedAt int64  `json:"started_at"`
		Deadline  int64  `json:"deadline"`
		ReviewMS  int64  `json:"review_ms"`
		Next      string `json:"next"`
		Large     bool   `json:"large"`
	} `json:"attempt"`
	Verdict  Verdict `json:"verdict"`
	Correct  int     `json:"correct"`
	Score    float64 `json:"score"`
	Ticket   string  `json:"ticket"`
	Question *Asked  `json:"question"`
	Result   *Result `json:"result"`
}

// Verdict is the judgement of one response.
type Verdict struct {
	Position int     `json:"position"`
	Correct  bool    `json:"correct"`
	Score    float64 `json:"score"`
	Right    *struct {
		Options []string `json:"options"`
		Blanks  []string `json:"blanks"`
	} `json:"right"`
	Explanation string `json:"explanation"`
	Source      string `json:"source"`
}

// Asked is a question as the phone gets it.
type Asked struct {
	ID       string `json:"id"`
	Position int    `json:"position"`
	Kind     string `json:"kind"`
	Stem     string `json:"stem"`
	Options  []struct {
		ID   string `json:"id"`
		Text string `json:"text"`
	} `json:"options"`
	Blanks   int   `json:"blanks"`
	LimitMS  int64 `json:"limit_ms"`
	Deadline int64 `json:"deadline"`
	LoadMS   int64 `json:"load_ms"`
}

// Result is what a finished attempt came to.
type Result struct {
	Level     string  `json:"level"`
	Passed    bool    `json:"passed"`
	Correct   int     `json:"correct"`
	Questions int     `json:"questions"`
	Score     float64 `json:"score"`
	FullScore float64 `json:"full_score"`
	Best      bool    `json:"best"`
	Stars     int     `json:"stars"`
	Unlocked  []struct {
		Key string `json:"key"`
	} `json:"unlocked"`
	TriesLeft  int   `json:"tries_left"`
	FinishedAt int64 `json:"finished_at"`
	UsedMS     int64 `json:"used_ms"`
}

// Answer is what a phone sends for one question. An empty list passes it. Next false
// lets the next question wait (HandOut).
type Answer struct {
	Question string   `json:"question"`
	Options  []string `json:"options,omitzero"`
	Blanks   []string `json:"blanks,omitzero"`
	Next     *bool    `json:"next,omitempty"`
	ShownMS  int64    `json:"shown_ms,omitempty"`
}

// Problem is a reply that tells what went wrong.
type Problem struct {
	Status    int    `json:"status"`
	Code      string `json:"code"`
	Field     string `json:"field"`
	Detail    string `json:"detail"`
	RequestID string `json:"request_id"`
}

// Error is the status, the code and the field.
func (p *Problem) Error() string { return fmt.Sprintf("%d %s %s", p.Status, p.Code, p.Field) }

// Call sends body as JSON (nil: no body) to a path below Base and reads the
// reply into reply (nil: not at all).
func (p *Player) Call(method, path string, body, reply any) error {
	var sent io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return err
		}
		sent = bytes.NewReader(encoded)
	}
	request, err := http.NewRequest(method, p.Base+path, sent)
	if err != nil {
		return err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := p.Client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode >= http.StatusBadRequest {
		problem := &Problem{}
		if err := json.Unmarshal(text, problem); err != nil || problem.Status != response.StatusCode {
			return fmt.Errorf("%s %s: %d without a problem: %.200s", method, path, response.StatusCode, text)
		}
		return problem
	}
	if reply == nil {
		return nil
	}
	return json.Unmarshal(text, reply)
}

// InContest is the path of something of the contest.
func (p *Player) InContest(path string) string { return "/api/v1/contests/" + p.Contest + path }

// Enrol signs in as a guest; unit is an id, or empty.
func (p *Player) Enrol(nickname, unit string) error {
	return p.Call(http.MethodPost, p.InContest("/enrolment"), map[string]string{"nickname": nickname, "unit": unit}, nil)
}

// Start begins or resumes an attempt at a level.
func (p *Player) Start(level string) (*Step, error) {
	return p.step(http.MethodPost, p.InContest("/levels/"+level+"/attempts"), struct{}{})
}

// StartLarge is Start in large type.
func (p *Player) StartLarge(level string) (*Step, error) {
	return p.step(http.MethodPost, p.InContest("/levels/"+level+"/attempts"), map[string]bool{"large": true})
}

// HandOut asks for the question of a ticket.
func (p *Player) HandOut(ticket string) (*Step, error) {
	return p.step(http.MethodPost, "/api/v1/attempts/"+ticket+"/question", struct{}{})
}

// Resume asks where the attempt of a ticket stands.
func (p *Player) Resume(ticket string) (*Step, error) {
	return p.step(http.MethodGet, "/api/v1/attempts/"+ticket, nil)
}

// Send sends an answer with a ticket.
func (p *Player) Send(ticket string, answer Answer) (*Step, error) {
	return p.step(http.MethodPost, "/api/v1/attempts/"+ticket+"/responses", answer)
}

// Finish gives the attempt of a ticket up.
func (p *Player) Finish(ticket string) (*Result, error) {
	step, err := p.step(http.MethodPost, "/api/v1/attempts/"+ticket+"/finish", struct{}{})
	if err != nil {
		return nil, err
	}
	return step.Result, nil
}

func (p *Player) step(method, path string, body any) (*Step, error) {
	step := &Step{}
	if err := p.Call(method, path, body, step); err != nil {
		return nil, err
	}
	return step, nil
}

// Answer makes a right or a wrong answer to a question of the bank.
func (p *Player) Answer(asked *Asked, right bool) Answer {
	answer := Answer{Question: asked.ID}
	known, ok := p.bank[asked.Stem]
	if !ok {
		panic("this question is not in the bank: " + asked.Stem)
	}
	if known.Kind == question.Fill {
		answer.Blanks = make([]string, len(known.Blanks))
		for i, accepted := range known.Blanks {
			answer.Blanks[i] = accepted[0]
			if !right {
				answer.Blanks[i] = "不知道"
			}
		}
		return answer
	}
	answer.Options = []string{}
	for _, option := range asked.Options {
		if isRight := slices.Contains(known.Right, slices.Index(known.Options, option.Text)); isRight == right {
			answer.Options = append(answer.Options, option.ID)
		}
	}
	if !right && len(answer.Options) > 1 {
		answer.Options = answer.Options[:1]
	}
	return answer
}

// Play starts a level and answers all of it, the first questions right. An
// attempt that was under way is gone on with.
func (p *Player) Play(level string, right int) (*Result, error) {
	step, err := p.Start(level)
	for err == nil && step.Result == nil {
		step, err = p.Send(step.Ticket, p.Answer(step.Question, step.Question.Position <= right))
	}
	if err != nil {
		return nil, err
	}
	return step.Result, nil
}
