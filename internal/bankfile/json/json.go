// Package json reads and writes our own schema, and reads the lists of objects that
// other programs make.
package json

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/question"
)

// Format is our own schema, and the lists of objects of other programs.
var Format = draft.Format{Name: "json", Title: "JSON", Extension: ".json",
	Sniff: looksJSON, Read: readJSON, Write: writeJSON, Keeps: append(slices.Clone(draft.Everything), "material_image")}

// JSONSchema is the value of "format" in our own JSON banks:
//
//	{"format": "anquanda-bank/1", "name": "消防", "questions": [...], "images": {"a.png": "base64"},
//	 "materials": [{"id": "case-1", "title": "某厂火灾", "text": "…"}],
//	 "references": [{"key": "fire-law", "title": "中华人民共和国消防法", "effective": "2021-04-29"}]}
//
// with questions as question.UnmarshalJSON reads them and references as
// question.Reference; a file may hold only the one or the other. A question names its
// material by the id: "material": "case-1".
const JSONSchema = "anquanda-bank/1"

func looksJSON(p *draft.Probe) bool {
	rest, object := strings.CutPrefix(p.Text, "{")
	if !object {
		rest, _ = strings.CutPrefix(p.Text, "[")
		rest = strings.TrimSpace(rest)
		if rest, object = strings.CutPrefix(rest, "{"); !object {
			return false
		}
	}
	return strings.HasPrefix(strings.TrimSpace(rest), "\"") || p.Extension == ".json"
}

// entry is a value inside a JSON document, with the line on which it ends.
type entry struct {
	key  string
	raw  json.RawMessage
	line int
}

// first is the line on which the value begins.
func (e entry) first() int { return max(1, e.line-bytes.Count(e.raw, []byte("\n"))) }

// readJSON reads our own schema, and the lists of objects that other programs make.
func readJSON(r *draft.Reading) error {
	text, err := r.Text()
	if err != nil {
		return err
	}
	data := []byte(text)
	if !json.Valid(data) {
		var v any
		return draft.Refuse(draft.FormatUnreadable, describeJSON(json.Unmarshal(data, &v), data))
	}
	top, err := jsonEntries(data, 1)
	if err != nil {
		return draft.Refuse(draft.FormatUnreadable, describeJSON(err, data))
	}
	trimmed := bytes.TrimSpace(data)
	if trimmed[0] == '{' && ownSchema(top) {
		return readOwnJSON(r, top)
	}
	last := 1 + bytes.Count(bytes.TrimRight(data, " \t\r\n"), []byte("\n"))
	return readForeignJSON(r, entry{raw: trimmed, line: last})
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

func readOwnJSON(r *draft.Reading, top []entry) error {
	r.OwnIDs = true
	for _, e := range top {
		var err error
		switch e.key {
		case "format":
			if string(e.raw) != `"`+JSONSchema+`"` {
				return draft.Refuse(draft.FormatUnknown, "只认识 "+JSONSchema)
			}
		case "name":
			err = json.Unmarshal(e.raw, &r.Result.Name)
		case "images":
			err = readImages(r, e.raw)
		case "questions":
			err = readOwnQuestions(r, e)
		case "materials":
			if err := readMaterials(r, e); err != nil {
				return err
			}
		case "references":
			err = readReferences(r, e.raw)
		default:
			r.Note(draft.PropertyDropped, draft.Place{Line: e.line, Cell: e.key}, e.key, "")
		}
		if err != nil {
			return draft.Refuse(draft.FormatUnreadable, e.key+"："+err.Error())
		}
	}
	index := r.Result.References.Index()
	for _, d := range r.Drafts {
		index.Complete(&d.Q) // a key that this file does not list may stand in another list
	}
	return nil
}

func readMaterials(r *draft.Reading, e entry) error {
	list, err := jsonEntries(e.raw, e.first())
	if err != nil {
		return draft.Refuse(draft.FormatUnreadable, e.key+"："+err.Error())
	}
	for _, item := range list {
		var m question.Material
		if err := json.Unmarshal(item.raw, &m); err != nil {
			return draft.Refuse(draft.FormatUnreadable, fmt.Sprintf("第 %d 行的材料：%s", item.first(), err))
		}
		if err := r.List(&m, draft.Place{Line: item.first()}); err != nil {
			return err
		}
	}
	return nil
}

func readReferences(r *draft.Reading, raw json.RawMessage) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r.Result.References); err != nil {
		return err
	}
	if len(r.Result.References) > r.Limits.Questions {
		return errors.New("依据太多")
	}
	return r.Result.References.Check()
}

func readOwnQuestions(r *draft.Reading, e entry) error {
	first := e.line - bytes.Count(e.raw, []byte("\n"))
	list, err := jsonEntries(e.raw, first)
	if err != nil {
		return err
	}
	for _, item := range list {
		d := r.Found(draft.Place{Line: item.line - bytes.Count(item.raw, []byte("\n"))})
		if err := json.Unmarshal(item.raw, &d.Q); err != nil {
			d.Note(codeOfJSON(d, err), "", err.Error(), string(item.raw))
		}
	}
	return nil
}

func codeOfJSON(d *draft.Draft, err error) draft.Code {
	if d.Q.Kind != "" && !d.Q.Kind.Known() {
		return draft.KindUnknown
	}
	if err.Error() == "answer is missing" {
		return draft.AnswerEmpty
	}
	return draft.Malformed
}

func readImages(r *draft.Reading, raw json.RawMessage) error {
	var images map[string][]byte
	if err := json.Unmarshal(raw, &images); err != nil {
		return err
	}
	for name, content := range images {
		r.Result.Images[name] = content
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
		return "第 " + strconv.Itoa(1+bytes.Count(data[:min(int(syntax.Offset), len(data))], []byte("\n"))) + " 行附近"
	}
	if err == nil {
		return ""
	}
	return err.Error()
}

func writeJSON(w io.Writer, bank *draft.Bank) error {
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
		q := bank.Questions[i]
		if q.Material != nil {
			q.Material = question.Named(q.Material.ID)
		}
		raw, err := q.MarshalJSON()
		if err != nil {
			return err
		}
		if err := json.Indent(&out, raw, "    ", "  "); err != nil {
			return err
		}
	}
	out.WriteString("\n  ]")
	if err := writeList(&out, "materials", draft.Materials(bank)); err != nil {
		return err
	}
	if err := writeList(&out, "references", bank.References); err != nil {
		return err
	}
	if err := writeImages(&out, bank); err != nil {
		return err
	}
	out.WriteString("\n}\n")
	_, err = w.Write(out.Bytes())
	return err
}

func writeList[T any](out *bytes.Buffer, key string, list []T) error {
	if len(list) == 0 {
		return nil
	}
	var raw bytes.Buffer
	encoder := json.NewEncoder(&raw)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(list); err != nil {
		return err
	}
	out.WriteString(",\n  \"" + key + "\": ")
	return json.Indent(out, bytes.TrimSpace(raw.Bytes()), "  ", "  ")
}

// writeImages embeds the pictures that questions use, in the order of their names.
func writeImages(out *bytes.Buffer, bank *draft.Bank) error {
	names := draft.UsedImages(bank)
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
