package banks

import (
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"anquanda/internal/bank"
	"anquanda/internal/bankfile/draft"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/question"
)

// maxQuestionBody bounds a call that carries a question, in bytes: twelve options
// and the rest at their longest.
const maxQuestionBody = 128 << 10

var (
	unknownKey  = regexp.MustCompile(`^json: unknown field "(\w+)"`)
	errAnswer   = "答案的写法不对：单选、多选写字母，判断写 true 或 false，填空写各空的答案"
	errMissing  = "缺少题目"
	errNotKnown = "没有这一项"
)

// readQuestion reads a question in the schema anquanda-bank/1; an error names the
// field below prefix that is wrong.
func readQuestion(raw json.RawMessage, prefix string) (*question.Question, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, web.Wrong(prefix, errMissing)
	}
	var q question.Question
	err := json.Unmarshal(raw, &q)
	var wrongType *json.UnmarshalTypeError
	switch {
	case err == nil:
		if m := q.Material; m != nil && m.ID == "" {
			m.ID = draft.MakeMaterialID(m.Title, m.Text, m.Image)
		}
		return &q, checkTexts(&q, prefix)
	case errors.As(err, &wrongType):
		return nil, web.Wrong(join(prefix, wrongType.Field), "这一项的格式不对")
	}
	if key := unknownKey.FindStringSubmatch(err.Error()); key != nil {
		return nil, web.Wrong(join(prefix, key[1]), errNotKnown)
	}
	return nil, web.Wrong(join(prefix, "answer"), errAnswer)
}

func join(prefix, field string) string {
	switch {
	case field == "":
		return prefix
	case prefix == "":
		return field
	}
	return prefix + "." + field
}

// checkTexts refuses characters in a question that no page can show; lines may
// break.
func checkTexts(q *question.Question, prefix string) error {
	texts := map[string][]string{"id": {q.ID}, "stem": {q.Stem}, "options": q.Options, "matches": q.Matches,
		"explanation": {q.Explanation}, "source": {q.Source.Key, q.Source.Title, q.Source.Article, q.Source.Version,
			q.Source.Effective},
		"apart": q.Apart, "review": {q.Review.By, q.Review.On, q.Review.Against},
		"material": q.Material.Texts(), "topics": q.Topics, "audience": q.Audience, "answer": slices.Concat(q.Blanks...)}
	for field, list := range texts {
		for _, text := range list {
			if err := web.Text(join(prefix, field), strings.ReplaceAll(text, "\n", ""), question.MaxTextBytes); err != nil {
				return err
			}
		}
	}
	return nil
}

// Question tells of one question of a bank's newest version.
func (a *API) Question(c *gin.Context) error {
	present, err := a.present(c)
	if err != nil {
		return err
	}
	title, err := a.Banks.Title(c.Request.Context(), present.Name)
	if err != nil {
		return err
	}
	q := find(present, c.Param("question"))
	if q == nil {
		return bank.ErrNoQuestion
	}
	return web.JSON(c, http.StatusOK, gin.H{"version": present.Version, "title": title,
		"question": shown{q, a.hides(c, present.Name)}})
}

func find(b *bank.Bank, id string) *question.Question {
	at := slices.IndexFunc(b.Questions, func(q question.Question) bool { return q.ID == id })
	if at < 0 {
		return nil
	}
	return &b.Questions[at]
}
