package qti

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
	"anquanda/internal/bankfile/xmltree"
	"anquanda/internal/question"
	"anquanda/internal/sheet"
)

// qtiItem is the reading of one assessmentItem.
type qtiItem struct {
	r     *draft.Reading
	n     *xmltree.Node
	d     *draft.Draft
	files map[string][]byte // of the package, by name
	dir   string            // of the item inside the package
	// budget bounds what the item's passages may cost.
	budget *xmltree.Budget

	stem         strings.Builder
	interactions []*xmltree.Node
	inInline     bool
}

// asides are parts of an item's body that are no part of its question.
var asides = map[string]bool{"feedbackblock": true, "feedbackinline": true, "modalfeedback": true, "rubricblock": true,
	"templateblock": true, "templateinline": true, "infocontrol": true, "stylesheet": true, "cataloginfo": true,
	"script": true, "rp": true, "rt": true}

func (q *qtiItem) read() {
	q.d.Q.ID = q.n.Attr("label")
	if q.d.Q.ID == "" {
		q.d.Q.ID = q.n.Attr("identifier")
	}
	q.passages()
	q.body(q.n.Child("itembody"))
	q.d.Q.Stem = tidyLines(q.stem.String())
	q.explanation()
	q.score()
	switch {
	case q.n.Attr("adaptive") == "true":
		q.d.Note(draft.KindUnsupported, "", "自适应题", q.d.Q.Stem)
	case q.n.Child("templatedeclaration") != nil:
		q.d.Note(draft.KindUnsupported, "", "带变量的模板题", q.d.Q.Stem)
	case len(q.interactions) == 0:
		q.d.Note(draft.KindUnsupported, "", "没有作答方式", q.d.Q.Stem)
	default:
		q.kind()
	}
}

// passages puts the texts that several items share before the stem (QTI 3.0, shared
// stimulus). One that is not in the package rejects the item.
func (q *qtiItem) passages() {
	for _, ref := range q.n.All("assessmentstimulusref") {
		content, ok := q.files[path.Join(q.dir, ref.Attr("href"))]
		text, _, decoded := sheet.Decode(content)
		if !ok || !decoded {
			q.d.Note(draft.PassageMissing, "", ref.Attr("href"), ref.Attr("href"))
			continue
		}
		root, err := q.budget.Parse(text)
		if err != nil || root.Child("stimulusbody") == nil {
			q.d.Note(draft.PassageMissing, "", ref.Attr("href"), ref.Attr("href"))
			continue
		}
		q.stem.WriteString(q.textOf(root.Child("stimulusbody")) + "\n")
	}
}

// kind reads the interaction; one item holds one, but for blanks.
func (q *qtiItem) kind() {
	first := q.interactions[0]
	for _, other := range q.interactions {
		if other.Name != first.Name || len(q.interactions) > 1 && first.Name != "textentryinteraction" {
			q.d.Note(draft.KindUnsupported, "", "一道题有几种作答方式", q.d.Q.Stem)
			return
		}
	}
	switch first.Name {
	case "choiceinteraction":
		q.choice(first, "simplechoice")
	case "inlinechoiceinteraction":
		q.d.Note(draft.OptionsConverted, "", "下拉选择改为单选题", q.d.Q.Stem)
		q.choice(first, "inlinechoice")
	case "orderinteraction":
		q.order(first)
	case "matchinteraction":
		q.match(first)
	case "textentryinteraction":
		q.blanks()
	default:
		q.d.Note(draft.KindUnsupported, "", first.Name, q.d.Q.Stem)
	}
}

// body gathers the stem and the interactions.
func (q *qtiItem) body(n *xmltree.Node) {
	if n == nil || asides[n.Name] {
		return
	}
	if n.Name == "" {
		q.stem.WriteString(strings.Join(strings.Fields(" "+n.Text+" "), " "))
		return
	}
	if strings.HasSuffix(n.Name, "interaction") {
		q.interactions = append(q.interactions, n)
		if n.Name == "textentryinteraction" || n.Name == "inlinechoiceinteraction" {
			q.stem.WriteString(question.Blank)
			return
		}
		q.stem.WriteString("\n")
		q.body(n.Child("prompt"))
		return
	}
	if q.media(n) {
		return
	}
	block := judge.IsBlock(n.Name) || n.Name == "prompt"
	if block {
		q.stem.WriteString("\n")
	}
	for i, child := range n.Children {
		if child.Name == "" {
			q.stem.WriteString(spaced(child.Text, i == 0 && block, i == len(n.Children)-1 && block))
		} else {
			q.body(child)
		}
	}
	if block && n.Name != "br" {
		q.stem.WriteString("\n")
	}
}

// media takes a picture; what we cannot show at all rejects the item.
func (q *qtiItem) media(n *xmltree.Node) bool {
	switch n.Name {
	case "img":
		q.picture(n.Attr("src"))
	case "object":
		if !strings.HasPrefix(n.Attr("type"), "image/") {
			q.d.Note(draft.KindUnsupported, "", "要用 "+n.Attr("type"), n.Attr("data"))
			return true
		}
		q.picture(n.Attr("data"))
	case "audio", "video", "math", "custominteraction":
		q.d.Note(draft.KindUnsupported, "", n.Name, strings.Join(strings.Fields(n.Inner()), " "))
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
func (q *qtiItem) textOf(n *xmltree.Node) string {
	inner := &qtiItem{r: q.r, d: q.d, files: q.files, dir: q.dir, inInline: true}
	for i, child := range n.Children {
		if child.Name == "" {
			inner.stem.WriteString(spaced(child.Text, i == 0, i == len(n.Children)-1))
		} else {
			inner.body(child)
		}
	}
	return tidyLines(inner.stem.String())
}

// picture takes the first picture of the body, from the package.
func (q *qtiItem) picture(src string) {
	if q.inInline || q.d.Q.Image != "" {
		q.d.Note(draft.PropertyDropped, "", "选项里的或第二张图片", src)
		return
	}
	content, ok := q.files[path.Join(q.dir, src)]
	if !ok {
		q.d.Note(draft.ImageMissing, "", src, src)
		return
	}
	name := path.Base(src)
	if !strings.HasPrefix(name, draft.ImagePrefix) {
		name = draft.ImageName(content, path.Ext(src))
	}
	q.d.Q.Image = name
	q.r.Result.Images[name] = content
}

func (q *qtiItem) explanation() {
	feedback := q.n.All("modalfeedback")
	for _, n := range feedback {
		text := q.textOf(n)
		if text == "" {
			continue
		}
		if len(feedback) == 1 {
			q.d.Q.Explanation = text
		} else {
			q.d.Fold(text)
		}
	}
}

func (q *qtiItem) score() {
	for _, n := range q.n.All("outcomedeclaration") {
		if n.Attr("identifier") == "MAXSCORE" {
			value := strings.TrimSpace(n.Child("defaultvalue").Inner())
			if score, err := strconv.ParseFloat(value, 64); err == nil {
				q.d.Q.Score = score
			}
		}
	}
}

// declaration is the responseDeclaration of an interaction.
func (q *qtiItem) declaration(interaction *xmltree.Node) *xmltree.Node {
	for _, n := range q.n.All("responsedeclaration") {
		if n.Attr("identifier") == interaction.Attr("responseidentifier") {
			return n
		}
	}
	return nil
}

// correct lists the values of the correct response; none is noted.
func (q *qtiItem) correct(interaction *xmltree.Node) []string {
	var values []string
	for _, n := range q.declaration(interaction).Child("correctresponse").All("value") {
		values = append(values, strings.Join(strings.Fields(n.Inner()), " "))
	}
	if len(values) == 0 {
		q.d.Note(draft.AnswerEmpty, "", "没有 correctResponse", q.d.Q.Stem)
	}
	return values
}

// choices reads the options and returns their identifiers.
func (q *qtiItem) choices(interaction *xmltree.Node, name string) []string {
	var ids []string
	interaction.Walk(func(n *xmltree.Node) bool {
		if n.Name != name {
			return true
		}
		ids = append(ids, n.Attr("identifier"))
		q.d.Q.Options = append(q.d.Q.Options, q.textOf(n))
		return false
	})
	return ids
}

// pickIDs turns identifiers into indexes.
func (q *qtiItem) pickIDs(values, ids []string) []int {
	var right []int
	if len(ids) > judge.MaxPieces || len(values) > judge.MaxPieces {
		q.d.Note(draft.OptionsUnclear, "", "有 "+strconv.Itoa(len(ids))+" 个", q.d.Q.Stem)
		return nil
	}
	for _, value := range values {
		index := slices.Index(ids, value)
		if index < 0 {
			q.d.Note(draft.AnswerOutside, "", value, q.d.Q.Stem)
			return nil
		}
		right = append(right, index)
	}
	return right
}
