package offline

import (
	"encoding/json"
	"slices"
	"testing"
)

func TestTheNumbersOfAReportAreReadQuicklyAndAsAnyReaderOfJSONReadsThem(t *testing.T) {
	items := []Item{{"宣讲", "场"}, {`说"安全"`, "次"}, {"a\\b", "个"}, {"新加的", "个"}}
	for _, c := range []struct {
		figures []Figure
		quick   bool
	}{
		{nil, true},
		{[]Figure{{"宣讲", 3}}, true},
		{[]Figure{{"宣讲", 0}, {"不再问的", 9}}, true},
		{[]Figure{{"宣讲", 1_000_000_000}, {`说"安全"`, 5}}, false},
		{[]Figure{{"a\\b", 2}, {"宣讲", 1}}, false},
	} {
		text := asJSON(c.figures)
		reader := newFigureReader(items)
		values, quick := reader.quick(text)
		if quick != c.quick {
			t.Errorf("%s: quick is %v", text, quick)
		}
		row := storedReport{Figures: text, Pictures: "[]"}
		entry, err := row.entry(reader)
		if err != nil {
			t.Fatal(err)
		}
		if want := reader.values(c.figures); !slices.Equal(entry.Values, want) || quick && !slices.Equal(values, want) {
			t.Errorf("%s is read as %v, want %v", text, entry.Values, want)
		}
	}
}

func TestWhatIsNoListOfNumbersIsNotReadQuickly(t *testing.T) {
	reader := newFigureReader([]Item{{"宣讲", "场"}})
	for _, text := range []string{``, `null`, `[`, `{}`, `[{"title":"宣讲","value":1}`, `[{"title":"宣讲","value":1},]`,
		`[{"title":"宣讲","value":1}{"title":"宣讲","value":1}]`, `[{"title":"宣讲","value":1.5}]`,
		`[{"value":1,"title":"宣讲"}]`, `[{"title":"宣讲","value":1}]]`} {
		if values, ok := reader.quick(text); ok {
			var figures []Figure
			if json.Unmarshal([]byte(text), &figures) != nil || !slices.Equal(values, reader.values(figures)) {
				t.Errorf("%s is read as %v", text, values)
			}
		}
	}
}
