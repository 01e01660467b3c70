package json

import (
	"encoding/json"
	"slices"
	"strings"

	"anquanda/internal/bankfile/judge"
)

// What objects of options call their text, their letter, and that they are right.
var (
	optionTexts = map[string]bool{"text": true, "content": true, "option": true, "value": true, "optioncontent": true,
		"name": true, "title": true, "label": true, "内容": true, "选项": true, "answer": true, "answertext": true}
	optionLetters = map[string]bool{"key": true, "letter": true, "label": true, "index": true, "code": true,
		"prefix": true, "id": true, "optionkey": true, "name": true, "选项": true, "value": true}
	optionRight = map[string]bool{"correct": true, "iscorrect": true, "right": true, "isright": true, "istrue": true,
		"isanswer": true, "answer": true, "是否正确": true, "checked": true}
)

// setOptions reads options as one text, a list of texts or objects, or an object of
// letters.
func setOptions(rec *judge.Record, raw json.RawMessage, ref string) {
	if raw[0] == '[' && optionObjects(rec, raw, ref) {
		return
	}
	if raw[0] != '{' {
		rec.Set(judge.FieldOptions, judge.Cell{Text: optionsText(raw), Ref: ref})
		return
	}
	entries, err := jsonEntries(raw, 1)
	if err != nil {
		return
	}
	for _, e := range entries {
		key := judge.HeaderKey(e.key)
		if judge.OptionNamed(key) == "" && strings.Trim(key, "0123456789") != "" {
			rec.Options = nil
			return
		}
		rec.Options = append(rec.Options, judge.Cell{Text: plain(e.raw), Ref: ref + "." + e.key})
	}
}

// optionObject is one option as an object says it.
type optionObject struct{ letter, text, right string }

// optionObjects reads a list of objects, each with a text and a letter or a mark.
func optionObjects(rec *judge.Record, raw json.RawMessage, ref string) bool {
	list, err := jsonEntries(raw, 1)
	if err != nil || len(list) == 0 || list[0].raw[0] != '{' {
		return false
	}
	var options []optionObject
	for _, item := range list {
		if item.raw[0] != '{' {
			return false
		}
		keys, err := jsonEntries(item.raw, 1)
		if err != nil || len(keys) < 2 {
			return false
		}
		options = append(options, optionOf(keys))
	}
	if slices.ContainsFunc(options, func(o optionObject) bool { return o.text == "" }) {
		return false
	}
	if inOrder := slices.IsSortedFunc(options, byLetter); !inOrder {
		slices.SortStableFunc(options, byLetter)
	}
	marked := false
	for _, o := range options {
		rec.Options = append(rec.Options, judge.Cell{Text: o.text, Ref: ref})
		rec.Marks = append(rec.Marks, judge.Cell{Text: o.right, Ref: ref})
		marked = marked || o.right != ""
	}
	if !marked {
		rec.Marks = nil
	}
	return true
}

func byLetter(a, b optionObject) int { return strings.Compare(a.letter, b.letter) }

// optionOf reads the keys of one option: the letter is a letter alone, the text what
// else has the name of a text.
func optionOf(keys []entry) (option optionObject) {
	for _, e := range keys {
		key, text := judge.HeaderKey(e.key), plain(e.raw)
		_, truth := judge.TruthOf(text)
		switch {
		case optionRight[key] && (truth || text == "0" || text == "1"):
			option.right = text
		case optionLetters[key] && option.letter == "" && len(text) == 1 && judge.LettersOf(text) != "":
			option.letter = judge.LettersOf(text)
		case optionTexts[key] && option.text == "":
			option.text = text
		}
	}
	return option
}

func optionsText(raw json.RawMessage) string {
	if raw[0] == '"' {
		return plain(raw)
	}
	return string(raw)
}
