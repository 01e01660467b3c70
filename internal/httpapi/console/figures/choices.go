package figures

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/report"
)

// choiceReply is what players chose in a field that offers a choice.
type choiceReply struct {
	Key     string        `json:"key"`
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
		reply[i] = choiceReply{Key: c.Field.Key, Label: c.Field.Label}
		for _, o := range report.OptionsOf(c) {
			if o.Hidden {
				o.People = 0
			}
			reply[i].Options = append(reply[i].Options, chosenReply(o))
		}
	}
	return reply, nil
}
