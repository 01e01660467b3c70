// Package moodle reads and writes the XML of Moodle.
package moodle

import (
	"encoding/base64"
	"path"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
	"anquanda/internal/bankfile/xmltree"
	"anquanda/internal/question"
)

// Format is the XML of Moodle.
var Format = draft.Format{Name: "moodlexml", Title: "Moodle XML", Extension: ".xml",
	Sniff: looksMoodle, Read: readMoodle, Write: writeMoodle, Cannot: judge.OneBlank,
	Keeps: []string{"id", "image", "tolerance", "explanation", "topics", "score"}}

func looksMoodle(p *draft.Probe) bool { return draft.LooksXML(p) && strings.Contains(p.Text, "<quiz") }

func readMoodle(r *draft.Reading) error {
	text, err := r.Text()
	if err != nil {
		return err
	}
	root, err := xmltree.NewBudget(r).Parse(text)
	if err != nil {
		return err
	}
	if root.Name != "quiz" {
		return draft.Refuse(draft.FormatUnreadable, "根元素不是 quiz")
	}
	topic := ""
	for _, n := range root.All("question") {
		if n.Attr("type") == "category" {
			topic = judge.CategoryTopic(n.Child("category").Child("text").Inner())
			continue
		}
		m := &moodle{r: r, n: n, d: r.Found(draft.Place{Line: n.Line})}
		m.question()
		if len(m.d.Q.Topics) == 0 && topic != "" {
			m.d.Q.Topics = []string{topic}
		}
	}
	return nil
}

// moodle is the reading of one <question>.
type moodle struct {
	r *draft.Reading
	n *xmltree.Node
	d *draft.Draft
}

func (m *moodle) question() {
	q := &m.d.Q
	q.Stem = m.stem()
	q.ID = strings.TrimSpace(m.n.Child("idnumber").Inner())
	q.Explanation = m.text(m.n.Child("generalfeedback"))
	for _, tag := range m.n.Child("tags").All("tag") {
		q.Topics = append(q.Topics, strings.TrimSpace(tag.Inner()))
	}
	if grade := strings.TrimSpace(m.n.Child("defaultgrade").Inner()); grade != "" {
		if score, err := strconv.ParseFloat(grade, 64); err == nil {
			q.Score = score
		} else {
			m.d.Note(draft.ValueUnclear, "", "defaultgrade", grade)
		}
	}
	switch kind := m.n.Attr("type"); kind {
	case "truefalse":
		m.trueFalse()
	case "multichoice":
		m.choice()
	case "shortanswer", "numerical":
		m.blank(kind == "numerical")
	case "matching":
		m.matching()
	case "ordering":
		m.ordering()
	default:
		m.d.Note(draft.KindUnsupported, "", kind, q.Stem)
	}
}

// text reads an element with a <text>, by its format.
func (m *moodle) text(n *xmltree.Node) string {
	raw := n.Child("text").Inner()
	if format := n.Attr("format"); format == "plain_text" {
		return strings.TrimSpace(raw)
	}
	plain, images, dropped := judge.PlainText(raw)
	if dropped {
		m.d.Note(draft.MarkupDropped, "", "", raw)
	}
	if len(images) > 0 {
		m.d.Note(draft.PropertyDropped, "", "题干以外的图片", images[0])
	}
	return plain
}

// stem reads the text of the question with its picture, which the file carries in
// base64.
func (m *moodle) stem() string {
	n := m.n.Child("questiontext")
	raw := n.Child("text").Inner()
	files := map[string]*xmltree.Node{}
	for _, file := range n.All("file") {
		name := file.Attr("name")
		files[name] = file
		switch strings.ToLower(path.Ext(name)) {
		case ".mp3", ".wav", ".ogg", ".m4a", ".mp4", ".webm", ".flv", ".swf":
			m.d.Note(draft.KindUnsupported, "", "要用音频或视频 "+name, raw)
		}
	}
	if old := strings.TrimSpace(m.n.Child("image").Inner()); old != "" {
		m.picture(path.Base(old), m.n.Child("image_base64"))
	}
	if n.Attr("format") == "plain_text" {
		return strings.TrimSpace(raw)
	}
	plain, images, dropped := judge.PlainText(raw)
	if dropped {
		m.d.Note(draft.MarkupDropped, "", "", raw)
	}
	for _, image := range images {
		name := strings.TrimPrefix(image, "@@PLUGINFILE@@/")
		m.picture(name, files[name])
	}
	return plain
}

// picture takes the first picture of a question.
func (m *moodle) picture(name string, file *xmltree.Node) {
	if m.d.Q.Image != "" {
		m.d.Note(draft.PropertyDropped, "", "第二张图片", name)
		return
	}
	content, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(file.Inner()), ""))
	if file == nil || err != nil || len(content) == 0 {
		m.d.Note(draft.ImageMissing, "", name, name)
		return
	}
	if _, taken := m.r.Result.Images[name]; taken || !strings.HasPrefix(name, draft.ImagePrefix) {
		name = draft.ImageName(content, path.Ext(name))
	}
	m.d.Q.Image = name
	m.r.Result.Images[name] = content
}

func (m *moodle) fold(label string, answer *xmltree.Node) {
	if text := m.text(answer.Child("feedback")); text != "" {
		m.d.Fold("“" + label + "”：" + text)
	}
}

// percent is what an answer counts.
func (m *moodle) percent(answer *xmltree.Node) float64 {
	value, err := strconv.ParseFloat(strings.TrimSpace(answer.Attr("fraction")), 64)
	if err != nil {
		m.d.Note(draft.WeightsUnclear, "", answer.Attr("fraction"), m.d.Q.Stem)
	}
	return value
}

func (m *moodle) trueFalse() {
	q := &m.d.Q
	q.Kind, q.Options = question.TrueFalse, question.TrueFalseOptions
	for _, answer := range m.n.All("answer") {
		truth, ok := judge.TruthOf(m.text(answer))
		if !ok {
			m.d.Note(draft.TrueFalseUnclear, "", m.text(answer), q.Stem)
			return
		}
		label := question.TrueFalseOptions[1]
		if truth {
			label = question.TrueFalseOptions[0]
		}
		m.fold(label, answer)
		if m.percent(answer) >= 100 {
			index := 1
			if truth {
				index = 0
			}
			q.Right = append(q.Right, index)
		}
	}
}

func (m *moodle) choice() {
	var weights []judge.Weighted
	full := 0
	for _, answer := range m.n.All("answer") {
		text := m.text(answer)
		m.d.Q.Options = append(m.d.Q.Options, text)
		m.fold(text, answer)
		w := judge.Weighted{Percent: m.percent(answer)}
		if w.Percent >= 99.999 {
			full++
		}
		weights = append(weights, w)
	}
	single := strings.TrimSpace(m.n.Child("single").Inner())
	if full == 0 && (single == "true" || single == "1") {
		m.d.Note(draft.WeightsUnclear, "", "单选题没有得满分的选项", m.d.Q.Stem)
		return
	}
	judge.Weigh(m.d, weights)
	if m.d.Q.Kind == question.Single && full == 1 && (single == "false" || single == "0") {
		m.d.Q.Kind = question.Indefinite
	}
}

func (m *moodle) blank(numerical bool) {
	q := &m.d.Q
	q.Kind = question.Fill
	var accepted []string
	spans := map[float64]bool{}
	span := 0.0
	for _, answer := range m.n.All("answer") {
		text := m.text(answer)
		m.fold(text, answer)
		if percent := m.percent(answer); percent < 99.999 {
			if percent > 0 {
				m.d.Note(draft.WeightsDropped, "", text, q.Stem)
			}
			continue
		}
		if strings.Contains(text, "*") {
			m.d.Note(draft.PropertyDropped, "", "通配符 * 按原文读取", text)
		}
		accepted = append(accepted, text)
		if numerical {
			span, _ = question.Number(answer.Child("tolerance").Inner())
			spans[span] = true
		}
	}
	if len(accepted) == 0 {
		m.d.Note(draft.AnswerEmpty, "", "没有得满分的答案", q.Stem)
		return
	}
	if len(spans) > 1 {
		m.d.Note(draft.WeightsUnclear, "", "几个数的允许误差不同", q.Stem)
	}
	if span > 0 {
		q.Tolerance = []float64{span}
	}
	q.Blanks = [][]string{accepted}
	q.Stem = withOneBlank(q.Stem)
}

// withOneBlank marks the blank of a stem that stands before it.
func withOneBlank(stem string) string {
	if marked, ok := judge.OneUnderscore(stem); ok {
		return marked
	}
	return stem + question.Blank
}

func (m *moodle) matching() {
	var pairs [][2]string
	for _, sub := range m.n.All("subquestion") {
		pairs = append(pairs, [2]string{m.text(sub), strings.TrimSpace(sub.Child("answer").Inner())})
	}
	judge.MatchPairs(&m.d.Q, pairs)
}

// ordering reads answers that stand in their right order.
func (m *moodle) ordering() {
	q := &m.d.Q
	q.Kind = question.Ordering
	for i, answer := range m.n.All("answer") {
		q.Options = append(q.Options, m.text(answer))
		q.Right = append(q.Right, i)
	}
}
