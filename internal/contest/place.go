package contest

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// PlaceOf names what a path of findings leads to in the words of the schema:
// levels[2].time.question is “关卡 3 · 时间 · 每题”. What the schema does not know
// ends it.
func PlaceOf(path string) string {
	at, parts := schemaTree(), []string(nil)
	for step := range strings.FieldsFuncSeq(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		at = follow(at)
		if index, err := strconv.Atoi(step); err == nil {
			at, _ = at["items"].(map[string]any)
			if len(parts) > 0 {
				parts[len(parts)-1] += fmt.Sprintf(" %d", index+1)
			}
		} else {
			properties, _ := at["properties"].(map[string]any)
			at, _ = properties[step].(map[string]any)
			if title, _ := at["title"].(string); title != "" {
				parts = append(parts, title)
			}
		}
		if at == nil {
			break
		}
	}
	return strings.Join(parts, " · ")
}

var schemaTree = sync.OnceValue(func() (tree map[string]any) {
	if err := json.Unmarshal(schema, &tree); err != nil {
		panic(err) // it is compiled in, and tests read it
	}
	return tree
})

// follow goes on from a reference to the definition that it names. Of several
// forms that a value may have, it takes the one with keys.
func follow(at map[string]any) map[string]any {
	if ref, _ := at["$ref"].(string); ref != "" {
		defs, _ := schemaTree()["$defs"].(map[string]any)
		at, _ = defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
	}
	for _, word := range []string{"oneOf", "anyOf"} {
		forms, _ := at[word].([]any)
		for _, form := range forms {
			if m, _ := form.(map[string]any); m["properties"] != nil {
				return m
			}
		}
	}
	return at
}
