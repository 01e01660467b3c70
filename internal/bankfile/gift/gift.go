// Package gift reads and writes GIFT, the text format of Moodle: answers.go reads
// what stands between braces, scan.go finds the items.
package gift

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
	"anquanda/internal/question"
)

// Format is GIFT, the text format of Moodle.
var Format = draft.Format{Name: "gift", Title: "GIFT", Extension: ".gift",
	Sniff: looksGIFT, Read: readGIFT, Write: writeGIFT, Cannot: noOrdering,
	Keeps: []string{"id", "tolerance", "explanation", "topics"}}

var giftShape = regexp.MustCompile(`(?s)\{\s*(?:[=~#]|\}|(?i:true|false|t|f)\s*[#}]|\d*:[A-Z_]+:)`)

// looksGIFT wants braces that hold answers; a program or JSON has other things in
// its braces.
func looksGIFT(p *draft.Probe) bool {
	if p.Extension == ".gift" || strings.Contains(p.Text, "$CATEGORY:") {
		return p.Text != ""
	}
	return giftShape.MatchString(p.Text) && !draft.LooksXML(p) && p.Extension != ".csv" && p.Extension != ".md"
}

func readGIFT(r *draft.Reading) error {
	text, err := r.Text()
	if err != nil {
		return err
	}
	topic := ""
	for _, block := range giftBlocks(text) {
		item := giftParse(block)
		if item.Type == "Category" {
			topic = judge.CategoryTopic(item.Title)
			continue
		}
		d := r.Found(draft.Place{Line: item.line})
		g := &giftDraft{d: d, item: &item}
		g.fill()
		if len(d.Q.Topics) == 0 && topic != "" {
			d.Q.Topics = []string{topic}
		}
	}
	return nil
}

// giftDraft turns an item into a question.
type giftDraft struct {
	d    *draft.Draft
	item *giftItem
}

func (g *giftDraft) fill() {
	d, item := g.d, g.item
	d.Q.ID, d.Q.Topics = item.ID, item.Tags
	d.Q.Stem = g.text(item.Stem)
	if item.wrong != nil {
		d.Note(item.wrong.Code, "", item.wrong.Detail, item.wrong.Text)
		return
	}
	if item.Feedback != nil {
		d.Q.Explanation = g.text(*item.Feedback)
	}
	switch item.Type {
	case "TF":
		g.trueFalse()
	case "MC":
		g.choice()
	case "Short":
		g.short()
	case "Numerical":
		g.numerical()
	case "Matching":
		g.matching()
	default:
		d.Note(draft.KindUnsupported, "", item.Type, item.Stem.Text)
	}
}

// text is a text without its markup. Pictures in it are noted as missing: GIFT
// carries none.
func (g *giftDraft) text(t giftText) string {
	if t.Format == "plain" {
		return t.Text
	}
	plain, images, dropped := judge.PlainText(t.Text)
	if dropped {
		g.d.Note(draft.MarkupDropped, "", "", t.Text)
	}
	for _, image := range images {
		g.d.Note(draft.ImageMissing, "", image, t.Text)
	}
	return plain
}

// fold puts the feedback of single answers into the explanation.
func (g *giftDraft) fold(label string, feedback *giftText) {
	if feedback == nil || feedback.Text == "" {
		return
	}
	text := g.text(*feedback)
	if label != "" {
		text = "“" + label + "”：" + text
	}
	g.d.Fold(text)
}

func (g *giftDraft) trueFalse() {
	q := &g.d.Q
	q.Kind, q.Options, q.Right = question.TrueFalse, question.TrueFalseOptions, []int{1}
	if g.item.IsTrue {
		q.Right = []int{0}
	}
	g.fold("正确", g.item.TrueFeedback)
	g.fold("错误", g.item.FalseFeedback)
}

func (g *giftDraft) choice() {
	var weights []judge.Weighted
	for _, c := range g.item.Choices {
		text := g.text(c.Text)
		g.d.Q.Options = append(g.d.Q.Options, text)
		g.fold(text, c.Feedback)
		w := judge.Weighted{Full: c.Correct && c.Weight == nil}
		if c.Weight != nil {
			w.Percent = *c.Weight
		}
		weights = append(weights, w)
	}
	judge.Weigh(g.d, weights)
}

// short reads accepted texts of one blank, which stands where the braces stood.
func (g *giftDraft) short() {
	var accepted []string
	for _, c := range g.item.Choices {
		g.fold(g.text(c.Text), c.Feedback)
		if c.Weight != nil && *c.Weight < 100 {
			if *c.Weight > 0 {
				g.d.Note(draft.WeightsDropped, "", c.Text.Text, g.d.Q.Stem)
			}
			continue
		}
		if strings.Contains(c.Text.Text, "*") {
			g.d.Note(draft.PropertyDropped, "", "通配符 * 按原文读取", c.Text.Text)
		}
		accepted = append(accepted, g.text(c.Text))
	}
	if len(accepted) == 0 {
		g.d.Note(draft.AnswerEmpty, "", "没有得满分的答案", g.d.Q.Stem)
	}
	g.blank(accepted)
}

func (g *giftDraft) blank(accepted []string) {
	q := &g.d.Q
	q.Kind, q.Blanks = question.Fill, [][]string{accepted}
	if stem, ok := judge.OneUnderscore(q.Stem); ok && !g.item.Embedded {
		q.Stem = stem
		return
	}
	format := g.item.Stem.Format
	before := giftText{format, giftRead(g.item.before, format).Text}
	if found := giftFormat.FindStringSubmatch(g.item.before); found != nil {
		before.Format = found[1]
	}
	after := giftRead(g.item.after, before.Format)
	space := func(raw string, at int) string {
		if raw != "" && at >= 0 && at < len(raw) && strings.IndexByte(" \t\n", raw[at]) >= 0 {
			return " "
		}
		return ""
	}
	left := g.text(before) + space(g.item.before, len(g.item.before)-1)
	right := ""
	if after.Text != "" {
		right = space(g.item.after, 0) + g.text(after)
	}
	q.Stem = left + question.Blank + right
}

func (g *giftDraft) numerical() {
	var accepted []string
	var spans []float64
	for _, c := range g.item.Choices {
		if c.Number == nil {
			g.fold("其他", c.Feedback)
			continue
		}
		g.fold(c.Number.text, c.Feedback)
		if c.Weight != nil && *c.Weight < 100 {
			if *c.Weight > 0 {
				g.d.Note(draft.WeightsDropped, "", c.Number.text, g.d.Q.Stem)
			}
			continue
		}
		text, span := c.Number.middle()
		accepted, spans = append(accepted, text), append(spans, span)
	}
	if len(accepted) == 0 {
		g.d.Note(draft.AnswerEmpty, "", "没有得满分的答案", g.d.Q.Stem)
	}
	g.blank(accepted)
	for _, span := range spans {
		if span != spans[0] {
			g.d.Note(draft.WeightsUnclear, "", "几个数的允许误差不同", g.d.Q.Stem)
			return
		}
	}
	if len(spans) > 0 && spans[0] > 0 {
		g.d.Q.Tolerance = spans[:1]
	}
}

// middle is the number and the tolerance to either side. Of a range both are
// rounded to 12 digits, which hides the error of binary fractions.
func (n *giftNumber) middle() (text string, span float64) {
	if n.Type != "high-low" {
		return n.text, n.Range
	}
	round := func(x float64) float64 {
		value, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 12, 64), 64)
		return value
	}
	return strconv.FormatFloat(round((n.Low+n.High)/2), 'g', -1, 64), round(math.Abs(n.High-n.Low) / 2)
}

func (g *giftDraft) matching() {
	var pairs [][2]string
	for _, pair := range g.item.Pairs {
		pairs = append(pairs, [2]string{g.text(pair.Question), pair.Answer})
	}
	judge.MatchPairs(&g.d.Q, pairs)
}
