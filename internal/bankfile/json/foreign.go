package json

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
)

// readForeignJSON reads the lists that other programs make: a list of objects with
// keys that mean what column headers mean, perhaps inside one object, or an object
// of stems and their answers.
func readForeignJSON(r *draft.Reading, top []entry) error {
	if list := nestedList(top, 0); list != nil {
		top = list
	}
	var records []*judge.Record
	unknown := map[string]bool{}
	for i, item := range top {
		at := draft.Place{Line: max(1, item.line-bytes.Count(item.raw, []byte("\n")))}
		switch {
		case item.key == "" && item.raw[0] == '{':
			records = append(records, objectRecord(r, item, at, unknown))
		case item.key != "" && item.raw[0] != '{':
			rec := &judge.Record{At: at}
			rec.Set(judge.FieldStem, judge.Cell{Text: item.key, Ref: "key"})
			setAnswer(rec, item.raw, "value")
			records = append(records, rec)
		default:
			d := r.Found(at)
			d.Note(draft.Malformed, "", "第 "+strconv.Itoa(i+1)+" 项不是题目", string(item.raw))
		}
	}
	judge.All(r, records, judge.Hints{})
	return nil
}

// nestedList finds the one list of objects inside an object.
func nestedList(top []entry, depth int) []entry {
	if depth > 4 {
		return nil
	}
	for _, e := range top {
		if e.key == "" {
			return nil
		}
		inner, err := jsonEntries(e.raw, e.line-bytes.Count(e.raw, []byte("\n")))
		if err != nil || len(inner) == 0 {
			continue
		}
		if e.raw[0] == '[' && inner[0].raw[0] == '{' {
			return inner
		}
		if e.raw[0] == '{' {
			if list := nestedList(inner, depth+1); list != nil {
				return list
			}
		}
	}
	return nil
}

// objectRecord reads an object by its keys. A key that nothing knows is reported
// once for the file.
func objectRecord(r *draft.Reading, item entry, at draft.Place, unknown map[string]bool) *judge.Record {
	rec := &judge.Record{At: at}
	keys, err := jsonEntries(item.raw, at.Line)
	if err != nil {
		return rec
	}
	letters := map[string]judge.Cell{}
	for _, e := range keys {
		key := judge.HeaderKey(e.key)
		f, known := judge.FieldNamed(key)
		switch {
		case judge.OptionNamed(key) != "":
			letters[judge.OptionNamed(key)] = judge.Cell{Text: plain(e.raw), Ref: e.key}
		case !known:
			if !unknown[e.key] {
				unknown[e.key] = true
				r.Note(draft.ColumnIgnored, draft.Place{Line: at.Line, Cell: e.key}, e.key, string(e.raw))
			}
		case f == judge.FieldAnswer:
			setAnswer(rec, e.raw, e.key)
		case f == judge.FieldOptions:
			setOptions(rec, e.raw, e.key)
		default:
			rec.Set(f, judge.Cell{Text: plain(e.raw), Ref: e.key})
		}
	}
	for mark := 'a'; mark <= 'l'; mark++ {
		if c, ok := letters[string(mark)]; ok {
			rec.Options = append(rec.Options, c)
		}
	}
	return rec
}

// plain is a JSON value as the text of a cell.
func plain(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return strings.TrimSpace(text)
	}
	if list := judge.StringList(string(raw)); list != nil {
		return strings.Join(list, "、")
	}
	if string(raw) == "null" {
		return ""
	}
	return string(raw)
}

func setAnswer(rec *judge.Record, raw json.RawMessage, ref string) {
	rec.Set(judge.FieldAnswer, judge.Cell{Text: plain(raw), Ref: ref})
	if list := judge.StringList(string(raw)); list != nil && raw[0] == '[' {
		rec.Answers = list
		rec.Set(judge.FieldAnswer, judge.Cell{Text: strings.Join(list, "；"), Ref: ref})
	}
}

// setOptions reads options as one text, a list of texts, or an object of letters.
func setOptions(rec *judge.Record, raw json.RawMessage, ref string) {
	if raw[0] != '{' {
		rec.Set(judge.FieldOptions, judge.Cell{Text: optionsText(raw), Ref: ref})
		return
	}
	entries, err := jsonEntries(raw, 1)
	if err != nil {
		return
	}
	for _, e := range entries {
		rec.Options = append(rec.Options, judge.Cell{Text: plain(e.raw), Ref: ref + "." + e.key})
	}
}

func optionsText(raw json.RawMessage) string {
	if raw[0] == '"' {
		return plain(raw)
	}
	return string(raw)
}
