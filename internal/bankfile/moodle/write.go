package moodle

import (
	"encoding/base64"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/xmltree"
	"anquanda/internal/question"
)

var moodleTypes = map[question.Kind]string{question.Single: "multichoice", question.Multiple: "multichoice",
	question.TrueFalse: "truefalse", question.Fill: "shortanswer", question.Ordering: "ordering",
	question.Matching: "matching"}

// writeMoodle writes texts as plain_text, so that nothing in them is markup; a
// question with a picture has its stem in HTML, which is where Moodle shows it.
func writeMoodle(w io.Writer, bank *draft.Bank) error {
	var out strings.Builder
	out.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n<quiz>\n")
	for i := range bank.Questions {
		moodleQuestion(&out, bank, &bank.Questions[i])
	}
	out.WriteString("</quiz>\n")
	_, err := io.WriteString(w, out.String())
	return err
}

// plainElement writes an element whose text is taken as it is.
func plainElement(name, attrs, text, more string) string {
	return "<" + name + attrs + ` format="plain_text"><text>` + xmltree.Escape(text) + "</text>" + more + "</" +
		name + ">\n"
}

func moodleQuestion(out *strings.Builder, bank *draft.Bank, q *question.Question) {
	kind := moodleTypes[q.Kind]
	if draft.NonZero(q.Tolerance) != nil {
		kind = "numerical"
	}
	out.WriteString(`<question type="` + kind + `">` + "\n<name><text>" + xmltree.Escape(q.ID) + "</text></name>\n")
	if content, ok := bank.Images[q.Image]; ok {
		stem := "<p>" + strings.ReplaceAll(xmltree.Escape(q.Stem), "&#xA;", "<br>") +
			`</p><p><img src="@@PLUGINFILE@@/` + xmltree.Escape(q.Image) + `" alt=""></p>`
		out.WriteString(`<questiontext format="html"><text>` + xmltree.Escape(stem) + `</text><file name="` +
			xmltree.Escape(q.Image) + `" encoding="base64">` +
			base64.StdEncoding.EncodeToString(content) + "</file></questiontext>\n")
	} else {
		out.WriteString(plainElement("questiontext", "", q.Stem, ""))
	}
	if q.Explanation != "" {
		out.WriteString(plainElement("generalfeedback", "", q.Explanation, ""))
	}
	if q.Score > 0 {
		out.WriteString("<defaultgrade>" + draft.Number(q.Score) + "</defaultgrade>\n")
	}
	out.WriteString("<idnumber>" + xmltree.Escape(q.ID) + "</idnumber>\n")
	moodleAnswers(out, q)
	if len(q.Topics) > 0 {
		out.WriteString("<tags>")
		for _, topic := range q.Topics {
			out.WriteString("<tag><text>" + xmltree.Escape(topic) + "</text></tag>")
		}
		out.WriteString("</tags>\n")
	}
	out.WriteString("</question>\n")
}

func moodleAnswers(out *strings.Builder, q *question.Question) {
	answer := func(fraction, text, more string) {
		out.WriteString(plainElement("answer", ` fraction="`+fraction+`"`, text, more))
	}
	switch q.Kind {
	case question.TrueFalse:
		answer(fraction(q.Right[0] == 0), "true", "")
		answer(fraction(q.Right[0] == 1), "false", "")
	case question.Fill:
		more := ""
		if tolerance := draft.NonZero(q.Tolerance); tolerance != nil {
			more = "<tolerance>" + draft.Number(tolerance[0]) + "</tolerance>"
		} else {
			out.WriteString("<usecase>0</usecase>\n")
		}
		for _, text := range q.Blanks[0] {
			answer("100", text, more)
		}
	case question.Matching:
		for i, option := range q.Options {
			out.WriteString(plainElement("subquestion", "", option,
				"<answer><text>"+xmltree.Escape(q.Matches[q.Right[i]])+"</text></answer>"))
		}
		for i, match := range q.Matches {
			if !slices.Contains(q.Right, i) {
				out.WriteString(plainElement("subquestion", "", "",
					"<answer><text>"+xmltree.Escape(match)+"</text></answer>"))
			}
		}
	case question.Ordering:
		for _, index := range q.Right {
			answer("1", q.Options[index], "")
		}
	default:
		moodleOptions(out, q, answer)
	}
}

func fraction(right bool) string {
	if right {
		return "100"
	}
	return "0"
}

func moodleOptions(out *strings.Builder, q *question.Question, answer func(fraction, text, more string)) {
	out.WriteString("<single>" + strconv.FormatBool(q.Kind == question.Single) + "</single>\n")
	share := strconv.FormatFloat(math.Floor(1e7/float64(len(q.Right)))/1e5, 'f', -1, 64)
	for i, option := range q.Options {
		switch {
		case slices.Contains(q.Right, i):
			answer(share, option, "")
		case q.Kind == question.Multiple:
			answer("-100", option, "")
		default:
			answer("0", option, "")
		}
	}
}
