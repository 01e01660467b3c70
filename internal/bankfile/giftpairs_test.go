package bankfile

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"
	"testing"

	"anquanda/internal/sheet"
)

// giftPairs lists the files of EXPECTED.tsv that the reference parser has read.
func giftPairs(t *testing.T) [][2]string {
	t.Helper()
	table, err := os.ReadFile(filepath.Join(corpus, "EXPECTED.tsv"))
	if err != nil {
		t.Skip("the corpus is not beside this repository")
	}
	var pairs [][2]string
	for _, line := range strings.Split(string(table), "\n")[1:] {
		columns := strings.Split(line, "\t")
		if len(columns) >= 2 && strings.HasPrefix(columns[0], "gift/fuhrmanator/") {
			pairs = append(pairs, [2]string{columns[0], columns[1]})
		}
	}
	return pairs
}

func TestGIFTAgreesWithTheReferenceParser(t *testing.T) {
	pairs := giftPairs(t)
	types := map[string]int{}
	unsupported := map[string]int{}
	for _, pair := range pairs {
		source, err := os.ReadFile(filepath.Join(corpus, pair[0]))
		if err != nil {
			t.Fatal(err)
		}
		expected, err := os.ReadFile(filepath.Join(corpus, pair[1]))
		if err != nil {
			t.Fatal(err)
		}
		var want []map[string]any
		if err := json.Unmarshal(expected, &want); err != nil {
			t.Fatalf("%s: %v", pair[1], err)
		}
		text, _, _ := sheet.Decode(source)
		blocks := giftBlocks(strings.ReplaceAll(text, "\r\n", "\n"))
		if len(blocks) != len(want) {
			t.Errorf("%s: %d items, the reference has %d", pair[0], len(blocks), len(want))
			continue
		}
		for i, block := range blocks {
			item := giftParse(block)
			types[item.Type]++
			if got := reference(&item); !reflect.DeepEqual(got, want[i]) {
				t.Errorf("%s item %d:\n got %s\nwant %s", pair[0], i+1, asJSON(got), asJSON(want[i]))
			}
		}
		checkQuestions(t, pair[0], source, want, unsupported)
	}
	t.Logf("%d pairs; items by type: %v; named as unsupported: %v", len(pairs), types, unsupported)
}

func asJSON(v any) string {
	data, _ := json.Marshal(v)
	return string(data)
}

// reference writes an item as the reference parser does.
func reference(item *giftItem) map[string]any {
	text := func(t giftText) any { return map[string]any{"format": t.Format, "text": t.Text} }
	optional := func(t *giftText) any {
		if t == nil {
			return nil
		}
		return text(*t)
	}
	if item.Type == "Category" {
		return map[string]any{"type": "Category", "title": item.Title}
	}
	out := map[string]any{"type": item.Type, "id": nil, "tags": nil, "title": nil,
		"stem": text(item.Stem), "hasEmbeddedAnswers": item.Embedded}
	if item.ID != "" {
		out["id"] = item.ID
	}
	if item.Tags != nil {
		tags := []any{}
		for _, tag := range item.Tags {
			tags = append(tags, tag)
		}
		out["tags"] = tags
	}
	if item.Title != "" {
		out["title"] = item.Title
	}
	if item.Type != "Description" {
		out["globalFeedback"] = optional(item.Feedback)
	}
	switch item.Type {
	case "TF":
		out["isTrue"] = item.IsTrue
		out["trueFeedback"], out["falseFeedback"] = optional(item.TrueFeedback), optional(item.FalseFeedback)
	case "Matching":
		var pairs []any
		for _, pair := range item.Pairs {
			pairs = append(pairs, map[string]any{"subquestion": text(pair.Question), "subanswer": pair.Answer})
		}
		out["matchPairs"] = pairs
	case "MC", "Short", "Numerical":
		out["choices"] = referenceChoices(item, text, optional)
	}
	return out
}

func referenceChoices(item *giftItem, text func(giftText) any, optional func(*giftText) any) any {
	var list []any
	for _, c := range item.Choices {
		var weight any
		if c.Weight != nil {
			weight = *c.Weight
		}
		value := text(c.Text)
		if c.Number != nil {
			switch c.Number.Type {
			case "simple":
				value = map[string]any{"type": "simple", "number": c.Number.Number}
			case "range":
				value = map[string]any{"type": "range", "number": c.Number.Number, "range": c.Number.Range}
			default:
				value = map[string]any{"type": "high-low", "numberHigh": c.Number.High, "numberLow": c.Number.Low}
			}
			if len(item.Choices) == 1 {
				return value
			}
		}
		list = append(list, map[string]any{"isCorrect": c.Correct, "weight": weight, "text": value, "feedback": optional(c.Feedback)})
	}
	return list
}

// checkQuestions compares what becomes of the items: every one of a kind that we
// have is a question with the reference's options and right answers, every other
// is rejected by name.
func checkQuestions(t *testing.T, name string, source []byte, want []map[string]any, unsupported map[string]int) {
	t.Helper()
	result, err := Read(filepath.Base(name), source, Options{})
	if err != nil && len(want) > 0 && want[0]["type"] != "Category" {
		t.Errorf("%s: %v", name, err)
		return
	}
	rejected := map[int]Code{}
	for _, problem := range result.Problems {
		if problem.Severity == Error {
			rejected[problem.Question] = problem.Code
		}
	}
	number, next := 0, 0
	for _, item := range want {
		if item["type"] == "Category" {
			continue
		}
		number++
		kind := item["type"].(string)
		if code, ok := rejected[number]; ok {
			if kind == "Essay" || kind == "Description" {
				if code != KindUnsupported {
					t.Errorf("%s question %d: %s is rejected as %s", name, number, kind, code)
				}
				unsupported[kind]++
				continue
			}
			unsupported[fmt.Sprintf("%s:%s", kind, code)]++
			continue
		}
		q := result.Questions[next]
		next++
		if wantRight := rightTexts(item); wantRight != nil {
			var got []string
			for _, index := range q.Right {
				got = append(got, q.Options[index])
			}
			if q.Blanks != nil {
				got = append([]string{}, q.Blanks[0]...)
			}
			sort.Strings(got)
			if !reflect.DeepEqual(got, wantRight) {
				t.Errorf("%s question %d (%s): right %q, the reference says %q", name, number, kind, got, wantRight)
			}
		}
		if feedback, ok := item["globalFeedback"].(map[string]any); ok {
			plain, _, _ := plainText(feedback["text"].(string))
			if !strings.Contains(q.Explanation, plain) {
				t.Errorf("%s question %d: explanation %q lacks %q", name, number, q.Explanation, plain)
			}
		}
	}
}

// rightTexts are the fully right answers by the reference's own tree.
func rightTexts(item map[string]any) []string {
	choices, ok := item["choices"].([]any)
	if !ok || item["type"] == "Numerical" {
		return nil
	}
	var full, parts []string
	for _, each := range choices {
		choice := each.(map[string]any)
		plain, _, _ := plainText(choice["text"].(map[string]any)["text"].(string))
		weight, weighted := choice["weight"].(float64)
		switch {
		case !weighted && choice["isCorrect"].(bool), weight == 100:
			full = append(full, plain)
		case weight > 0:
			parts = append(parts, plain)
		}
	}
	if len(full) == 0 {
		full = parts
	}
	sort.Strings(full)
	return full
}
