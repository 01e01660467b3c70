package figures

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"anquanda/internal/catalog"
	"anquanda/internal/httpapi/web"
	"anquanda/internal/report"
	"anquanda/internal/report/knowledge"
)

// itemReply is how a question works.
type itemReply struct {
	Bank           string        `json:"bank"`
	ID             string        `json:"id"`
	Stem           string        `json:"stem"`
	Answers        int64         `json:"answers"`
	Facility       float64       `json:"facility"`
	Error          float64       `json:"error"`
	Low            float64       `json:"low"`
	High           float64       `json:"high"`
	Discrimination *float64      `json:"discrimination"` // null where it cannot be said
	MeanMS         int64         `json:"mean_ms"`
	Options        []optionReply `json:"options"`
	Advice         []adviceReply `json:"advice"`
}

type optionReply struct {
	Text   string `json:"text"`
	Right  bool   `json:"right"`
	Weak   int64  `json:"weak"`
	Middle int64  `json:"middle"`
	Good   int64  `json:"good"`
}

type adviceReply struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

func itemOf(i *knowledge.Item) itemReply {
	reply := itemReply{Bank: i.Bank, ID: i.ID, Stem: i.Stem, Answers: i.Answers, Facility: i.Facility, Error: i.Error,
		Low: i.Low, High: i.High, MeanMS: i.MeanMS, Options: []optionReply{}, Advice: []adviceReply{}}
	if i.Discriminates {
		reply.Discrimination = &i.Discrimination
	}
	right := map[int]bool{}
	for _, option := range i.Question.Right {
		right[option] = true
	}
	for at, text := range i.Question.Options {
		reply.Options = append(reply.Options, optionReply{text, right[at], i.Groups[knowledge.Weak].Chosen[at],
			i.Groups[knowledge.Middle].Chosen[at], i.Groups[knowledge.Good].Chosen[at]})
	}
	for _, a := range i.Advice {
		reply.Advice = append(reply.Advice, adviceReply(a))
	}
	return reply
}

// factReply is what most people have wrong, ready to be told.
type factReply struct {
	Bank        string  `json:"bank"`
	ID          string  `json:"id"`
	Stem        string  `json:"stem"`
	Answer      string  `json:"answer"`
	Explanation string  `json:"explanation"`
	Source      string  `json:"source"`
	Wrong       float64 `json:"wrong"` // which part of the people
}

func factOf(i *knowledge.Item) factReply {
	return factReply{i.Bank, i.ID, i.Stem, i.Question.RightText(), i.Explanation, i.Source.String(), 1 - i.Facility}
}

// topicReply is what is known of a topic, by all or by some.
type topicReply struct {
	Topic      string  `json:"topic"`
	By         string  `json:"by"`
	Name       string  `json:"name"`
	People     int64   `json:"people"`
	Answers    int64   `json:"answers"`
	Share      float64 `json:"share"`
	Low        float64 `json:"low"`
	High       float64 `json:"high"`
	Again      int64   `json:"again"`
	AgainFirst int64   `json:"again_first"`
	AgainLast  int64   `json:"again_last"`
}

func topicsOf(in *catalog.Contest, told []knowledge.Topic) []topicReply {
	names := map[string]string{}
	for _, u := range in.Units.Units() {
		names[knowledge.ByUnits+u.ID.String()] = u.Name
	}
	for _, d := range in.Players.Divisions {
		names[knowledge.ByDivision+d.Key] = d.Title
	}
	topics := []topicReply{}
	for i := range told {
		t := &told[i]
		name, known := names[t.By+t.Ref]
		if !known {
			name = t.Ref
		}
		topics = append(topics, topicReply{t.Topic, t.By, name, t.People, t.Answers, t.Share(), t.Low, t.High, t.Again,
			t.AgainFirst, t.AgainLast})
	}
	return topics
}

const (
	itemsListed = 200
	factsTold   = 10
)

// Knowledge tells how questions work and what people know. It is worked out from the
// sheets of players, at most every ten minutes.
func (a *API) Knowledge(c *gin.Context) error {
	in, err := web.Contest(c, a.Catalog)
	if err != nil {
		return err
	}
	ctx := context.WithoutCancel(c.Request.Context()) // others wait for the same
	found, err := a.Studies.Get(in.ContestID, func() (*knowledge.Findings, error) {
		return a.Report.Study(ctx, a.Tally, in, a.Now().UnixMilli())
	})
	if err != nil {
		return err
	}
	items, facts := []itemReply{}, []factReply{}
	for i := range found.Items { // those with advice first, then the hardest
		if len(found.Items[i].Advice) > 0 && len(items) < itemsListed {
			items = append(items, itemOf(&found.Items[i]))
		}
	}
	for i := range found.Items {
		if len(found.Items[i].Advice) == 0 && len(items) < itemsListed {
			items = append(items, itemOf(&found.Items[i]))
		}
	}
	missed := report.Missed(found, factsTold)
	for i := range missed {
		facts = append(facts, factOf(&missed[i]))
	}
	return web.JSON(c, http.StatusOK, gin.H{"people": found.People, "questions": len(found.Items), "few": found.Few,
		"least": knowledge.LeastAnswers, "small": knowledge.LeastPeople, "items": items, "facts": facts,
		"topics": topicsOf(in, found.Topics), "papers": papersOf(in, found)})
}

// paperReply is how consistent the paper of a level is that asks everybody the same.
type paperReply struct {
	Title  string  `json:"title"`
	People int64   `json:"people"`
	Items  int     `json:"items"`
	Alpha  float64 `json:"alpha"`
	Error  float64 `json:"error"`
}

func papersOf(in *catalog.Contest, found *knowledge.Findings) []paperReply {
	papers := []paperReply{}
	for i := range in.Levels {
		if a, ok := found.Papers[in.Levels[i].Key]; ok {
			papers = append(papers, paperReply{in.Levels[i].Title, a.People, a.Items, a.Alpha, a.Error})
		}
	}
	return papers
}
