package gift

import (
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
	"anquanda/internal/question"
)

var giftEscaper = strings.NewReplacer(`\`, `\\`, "~", `\~`, "=", `\=`, "#", `\#`, "{", `\{`, "}", `\}`, ":", `\:`,
	"\n", `\n`)

func giftEscape(text string) string {
	text = giftEscaper.Replace(text)
	// An arrow would make a pair of an answer.
	return strings.ReplaceAll(text, "->", `-\>`)
}

// writeGIFT writes one block a question. [plain] keeps a < in a text from being
// taken for a tag.
func writeGIFT(w io.Writer, bank *draft.Bank) error {
	var out strings.Builder
	for i := range bank.Questions {
		giftQuestion(&out, &bank.Questions[i])
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func giftQuestion(out *strings.Builder, q *question.Question) {
	out.WriteString("// [id:" + q.ID + "]")
	for _, topic := range q.Topics {
		out.WriteString(" [tag:" + topic + "]")
	}
	before, after := q.Stem, ""
	if q.Kind == question.Fill {
		before, after, _ = strings.Cut(q.Stem, question.Blank)
	}
	out.WriteString("\n[plain]" + giftEscape(before) + "{")
	giftAnswers(out, q)
	if q.Explanation != "" {
		out.WriteString("\n####" + giftEscape(q.Explanation) + "\n")
	}
	out.WriteString("}" + giftEscape(after) + "\n\n")
}

func giftAnswers(out *strings.Builder, q *question.Question) {
	switch q.Kind {
	case question.TrueFalse:
		if q.Right[0] == 0 {
			out.WriteString("TRUE")
		} else {
			out.WriteString("FALSE")
		}
	case question.Fill:
		giftBlank(out, q)
	case question.Matching:
		for i, option := range q.Options {
			out.WriteString("\n=" + giftEscape(option) + " -> " + giftEscape(q.Matches[q.Right[i]]))
		}
		for i, match := range q.Matches {
			if !slices.Contains(q.Right, i) {
				out.WriteString("\n= -> " + giftEscape(match))
			}
		}
		out.WriteString("\n")
	default:
		giftOptions(out, q)
	}
}

func giftOptions(out *strings.Builder, q *question.Question) {
	share := strconv.FormatFloat(math.Floor(1e7/float64(len(q.Right)))/1e5, 'f', -1, 64)
	for i, option := range q.Options {
		switch right := slices.Contains(q.Right, i); {
		case right && q.Kind == question.Single:
			out.WriteString("\n=" + giftEscape(option))
		case right:
			out.WriteString("\n~%" + share + "%" + giftEscape(option))
		case q.Kind == question.Multiple:
			out.WriteString("\n~%-100%" + giftEscape(option))
		case halfWeight.MatchString(option):
			out.WriteString("\n~%0%" + giftEscape(option))
		default:
			out.WriteString("\n~" + giftEscape(option))
		}
	}
	out.WriteString("\n")
}

func giftBlank(out *strings.Builder, q *question.Question) {
	tolerance := draft.NonZero(q.Tolerance)
	if tolerance != nil {
		out.WriteString("#")
	}
	for _, text := range q.Blanks[0] {
		if tolerance == nil {
			out.WriteString("=" + giftEscape(text) + " ")
		} else {
			out.WriteString("=" + text + ":" + draft.Number(tolerance[0]) + " ")
		}
	}
}

func noOrdering(q *question.Question) string {
	if q.Kind == question.Ordering {
		return "GIFT 没有排序题"
	}
	return judge.OneBlank(q)
}
