package qti

import (
	"fmt"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/xmltree"
	"anquanda/internal/question"
)

func qtiDeclarations(out *strings.Builder, q *question.Question) {
	declare := func(id, cardinality, base string, values []string, more string) {
		out.WriteString(`<«responseDeclaration» identifier="` + id + `" cardinality="` + cardinality +
			`" ‹baseType›="` + base + `"><«correctResponse»>`)
		for _, value := range values {
			out.WriteString("<«value»>" + qtiText(value) + "</«value»>")
		}
		out.WriteString("</«correctResponse»>" + more + "</«responseDeclaration»>\n")
	}
	var values []string
	switch q.Kind {
	case question.Fill:
		for i, accepted := range q.Blanks {
			mapping := `<«mapping» ‹defaultValue›="0">`
			for _, text := range accepted {
				mapping += `<«mapEntry» ‹mapKey›="` + qtiAttr(text) + `" ‹mappedValue›="1"/>`
			}
			declare("RESPONSE"+strconv.Itoa(i+1), "single", "string", accepted[:1], mapping+"</«mapping»>")
		}
		return
	case question.Matching:
		for i, index := range q.Right {
			values = append(values, "L"+strconv.Itoa(i+1)+" R"+strconv.Itoa(index+1))
		}
		declare("RESPONSE", "multiple", "directedPair", values, "")
		return
	}
	for _, index := range q.Right {
		values = append(values, optionID(q, index))
	}
	cardinality := map[question.Kind]string{question.Multiple: "multiple", question.Ordering: "ordered"}[q.Kind]
	if cardinality == "" {
		cardinality = "single"
	}
	declare("RESPONSE", cardinality, "identifier", values, "")
}

func qtiBody(out *strings.Builder, q *question.Question) {
	if q.Kind == question.Fill {
		stem := qtiText(q.Stem)
		for i := range q.Blanks {
			stem = strings.Replace(stem, question.Blank,
				`<«textEntryInteraction» ‹responseIdentifier›="RESPONSE`+strconv.Itoa(i+1)+`"/>`, 1)
		}
		out.WriteString("<p>" + stem + "</p>\n")
	} else {
		out.WriteString("<p>" + qtiText(q.Stem) + "</p>\n")
	}
	if q.Image != "" {
		out.WriteString(`<p><img src="` + xmltree.Escape(q.Image) + `" alt=""/></p>` + "\n")
	}
	switch q.Kind {
	case question.Fill:
	case question.Ordering:
		out.WriteString(`<«orderInteraction» ‹responseIdentifier›="RESPONSE" shuffle="true">` + "\n")
		qtiChoices(out, q, "simpleChoice")
		out.WriteString("</«orderInteraction»>\n")
	case question.Matching:
		qtiMatch(out, q)
	default:
		most := "1"
		if q.Kind == question.Multiple {
			most = "0"
		}
		out.WriteString(`<«choiceInteraction» ‹responseIdentifier›="RESPONSE" shuffle="` +
			fmt.Sprint(q.Kind.Shuffles()) + `" ‹maxChoices›="` + most + `">` + "\n")
		qtiChoices(out, q, "simpleChoice")
		out.WriteString("</«choiceInteraction»>\n")
	}
}

func qtiChoices(out *strings.Builder, q *question.Question, name string) {
	for i, option := range q.Options {
		out.WriteString(`<«` + name + `» identifier="` + optionID(q, i) + `">` + qtiText(option) + `</«` + name +
			"»>\n")
	}
}

func qtiMatch(out *strings.Builder, q *question.Question) {
	out.WriteString(`<«matchInteraction» ‹responseIdentifier›="RESPONSE" shuffle="true" ‹maxAssociations›="` +
		strconv.Itoa(len(q.Options)) + `">` + "\n")
	for side, texts := range [][]string{q.Options, q.Matches} {
		out.WriteString("<«simpleMatchSet»>")
		for i, text := range texts {
			most := "1"
			if side == 1 {
				most = strconv.Itoa(len(q.Options))
			}
			out.WriteString(`<«simpleAssociableChoice» identifier="` + []string{"L", "R"}[side] + strconv.Itoa(i+1) +
				`" ‹matchMax›="` + most + `">` + qtiText(text) + "</«simpleAssociableChoice»>")
		}
		out.WriteString("</«simpleMatchSet»>\n")
	}
	out.WriteString("</«matchInteraction»>\n")
}

// processing names the standard template, or spells out what it lacks: several
// blanks, and numbers with a tolerance.
func (d qtiDialect) processing(out *strings.Builder, q *question.Question) {
	if q.Kind != question.Fill {
		suffix := ""
		if d.hyphens {
			suffix = ".xml"
		}
		out.WriteString(`<«responseProcessing» template="` + d.templates + "match_correct" + suffix + `"/>` + "\n")
		return
	}
	out.WriteString("<«responseProcessing»><«responseCondition»><«responseIf»><«and»>")
	for i := range q.Blanks {
		id := "RESPONSE" + strconv.Itoa(i+1)
		if i < len(q.Tolerance) && q.Tolerance[i] > 0 {
			span := draft.Number(q.Tolerance[i])
			out.WriteString(`<«equal» ‹toleranceMode›="absolute" tolerance="` + span + " " + span +
				`"><«variable» identifier="` + id + `"/><«correct» identifier="` + id + `"/></«equal»>`)
			continue
		}
		out.WriteString(`<«gt»><«mapResponse» identifier="` + id + `"/>` +
			`<«baseValue» ‹baseType›="float">0</«baseValue»></«gt»>`)
	}
	out.WriteString(`</«and»><«setOutcomeValue» identifier="SCORE"><«baseValue» ‹baseType›="float">1</«baseValue»>` +
		`</«setOutcomeValue»></«responseIf»></«responseCondition»></«responseProcessing»>` + "\n")
}
