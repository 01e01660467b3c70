package contests

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/compliance"
	"anquanda/internal/contest/rulespage"
	"anquanda/internal/httpapi/contestview"
	"anquanda/internal/httpapi/web"
)

// maxTextBody is a definition in JSON, where a character may take more bytes.
const maxTextBody = 3 * contest.MaxFileBytes

type findingReply struct {
	Line    int    `json:"line"`
	Path    string `json:"path"`
	Place   string `json:"place"`
	Message string `json:"message"`
}

type concernReply struct {
	Code     string              `json:"code"`
	Line     int                 `json:"line"`
	Path     string              `json:"path"`
	Place    string              `json:"place"`
	Severity compliance.Severity `json:"severity"`
	Message  string              `json:"message"`
	Rule     string              `json:"rule"`
	Accepted *acceptedReply      `json:"accepted"`
}

type acceptedReply struct {
	By  string `json:"by"`
	Why string `json:"why"`
}

type checkReply struct {
	Slug     string                `json:"slug"`
	Values   any                   `json:"values"` // the text as a tree; null while it cannot be read
	Findings []findingReply        `json:"findings"`
	Concerns []concernReply        `json:"concerns"`
	Rules    []contestview.Section `json:"rules"`
	Preview  *contestview.Preview  `json:"preview"` // null while something is wrong
	Stored   *storedReply          `json:"stored"`  // null for a new contest
}

type storedReply struct {
	Version      int                      `json:"version"`
	Differences  []contestview.Difference `json:"differences"`
	Consequences []consequenceReply       `json:"consequences"`
	Figures      *figuresReply            `json:"figures"` // null unless asked for
}

type consequenceReply struct {
	Path    string `json:"path"`
	Message string `json:"message"`
	Grave   bool   `json:"grave"`
}

type checkRequest struct {
	Text    string `json:"text"`
	Figures bool   `json:"figures"`
}

// Check tells everything of a text of a definition: what is wrong, what
// rules speak against, how players will read and see it, and what would change.
func (a *API) Check(c *gin.Context) error {
	var body checkRequest
	if err := web.DecodeUpTo(c, &body, maxTextBody); err != nil {
		return err
	}
	reply, err := a.check(c.Request.Context(), []byte(body.Text), body.Figures)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, reply)
}

// CheckStored tells the same of the text that is stored, to who looks on.
func (a *API) CheckStored(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	text, err := a.Catalog.Text(c.Request.Context(), in.Slug)
	if err != nil {
		return err
	}
	reply, err := a.check(c.Request.Context(), []byte(text), false)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, reply)
}

func (a *API) check(ctx context.Context, text []byte, figures bool) (*checkReply, error) {
	reply := &checkReply{Findings: []findingReply{}, Concerns: []concernReply{}, Rules: []contestview.Section{}}
	reply.Values, _ = contest.Tree(text) // what is wrong with it, Parse tells
	d, err := contest.Parse("活动", text)
	var found contest.Findings
	if errors.As(err, &found) {
		reply.Findings = findingsOf(found)
		return reply, nil
	}
	if err != nil {
		return nil, err
	}
	lineOf := contest.LinesOf(text)
	lacks, err := a.Catalog.Lacks(ctx, d)
	if err != nil {
		return nil, err
	}
	for i := range lacks {
		lacks[i].Line = lineOf(lacks[i].Path)
	}
	preview := contestview.PreviewOf(d)
	reply.Slug, reply.Findings, reply.Preview = d.Slug, findingsOf(lacks), &preview
	concerns := append(compliance.Check(d), a.missingDoors(d)...)
	concerns = append(concerns, compliance.Past(d, a.Now().UnixMilli())...)
	whole, err := a.Catalog.Whole(ctx, d)
	if err != nil {
		return nil, err
	}
	hurried, err := a.Catalog.Hurried(ctx, d)
	if err != nil {
		return nil, err
	}
	reply.Concerns = concernsOf(slices.Concat(concerns, wideSamples(d, whole), hurried), lineOf)
	reply.Rules = contestview.RulesOf(d)
	reply.Stored, err = a.compare(ctx, d, figures)
	return reply, err
}

// missingDoors warns of ways of proof that this server does not offer.
func (a *API) missingDoors(d *contest.Definition) (missing []compliance.Concern) {
	var doors []contestview.Door
	if a.Doors != nil {
		doors = contestview.DoorsOf(d, a.Doors())
	}
	for i, way := range d.Players.Proof {
		if slices.ContainsFunc(doors, func(door contestview.Door) bool { return door.Kind == way }) {
			continue
		}
		message := "这台服务器没有开通“" + rulespage.ProofName(way) + "”，参赛者不能用它证明身份"
		if len(doors) == 0 && len(d.ProvenFor()) > 0 {
			message += "；别的办法也没有开通，要证明身份才能得到的东西，现在谁也得不到"
		}
		missing = append(missing, compliance.Concern{Code: "proof-door", Path: fmt.Sprintf("players.proof[%d]", i),
			Severity: compliance.Warning, Message: message, Rule: "服务器的设置：请联系管理服务器的人开通"})
	}
	return missing
}

// wideSamples warns of levels of which guests see all questions on a day.
func wideSamples(d *contest.Definition, levels []int) (wide []compliance.Concern) {
	for _, level := range levels {
		message := fmt.Sprintf("“%s”能抽的题太少：没有证明身份的人一天就能看到全部。请把“没有证明身份的人，每天从几道题里抽”改小，或给题库加题", d.Levels[level].Title)
		wide = append(wide, compliance.Concern{Code: "guest-sample", Path: fmt.Sprintf("levels[%d].questions", level),
			Severity: compliance.Warning, Message: message, Rule: "公平的要求：题目事先看全了，答题就只是比谁记得住"})
	}
	return wide
}

func findingsOf(found contest.Findings) []findingReply {
	reply := make([]findingReply, len(found))
	for i, f := range found {
		reply[i] = findingReply{Line: f.Line, Path: f.Path, Place: contest.PlaceOf(f.Path), Message: f.Words}
	}
	return reply
}

func concernsOf(concerns []compliance.Concern, lineOf func(string) int) []concernReply {
	reply := make([]concernReply, len(concerns))
	for i, c := range concerns {
		reply[i] = concernReply{
			Code: c.Code, Line: lineOf(c.Path), Path: c.Path, Place: contest.PlaceOf(c.Path), Severity: c.Severity,
			Message: c.Message, Rule: c.Rule,
		}
		if c.Accepted != nil {
			reply[i].Accepted = &acceptedReply{By: c.Accepted.By, Why: c.Accepted.Why}
		}
	}
	return reply
}

// compare tells what a definition changes of the stored one; nil for a new contest.
func (a *API) compare(ctx context.Context, d *contest.Definition, figures bool) (*storedReply, error) {
	in, err := a.Catalog.Current(d.Slug)
	if errors.Is(err, catalog.ErrUnknown) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	reply := &storedReply{Version: in.Version,
		Differences: contestview.DifferencesOf(rulespage.Compare(in.Definition, d)), Consequences: []consequenceReply{}}
	for _, c := range rulespage.Consequences(in.Definition, d) {
		reply.Consequences = append(reply.Consequences, consequenceReply(c))
	}
	if figures {
		reply.Figures, err = a.figures(ctx, in, d)
	}
	return reply, err
}
