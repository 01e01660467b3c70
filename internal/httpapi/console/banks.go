package console

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/errs"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/question"
)

type bankReply struct {
	Name      string `json:"name"`
	Version   int    `json:"version"`
	Questions int    `json:"questions"`
	Note      string `json:"note"`
	CreatedAt int64  `json:"created_at"`
}

// BankList lists the banks.
func (a *API) BankList(c *gin.Context) error {
	infos, err := a.Banks.List(c.Request.Context())
	if err != nil {
		return err
	}
	reply := make([]bankReply, len(infos))
	for i, info := range infos {
		reply[i] = bankReply{info.Name, info.Version, info.Questions, info.Note, info.CreatedAt}
	}
	return web.JSON(c, http.StatusOK, gin.H{"banks": reply})
}

// present is the newest version of the bank that the address names.
func (a *API) present(c *gin.Context) (*bank.Bank, error) {
	name := c.Param("bank")
	version, err := a.Banks.Current(c.Request.Context(), name)
	if err != nil {
		return nil, err
	}
	if recent := a.recent.Load(); recent != nil && recent.Name == name && recent.Version == version {
		return recent, nil
	}
	b, err := a.Banks.Load(c.Request.Context(), name, version)
	if err == nil {
		a.recent.Store(b)
	}
	return b, err
}

// Bank tells of a bank: its versions, and how many questions it has by topic,
// kind and difficulty.
func (a *API) Bank(c *gin.Context) error {
	present, err := a.present(c)
	if err != nil {
		return err
	}
	infos, err := a.Banks.Versions(c.Request.Context(), present.Name)
	if err != nil {
		return err
	}
	versions := make([]bankReply, len(infos))
	for i, info := range infos {
		versions[i] = bankReply{present.Name, info.Version, info.Questions, info.Note, info.CreatedAt}
	}
	return web.JSON(c, http.StatusOK, gin.H{"name": present.Name, "version": present.Version, "questions": len(present.Questions),
		"versions": versions, "coverage": coverageOf(present), "kinds": kindNames()})
}

type coverageReply struct {
	Topic      string        `json:"topic"`
	Kind       question.Kind `json:"kind"`
	Difficulty int           `json:"difficulty"`
	Questions  int           `json:"questions"`
}

// coverageOf counts questions by main topic, kind and difficulty.
func coverageOf(b *bank.Bank) []coverageReply {
	counts := map[coverageReply]int{}
	for i := range b.Questions {
		q := &b.Questions[i]
		counts[coverageReply{Topic: mainTopic(q), Kind: q.Kind, Difficulty: q.Difficulty}]++
	}
	coverage := make([]coverageReply, 0, len(counts))
	for cell, n := range counts {
		cell.Questions = n
		coverage = append(coverage, cell)
	}
	slices.SortFunc(coverage, func(a, b coverageReply) int {
		if a.Topic != b.Topic {
			return strings.Compare(a.Topic, b.Topic)
		}
		if a.Kind != b.Kind {
			return strings.Compare(string(a.Kind), string(b.Kind))
		}
		return a.Difficulty - b.Difficulty
	})
	return coverage
}

// noTopic is how the page calls questions without one.
const noTopic = "未分类"

func mainTopic(q *question.Question) string {
	if len(q.Topics) == 0 {
		return noTopic
	}
	return q.Topics[0]
}

func kindNames() []gin.H {
	names := []gin.H{}
	for _, kind := range question.Kinds() {
		names = append(names, gin.H{"kind": kind, "name": kind.Name()})
	}
	return names
}

type differenceReply struct {
	Added   []string `json:"added"`
	Changed []string `json:"changed"`
	Removed []string `json:"removed"`
}

func differenceOf(d bank.Difference) differenceReply {
	return differenceReply{web.NotNil(d.Added), web.NotNil(d.Changed), web.NotNil(d.Removed)}
}

// Compare tells what one version of a bank changed against another, with the
// questions on both sides.
func (a *API) Compare(c *gin.Context) error {
	name := c.Param("bank")
	from, err := web.Number(c, "from", 0, 1, 1_000_000)
	if err != nil {
		return err
	}
	to, err := web.Number(c, "to", 0, 1, 1_000_000)
	if err != nil {
		return err
	}
	if from == 0 || to == 0 {
		return errs.InvalidField("from", "请写明比较哪两个版本")
	}
	present, err := a.Banks.Current(c.Request.Context(), name)
	if err != nil {
		return err
	}
	if max(from, to) > int64(present) {
		return bank.ErrUnknown
	}
	difference, err := a.Banks.Compare(c.Request.Context(), name, int(from), int(to))
	if err != nil {
		return err
	}
	before, err := a.Banks.Stored(c.Request.Context(), name, int(from))
	if err != nil {
		return err
	}
	after, err := a.Banks.Stored(c.Request.Context(), name, int(to))
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, gin.H{"difference": differenceOf(difference),
		"before": pick(before, difference.Changed, difference.Removed), "after": pick(after, difference.Changed, difference.Added)})
}

// maxShownDifference bounds the questions that a comparison carries.
const maxShownDifference = 500

// pick returns the questions of those ids, by id.
func pick(questions []question.Question, ids ...[]string) map[string]*question.Question {
	wanted := map[string]bool{}
	for _, list := range ids {
		for _, id := range list[:min(len(list), maxShownDifference)] {
			wanted[id] = true
		}
	}
	picked := map[string]*question.Question{}
	for i := range questions {
		if wanted[questions[i].ID] {
			picked[questions[i].ID] = &questions[i]
		}
	}
	return picked
}

// Undo makes the version before the present one the newest again.
func (a *API) Undo(c *gin.Context) error {
	version, difference, err := a.Banks.Undo(c.Request.Context(), actor(c), c.Param("bank"))
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusCreated, gin.H{"version": version, "difference": differenceOf(difference)})
}
