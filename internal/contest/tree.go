package contest

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Tree is the text of a definition as plain values (maps, lists, texts, whole
// numbers, booleans, nil), for a form that edits it; the definition need not be
// right. What cannot be read as YAML is Findings.
func Tree(text []byte) (any, error) {
	if len(text) > MaxFileBytes {
		return nil, Findings{newFinding("活动", 1, "", "the file is over 1 MiB")}
	}
	source, finding := readSource("活动", text)
	if finding != nil {
		return nil, Findings{*finding}
	}
	return plain(source.root), nil
}

func plain(n *yaml.Node) any {
	switch n.Kind {
	case yaml.AliasNode:
		return plain(n.Alias)
	case yaml.SequenceNode:
		items := make([]any, len(n.Content))
		for i, item := range n.Content {
			items[i] = plain(item)
		}
		return items
	case yaml.MappingNode:
		return plainMap(n)
	}
	return plainScalar(n)
}

func plainMap(n *yaml.Node) map[string]any {
	values := map[string]any{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Tag != "!!merge" {
			continue
		}
		if merged, ok := plain(n.Content[i+1]).(map[string]any); ok {
			values = merged
		}
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Tag != "!!merge" {
			values[n.Content[i].Value] = plain(n.Content[i+1])
		}
	}
	return values
}

func plainScalar(n *yaml.Node) any {
	switch n.ShortTag() {
	case "!!int":
		if number, err := strconv.ParseInt(n.Value, 10, 64); err == nil {
			return number
		}
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!null":
		return nil
	}
	return n.Value
}
