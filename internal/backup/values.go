package backup

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// bytesValue is how a JSON line holds bytes, and text that is not UTF-8.
type bytesValue struct {
	Bytes []byte `json:"bytes,omitempty"`
	Text  []byte `json:"text,omitempty"`
}

// fraction is a number of a column that holds fractions: it keeps its point, so that it
// is not read as a whole one.
type fraction float64

func (f fraction) MarshalJSON() ([]byte, error) {
	text := strconv.FormatFloat(float64(f), 'g', -1, 64)
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return []byte(text), nil
}

// encoded is a row as a JSON line holds it.
func encoded(row []any) []any {
	out := make([]any, len(row))
	for i, value := range row {
		switch v := value.(type) {
		case []byte:
			out[i] = bytesValue{Bytes: v}
		case float64:
			out[i] = fraction(v)
		case string:
			if out[i] = v; !utf8.ValidString(v) {
				out[i] = bytesValue{Text: []byte(v)}
			}
		default:
			out[i] = v
		}
	}
	return out
}

// decoded reads what encoded wrote.
func decoded(line []byte, columns int) ([]any, error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(line, &raw); err != nil {
		return nil, err
	}
	if len(raw) != columns {
		return nil, fmt.Errorf("a row has %d values, not %d", len(raw), columns)
	}
	row := make([]any, columns)
	for i, text := range raw {
		value, err := decodedValue(text)
		if err != nil {
			return nil, err
		}
		row[i] = value
	}
	return row, nil
}

func decodedValue(text json.RawMessage) (any, error) {
	switch text[0] {
	case 'n':
		return nil, nil
	case '"':
		var s string
		err := json.Unmarshal(text, &s)
		return s, err
	case '{':
		var b bytesValue
		if err := json.Unmarshal(text, &b); err != nil {
			return nil, err
		}
		if b.Text != nil {
			return string(b.Text), nil
		}
		return append([]byte{}, b.Bytes...), nil // empty ones are not NULL
	}
	if strings.ContainsAny(string(text), ".e") {
		return strconv.ParseFloat(string(text), 64)
	}
	return strconv.ParseInt(string(text), 10, 64)
}
