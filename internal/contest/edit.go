package contest

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Edit sets one value in the text of a definition, which need not be right yet;
// comments and the order of keys stay. path is written as in findings, such as
// levels[2].time.question; a missing key is added at its place. value is YAML; empty
// removes the key or the item, and an index one past the end adds an item. The
// error is Findings.
func Edit(text []byte, path, value string) ([]byte, error) {
	fail := func(format string, args ...any) ([]byte, error) {
		return nil, Findings{newFinding("活动", 1, path, format, args...)}
	}
	var document, part yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return fail(syntax, err)
	}
	if err := yaml.Unmarshal([]byte(value), &part); err != nil {
		return fail(syntax, err)
	}
	if document.Kind == 0 {
		document = yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{{Kind: yaml.MappingNode}}}
	}
	steps := strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' })
	if len(steps) == 0 || len(steps) > 12 {
		return fail("this is no path")
	}
	var set *yaml.Node
	if part.Kind != 0 {
		set = part.Content[0]
		unquote(set)
	}
	if !put(document.Content[0], steps, set) {
		return fail("there is no such place")
	}
	out, err := written(&document, text)
	if err != nil {
		return fail(syntax, err)
	}
	return out, nil
}

// unquote lets the writer decide which texts need quotes: values come as JSON.
func unquote(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode {
		n.Style &^= yaml.DoubleQuotedStyle
	}
	for _, child := range n.Content {
		unquote(child)
	}
}

// quotedDate is a date that the library quotes for its colon, which a group on one
// line does not need.
var quotedDate = regexp.MustCompile(`(\b(?:opens|closes|at|starts): )'(\d{4}-\d\d-\d\d \d{1,2}:\d\d(?::\d\d)?)'([,}])`)

// written is a document as text. The library drops empty lines; those above keys of
// the top, which part the sections of a file, come back.
func written(document *yaml.Node, before []byte) ([]byte, error) {
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(document); err != nil {
		return nil, err
	}
	text := quotedDate.ReplaceAllString(out.String(), "$1$2$3")
	parted := partedKeys(string(before))
	var lines, above []string // above: comments that stand over the next key
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			above = append(above, line)
			continue
		}
		if parted[topKey(line)] && len(lines) > 0 && lines[len(lines)-1] != "" {
			lines = append(lines, "")
		}
		lines = append(append(lines, above...), line)
		above = nil
	}
	lines = append(lines, above...)
	return []byte(strings.Join(lines, "\n") + "\n"), nil
}

// partedKeys are the keys of the top with an empty line above them, or above the
// comments over them.
func partedKeys(text string) map[string]bool {
	keys := map[string]bool{}
	parted := false
	for line := range strings.SplitSeq(text, "\n") {
		switch key := topKey(line); {
		case strings.TrimSpace(line) == "":
			parted = true
		case key != "":
			keys[key], parted = parted, false
		case !strings.HasPrefix(line, "#"):
			parted = false
		}
	}
	return keys
}

// topKey is the key at the beginning of a line; empty for none.
func topKey(line string) string {
	if line == "" || strings.ContainsAny(line[:1], " \t#-") {
		return ""
	}
	key, _, found := strings.Cut(line, ":")
	if !found {
		return ""
	}
	return key
}

// put sets or removes (value nil) what steps lead to below node.
func put(node *yaml.Node, steps []string, value *yaml.Node) bool {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	if node.Kind == yaml.ScalarNode && node.ShortTag() == "!!null" {
		*node = *holder(steps[0]) // a key with nothing behind it
	}
	if index, err := strconv.Atoi(steps[0]); err == nil {
		return putItem(node, index, steps[1:], value)
	}
	if node.Kind != yaml.MappingNode {
		return false
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value != steps[0] {
			continue
		}
		switch {
		case len(steps) > 1:
			return put(node.Content[i+1], steps[1:], value)
		case value == nil:
			node.Content = append(node.Content[:i], node.Content[i+2:]...)
		default:
			value.LineComment, value.Style = node.Content[i+1].LineComment, value.Style|node.Content[i+1].Style&yaml.FlowStyle
			node.Content[i+1] = value
		}
		return true
	}
	if value == nil {
		return true // it is not there
	}
	child := value
	if len(steps) > 1 {
		child = holder(steps[1])
		if !put(child, steps[1:], value) {
			return false
		}
	}
	node.Content = append(node.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: steps[0]}, child)
	return true
}

// holder is an empty node for what a step leads to.
func holder(step string) *yaml.Node {
	if _, err := strconv.Atoi(step); err == nil {
		return &yaml.Node{Kind: yaml.SequenceNode}
	}
	return &yaml.Node{Kind: yaml.MappingNode}
}

func putItem(node *yaml.Node, index int, steps []string, value *yaml.Node) bool {
	if node.Kind != yaml.SequenceNode || index < 0 || index > len(node.Content) {
		return false
	}
	if index == len(node.Content) {
		if len(steps) > 0 || value == nil {
			return false
		}
		if last := len(node.Content) - 1; last >= 0 && len(value.Content) > 6 {
			// long ones stand as their neighbours do
			value.Style = value.Style&^yaml.FlowStyle | node.Content[last].Style&yaml.FlowStyle
		}
		node.Content = append(node.Content, value)
		return true
	}
	switch {
	case len(steps) > 0:
		return put(node.Content[index], steps, value)
	case value == nil:
		node.Content = append(node.Content[:index], node.Content[index+1:]...)
	default:
		node.Content[index] = value
	}
	return true
}
