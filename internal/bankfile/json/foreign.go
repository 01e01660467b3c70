package json

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"anquanda/internal/bankfile/draft"
	"anquanda/internal/bankfile/judge"
)

// foreign is the reading of what another program wrote.
type foreign struct {
	r       *draft.Reading
	records []*judge.Record
	unknown map[string]bool // keys that were reported
}

// readForeignJSON reads what other programs make: lists of objects with keys that mean
// what column headers mean, wherever they stand, a list for each kind of question, or
// objects of stems and their answers.
func readForeignJSON(r *draft.Reading, top entry) error {
	f := &foreign{r: r, unknown: map[string]bool{}}
	if err := f.value(top, "", 0); err != nil {
		return draft.Refuse(draft.FormatUnreadable, err.Error())
	}
	judge.All(r, f.records, judge.Hints{})
	return nil
}

// deepest is how many lists and objects may stand around a question.
const deepest = 6

// value reads a list or an object; kind is what the keys around it say of its questions.
func (f *foreign) value(e entry, kind string, depth int) error {
	inner, err := jsonEntries(e.raw, e.first())
	if err != nil {
		return err
	}
	if depth > deepest {
		d := f.r.Found(draft.Place{Line: e.first()})
		d.Note(draft.TextUnread, "", "嵌套超过 "+strconv.Itoa(deepest)+" 层", string(e.raw))
		return nil
	}
	switch {
	case e.raw[0] == '[':
		for i, item := range inner {
			if item.raw[0] == '{' || item.raw[0] == '[' {
				if err := f.value(item, kind, depth+1); err != nil {
					return err
				}
				continue
			}
			f.noQuestion(item, i)
		}
	case isQuestion(inner):
		f.question(e, kind)
	case isMap(inner):
		f.stemsAndAnswers(inner, kind)
	case !holdsQuestions(inner):
		f.question(e, kind) // and what it lacks is said
	default:
		return f.within(inner, kind, depth)
	}
	return nil
}

// within reads what an object holds beside its plain values, which tell of the file.
func (f *foreign) within(inner []entry, kind string, depth int) error {
	for _, item := range inner {
		if !holdsQuestions([]entry{item}) {
			continue
		}
		said := kind
		if want, _ := judge.KindOf(item.key); want == judge.KindGiven || want == judge.KindChoice ||
			want == judge.KindForeign {
			said = item.key
		}
		if err := f.value(item, said, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (f *foreign) noQuestion(item entry, i int) {
	d := f.r.Found(draft.Place{Line: item.first()})
	d.Note(draft.Malformed, "", "第 "+strconv.Itoa(i+1)+" 项不是题目", string(item.raw))
}

func (f *foreign) question(e entry, kind string) {
	rec := objectRecord(f.r, e, draft.Place{Line: e.first()}, f.unknown)
	if rec.Text(judge.FieldKind) == "" && kind != "" {
		rec.Set(judge.FieldKind, judge.Cell{Text: kind})
	}
	f.records = append(f.records, rec)
}

func (f *foreign) stemsAndAnswers(inner []entry, kind string) {
	for _, item := range inner {
		rec := &judge.Record{At: draft.Place{Line: item.first()}}
		rec.Set(judge.FieldStem, judge.Cell{Text: item.key, Ref: "key"})
		if kind != "" {
			rec.Set(judge.FieldKind, judge.Cell{Text: kind})
		}
		setAnswer(rec, item.raw, "value")
		f.records = append(f.records, rec)
	}
}

// isQuestion reports whether the keys of an object are those of a question.
func isQuestion(keys []entry) bool {
	there, chapter := map[judge.Field]bool{}, false
	for _, e := range keys {
		f, known := judge.FieldNamed(judge.HeaderKey(e.key))
		if known {
			there[f] = e.raw[0] != '{'
		}
		chapter = chapter || !known && holdsQuestions([]entry{e})
	}
	stem, _ := judge.StemField(func(f judge.Field) bool { return there[f] })
	if chapter && stem != judge.FieldStem {
		return false
	}
	return there[stem] && (there[judge.FieldAnswer] || there[judge.FieldOptions] || there[judge.FieldKind] ||
		stem == judge.FieldStem && len(keys) > 1 && !holdsQuestions(keys))
}

// isMap reports whether an object's keys are stems: as long as one, with plain answers.
func isMap(keys []entry) bool {
	for _, e := range keys {
		if e.raw[0] == '{' || utf8.RuneCountInString(e.key) < 6 {
			return false
		}
		if e.raw[0] == '[' && judge.StringList(string(e.raw)) == nil {
			return false
		}
		if _, known := judge.FieldNamed(judge.HeaderKey(e.key)); known {
			return false
		}
	}
	return len(keys) > 0
}

// holdsQuestions reports whether lists of objects, or objects, stand in an object.
func holdsQuestions(keys []entry) bool {
	for _, e := range keys {
		if e.raw[0] == '{' {
			return true
		}
		if e.raw[0] == '[' {
			inner := bytes.TrimSpace(e.raw[1:])
			if len(inner) > 0 && (inner[0] == '{' || inner[0] == '[') {
				return true
			}
		}
	}
	return false
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
			ignore(r, at, unknown, e.key, string(e.raw))
		case f == judge.FieldAnswer && rec.Text(f) != "":
			rec.Seconds = append(rec.Seconds, judge.Cell{Text: plain(e.raw), Ref: e.key})
		case f == judge.FieldAnswer:
			setAnswer(rec, e.raw, e.key)
		case f == judge.FieldWrong:
			for _, text := range judge.StringList(string(e.raw)) {
				rec.Wrong = append(rec.Wrong, judge.Cell{Text: text, Ref: e.key})
			}
		case f == judge.FieldOptions:
			setOptions(rec, e.raw, e.key)
		default:
			rec.Set(f, judge.Cell{Text: plain(e.raw), Ref: e.key})
		}
	}
	stem, nothing := judge.StemField(func(f judge.Field) bool { return rec.Text(f) != "" })
	if stem != judge.FieldStem {
		rec.Set(judge.FieldStem, judge.Cell{Text: rec.Text(stem), Ref: rec.Ref(stem)})
	}
	for _, f := range nothing {
		ignore(r, at, unknown, rec.Ref(f), rec.Text(f))
	}
	for mark := 'a'; mark <= 'l'; mark++ {
		if c, ok := letters[string(mark)]; ok {
			rec.Options = append(rec.Options, c)
		}
	}
	return rec
}

// ignore reports a key that means nothing, once for the file.
func ignore(r *draft.Reading, at draft.Place, unknown map[string]bool, key, text string) {
	if !unknown[key] {
		unknown[key] = true
		r.Note(draft.ColumnIgnored, draft.Place{Line: at.Line, Cell: key}, key, text)
	}
}

// plain is a JSON value as the text of a cell: of an object its text, of a list its
// texts and numbers; "" where there is none.
func plain(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return strings.TrimSpace(text)
	}
	if list := judge.StringList(string(raw)); list != nil {
		return strings.Join(list, "、")
	}
	var numbers []json.Number
	if json.Unmarshal(raw, &numbers) == nil {
		var texts []string
		for _, number := range numbers {
			texts = append(texts, number.String())
		}
		return strings.Join(texts, "、")
	}
	var object struct{ Text, Content string }
	switch {
	case raw[0] == '{' && json.Unmarshal(raw, &object) == nil:
		return strings.TrimSpace(cmp.Or(object.Text, object.Content))
	case raw[0] == '[', string(raw) == "null":
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
