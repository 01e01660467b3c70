package gift

import (
	"regexp"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
)

var giftTruth = regexp.MustCompile(`(?i)^(true|false|t|f)\s*(#(?s:.*))?$`)

// answers reads what stands between the braces.
func (item *giftItem) answers(body string) {
	format := item.Stem.Format
	if at := globalFeedback(body); at >= 0 {
		feedback := giftRead(body[at+4:], format)
		item.Feedback = &feedback
		body = body[:at]
	}
	body = strings.TrimSpace(body)
	truth := giftTruth.FindStringSubmatch(body)
	switch {
	case body == "":
		item.Type = "Essay"
	case truth != nil:
		item.Type = "TF"
		item.truth(truth)
	case body[0] == '#':
		item.Type = "Numerical"
		item.numbers(body[1:])
	default:
		item.choices(body)
	}
}

// globalFeedback finds #### or -1.
func globalFeedback(body string) int {
	for i := 0; i+3 < len(body); i++ {
		if body[i] == '\\' {
			i++
		} else if body[i:i+4] == "####" {
			return i
		}
	}
	return -1
}

// truth reads {T#wrong#right}: the first feedback is for the wrong answer.
func (item *giftItem) truth(found []string) {
	item.IsTrue = strings.EqualFold(found[1][:1], "t")
	var wrong, right *giftText
	if found[2] != "" {
		parts := splitUnescaped(found[2][1:], "#")
		if first := giftRead(parts[0], item.Stem.Format); first.Text != "" {
			wrong = &first
		}
		if len(parts) > 1 {
			second := giftRead(parts[1], item.Stem.Format)
			right = &second
		}
	}
	item.TrueFeedback, item.FalseFeedback = right, wrong
	if !item.IsTrue {
		item.TrueFeedback, item.FalseFeedback = wrong, right
	}
}

func splitUnescaped(text, signs string) []string {
	var parts []string
	for {
		at := unescaped(text, signs)
		if at < 0 {
			return append(parts, text)
		}
		parts = append(parts, text[:at])
		text = text[at+1:]
	}
}

// rawChoice is an answer before its text is read.
type rawChoice struct {
	sign byte
	text string
}

func rawChoices(body string) (choices []rawChoice, before string) {
	at := unescaped(body, "=~")
	if at < 0 {
		return nil, body
	}
	before = body[:at]
	for at >= 0 {
		sign := body[at]
		body = body[at+1:]
		at = unescaped(body, "=~")
		text := body
		if at >= 0 {
			text = body[:at]
		}
		// ~=right is how the Cloze format marks the right one; an empty wrong
		// answer has no other meaning.
		if sign == '~' && at >= 0 && body[at] == '=' && strings.TrimSpace(text) == "" {
			continue
		}
		choices = append(choices, rawChoice{sign, text})
	}
	return choices, before
}

func (item *giftItem) choices(body string) {
	raw, before := rawChoices(body)
	if len(raw) == 0 && !strings.ContainsAny(body, "\n{}%") {
		raw, before = []rawChoice{{'=', before}}, "" // Moodle reads {One} as a short answer
	}
	if strings.TrimSpace(before) != "" || len(raw) == 0 {
		item.wrong = &judge.Trouble{Code: draft.Malformed, Detail: "答案前应有 = 或 ~", Text: body}
		return
	}
	wrong, pairs := 0, 0
	for _, choice := range raw {
		if choice.sign == '~' {
			wrong++
		} else if strings.Contains(choice.text, "->") {
			pairs++
		}
	}
	if wrong == 0 && pairs == len(raw) {
		item.Type = "Matching"
		for _, choice := range raw {
			item.pair(choice.text)
		}
		return
	}
	item.Type = "Short"
	if wrong > 0 {
		item.Type = "MC"
	}
	for _, choice := range raw {
		item.Choices = append(item.Choices, item.choice(choice))
	}
}

var giftWeight = regexp.MustCompile(`^\s*%(-?[0-9]+(?:\.[0-9]+)?)%`)

// halfWeight is 75%a good answer, the weight of the missing word format. A figure
// such as 5%以上 or 10% is no weight.
var halfWeight = regexp.MustCompile(`^\s*[0-9]+%[A-Za-z]`)

func (item *giftItem) choice(raw rawChoice) giftChoice {
	choice := giftChoice{Correct: raw.sign == '='}
	text := raw.text
	if found := giftWeight.FindStringSubmatch(text); found != nil {
		if weight, err := strconv.ParseFloat(found[1], 64); err == nil {
			choice.Weight = &weight
		}
		text = text[len(found[0]):]
	} else if halfWeight.MatchString(text) && !choice.Correct {
		item.wrong = &judge.Trouble{Code: draft.WeightsUnclear, Detail: "比例应写成 %50%", Text: text}
	}
	text, choice.Feedback = item.feedback(text)
	choice.Text = giftRead(text, item.Stem.Format)
	return choice
}

// feedback splits what follows the first # from a text.
func (item *giftItem) feedback(text string) (string, *giftText) {
	at := unescaped(text, "#")
	if at < 0 {
		return text, nil
	}
	feedback := giftRead(text[at+1:], item.Stem.Format)
	if feedback.Text == "" {
		return text[:at], nil
	}
	return text[:at], &feedback
}

func (item *giftItem) pair(text string) {
	text, _ = item.feedback(text)
	left, right, _ := strings.Cut(text, "->")
	item.Pairs = append(item.Pairs, giftPair{giftRead(left, item.Stem.Format),
		giftUnescape(strings.TrimSpace(lineBreaks.ReplaceAllString(right, " ")))})
}

func (item *giftItem) numbers(body string) {
	raw, before := rawChoices(body)
	if len(raw) == 0 {
		text, feedback := item.feedback(before)
		item.Choices = []giftChoice{{Correct: true, Number: item.number(text), Feedback: feedback}}
		return
	}
	if strings.TrimSpace(before) != "" {
		raw = append([]rawChoice{{'=', before}}, raw...) // {#3:2~#wrong}
	}
	for _, each := range raw {
		choice := item.choice(each)
		text := each.text
		if found := giftWeight.FindString(text); found != "" {
			text = text[len(found):]
		}
		text, _ = item.feedback(text)
		if each.sign == '~' && strings.TrimSpace(text) == "" {
			choice.Text = giftText{item.Stem.Format, "*"} // every other number
		} else {
			choice.Number = item.number(text)
		}
		item.Choices = append(item.Choices, choice)
	}
}

// number reads 3, 3:0.5 or 2..4.
func (item *giftItem) number(text string) *giftNumber {
	text = strings.TrimSpace(giftUnescape(text))
	n := &giftNumber{Type: "simple", text: text}
	var err, err2 error
	if low, high, ok := strings.Cut(text, ".."); ok {
		n.Type = "high-low"
		n.Low, err = strconv.ParseFloat(strings.TrimSpace(low), 64)
		n.High, err2 = strconv.ParseFloat(strings.TrimSpace(high), 64)
	} else if number, span, ok := strings.Cut(text, ":"); ok {
		n.Type, n.text, n.span = "range", strings.TrimSpace(number), strings.TrimSpace(span)
		n.Number, err = strconv.ParseFloat(n.text, 64)
		n.Range, err2 = strconv.ParseFloat(n.span, 64)
	} else {
		n.Number, err = strconv.ParseFloat(text, 64)
	}
	if err != nil || err2 != nil {
		item.wrong = &judge.Trouble{Code: draft.Malformed, Detail: "不是数：" + draft.Shorten(text), Text: text}
	}
	return n
}
