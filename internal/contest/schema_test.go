package contest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"anquanda/internal/contest"
)

// object is a part of a JSON document.
type object = map[string]any

func schemaDocument(t testing.TB) object {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(contest.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	return document.(object)
}

func compiled(t testing.TB) *jsonschema.Schema {
	t.Helper()
	const address = "https://anquanda.invalid/contest.schema.json"
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(address, schemaDocument(t)); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(address)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// resolved is a schema's node with what it refers to.
func resolved(root, node object) object {
	ref, ok := node["$ref"].(string)
	if !ok {
		return node
	}
	whole := maps.Clone(root["$defs"].(object)[strings.TrimPrefix(ref, "#/$defs/")].(object))
	for key, value := range node {
		if key != "$ref" {
			whole[key] = value
		}
	}
	return whole
}

// form says which type of value in YAML a Go type is read from.
func form(of reflect.Type) string {
	switch {
	case of == reflect.TypeFor[contest.Moment]() || of == reflect.TypeFor[contest.Span]() || of.Kind() == reflect.String:
		return "text"
	case of == reflect.TypeFor[contest.After]():
		return "key or group"
	}
	return map[reflect.Kind]string{reflect.Int: "number", reflect.Bool: "yes or no", reflect.Slice: "list", reflect.Struct: "group"}[of.Kind()]
}

func formOf(node object) string {
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
		return map[string]string{"string": "text", "integer": "number", "boolean": "yes or no", "array": "list", "object": "group"}[kind.(string)]
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
	root := schemaDocument(t)
	seen := map[reflect.Type]bool{}
	var walk func(at string, of reflect.Type, node object)
	walk = func(at string, of reflect.Type, node object) {
		if of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		node = resolved(root, node)
		if formOf(node) != form(of) {
			t.Errorf("%s: the schema has a %s, %s is read from a %s", at, formOf(node), of, form(of))
			return
		}
		switch form(of) {
		case "list":
			walk(at+"[]", of.Elem(), node["items"].(object))
		case "key or group":
			walkGroup(t, root, at, of, node["anyOf"].([]any)[1].(object), walk)
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

func walkGroup(t *testing.T, root object, at string, of reflect.Type, node object, walk func(string, reflect.Type, object)) {
	properties, fields := node["properties"].(object), fieldsOf(of)
	if got, want := slices.Sorted(maps.Keys(properties)), slices.Sorted(maps.Keys(fields)); !slices.Equal(got, want) {
		t.Errorf("%s: the schema has %v,\n the type %v", at, got, want)
	}
	if node["additionalProperties"] != false {
		t.Errorf("%s: unknown keys are taken", at)
	}
	for key, field := range fields {
		property, ok := properties[key].(object)
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
		group := object{}
		for i := 0; i < len(node.Content); i += 2 {
			if key := node.Content[i]; key.Value != "<<" {
				group[key.Value] = inYAML(t, node.Content[i+1])
				continue
			}
			for key, value := range inYAML(t, node.Content[i+1]).(object) {
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
	files, err := filepath.Glob(shippedContests + "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, "testdata/everything.yaml") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(inYAML(t, read(t, text))); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		if bytes.Contains(text, []byte("yaml-language-server")) {
			t.Errorf("%s: it names a schema by an address of somebody's machine", file)
		}
	}
}

// place is one value of everything.yaml with its part of the schema. set puts
// other text there; with ok false it is taken out with its key.
type place struct {
	path   string
	schema object
	node   *yaml.Node
	parent *yaml.Node // the group that holds it; nil in a list
}

// places walks everything.yaml and the schema together, and fails for a key of
// the schema that the file does not hold.
func places(t *testing.T, tree *yaml.Node) []place {
	t.Helper()
	root := schemaDocument(t)
	held := map[string]bool{}
	var all []place
	var walk func(path string, node object, tree, parent *yaml.Node)
	walk = func(path string, node object, tree, parent *yaml.Node) {
		node = resolved(root, node)
		if choices, ok := node["anyOf"].([]any); ok {
			node = resolved(root, choices[min(1, int(tree.Kind)/int(yaml.MappingNode))].(object))
		}
		all = append(all, place{path, node, tree, parent})
		switch tree.Kind {
		case yaml.SequenceNode:
			for i, item := range tree.Content {
				walk(fmt.Sprintf("%s[%d]", path, i), node["items"].(object), item, nil)
			}
		case yaml.MappingNode:
			for i := 0; i < len(tree.Content); i += 2 {
				key := tree.Content[i].Value
				property, ok := node["properties"].(object)[key].(object)
				if !ok {
					t.Fatalf("%s.%s is not in the schema", path, key)
				}
				held[fmt.Sprint(reflect.ValueOf(property).Pointer())] = true
				walk(strings.TrimPrefix(path+"."+key, "."), property, tree.Content[i+1], tree)
			}
		}
	}
	walk("", root, tree.Content[0], nil)
	allOfIt(root, "", func(at string, property object) {
		if !held[fmt.Sprint(reflect.ValueOf(property).Pointer())] {
			t.Errorf("testdata/everything.yaml does not hold %s", at)
		}
	})
	return all
}

// allOfIt visits every property that the schema names.
func allOfIt(node any, at string, visit func(at string, property object)) {
	switch n := node.(type) {
	case object:
		properties, _ := n["properties"].(object)
		for key, property := range properties {
			visit(at+"."+key, property.(object))
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
		scalar("!!float", "1.5")
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
		unknown.Content = append(slices.Clone(p.node.Content), &yaml.Node{Kind: yaml.ScalarNode, Value: "unheard-of"}, &yaml.Node{Kind: yaml.ScalarNode, Value: "1"})
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
