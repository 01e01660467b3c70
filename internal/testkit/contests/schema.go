package contests

import (
	"bytes"
	"maps"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"anquanda/internal/contest"
)

// Object is a part of a JSON document.
type Object = map[string]any

// Schema is the JSON Schema of a definition as a document.
func Schema(t testing.TB) Object {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(contest.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	return document.(Object)
}

// Resolved is a node of the schema with what it refers to.
func Resolved(root, node Object) Object {
	ref, ok := node["$ref"].(string)
	if !ok {
		return node
	}
	whole := maps.Clone(root["$defs"].(Object)[strings.TrimPrefix(ref, "#/$defs/")].(Object))
	for key, value := range node {
		if key != "$ref" {
			whole[key] = value
		}
	}
	return whole
}
