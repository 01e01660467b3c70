package knowledge

import (
	"fmt"
	"math"
	"slices"

	"anquanda/internal/question"
)

// Advice is what to do about a question, in words.
type Advice struct {
	Code string // key, weak, option, lure, easy, today
	Text string
}

const (
	// tellsNothing is the facility from which a question parts nobody from anybody.
	tellsNothing = 0.95
	// worse is how many standard errors (some 1/√n) below nothing a correlation lies that good
	// people are surely worse at it. Corrected item-total correlations below 0.2 are poor by
	// the usual reading.
	worse = 3.0
	poor  = 0.2
	// nobody is the part of the people that an option has to draw to be of use.
	nobody = 0.02
	// unusual is by how many standard errors today differs from all days.
	unusual = 4.0
)

// adviceOn reads the figures of a question for who edits it.
func adviceOn(i *Item) (advice []Advice) {
	say := func(code, format string, args ...any) {
		advice = append(advice, Advice{code, fmt.Sprintf(format, args...)})
	}
	switch {
	case i.Voided:
	case i.Discriminates && i.Discrimination < -worse/math.Sqrt(float64(i.Ranked)):
		say("key", "答得好的人在这一题上反而错得多，请先核对答案是不是标错了")
	case i.Facility >= tellsNothing:
		say("easy", "几乎人人答对，看不出谁会谁不会；留作宣传可以，不必计分")
	case i.Discriminates && i.Discrimination < poor:
		say("weak", "会的人和不会的人答得差不多，请看看题干是不是有歧义")
	}
	if lure := luring(i); lure >= 0 && !i.Voided {
		say("lure", "选“%s”的好手比选正确答案的还多，请核对答案", i.Options[lure])
	}
	if singles(i) && i.Answers >= LeastAnswers {
		for at, option := range i.Options {
			if slices.Contains(i.Question.Right, at) {
				continue
			}
			if chosen := i.chosen(at); float64(chosen) < nobody*float64(i.ranked()) && i.Kind != question.TrueFalse {
				say("option", "几乎没有人选“%s”，换一个更像的选项", option)
			}
		}
	}
	if i.Today >= LeastAnswers {
		today := float64(i.TodayRight) / float64(i.Today)
		if i.Facility-today > unusual*standardError(i.Facility, i.Today) {
			say("today", "今天的正确率只有 %.0f%%，平时 %.0f%%，请看看发生了什么", 100*today, 100*i.Facility)
		}
	}
	return advice
}

// singles reports whether one of several options is right, so that options can be held
// against each other.
func singles(i *Item) bool { return i.Kind == question.Single || i.Kind == question.TrueFalse }

func (i *Item) chosen(option int) (n int64) {
	for g := range i.Groups {
		n += i.Groups[g].Chosen[option]
	}
	return n
}

func (i *Item) ranked() (n int64) {
	for g := range i.Groups {
		n += i.Groups[g].Answers
	}
	return n
}

// luring is a wrong option that more of the good people take than the right one; -1 for
// none.
func luring(i *Item) int {
	good := &i.Groups[Good]
	if !singles(i) || good.Answers < LeastPeople || len(i.Question.Right) != 1 {
		return -1
	}
	right := good.Chosen[i.Question.Right[0]]
	for option, n := range good.Chosen {
		if option != i.Question.Right[0] && n > right {
			return option
		}
	}
	return -1
}
