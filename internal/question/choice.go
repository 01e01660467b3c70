package question

import (
	"slices"
	"strconv"
	"strings"
)

// blankSeparator parts the blanks of a stored choice; what players send holds no
// control characters.
const blankSeparator = "\x1f"

// Text is the choice as it is stored: empty when nothing was chosen, also when blanks
// were sent with nothing in them.
func (c Choice) Text() string {
	if c.Empty() {
		return ""
	}
	if len(c.Blanks) > 0 {
		return strings.Join(c.Blanks, blankSeparator)
	}
	parts := make([]string, len(c.Options))
	for i, index := range c.Options {
		parts[i] = strconv.Itoa(index)
	}
	return strings.Join(parts, ",")
}

// ReadChoice is the inverse of Text for a question of that kind.
func ReadChoice(kind Kind, text string) Choice {
	var c Choice
	if text == "" {
		return c
	}
	if kind == Fill {
		c.Blanks = strings.Split(text, blankSeparator)
		return c
	}
	for part := range strings.SplitSeq(text, ",") {
		if index, err := strconv.Atoi(part); err == nil {
			c.Options = append(c.Options, index)
		}
	}
	return c
}

// Shape checks how many options and blanks a choice has, and puts a set in order, so
// that the same choice is always stored as the same text. Field of the problem is
// options or blanks; nil for none.
func (q *Question) Shape(choice *Choice) *Problem {
	takes, n := q.Kind.Takes(), len(choice.Options)
	sorted := slices.Sorted(slices.Values(choice.Options))
	repeated := len(slices.Compact(slices.Clone(sorted))) != n
	switch {
	case len(choice.Blanks) != 0 && len(choice.Blanks) != len(q.Blanks):
		return &Problem{"blanks", "填空的个数不对"}
	case n == 0:
		return nil
	case takes == TakesMatch && n != len(q.Options):
		return &Problem{"options", "请给左边的每一项都选好"}
	case takes != TakesMatch && repeated:
		return &Problem{"options", "同一个选项选了两次"}
	case takes == TakesOrder && n != len(q.Options):
		return &Problem{"options", "请把每一项都排好"}
	case n > 1 && (takes == TakesOne || takes == TakesNone):
		return &Problem{"options", "这一题只能选一项"}
	case takes == TakesSet:
		choice.Options = sorted
	}
	return nil
}
