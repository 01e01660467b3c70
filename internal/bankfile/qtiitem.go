package bankfile

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/question"
)

// qtiItem is the reading of one assessmentItem.
type qtiItem struct {
	r     *reading
	n     *node
	d     *draft
	files map[string][]byte // of the package, by name
	dir   string            // of the item inside the package

	stem         strings.Builder
	interactions []*node
	inInline     bool
}

// asides are parts of an item's body that are no part of its question.
var asides = map[string]bool{"feedbackblock": true, "feedbackinline": true, "modalfeedback": true, "rubricblock": true,
	"templateblock": true, "templateinline": true, "infocontrol": true, "stylesheet": true, "cataloginfo": true, "script": true, "rp": true, "rt": true}

func (q *qtiItem) read() {
	q.d.q.ID = q.n.attr("label")
	if q.d.q.ID == "" {
		q.d.q.ID = q.n.attr("identifier")
	}
	q.body(q.n.child("itembody"))
	q.d.q.Stem = tidyLines(q.stem.String())
	q.explanation()
	q.score()
	switch {
	case q.n.attr("adaptive") == "true":
		q.d.note(KindUnsupported, "", "自适应题", q.d.q.Stem)
	case q.n.child("templatedeclaration") != nil:
		q.d.note(KindUnsupported, "", "带变量的模板题", q.d.q.Stem)
	case len(q.interactions) == 0:
		q.d.note(KindUnsupported, "", "没有作答方式", q.d.q.Stem)
	default:
		q.kind()
	}
}

// kind reads the interaction; one item holds one, but for blanks.
func (q *qtiItem) kind() {
	first := q.interactions[0]
	for _, other := range q.interactions {
		if other.name != first.name || len(q.interactions) > 1 && first.name != "textentryinteraction" {
			q.d.note(KindUnsupported, "", "一道题有几种作答方式", q.d.q.Stem)
			return
		}
	}
	switch first.name {
	case "choiceinteraction":
		q.choice(first, "simplechoice")
	case "inlinechoiceinteraction":
		q.d.note(OptionsConverted, "", "下拉选择改为单选题", q.d.q.Stem)
		q.choice(first, "inlinechoice")
	case "orderinteraction":
		q.order(first)
	case "matchinteraction":
		q.match(first)
	case "textentryinteraction":
		q.blanks()
	default:
		q.d.note(KindUnsupported, "", first.name, q.d.q.Stem)
	}
}

// body gathers the stem and the interactions.
func (q *qtiItem) body(n *node) {
	if n == nil || asides[n.name] {
		return
	}
	if n.name == "" {
		q.stem.WriteString(strings.Join(strings.Fields(" "+n.text+" "), " "))
		return
	}
	if strings.HasSuffix(n.name, "interaction") {
		q.interactions = append(q.interactions, n)
		if n.name == "textentryinteraction" || n.name == "inlinechoiceinteraction" {
			q.stem.WriteString(question.Blank)
			return
		}
		q.stem.WriteString("\n")
		q.body(n.child("prompt"))
		return
	}
	if q.media(n) {
		return
	}
	block := blockTags[n.name] || n.name == "prompt"
	if block {
		q.stem.WriteString("\n")
	}
	for i, child := range n.children {
		if child.name == "" {
			q.stem.WriteString(spaced(child.text, i == 0 && block, i == len(n.children)-1 && block))
		} else {
			q.body(child)
		}
	}
	if block && n.name != "br" {
		q.stem.WriteString("\n")
	}
}

// media takes a picture; what we cannot show at all rejects the item.
func (q *qtiItem) media(n *node) bool {
	switch n.name {
	case "img":
		q.picture(n.attr("src"))
	case "object":
		if !strings.HasPrefix(n.attr("type"), "image/") {
			q.d.note(KindUnsupported, "", "要用 "+n.attr("type"), n.attr("data"))
			return true
		}
		q.picture(n.attr("data"))
	case "audio", "video", "math", "custominteraction":
		q.d.note(KindUnsupported, "", n.name, strings.Join(strings.Fields(n.inner()), " "))
	default:
		return false
	}
	return true
}

// spaced is a text of XML, in which white space of any length is one blank. At the
// edges of a block it is none.
func spaced(text string, first, last bool) string {
	words := strings.Join(strings.Fields(text), " ")
	if words == "" {
		if text != "" && !first && !last {
			return " "
		}
		return ""
	}
	if strings.ContainsAny(text[:1], " \t\r\n") && !first {
		words = " " + words
	}
	if strings.ContainsAny(text[len(text)-1:], " \t\r\n") && !last {
		words += " "
	}
	return words
}

// tidyLines drops empty lines and blanks at the ends of lines.
func tidyLines(text string) string {
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// textOf reads an element's text without what stands aside.
func (q *qtiItem) textOf(n *node) string {
	inner := &qtiItem{r: q.r, d: q.d, files: q.files, dir: q.dir, inInline: true}
	for i, child := range n.children {
		if child.name == "" {
			inner.stem.WriteString(spaced(child.text, i == 0, i == len(n.children)-1))
		} else {
			inner.body(child)
		}
	}
	return tidyLines(inner.stem.String())
}

// picture takes the first picture of the body, from the package.
func (q *qtiItem) picture(src string) {
	if q.inInline || q.d.q.Image != "" {
		q.d.note(PropertyDropped, "", "选项里的或第二张图片", src)
		return
	}
	content, ok := q.files[path.Join(q.dir, src)]
	if !ok {
		q.d.note(ImageMissing, "", src, src)
		return
	}
	name := path.Base(src)
	if !strings.HasPrefix(name, imagePrefix) {
		name = imageNameOf(content, path.Ext(src))
	}
	q.d.q.Image = name
	q.r.result.Images[name] = content
}

func (q *qtiItem) explanation() {
	feedback := q.n.all("modalfeedback")
	for _, n := range feedback {
		text := q.textOf(n)
		if text == "" {
			continue
		}
		if len(feedback) == 1 {
			q.d.q.Explanation = text
		} else {
			foldInto(q.d, text)
		}
	}
}

func (q *qtiItem) score() {
	for _, n := range q.n.all("outcomedeclaration") {
		if n.attr("identifier") == "MAXSCORE" {
			value := strings.TrimSpace(n.child("defaultvalue").inner())
			if score, err := strconv.ParseFloat(value, 64); err == nil {
				q.d.q.Score = score
			}
		}
	}
}

// declaration is the responseDeclaration of an interaction.
func (q *qtiItem) declaration(interaction *node) *node {
	for _, n := range q.n.all("responsedeclaration") {
		if n.attr("identifier") == interaction.attr("responseidentifier") {
			return n
		}
	}
	return nil
}

// correct lists the values of the correct response; none is noted.
func (q *qtiItem) correct(interaction *node) []string {
	var values []string
	for _, n := range q.declaration(interaction).child("correctresponse").all("value") {
		values = append(values, strings.Join(strings.Fields(n.inner()), " "))
	}
	if len(values) == 0 {
		q.d.note(AnswerEmpty, "", "没有 correctResponse", q.d.q.Stem)
	}
	return values
}

// choices reads the options and returns their identifiers.
func (q *qtiItem) choices(interaction *node, name string) []string {
	var ids []string
	interaction.walk(func(n *node) bool {
		if n.name != name {
			return true
		}
		ids = append(ids, n.attr("identifier"))
		q.d.q.Options = append(q.d.q.Options, q.textOf(n))
		return false
	})
	return ids
}

// pickIDs turns identifiers into indexes.
func (q *qtiItem) pickIDs(values, ids []string) []int {
	var right []int
	if len(ids) > maxPieces || len(values) > maxPieces {
		q.d.note(OptionsUnclear, "", "有 "+itoa(len(ids))+" 个", q.d.q.Stem)
		return nil
	}
	for _, value := range values {
		index := slices.Index(ids, value)
		if index < 0 {
			q.d.note(AnswerOutside, "", value, q.d.q.Stem)
			return nil
		}
		right = append(right, index)
	}
	return right
}
