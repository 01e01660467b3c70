package banks

import (
	"slices"
	"strings"

	"anquanda/internal/bank"
	"anquanda/internal/question"
)

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
