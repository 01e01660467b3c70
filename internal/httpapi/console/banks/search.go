package banks

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/web"
	"anquanda/internal/question"
)

// filter says which questions are looked for; the zero value lets all through.
type filter struct {
	text       string // in any text of the question, small letters
	topic      string // one of its topics
	mainTopic  string // the one that coverage counts it under
	kind       question.Kind
	difficulty int
	audience   string // one of its audiences; noAudience: it names none
	blind      bool   // who looks may not see what is right, nor find by it
}

func readFilter(c *gin.Context) (f filter, err error) {
	var kind string
	for name, into := range map[string]*string{"q": &f.text, "topic": &f.topic, "main_topic": &f.mainTopic,
		"kind": &kind, "audience": &f.audience} {
		if *into, err = web.Query(c, name); err != nil {
			return f, err
		}
		if err := web.Text(name, *into, 200); err != nil {
			return f, err
		}
	}
	f.text = strings.ToLower(strings.TrimSpace(f.text))
	if f.kind = question.Kind(kind); kind != "" && !f.kind.Known() {
		return f, web.Wrong("kind", "没有这种题型")
	}
	difficulty, err := web.Number(c, "difficulty", 0, 0, 5)
	f.difficulty = int(difficulty)
	return f, err
}

// noAudience looks for questions that name no audience.
const noAudience = "没有写"

func (f *filter) lets(q *question.Question) bool {
	return (f.topic == "" || slices.Contains(q.Topics, f.topic) || f.topic == noTopic && len(q.Topics) == 0) &&
		(f.mainTopic == "" || mainTopic(q) == f.mainTopic) &&
		(f.kind == "" || q.Kind == f.kind) &&
		(f.audience == "" || slices.Contains(q.Audience, f.audience) ||
			f.audience == noAudience && len(q.Audience) == 0) &&
		(f.difficulty == 0 || q.Difficulty == f.difficulty) &&
		(f.text == "" || f.inText(q))
}

func (f *filter) inText(q *question.Question) bool {
	holds := func(text string) bool { return strings.Contains(strings.ToLower(text), f.text) }
	return holds(q.Stem) || holds(q.ID) || slices.ContainsFunc(q.Options, holds) ||
		slices.ContainsFunc(q.Matches, holds) || holds(q.Source.String()) ||
		!f.blind && (slices.ContainsFunc(slices.Concat(q.Blanks...), holds) || holds(q.Explanation))
}

// Questions searches a bank by text, topic, kind and difficulty.
func (a *API) Questions(c *gin.Context) error {
	f, err := readFilter(c)
	if err != nil {
		return err
	}
	from, err := web.Number(c, "from", 1, 1, 1_000_000)
	if err != nil {
		return err
	}
	size, err := web.Number(c, "size", 50, 1, 200)
	if err != nil {
		return err
	}
	present, err := a.present(c)
	if err != nil {
		return err
	}
	if f.blind = a.hides(c, present.Name); !f.blind {
		if err := a.note(c, readAction, present.Name); err != nil {
			return err
		}
	}
	found := []*question.Question{}
	for i := range present.Questions {
		if f.lets(&present.Questions[i]) {
			found = append(found, &present.Questions[i])
		}
	}
	first := min(int(from-1), len(found))
	last := min(first+int(size), len(found))
	return web.JSON(c, http.StatusOK, gin.H{"version": present.Version, "total": len(found),
		"questions": shownAll(found[first:last], f.blind)})
}
