package contest_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"anquanda/internal/contest"
	"anquanda/internal/testkit/contests"
)

func compiled(t testing.TB) *jsonschema.Schema {
	t.Helper()
	const address = "https://anquanda.invalid/contest.schema.json"
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(address, contests.Schema(t)); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(address)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// form says which type of value in YAML a Go type is read from.
func form(of reflect.Type) string {
	switch {
	case of == reflect.TypeFor[contest.Moment]() || of == reflect.TypeFor[contest.Span]() || of.Kind() == reflect.String:
		return "text"
	case of == reflect.TypeFor[contest.After]():
		return "key or group"
	}
	return map[reflect.Kind]string{reflect.Int: "number", reflect.Bool: "yes or no", reflect.Slice: "list",
		reflect.Struct: "group"}[of.Kind()]
}

func formOf(node contests.Object) string {
	switch kind := node["type"]; {
	case node["enum"] != nil:
		return "text"
	case node["anyOf"] != nil:
		return "key or group"
	case kind == nil:
		return ""
	default:
		if kinds, several := kind.([]any); several {
			kind = kinds[0]
		}
		return map[string]string{"string": "text", "integer": "number", "number": "number",
			"boolean": "yes or no", "array": "list",
			"object": "group"}[kind.(string)]
	}
}

// fieldsOf lists the keys that YAML may hold for a struct.
func fieldsOf(of reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for field := range of.Fields() {
		switch key := strings.Split(field.Tag.Get("yaml"), ",")[0]; {
		case field.Anonymous:
			maps.Copy(fields, fieldsOf(field.Type))
		case key != "":
			fields[key] = field.Type
		}
	}
	return fields
}

func TestTheSchemaAndTheTypesHaveTheSameKeys(t *testing.T) {
	root := contests.Schema(t)
	seen := map[reflect.Type]bool{}
	var walk func(at string, of reflect.Type, node contests.Object)
	walk = func(at string, of reflect.Type, node contests.Object) {
		if of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		node = contests.Resolved(root, node)
		if formOf(node) != form(of) {
			t.Errorf("%s: the schema has a %s, %s is read from a %s", at, formOf(node), of, form(of))
			return
		}
		switch form(of) {
		case "list":
			walk(at+"[]", of.Elem(), node["items"].(contests.Object))
		case "key or group":
			walkGroup(t, root, at, of, node["anyOf"].([]any)[1].(contests.Object), walk)
		case "group":
			if !seen[of] {
				seen[of] = true
				walkGroup(t, root, at, of, node, walk)
			}
		}
	}
	walk("", reflect.TypeFor[contest.Definition](), root)
	if len(seen) < 30 {
		t.Errorf("only %d types were looked at", len(seen))
	}
}

func walkGroup(
	t *testing.T, root contests.Object, at string, of reflect.Type, node contests.Object,
	walk func(string, reflect.Type, contests.Object),
) {
	properties, fields := node["properties"].(contests.Object), fieldsOf(of)
	if got, want := slices.Sorted(maps.Keys(properties)), slices.Sorted(maps.Keys(fields)); !slices.Equal(got, want) {
		t.Errorf("%s: the schema has %v,\n the type %v", at, got, want)
	}
	if node["additionalProperties"] != false {
		t.Errorf("%s: unknown keys are taken", at)
	}
	for key, field := range fields {
		property, ok := properties[key].(contests.Object)
		if !ok {
			continue
		}
		if title, _ := property["title"].(string); !regexp.MustCompile(`\p{Han}`).MatchString(title) {
			t.Errorf("%s.%s: no Chinese title for editors: %q", at, key, title)
		}
		walk(at+"."+key, field, property)
	}
}

// inYAML turns a tree of YAML into what the schema looks at. Dates stay text, as
// in editors (YAML 1.2 has no dates) and as Parse reads them.
func inYAML(t testing.TB, node *yaml.Node) any {
	t.Helper()
	switch node.Kind {
	case yaml.DocumentNode:
		return inYAML(t, node.Content[0])
	case yaml.AliasNode:
		return inYAML(t, node.Alias)
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range node.Content {
			list = append(list, inYAML(t, item))
		}
		return list
	case yaml.MappingNode:
		group := contests.Object{}
		for i := 0; i < len(node.Content); i += 2 {
			if key := node.Content[i]; key.Value != "<<" {
				group[key.Value] = inYAML(t, node.Content[i+1])
				continue
			}
			for key, value := range inYAML(t, node.Content[i+1]).(contests.Object) {
				if _, own := group[key]; !own {
					group[key] = value
				}
			}
		}
		return group
	}
	switch node.ShortTag() {
	case "!!int":
		return json.Number(node.Value)
	case "!!float":
		f, err := strconv.ParseFloat(node.Value, 64)
		if err != nil {
			t.Fatal(err)
		}
		return f
	case "!!bool":
		return node.Value == "true"
	case "!!null":
		return nil
	}
	return node.Value
}

func read(t testing.TB, text []byte) *yaml.Node {
	t.Helper()
	var tree yaml.Node
	if err := yaml.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	return &tree
}

func everything(t testing.TB) []byte {
	t.Helper()
	text, err := os.ReadFile("testdata/everything.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestTheShippedContestsFitTheSchema(t *testing.T) {
	schema := compiled(t)
	texts := map[string][]byte{"everything": everything(t)}
	for _, name := range contests.Names(t) {
		texts[name] = []byte(contests.Text(t, name))
	}
	for file, text := range texts {
		if err := schema.Validate(inYAML(t, read(t, text))); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		if bytes.Contains(text, []byte("yaml-language-server")) {
			t.Errorf("%s: it names a schema by an address of somebody's machine", file)
		}
	}
}
