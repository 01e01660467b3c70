package bankfile

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/question"
)

var giftShape = regexp.MustCompile(`(?s)\{\s*(?:[=~#]|\}|(?i:true|false|t|f)\s*[#}]|\d*:[A-Z_]+:)`)

// looksGIFT wants braces that hold answers; a program or JSON has other things in
// its braces.
func looksGIFT(p *probe) bool {
	if p.extension == ".gift" || strings.Contains(p.text, "$CATEGORY:") {
		return p.text != ""
	}
	return giftShape.MatchString(p.text) && !looksXML(p) && p.extension != ".csv" && p.extension != ".md"
}

func looksXML(p *probe) bool { return strings.HasPrefix(p.text, "<") }

func readGIFT(r *reading) error {
	text, err := r.text()
	if err != nil {
		return err
	}
	topic := ""
	for _, block := range giftBlocks(text) {
		item := giftParse(block)
		if item.Type == "Category" {
			topic = categoryTopic(item.Title)
			continue
		}
		d := r.found(place{line: item.line})
		g := &giftDraft{d: d, item: &item}
		g.fill()
		if len(d.q.Topics) == 0 && topic != "" {
			d.q.Topics = []string{topic}
		}
	}
	return nil
}

// categoryTopic is the last part of a category's path, unless it says nothing.
func categoryTopic(path string) string {
	last := strings.TrimSpace(path[strings.LastIndexByte(path, '/')+1:])
	if last == "top" || strings.HasPrefix(last, "$") || strings.HasPrefix(last, "Default for") {
		return ""
	}
	return last
}

// giftDraft turns an item into a question.
type giftDraft struct {
	d    *draft
	item *giftItem
}

func (g *giftDraft) fill() {
	d, item := g.d, g.item
	d.q.ID, d.q.Topics = item.ID, item.Tags
	d.q.Stem = g.text(item.Stem)
	if item.wrong != nil {
		d.note(item.wrong.code, "", item.wrong.detail, item.wrong.text)
		return
	}
	if item.Feedback != nil {
		d.q.Explanation = g.text(*item.Feedback)
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
		d.note(KindUnsupported, "", item.Type, item.Stem.Text)
	}
}

// text is a text without its markup. Pictures in it are noted as missing: GIFT
// carries none.
func (g *giftDraft) text(t giftText) string {
	if t.Format == "plain" {
		return t.Text
	}
	plain, images, dropped := plainText(t.Text)
	if dropped {
		g.d.note(MarkupDropped, "", "", t.Text)
	}
	for _, image := range images {
		g.d.note(ImageMissing, "", image, t.Text)
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
	foldInto(g.d, text)
}

func foldInto(d *draft, text string) {
	if d.q.Explanation != "" {
		d.q.Explanation += "\n"
	}
	d.q.Explanation += text
	if !slices.ContainsFunc(d.problems, func(p Problem) bool { return p.Code == FeedbackFolded }) {
		d.note(FeedbackFolded, "", "", text)
	}
}

func (g *giftDraft) trueFalse() {
	q := &g.d.q
	q.Kind, q.Options, q.Right = question.TrueFalse, question.TrueFalseOptions, []int{1}
	if g.item.IsTrue {
		q.Right = []int{0}
	}
	g.fold("正确", g.item.TrueFeedback)
	g.fold("错误", g.item.FalseFeedback)
}

func (g *giftDraft) choice() {
	var weights []weighted
	for _, c := range g.item.Choices {
		text := g.text(c.Text)
		g.d.q.Options = append(g.d.q.Options, text)
		g.fold(text, c.Feedback)
		w := weighted{full: c.Correct && c.Weight == nil}
		if c.Weight != nil {
			w.percent = *c.Weight
		}
		weights = append(weights, w)
	}
	weigh(g.d, weights)
}

// weighted is what choosing one option counts.
type weighted struct {
	full    bool
	percent float64
}

// weigh finds from the weights whether one or several options are right. One in
// full makes a single choice; parts that add up to 100 a multiple one.
func weigh(d *draft, weights []weighted) {
	full, parts, sum := []int{}, []int{}, 0.0
	for i, w := range weights {
		if w.full || w.percent >= 99.999 {
			full = append(full, i)
		} else if w.percent > 0 {
			parts = append(parts, i)
			sum += w.percent
		}
	}
	switch {
	case len(full) == 1:
		d.q.Kind, d.q.Right = question.Single, full
		if len(parts) > 0 {
			d.note(WeightsDropped, "", "", d.q.Stem)
		}
	case len(full) > 1:
		d.note(WeightsUnclear, "", "有几个选项各得满分，选任何一个都算对", d.q.Stem)
	case len(parts) > 1 && math.Abs(sum-100) < 1:
		d.q.Kind, d.q.Right = question.Multiple, parts
	case len(parts) == 0:
		d.note(AnswerEmpty, "", "没有正确的选项", d.q.Stem)
	default:
		d.note(WeightsUnclear, "", "合计 "+strconv.FormatFloat(sum, 'g', 6, 64)+"%", d.q.Stem)
	}
}

// short reads accepted texts of one blank, which stands where the braces stood.
func (g *giftDraft) short() {
	var accepted []string
	for _, c := range g.item.Choices {
		g.fold(g.text(c.Text), c.Feedback)
		if c.Weight != nil && *c.Weight < 100 {
			if *c.Weight > 0 {
				g.d.note(WeightsDropped, "", c.Text.Text, g.d.q.Stem)
			}
			continue
		}
		if strings.Contains(c.Text.Text, "*") {
			g.d.note(PropertyDropped, "", "通配符 * 按原文读取", c.Text.Text)
		}
		accepted = append(accepted, g.text(c.Text))
	}
	if len(accepted) == 0 {
		g.d.note(AnswerEmpty, "", "没有得满分的答案", g.d.q.Stem)
	}
	g.blank(accepted)
}

func (g *giftDraft) blank(accepted []string) {
	q := &g.d.q
	q.Kind, q.Blanks = question.Fill, [][]string{accepted}
	if stem, blanks := setBlanks(q.Stem); blanks == 1 && !g.item.Embedded && underscores.MatchString(q.Stem) {
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
				g.d.note(WeightsDropped, "", c.Number.text, g.d.q.Stem)
			}
			continue
		}
		text, span := c.Number.middle()
		accepted, spans = append(accepted, text), append(spans, span)
	}
	if len(accepted) == 0 {
		g.d.note(AnswerEmpty, "", "没有得满分的答案", g.d.q.Stem)
	}
	g.blank(accepted)
	for _, span := range spans {
		if span != spans[0] {
			g.d.note(WeightsUnclear, "", "几个数的允许误差不同", g.d.q.Stem)
			return
		}
	}
	if len(spans) > 0 && spans[0] > 0 {
		g.d.q.Tolerance = spans[:1]
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
	matchPairs(&g.d.q, pairs)
}

// matchPairs fills a matching question; a pair without a left side is an answer
// that belongs to nothing.
func matchPairs(q *question.Question, pairs [][2]string) {
	q.Kind = question.Matching
	for _, pair := range pairs {
		index := -1
		if len(q.Matches) < maxPieces { // Check refuses what is longer
			index = slices.Index(q.Matches, pair[1])
		}
		if index < 0 {
			index = len(q.Matches)
			q.Matches = append(q.Matches, pair[1])
		}
		if pair[0] != "" {
			q.Options = append(q.Options, pair[0])
			q.Right = append(q.Right, index)
		}
	}
}
