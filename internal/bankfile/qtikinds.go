package bankfile

import (
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/question"
)

func (q *qtiItem) choice(interaction *node, name string) {
	ids := q.choices(interaction, name)
	values := q.correct(interaction)
	if len(values) == 0 {
		return
	}
	right := q.pickIDs(values, ids)
	slices.Sort(right)
	q.d.q.Kind, q.d.q.Right = question.Single, right
	if q.declaration(interaction).attr("cardinality") == "multiple" && len(right) > 1 {
		q.d.q.Kind = question.Multiple
	}
	// True and false show themselves by their identifiers; options that merely
	// say 正确 and 错误 may belong to a single choice.
	var options []option
	for _, text := range q.d.q.Options {
		options = append(options, option{text: text})
	}
	pair, ok := truthPair(options)
	if ok && slices.Contains(ids, "true") && slices.Contains(ids, "false") && len(right) == 1 {
		q.d.q.Kind, q.d.q.Options = question.TrueFalse, question.TrueFalseOptions
		q.d.q.Right = []int{1}
		if pair[right[0]] {
			q.d.q.Right = []int{0}
		}
	}
}

func (q *qtiItem) order(interaction *node) {
	ids := q.choices(interaction, "simplechoice")
	if values := q.correct(interaction); len(values) > 0 {
		q.d.q.Kind, q.d.q.Right = question.Ordering, q.pickIDs(values, ids)
	}
}

func (q *qtiItem) match(interaction *node) {
	sets := interaction.all("simplematchset")
	if len(sets) != 2 {
		q.d.note(Malformed, "", "连线题应有两组", q.d.q.Stem)
		return
	}
	left := q.choices(sets[0], "simpleassociablechoice")
	options := q.d.q.Options
	q.d.q.Options = nil
	rightIDs := q.choices(sets[1], "simpleassociablechoice")
	q.d.q.Matches, q.d.q.Options = q.d.q.Options, options
	q.d.q.Kind = question.Matching
	if len(left) > maxPieces || len(rightIDs) > maxPieces {
		q.d.note(OptionsUnclear, "", "有 "+itoa(len(left))+" 个", q.d.q.Stem)
		return
	}
	right := make([]int, len(left))
	given := make([]bool, len(left))
	for _, value := range q.correct(interaction) {
		from, to, _ := strings.Cut(value, " ")
		i, k := slices.Index(left, from), slices.Index(rightIDs, to)
		if i < 0 || k < 0 {
			q.d.note(AnswerOutside, "", value, q.d.q.Stem)
			return
		}
		if given[i] {
			q.d.note(KindUnsupported, "", "一个左项连几个右项", q.d.q.Stem)
			return
		}
		right[i], given[i] = k, true
	}
	if slices.Contains(given, false) {
		if !q.d.rejected {
			q.d.note(KindUnsupported, "", "有的左项不连任何右项", q.d.q.Stem)
		}
		return
	}
	q.d.q.Right = right
}

// blanks reads one text entry a blank, in the order of the text.
func (q *qtiItem) blanks() {
	q.d.q.Kind = question.Fill
	spans := q.tolerances()
	some := false
	for _, interaction := range q.interactions {
		values := q.correct(interaction)
		if len(values) == 0 {
			return
		}
		accepted := q.mapped(interaction, values)
		q.d.q.Blanks = append(q.d.q.Blanks, accepted)
		span := spans[interaction.attr("responseidentifier")]
		q.d.q.Tolerance = append(q.d.q.Tolerance, span)
		some = some || span > 0
	}
	if !some {
		q.d.q.Tolerance = nil
	}
}

// mapped adds the texts that the mapping counts as much as the correct one.
func (q *qtiItem) mapped(interaction *node, correct []string) []string {
	accepted := slices.Clone(correct)
	entries := q.declaration(interaction).child("mapping").all("mapentry")
	worth := map[string]float64{}
	full := 0.0
	for _, entry := range entries {
		value, _ := strconv.ParseFloat(entry.attr("mappedvalue"), 64)
		worth[entry.attr("mapkey")] = value
		full = max(full, value)
	}
	for _, entry := range entries {
		key := strings.TrimSpace(entry.attr("mapkey"))
		if len(accepted) > maxPieces {
			break
		}
		if slices.Contains(accepted, key) || worth[key] <= 0 {
			continue
		}
		if worth[key] >= full {
			accepted = append(accepted, key)
		} else if question.Normalise(key) != question.Normalise(correct[0]) {
			q.d.note(WeightsDropped, "", key, q.d.q.Stem)
		}
	}
	return accepted
}

// tolerances finds, in the response processing, what numbers are compared with
// which absolute tolerance.
func (q *qtiItem) tolerances() map[string]float64 {
	spans := map[string]float64{}
	q.n.child("responseprocessing").walk(func(n *node) bool {
		if n.name != "equal" {
			return true
		}
		response := n.child("variable").attr("identifier")
		switch n.attr("tolerancemode") {
		case "absolute":
			first, _, _ := strings.Cut(strings.TrimSpace(n.attr("tolerance")), " ")
			if span, ok := question.Number(first); ok && span >= 0 {
				spans[response] = span
			} else {
				q.d.note(ValueUnclear, "", "tolerance", n.attr("tolerance"))
			}
		case "relative":
			q.d.note(PropertyDropped, "", "相对误差", n.attr("tolerance"))
		}
		return false
	})
	return spans
}
