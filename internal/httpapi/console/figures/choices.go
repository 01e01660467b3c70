package figures

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/report"
)

// choiceReply is what players chose in a field that offers a choice.
type choiceReply struct {
	Key     string        `json:"key"` // empty: the standard classes, summed over the fields
	Label   string        `json:"label"`
	Options []chosenReply `json:"options"`
}

// chosenReply is an option; how many people chose it is 0 where it is hidden.
type chosenReply struct {
	Title  string `json:"title"`
	People int64  `json:"people"`
	Hidden bool   `json:"hidden"`
}

// choices counts what players chose, in fields and in the questions after they had finished,
// by option; what tells of few people is hidden.
func (a *API) choices(ctx context.Context, in *catalog.Contest) ([]choiceReply, error) {
	counted, err := a.Personal.Choices(ctx, in.Definition, in.ContestID)
	if err != nil {
		return nil, err
	}
	polled, err := a.Polls.Counts(ctx, in)
	if err != nil {
		return nil, err
	}
	counted = append(counted, polled...)
	reply := make([]choiceReply, len(counted))
	for i, c := range counted {
		reply[i] = choiceReply{c.Field.Key, c.Field.Label, chosenOf(report.OptionsOf(c))}
	}
	if classes := report.ClassesOf(counted); len(classes) > 0 {
		reply = append(reply, choiceReply{"", report.ClassesLabel, chosenOf(classes)})
	}
	return reply, nil
}

// chosenOf tells options without the numbers of hidden ones.
func chosenOf(options []report.Option) []chosenReply {
	reply := make([]chosenReply, len(options))
	for i, o := range options {
		if o.Hidden {
			o.People = 0
		}
		reply[i] = chosenReply(o)
	}
	return reply
}
