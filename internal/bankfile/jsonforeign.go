package bankfile

import (
	"bytes"
	"encoding/json"
	"strings"
)

// readForeignJSON reads the lists that other programs make: a list of objects with
// keys that mean what column headers mean, perhaps inside one object, or an object
// of stems and their answers.
func readForeignJSON(r *reading, top []entry) error {
	if list := nestedList(top, 0); list != nil {
		top = list
	}
	var records []*record
	unknown := map[string]bool{}
	for i, item := range top {
		at := place{line: max(1, item.line-bytes.Count(item.raw, []byte("\n")))}
		switch {
		case item.key == "" && item.raw[0] == '{':
			records = append(records, objectRecord(r, item, at, unknown))
		case item.key != "" && item.raw[0] != '{':
			rec := &record{at: at}
			rec.set(fieldStem, cell{item.key, "key"})
			setAnswer(rec, item.raw, "value")
			records = append(records, rec)
		default:
			d := r.found(at)
			d.note(Malformed, "", "第 "+itoa(i+1)+" 项不是题目", string(item.raw))
		}
	}
	j := &judge{r: r}
	j.all(records)
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
func objectRecord(r *reading, item entry, at place, unknown map[string]bool) *record {
	rec := &record{at: at}
	keys, err := jsonEntries(item.raw, at.line)
	if err != nil {
		return rec
	}
	letters := map[string]cell{}
	for _, e := range keys {
		key := headerKey(e.key)
		f, known := headerNames[key]
		switch {
		case optionName.MatchString(key):
			letters[optionName.FindStringSubmatch(key)[1]] = cell{plain(e.raw), e.key}
		case !known:
			if !unknown[e.key] {
				unknown[e.key] = true
				r.note(ColumnIgnored, place{line: at.line, cell: e.key}, e.key, string(e.raw))
			}
		case f == fieldAnswer:
			setAnswer(rec, e.raw, e.key)
		case f == fieldOptions:
			setOptions(rec, e.raw, e.key)
		default:
			rec.set(f, cell{plain(e.raw), e.key})
		}
	}
	for mark := 'a'; mark <= 'l'; mark++ {
		if c, ok := letters[string(mark)]; ok {
			rec.options = append(rec.options, c)
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
	if list := stringList(string(raw)); list != nil {
		return strings.Join(list, "、")
	}
	if string(raw) == "null" {
		return ""
	}
	return string(raw)
}

func setAnswer(rec *record, raw json.RawMessage, ref string) {
	rec.set(fieldAnswer, cell{plain(raw), ref})
	if list := stringList(string(raw)); list != nil && raw[0] == '[' {
		rec.answers = list
		rec.set(fieldAnswer, cell{strings.Join(list, "；"), ref})
	}
}

// setOptions reads options as one text, a list of texts, or an object of letters.
func setOptions(rec *record, raw json.RawMessage, ref string) {
	if raw[0] != '{' {
		rec.set(fieldOptions, cell{optionsText(raw), ref})
		return
	}
	entries, err := jsonEntries(raw, 1)
	if err != nil {
		return
	}
	for _, e := range entries {
		rec.options = append(rec.options, cell{plain(e.raw), ref + "." + e.key})
	}
}

func optionsText(raw json.RawMessage) string {
	if raw[0] == '"' {
		return plain(raw)
	}
	return string(raw)
}
