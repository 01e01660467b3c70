package contest

import (
	"fmt"
	"slices"

	"anquanda/internal/errs"
)

// Poll is a question to players who have finished something: what they think, not what they
// know. Nothing hangs on it, and nobody must answer.
type Poll struct {
	Key     string   `yaml:"key"`
	Title   string   `yaml:"title"`
	Kind    PollKind `yaml:"kind"`
	Level   string   `yaml:"level"` // asked of who has finished it; empty: of who has finished any
	Options []string `yaml:"options"`
}

// PollKind says how many options may be chosen.
type PollKind string

// The kinds of polls.
const (
	PollSingle   PollKind = "single"
	PollMultiple PollKind = "multiple"
)

// Bounds of polls: more than a few questions nobody answers who need not.
const (
	mostPolls       = 10
	mostPollOptions = 12
)

// Why an answer to a poll is not taken.
var (
	ErrNoPoll     = errs.New(errs.NotFound, "poll_unknown", "没有这个问题")
	ErrPollLater  = errs.New(errs.Forbidden, "poll_not_yet", "答完题以后再来回答")
	errPollChoice = errs.InvalidField("options", "请从列出的选项里选")
	errPollOne    = errs.InvalidField("options", "这个问题只能选一项")
)

// Poll returns the poll of that key; nil when there is none.
func (d *Definition) Poll(key string) *Poll {
	i := slices.IndexFunc(d.Polls, func(p Poll) bool { return p.Key == key })
	if i < 0 {
		return nil
	}
	return &d.Polls[i]
}

// Asks reports whether a poll is asked of a player: an attempt of the contest proper at its
// level was finished, and counts.
func (p *Poll) Asks(s *Summary) bool {
	if p.Level == "" {
		return s.Ended > 0
	}
	count := s.in(PerContest, 0).Levels[p.Level]
	return count != nil && count.Ended > 0
}

// Chosen checks an answer: options of the poll, one or more of a multiple one, each once. It
// returns them in the order of the definition.
func (p *Poll) Chosen(options []string) ([]string, error) {
	var chosen []string
	for _, option := range p.Options {
		if slices.Contains(options, option) {
			chosen = append(chosen, option)
		}
	}
	switch {
	case len(chosen) == 0 || len(chosen) != len(options):
		return nil, errPollChoice
	case p.Kind == PollSingle && len(chosen) > 1:
		return nil, errPollOne
	}
	return chosen, nil
}

// polls checks the questions to players.
func (c *checker) polls(d *Definition) {
	keys := map[string]bool{}
	if len(d.Polls) > mostPolls {
		c.add("poll", "there may be %d questions to players at most", mostPolls)
	}
	for i, p := range d.Polls {
		path := fmt.Sprintf("poll[%d]", i)
		c.fresh(path+".key", p.Key, keys, "poll")
		c.text(path+".title", p.Title, 1, 60)
		c.oneOf(path+".kind", string(p.Kind), string(PollSingle), string(PollMultiple))
		if p.Level != "" {
			c.counts(path+".level", p.Level, d)
		}
		if len(p.Options) < 2 || len(p.Options) > mostPollOptions {
			c.add(path+".options", "a question to players has 2 to %d options", mostPollOptions)
		}
		for j, option := range p.Options {
			at := fmt.Sprintf("%s.options[%d]", path, j)
			c.text(at, option, 1, 20)
			if slices.Contains(p.Options[:j], option) {
				c.add(at, "the option %q stands there twice", option)
			}
		}
	}
}
