package bankfile

import (
	"encoding/base64"
	"path"
	"strconv"
	"strings"

	"anquanda/internal/question"
)

func looksMoodle(p *probe) bool { return looksXML(p) && strings.Contains(p.text, "<quiz") }

func readMoodle(r *reading) error {
	text, err := r.text()
	if err != nil {
		return err
	}
	root, err := r.budget().parseXML(text)
	if err != nil {
		return err
	}
	if root.name != "quiz" {
		return unreadable(FormatUnreadable, "根元素不是 quiz")
	}
	topic := ""
	for _, n := range root.all("question") {
		if n.attr("type") == "category" {
			topic = categoryTopic(n.child("category").child("text").inner())
			continue
		}
		m := &moodle{r: r, n: n, d: r.found(place{line: n.line})}
		m.question()
		if len(m.d.q.Topics) == 0 && topic != "" {
			m.d.q.Topics = []string{topic}
		}
	}
	return nil
}

// moodle is the reading of one <question>.
type moodle struct {
	r *reading
	n *node
	d *draft
}

func (m *moodle) question() {
	q := &m.d.q
	q.Stem = m.stem()
	q.ID = strings.TrimSpace(m.n.child("idnumber").inner())
	q.Explanation = m.text(m.n.child("generalfeedback"))
	for _, tag := range m.n.child("tags").all("tag") {
		q.Topics = append(q.Topics, strings.TrimSpace(tag.inner()))
	}
	if grade := strings.TrimSpace(m.n.child("defaultgrade").inner()); grade != "" {
		if score, err := strconv.ParseFloat(grade, 64); err == nil {
			q.Score = score
		} else {
			m.d.note(ValueUnclear, "", "defaultgrade", grade)
		}
	}
	switch kind := m.n.attr("type"); kind {
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
		m.d.note(KindUnsupported, "", kind, q.Stem)
	}
}

// text reads an element with a <text>, by its format.
func (m *moodle) text(n *node) string {
	raw := n.child("text").inner()
	if format := n.attr("format"); format == "plain_text" {
		return strings.TrimSpace(raw)
	}
	plain, images, dropped := plainText(raw)
	if dropped {
		m.d.note(MarkupDropped, "", "", raw)
	}
	if len(images) > 0 {
		m.d.note(PropertyDropped, "", "题干以外的图片", images[0])
	}
	return plain
}

// stem reads the text of the question with its picture, which the file carries in
// base64.
func (m *moodle) stem() string {
	n := m.n.child("questiontext")
	raw := n.child("text").inner()
	files := map[string]*node{}
	for _, file := range n.all("file") {
		name := file.attr("name")
		files[name] = file
		switch strings.ToLower(path.Ext(name)) {
		case ".mp3", ".wav", ".ogg", ".m4a", ".mp4", ".webm", ".flv", ".swf":
			m.d.note(KindUnsupported, "", "要用音频或视频 "+name, raw)
		}
	}
	if old := strings.TrimSpace(m.n.child("image").inner()); old != "" {
		m.picture(path.Base(old), m.n.child("image_base64"))
	}
	if n.attr("format") == "plain_text" {
		return strings.TrimSpace(raw)
	}
	plain, images, dropped := plainText(raw)
	if dropped {
		m.d.note(MarkupDropped, "", "", raw)
	}
	for _, image := range images {
		name := strings.TrimPrefix(image, "@@PLUGINFILE@@/")
		m.picture(name, files[name])
	}
	return plain
}

// picture takes the first picture of a question.
func (m *moodle) picture(name string, file *node) {
	if m.d.q.Image != "" {
		m.d.note(PropertyDropped, "", "第二张图片", name)
		return
	}
	content, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(file.inner()), ""))
	if file == nil || err != nil || len(content) == 0 {
		m.d.note(ImageMissing, "", name, name)
		return
	}
	if _, taken := m.r.result.Images[name]; taken || !strings.HasPrefix(name, imagePrefix) {
		name = imageNameOf(content, path.Ext(name))
	}
	m.d.q.Image = name
	m.r.result.Images[name] = content
}

func (m *moodle) fold(label string, answer *node) {
	if text := m.text(answer.child("feedback")); text != "" {
		foldInto(m.d, "“"+label+"”："+text)
	}
}

// percent is what an answer counts.
func (m *moodle) percent(answer *node) float64 {
	value, err := strconv.ParseFloat(strings.TrimSpace(answer.attr("fraction")), 64)
	if err != nil {
		m.d.note(WeightsUnclear, "", answer.attr("fraction"), m.d.q.Stem)
	}
	return value
}

func (m *moodle) trueFalse() {
	q := &m.d.q
	q.Kind, q.Options = question.TrueFalse, question.TrueFalseOptions
	for _, answer := range m.n.all("answer") {
		truth, ok := truthOf(m.text(answer))
		if !ok {
			m.d.note(TrueFalseUnclear, "", m.text(answer), q.Stem)
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
	var weights []weighted
	full := 0
	for _, answer := range m.n.all("answer") {
		text := m.text(answer)
		m.d.q.Options = append(m.d.q.Options, text)
		m.fold(text, answer)
		w := weighted{percent: m.percent(answer)}
		if w.percent >= 99.999 {
			full++
		}
		weights = append(weights, w)
	}
	single := strings.TrimSpace(m.n.child("single").inner())
	if full == 0 && (single == "true" || single == "1") {
		m.d.note(WeightsUnclear, "", "单选题没有得满分的选项", m.d.q.Stem)
		return
	}
	weigh(m.d, weights)
}

func (m *moodle) blank(numerical bool) {
	q := &m.d.q
	q.Kind = question.Fill
	var accepted []string
	spans := map[float64]bool{}
	span := 0.0
	for _, answer := range m.n.all("answer") {
		text := m.text(answer)
		m.fold(text, answer)
		if percent := m.percent(answer); percent < 99.999 {
			if percent > 0 {
				m.d.note(WeightsDropped, "", text, q.Stem)
			}
			continue
		}
		if strings.Contains(text, "*") {
			m.d.note(PropertyDropped, "", "通配符 * 按原文读取", text)
		}
		accepted = append(accepted, text)
		if numerical {
			span, _ = question.Number(answer.child("tolerance").inner())
			spans[span] = true
		}
	}
	if len(accepted) == 0 {
		m.d.note(AnswerEmpty, "", "没有得满分的答案", q.Stem)
		return
	}
	if len(spans) > 1 {
		m.d.note(WeightsUnclear, "", "几个数的允许误差不同", q.Stem)
	}
	if span > 0 {
		q.Tolerance = []float64{span}
	}
	q.Blanks = [][]string{accepted}
	q.Stem = withOneBlank(q.Stem)
}

// withOneBlank marks the blank of a stem that stands before it.
func withOneBlank(stem string) string {
	if marked, blanks := setBlanks(stem); blanks == 1 && underscores.MatchString(stem) {
		return marked
	}
	return stem + question.Blank
}

func (m *moodle) matching() {
	var pairs [][2]string
	for _, sub := range m.n.all("subquestion") {
		pairs = append(pairs, [2]string{m.text(sub), strings.TrimSpace(sub.child("answer").inner())})
	}
	matchPairs(&m.d.q, pairs)
}

// ordering reads answers that stand in their right order.
func (m *moodle) ordering() {
	q := &m.d.q
	q.Kind = question.Ordering
	for i, answer := range m.n.all("answer") {
		q.Options = append(q.Options, m.text(answer))
		q.Right = append(q.Right, i)
	}
}
