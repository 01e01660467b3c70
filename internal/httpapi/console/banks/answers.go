package banks

import (
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi/console"
	"anquanda/internal/question"
	"anquanda/internal/staff"
)

// secrets are the members of a question that tell what is right; a review may.
var secrets = []string{"answer", "tolerance", "explanation", "review"}

// shown is a question as somebody may see it.
type shown struct {
	*question.Question
	hidden bool
}

// MarshalJSON leaves what is right out where it is hidden.
func (s shown) MarshalJSON() ([]byte, error) {
	text, err := json.Marshal(s.Question)
	if err != nil || !s.hidden || s.Question == nil {
		return text, err
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(text, &members); err != nil {
		return nil, err
	}
	for _, name := range secrets {
		delete(members, name)
	}
	members["hidden"] = json.RawMessage("true")
	return json.Marshal(members)
}

// hides reports whether who asks sees the questions of a bank without what is right:
// all but those who make banks, until every contest that asks from it has closed.
func (a *API) hides(c *gin.Context, bank string) bool {
	if console.Member(c).Role.May(staff.SeeAnswers) {
		return false
	}
	asked, now := false, a.Now().UnixMilli()
	for _, in := range a.Catalog.All() {
		if !slices.Contains(in.Definition.Banks(), bank) {
			continue
		}
		if asked = true; now < in.Window.Closes.MS {
			return true
		}
	}
	return !asked // one that no contest asks from yet may be meant for the next
}

func shownAll(questions []*question.Question, hidden bool) []shown {
	all := make([]shown, len(questions))
	for i, q := range questions {
		all[i] = shown{q, hidden}
	}
	return all
}

func shownBy(questions map[string]*question.Question, hidden bool) map[string]shown {
	all := make(map[string]shown, len(questions))
	for id, q := range questions {
		all[id] = shown{q, hidden}
	}
	return all
}

// notedFor is how long reading a bank page by page is one entry of the audit log.
const notedFor = time.Hour

// readers remembers who read which bank when, since this node began.
type readers struct {
	mu   sync.Mutex
	last map[string]time.Time
}

// first reports whether who has not read the bank within the hour.
func (r *readers) first(who string, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.last == nil {
		r.last = map[string]time.Time{}
	}
	for key, at := range r.last {
		if now.Sub(at) > notedFor {
			delete(r.last, key)
		}
	}
	if _, known := r.last[who]; known {
		return false
	}
	r.last[who] = now
	return true
}

// note puts reading a bank with its answers into the audit log, once an hour a person.
func (a *API) note(c *gin.Context, action, bank string) error {
	by := console.Actor(c)
	if action == readAction && !a.readers.first(by.ID.String()+" "+bank, a.Now()) {
		return nil
	}
	return a.Staff.Note(c.Request.Context(), staff.Entry{Actor: by, Action: action, Subject: bank})
}

const (
	readAction   = "bank.read"
	exportAction = "bank.export"
)
