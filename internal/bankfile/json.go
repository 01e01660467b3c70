package bankfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"sort"
	"strings"
)

// JSONSchema is the value of "format" in our own JSON banks:
//
//	{"format": "anquanda-bank/1", "name": "消防", "questions": [...], "images": {"a.png": "base64"}}
//
// with questions as question.UnmarshalJSON reads them.
const JSONSchema = "anquanda-bank/1"

func looksJSON(p *probe) bool {
	rest, object := strings.CutPrefix(p.text, "{")
	if !object {
		rest, _ = strings.CutPrefix(p.text, "[")
		rest = strings.TrimSpace(rest)
		if rest, object = strings.CutPrefix(rest, "{"); !object {
			return false
		}
	}
	return strings.HasPrefix(strings.TrimSpace(rest), "\"") || p.extension == ".json"
}

// entry is a value inside a JSON document, with the line on which it ends.
type entry struct {
	key  string
	raw  json.RawMessage
	line int
}

// readJSON reads our own schema, and the lists of objects that other programs make.
func readJSON(r *reading) error {
	text, err := r.text()
	if err != nil {
		return err
	}
	data := []byte(text)
	if !json.Valid(data) {
		var v any
		return unreadable(FormatUnreadable, describeJSON(json.Unmarshal(data, &v), data))
	}
	top, err := jsonEntries(data, 1)
	if err != nil {
		return unreadable(FormatUnreadable, describeJSON(err, data))
	}
	if data = bytes.TrimSpace(data); data[0] == '{' && ownSchema(top) {
		return readOwnJSON(r, top)
	}
	return readForeignJSON(r, top)
}

func ownSchema(top []entry) bool {
	for _, e := range top {
		var format string
		if e.key == "format" && json.Unmarshal(e.raw, &format) == nil {
			return strings.HasPrefix(format, "anquanda-bank/")
		}
	}
	return false
}

func readOwnJSON(r *reading, top []entry) error {
	r.ownIDs = true
	for _, e := range top {
		var err error
		switch e.key {
		case "format":
			if string(e.raw) != `"`+JSONSchema+`"` {
				return unreadable(FormatUnknown, "只认识 "+JSONSchema)
			}
		case "name":
			err = json.Unmarshal(e.raw, &r.result.Name)
		case "images":
			err = readImages(r, e.raw)
		case "questions":
			err = readOwnQuestions(r, e)
		default:
			r.note(PropertyDropped, place{line: e.line, cell: e.key}, e.key, "")
		}
		if err != nil {
			return unreadable(FormatUnreadable, e.key+"："+err.Error())
		}
	}
	return nil
}

func readOwnQuestions(r *reading, e entry) error {
	first := e.line - bytes.Count(e.raw, []byte("\n"))
	list, err := jsonEntries(e.raw, first)
	if err != nil {
		return err
	}
	for _, item := range list {
		d := r.found(place{line: item.line - bytes.Count(item.raw, []byte("\n"))})
		if err := json.Unmarshal(item.raw, &d.q); err != nil {
			d.note(codeOfJSON(d, err), "", err.Error(), string(item.raw))
		}
	}
	return nil
}

func codeOfJSON(d *draft, err error) Code {
	if d.q.Kind != "" && !d.q.Kind.Known() {
		return KindUnknown
	}
	if err.Error() == "answer is missing" {
		return AnswerEmpty
	}
	return Malformed
}

func readImages(r *reading, raw json.RawMessage) error {
	var images map[string][]byte
	if err := json.Unmarshal(raw, &images); err != nil {
		return err
	}
	for name, content := range images {
		r.result.Images[name] = content
	}
	return nil
}

// jsonEntries lists the values of an array or object; first is the line on which
// it begins. Keys of an array are "".
func jsonEntries(data []byte, first int) ([]entry, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	open, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	if open != json.Delim('{') && open != json.Delim('[') {
		return nil, errors.New("应为列表或对象")
	}
	var list []entry
	var counted int64
	line := first
	for decoder.More() {
		var e entry
		if open == json.Delim('{') {
			key, err := decoder.Token()
			if err != nil {
				return nil, err
			}
			e.key, _ = key.(string)
		}
		if err := decoder.Decode(&e.raw); err != nil {
			return nil, err
		}
		line += bytes.Count(data[counted:decoder.InputOffset()], []byte("\n"))
		counted = decoder.InputOffset()
		e.line = line
		list = append(list, e)
	}
	if _, err := decoder.Token(); err != nil && err != io.EOF {
		return nil, err
	}
	return list, nil
}

func describeJSON(err error, data []byte) string {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return "第 " + itoa(1+bytes.Count(data[:min(int(syntax.Offset), len(data))], []byte("\n"))) + " 行附近"
	}
	if err == nil {
		return ""
	}
	return err.Error()
}

func writeJSON(w io.Writer, bank *Bank) error {
	var out bytes.Buffer
	out.WriteString("{\n  \"format\": \"" + JSONSchema + "\",\n  \"name\": ")
	name, err := json.Marshal(bank.Name)
	if err != nil {
		return err
	}
	out.Write(name)
	out.WriteString(",\n  \"questions\": [")
	for i := range bank.Questions {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n    ")
		raw, err := bank.Questions[i].MarshalJSON()
		if err != nil {
			return err
		}
		if err := json.Indent(&out, raw, "    ", "  "); err != nil {
			return err
		}
	}
	out.WriteString("\n  ]")
	if err := writeImages(&out, bank); err != nil {
		return err
	}
	out.WriteString("\n}\n")
	_, err = w.Write(out.Bytes())
	return err
}

// writeImages embeds the pictures that questions use, in the order of their names.
func writeImages(out *bytes.Buffer, bank *Bank) error {
	names := usedImages(bank)
	if len(names) == 0 {
		return nil
	}
	out.WriteString(",\n  \"images\": {")
	for i, name := range names {
		if i > 0 {
			out.WriteByte(',')
		}
		key, err := json.Marshal(name)
		if err != nil {
			return err
		}
		content, err := json.Marshal(bank.Images[name])
		if err != nil {
			return err
		}
		out.WriteString("\n    " + string(key) + ": " + string(content))
	}
	out.WriteString("\n  }")
	return nil
}

func usedImages(bank *Bank) []string {
	used := map[string]bool{}
	for i := range bank.Questions {
		if _, ok := bank.Images[bank.Questions[i].Image]; ok {
			used[bank.Questions[i].Image] = true
		}
	}
	names := make([]string, 0, len(used))
	for name := range used {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
