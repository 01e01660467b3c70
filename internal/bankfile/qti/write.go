package qti

import (
	"archive/zip"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/xmltree"
	"anquanda/internal/question"
)

// qtiDialect is how a version of QTI writes its names.
type qtiDialect struct {
	namespace, resource, templates string
	// hyphens tells that names are qti-simple-choice instead of simpleChoice.
	hyphens bool
}

var (
	qti21 = qtiDialect{"http://www.imsglobal.org/xsd/imsqti_v2p1", "imsqti_item_xmlv2p1",
		"http://www.imsglobal.org/question/qti_v2p1/rptemplates/", false}
	qti22 = qtiDialect{"http://www.imsglobal.org/xsd/imsqti_v2p2", "imsqti_item_xmlv2p2",
		"http://www.imsglobal.org/question/qti_v2p2/rptemplates/", false}
	qti30 = qtiDialect{"http://www.imsglobal.org/xsd/imsqtiasi_v3p0", "imsqti_item_xmlv3p0",
		"https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/", true}
)

var camelHump = regexp.MustCompile(`[A-Z]`)

// dialect rewrites the names of QTI 2 in a document for QTI 3. The documents are
// written here with «name» around every element and ‹name› around every attribute
// of QTI, so that texts are never touched; both signs are escaped in texts.
func (d qtiDialect) names(document string) string {
	kebab := func(name string) string {
		if !d.hyphens {
			return name
		}
		return strings.ToLower(camelHump.ReplaceAllString(name, "-$0"))
	}
	document = qtiElement.ReplaceAllStringFunc(document, func(mark string) string {
		name := strings.Trim(mark, "«»")
		if d.hyphens {
			return "qti-" + kebab(name)
		}
		return name
	})
	document = qtiAttribute.ReplaceAllStringFunc(document, func(mark string) string {
		return kebab(strings.Trim(mark, "‹›"))
	})
	return document
}

var (
	qtiElement   = regexp.MustCompile(`«[A-Za-z]+»`)
	qtiAttribute = regexp.MustCompile(`‹[A-Za-z]+›`)
)

// qtiMarks escapes the two signs that mark names.
var qtiMarks = strings.NewReplacer("«", "&#171;", "‹", "&#8249;")

// qtiAttr escapes a text inside an attribute.
func qtiAttr(text string) string { return qtiMarks.Replace(xmltree.Escape(text)) }

// qtiText escapes a text; line breaks become <br/>.
func qtiText(text string) string { return strings.ReplaceAll(qtiAttr(text), "&#xA;", "<br/>") }

// writeQTI returns the writer of a package: the manifest, one file an item, and
// the pictures.
func writeQTI(d qtiDialect) func(io.Writer, *draft.Bank) error {
	return func(w io.Writer, bank *draft.Bank) error {
		archive := zip.NewWriter(w)
		add := func(name, content string) error {
			file, err := archive.Create(name)
			if err == nil {
				_, err = io.WriteString(file, content)
			}
			return err
		}
		if err := add("imsmanifest.xml", d.manifest(bank)); err != nil {
			return err
		}
		for i := range bank.Questions {
			q := bank.Questions[i]
			if _, ok := bank.Images[q.Image]; !ok {
				q.Image = ""
			}
			if err := add(itemName(i), d.names(d.item(&q))); err != nil {
				return err
			}
		}
		for _, name := range draft.UsedImages(bank) {
			if err := add("items/"+name, string(bank.Images[name])); err != nil {
				return err
			}
		}
		return archive.Close()
	}
}

// itemName keeps the items in their order when they are sorted by name.
func itemName(i int) string { return fmt.Sprintf("items/item%06d.xml", i+1) }

func (d qtiDialect) manifest(bank *draft.Bank) string {
	var out strings.Builder
	out.WriteString(xmltree.Header + `<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="bank">` +
		`<metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata><organizations/>` +
		`<resources>` + "\n")
	for i := range bank.Questions {
		name := itemName(i)
		out.WriteString(`<resource identifier="r` + strconv.Itoa(i+1) + `" type="` + d.resource + `" href="` + name +
			`"><file href="` + name + `"/>`)
		if image := bank.Questions[i].Image; image != "" && bank.Images[image] != nil {
			out.WriteString(`<file href="items/` + xmltree.Escape(image) + `"/>`)
		}
		out.WriteString("</resource>\n")
	}
	return out.String() + "</resources></manifest>\n"
}

func (d qtiDialect) item(q *question.Question) string {
	var out strings.Builder
	out.WriteString(xmltree.Header + `<«assessmentItem» xmlns="` + d.namespace + `" identifier="` + qtiID(q.ID) +
		`" ‹label›="` + xmltree.Escape(q.ID) +
		`" title="` + qtiText(draft.Shorten(strings.ReplaceAll(q.Stem, "\n", " "))) +
		`" adaptive="false" ‹timeDependent›="false">` + "\n")
	qtiDeclarations(&out, q)
	out.WriteString(`<«outcomeDeclaration» identifier="SCORE" cardinality="single" ‹baseType›="float"/>` + "\n")
	if q.Score > 0 {
		out.WriteString(`<«outcomeDeclaration» identifier="MAXSCORE" cardinality="single" ‹baseType›="float">` +
			`<«defaultValue»><«value»>` + draft.Number(q.Score) +
			"</«value»></«defaultValue»></«outcomeDeclaration»>\n")
	}
	if q.Explanation != "" {
		out.WriteString(`<«outcomeDeclaration» identifier="FEEDBACK" cardinality="single" ‹baseType›="identifier">` +
			`<«defaultValue»><«value»>explanation</«value»></«defaultValue»></«outcomeDeclaration»>` + "\n")
	}
	out.WriteString("<«itemBody»>\n")
	qtiBody(&out, q)
	out.WriteString("</«itemBody»>\n")
	d.processing(&out, q)
	if q.Explanation != "" {
		text := "<p>" + qtiText(q.Explanation) + "</p>"
		if d.hyphens { // QTI 3 wants a body inside
			text = "<«contentBody»>" + text + "</«contentBody»>"
		}
		out.WriteString(`<«modalFeedback» ‹outcomeIdentifier›="FEEDBACK" identifier="explanation" ‹showHide›="show">` + text +
			"</«modalFeedback»>\n")
	}
	return out.String() + "</«assessmentItem»>\n"
}

// qtiID makes an identifier of an id: a letter first, then letters, digits, - and _.
func qtiID(id string) string {
	return "q-" + regexp.MustCompile(`[^A-Za-z0-9_-]`).ReplaceAllStringFunc(id, func(r string) string {
		return fmt.Sprintf("_%x", r)
	})
}

func optionID(q *question.Question, i int) string {
	if q.Kind == question.TrueFalse {
		return []string{"true", "false"}[i]
	}
	return draft.Letter(i)
}
