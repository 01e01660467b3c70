package qti

import (
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
	"anquanda/internal/bankfile/xmltree"
	"anquanda/internal/question"
)

func (q *qtiItem) choice(interaction *xmltree.Node, name string) {
	ids := q.choices(interaction, name)
	values := q.correct(interaction)
	if len(values) == 0 {
		return
	}
	right := q.pickIDs(values, ids)
	slices.Sort(right)
	if q.declaration(interaction).Attr("cardinality") == "single" && len(q.mapped(interaction, values)) > 1 {
		q.d.Note(draft.WeightsUnclear, "", "有几个选项各得满分，选任何一个都算对", q.d.Q.Stem)
		return
	}
	q.d.Q.Kind, q.d.Q.Right = question.Single, right
	if q.declaration(interaction).Attr("cardinality") == "multiple" {
		q.d.Q.Kind = question.Multiple
		if len(right) == 1 {
			q.d.Q.Kind = question.Indefinite
		}
	}
	// True and false show themselves by their identifiers; options that merely
	// say 正确 and 错误 may belong to a single choice.
	var options []judge.Option
	for _, text := range q.d.Q.Options {
		options = append(options, judge.Option{Text: text})
	}
	pair, ok := judge.TruthPair(options)
	if ok && slices.Contains(ids, "true") && slices.Contains(ids, "false") && len(right) == 1 {
		q.d.Q.Kind, q.d.Q.Options = question.TrueFalse, question.TrueFalseOptions
		q.d.Q.Right = []int{1}
		if pair[right[0]] {
			q.d.Q.Right = []int{0}
		}
	}
}

func (q *qtiItem) order(interaction *xmltree.Node) {
	ids := q.choices(interaction, "simplechoice")
	if values := q.correct(interaction); len(values) > 0 {
		q.d.Q.Kind, q.d.Q.Right = question.Ordering, q.pickIDs(values, ids)
	}
}

func (q *qtiItem) match(interaction *xmltree.Node) {
	sets := interaction.All("simplematchset")
	if len(sets) != 2 {
		q.d.Note(draft.Malformed, "", "连线题应有两组", q.d.Q.Stem)
		return
	}
	left := q.choices(sets[0], "simpleassociablechoice")
	options := q.d.Q.Options
	q.d.Q.Options = nil
	rightIDs := q.choices(sets[1], "simpleassociablechoice")
	q.d.Q.Matches, q.d.Q.Options = q.d.Q.Options, options
	q.d.Q.Kind = question.Matching
	if len(left) > judge.MaxPieces || len(rightIDs) > judge.MaxPieces {
		q.d.Note(draft.OptionsUnclear, "", "有 "+strconv.Itoa(len(left))+" 个", q.d.Q.Stem)
		return
	}
	right := make([]int, len(left))
	given := make([]bool, len(left))
	for _, value := range q.correct(interaction) {
		from, to, _ := strings.Cut(value, " ")
		i, k := slices.Index(left, from), slices.Index(rightIDs, to)
		if i < 0 || k < 0 {
			q.d.Note(draft.AnswerOutside, "", value, q.d.Q.Stem)
			return
		}
		if given[i] {
			q.d.Note(draft.KindUnsupported, "", "一个左项连几个右项", q.d.Q.Stem)
			return
		}
		right[i], given[i] = k, true
	}
	if slices.Contains(given, false) {
		if !q.d.Rejected {
			q.d.Note(draft.KindUnsupported, "", "有的左项不连任何右项", q.d.Q.Stem)
		}
		return
	}
	q.d.Q.Right = right
}

// blanks reads one text entry a blank, in the order of the text.
func (q *qtiItem) blanks() {
	q.d.Q.Kind = question.Fill
	spans := q.tolerances()
	some := false
	for _, interaction := range q.interactions {
		values := q.correct(interaction)
		if len(values) == 0 {
			return
		}
		accepted := q.mapped(interaction, values)
		q.d.Q.Blanks = append(q.d.Q.Blanks, accepted)
		span := spans[interaction.Attr("responseidentifier")]
		q.d.Q.Tolerance = append(q.d.Q.Tolerance, span)
		some = some || span > 0
	}
	if !some {
		q.d.Q.Tolerance = nil
	}
}

// mapped adds the texts that the mapping counts as much as the correct one.
func (q *qtiItem) mapped(interaction *xmltree.Node, correct []string) []string {
	accepted := slices.Clone(correct)
	entries := q.declaration(interaction).Child("mapping").All("mapentry")
	worth := map[string]float64{}
	full := 0.0
	for _, entry := range entries {
		value, _ := strconv.ParseFloat(entry.Attr("mappedvalue"), 64)
		worth[entry.Attr("mapkey")] = value
		full = max(full, value)
	}
	for _, entry := range entries {
		key := strings.TrimSpace(entry.Attr("mapkey"))
		if len(accepted) > judge.MaxPieces {
			break
		}
		if slices.Contains(accepted, key) || worth[key] <= 0 {
			continue
		}
		if worth[key] >= full {
			accepted = append(accepted, key)
		} else if question.Normalise(key) != question.Normalise(correct[0]) {
			q.d.Note(draft.WeightsDropped, "", key, q.d.Q.Stem)
		}
	}
	return accepted
}

// tolerances finds, in the response processing, what numbers are compared with
// which absolute tolerance.
func (q *qtiItem) tolerances() map[string]float64 {
	spans := map[string]float64{}
	q.n.Child("responseprocessing").Walk(func(n *xmltree.Node) bool {
		if n.Name != "equal" {
			return true
		}
		response := n.Child("variable").Attr("identifier")
		switch n.Attr("tolerancemode") {
		case "absolute":
			first, _, _ := strings.Cut(strings.TrimSpace(n.Attr("tolerance")), " ")
			if span, ok := question.Number(first); ok && span >= 0 {
				spans[response] = span
			} else {
				q.d.Note(draft.ValueUnclear, "", "tolerance", n.Attr("tolerance"))
			}
		case "relative":
			q.d.Note(draft.PropertyDropped, "", "相对误差", n.Attr("tolerance"))
		}
		return false
	})
	return spans
}
