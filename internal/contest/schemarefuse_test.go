package contest_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"anquanda/internal/contest"
	"anquanda/internal/testkit/contests"
)

// place is one value of everything.yaml with its part of the schema.
type place struct {
	path   string
	schema contests.Object
	node   *yaml.Node
}

// places walks everything.yaml and the schema together, and fails for a key of
// the schema that the file does not hold.
func places(t *testing.T, tree *yaml.Node) []place {
	t.Helper()
	root := contests.Schema(t)
	held := map[string]bool{}
	var all []place
	var walk func(path string, node contests.Object, tree *yaml.Node)
	walk = func(path string, node contests.Object, tree *yaml.Node) {
		node = contests.Resolved(root, node)
		if choices, ok := node["anyOf"].([]any); ok {
			node = contests.Resolved(root, choices[min(1, int(tree.Kind)/int(yaml.MappingNode))].(contests.Object))
		}
		all = append(all, place{path, node, tree})
		switch tree.Kind {
		case yaml.SequenceNode:
			for i, item := range tree.Content {
				walk(fmt.Sprintf("%s[%d]", path, i), node["items"].(contests.Object), item)
			}
		case yaml.MappingNode:
			for i := 0; i < len(tree.Content); i += 2 {
				key := tree.Content[i].Value
				property, ok := node["properties"].(contests.Object)[key].(contests.Object)
				if !ok {
					t.Fatalf("%s.%s is not in the schema", path, key)
				}
				held[fmt.Sprint(reflect.ValueOf(property).Pointer())] = true
				walk(strings.TrimPrefix(path+"."+key, "."), property, tree.Content[i+1])
			}
		}
	}
	walk("", root, tree.Content[0])
	allOfIt(root, "", func(at string, property contests.Object) {
		if !held[fmt.Sprint(reflect.ValueOf(property).Pointer())] {
			t.Errorf("testdata/everything.yaml does not hold %s", at)
		}
	})
	return all
}

// allOfIt visits every property that the schema names.
func allOfIt(node any, at string, visit func(at string, property contests.Object)) {
	switch n := node.(type) {
	case contests.Object:
		properties, _ := n["properties"].(contests.Object)
		for key, property := range properties {
			visit(at+"."+key, property.(contests.Object))
		}
		for key, child := range n {
			allOfIt(child, at+"/"+key, visit)
		}
	case []any:
		for i, child := range n {
			allOfIt(child, fmt.Sprint(at, "/", i), visit)
		}
	}
}

// breaking lists values that the schema refuses at a place.
func breaking(p place) (texts []*yaml.Node) {
	scalar := func(tag, value string) {
		texts = append(texts, &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: value})
	}
	number := func(bound string, off int64) {
		if n, ok := p.schema[bound].(json.Number); ok {
			value, _ := n.Int64()
			scalar("!!int", strconv.FormatInt(value+off, 10))
		}
	}
	switch formOf(p.schema) {
	case "number":
		number("minimum", -1)
		number("maximum", 1)
		scalar("!!str", "许多")
		if p.schema["type"] == "integer" { // points may have a decimal, but in a contest of whole ones bounds have none
			scalar("!!float", "1.5")
		}
	case "yes or no":
		scalar("!!str", "也许")
	case "text":
		texts = append(texts, &yaml.Node{Kind: yaml.SequenceNode})
		if p.schema["enum"] != nil || p.schema["pattern"] != nil {
			scalar("!!str", "不对 X")
		}
		if n, ok := p.schema["maxLength"].(json.Number); ok {
			most, _ := n.Int64()
			scalar("!!str", strings.Repeat("长", int(most)+1))
		}
		if p.schema["minLength"] != nil {
			scalar("!!str", "")
		}
	case "list":
		scalar("!!str", "一个")
	case "group":
		scalar("!!str", "一个")
		unknown := *p.node
		unknown.Content = append(slices.Clone(p.node.Content), &yaml.Node{Kind: yaml.ScalarNode, Value: "unheard-of"},
			&yaml.Node{Kind: yaml.ScalarNode, Value: "1"})
		texts = append(texts, &unknown)
		required, _ := p.schema["required"].([]any)
		for _, key := range required {
			texts = append(texts, without(p.node, key.(string)))
		}
	}
	return texts
}

func without(group *yaml.Node, key string) *yaml.Node {
	less := *group
	less.Content = nil
	for i := 0; i < len(group.Content); i += 2 {
		if group.Content[i].Value != key {
			less.Content = append(less.Content, group.Content[i], group.Content[i+1])
		}
	}
	return &less
}

// What an editor marks red, `contest check` must refuse too: otherwise one of the
// two is wrong.
func TestWhatTheSchemaRefusesParseRefuses(t *testing.T) {
	schema, tree := compiled(t), read(t, everything(t))
	tried := 0
	for _, p := range places(t, tree) {
		whole := *p.node
		for _, broken := range breaking(p) {
			*p.node = *broken
			text, err := yaml.Marshal(tree)
			if err != nil {
				t.Fatal(err)
			}
			tried++
			if schema.Validate(inYAML(t, read(t, text))) == nil {
				t.Errorf("%s: the schema takes %q", p.path, broken.Value)
			}
			if _, err := contest.Parse("everything.yaml", text); err == nil {
				t.Errorf("%s: Parse takes %q %v", p.path, broken.Value, len(broken.Content))
			}
			*p.node = whole
		}
	}
	if tried < 500 {
		t.Errorf("only %d were tried", tried)
	}
}

var listed = regexp.MustCompile(`is not one of \[(.*)\]`)

// The values that Parse names when it refuses one are those of the schema.
func TestTheSchemaAndParseKnowTheSameValues(t *testing.T) {
	tree := read(t, everything(t))
	compared := 0
	for _, p := range places(t, tree) {
		values, ok := p.schema["enum"].([]any)
		if !ok {
			continue
		}
		whole := *p.node
		p.node.Value = "nothing-of-that"
		text, err := yaml.Marshal(tree)
		if err != nil {
			t.Fatal(err)
		}
		*p.node = whole
		_, err = contest.Parse("everything.yaml", text)
		if err == nil {
			t.Errorf("%s: any value is taken", p.path)
			continue
		}
		match := listed.FindStringSubmatch(err.Error())
		if match == nil {
			continue // kinds of questions and difficulties are refused by other words
		}
		compared++
		wanted := make([]string, len(values))
		for i, value := range values {
			wanted[i] = value.(string)
		}
		got := strings.Fields(match[1])
		slices.Sort(got)
		slices.Sort(wanted)
		if !slices.Equal(got, wanted) {
			t.Errorf("%s: Parse knows %v, the schema %v", p.path, got, wanted)
		}
	}
	if compared < 30 {
		t.Errorf("only %d were compared", compared)
	}
}
