package httpapi_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// spec is openapi.yaml, made strict: an object may hold only what it documents.
type spec struct {
	doc        map[string]any
	operations []operation

	mu       sync.Mutex
	compiler *jsonschema.Compiler
}

type operation struct {
	method string // GET
	path   string // /api/v1/contests/{contest}
	node   map[string]any
}

const specURL = "https://anquanda.invalid/openapi.yaml"

// specOf is readSpec for a test.
func specOf(t testing.TB) *spec {
	t.Helper()
	s, err := specOnce()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// specOnce reads the document once for all tests; none changes it.
var specOnce = sync.OnceValues(readSpec)

func readSpec() (*spec, error) {
	text, err := os.ReadFile("openapi.yaml")
	if err != nil {
		return nil, err
	}
	var tree any
	if err := yaml.Unmarshal(text, &tree); err != nil {
		return nil, err
	}
	asJSON, err := json.Marshal(tree)
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		return nil, err
	}
	s := &spec{doc: doc.(map[string]any), compiler: jsonschema.NewCompiler()}
	closeObjects(s.doc["components"])
	closeObjects(s.doc["paths"])
	s.compiler.DefaultDraft(jsonschema.Draft2020)
	if err := s.compiler.AddResource(specURL, s.doc); err != nil {
		return nil, err
	}
	paths := s.doc["paths"].(map[string]any)
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		for method, node := range paths[path].(map[string]any) {
			s.operations = append(s.operations, operation{strings.ToUpper(method), path, node.(map[string]any)})
		}
	}
	return s, nil
}

// closeObjects lets no schema of an object take keys that it does not name.
func closeObjects(node any) {
	switch n := node.(type) {
	case map[string]any:
		if n["type"] == "object" {
			n["unevaluatedProperties"] = false
		}
		for _, child := range n {
			closeObjects(child)
		}
	case []any:
		for _, child := range n {
			closeObjects(child)
		}
	}
}

// schema compiles the schema at the end of a path of keys.
func (s *spec) schema(keys ...string) (*jsonschema.Schema, error) {
	pointer := ""
	for _, key := range keys {
		pointer += "/" + url.PathEscape(strings.NewReplacer("~", "~0", "/", "~1").Replace(key))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.compiler.Compile(specURL + "#" + pointer)
}

// follow goes along keys from the top and through every $ref on the way; it
// returns where it ended, as keys from the top. Nil is not there.
func (s *spec) follow(keys ...string) (map[string]any, []string) {
	node, at := s.doc, []string(nil)
	for _, key := range keys {
		child, ok := node[key].(map[string]any)
		if !ok {
			return nil, nil
		}
		node, at = child, append(slices.Clone(at), key)
		if ref, ok := node["$ref"].(string); ok && len(node) == 1 {
			node, at = s.follow(strings.Split(strings.TrimPrefix(ref, "#/"), "/")...)
			if node == nil {
				return nil, nil
			}
		}
	}
	return node, at
}

// find returns the operation of a request; ok is false for none.
func (s *spec) find(method, path string) (operation, bool) {
	parts := strings.Split(path, "/")
	for _, o := range s.operations {
		pattern := strings.Split(o.path, "/")
		same := o.method == method && len(pattern) == len(parts)
		for i := 0; same && i < len(parts); i++ {
			same = pattern[i] == parts[i] || strings.HasPrefix(pattern[i], "{") && parts[i] != ""
		}
		if same {
			return o, true
		}
	}
	return operation{}, false
}

// check compares a reply with what is documented for its request.
func (s *spec) check(request *http.Request, reply *http.Response, body []byte) error {
	if request.Method == http.MethodHead {
		return nil // it has no body to compare
	}
	o, known := s.find(request.Method, request.URL.EscapedPath())
	if !known {
		if !strings.HasPrefix(request.URL.Path, "/api/") && reply.StatusCode != http.StatusMethodNotAllowed {
			return nil // a page
		}
		return s.checkProblem(reply, body)
	}
	status := fmt.Sprint(reply.StatusCode)
	response, at := s.follow("paths", o.path, strings.ToLower(o.method), "responses", status)
	if response == nil {
		return fmt.Errorf("status %s is not documented: %.300s", status, body)
	}
	headers, _ := response["headers"].(map[string]any)
	for name := range headers {
		if reply.Header.Get(name) == "" {
			return fmt.Errorf("status %s has no header %s", status, name)
		}
	}
	if content, _ := response["content"].(map[string]any); len(content) == 0 {
		if len(body) > 0 {
			return fmt.Errorf("status %s has a body: %.200s", status, body)
		}
		return nil
	}
	media, _, err := mime.ParseMediaType(reply.Header.Get("Content-Type"))
	if err != nil {
		return err
	}
	schema, err := s.schema(append(slices.Clone(at), "content", media, "schema")...)
	if err != nil {
		return fmt.Errorf("status %s, %s: %w", status, media, err)
	}
	var value any = string(body)
	if media == "application/json" || strings.HasSuffix(media, "+json") {
		if value, err = jsonschema.UnmarshalJSON(bytes.NewReader(body)); err != nil {
			return err
		}
	}
	if err := schema.Validate(value); err != nil {
		return fmt.Errorf("status %s: %w\n%.500s", status, err, body)
	}
	if media == "application/problem+json" {
		return s.checkProblem(reply, body)
	}
	return nil
}

// checkProblem holds what is true of every problem, documented call or not.
func (s *spec) checkProblem(reply *http.Response, body []byte) error {
	if got := reply.Header.Get("Content-Type"); got != "application/problem+json" {
		return fmt.Errorf("status %d comes as %q, not as a problem: %.200s", reply.StatusCode, got, body)
	}
	schema, err := s.schema("components", "schemas", "Problem")
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return err
	}
	if err := schema.Validate(value); err != nil {
		return err
	}
	problem := value.(map[string]any)
	code, _ := problem["code"].(string)
	documented, ok := s.doc["x-problems"].(map[string]any)[code].(map[string]any)
	switch {
	case !ok:
		return fmt.Errorf("the code %s is not in x-problems", code)
	case problem["status"] != json.Number(fmt.Sprint(reply.StatusCode)) || documented["status"] != problem["status"]:
		return fmt.Errorf("%s: the status is %d, in the body %v, documented %v", code, reply.StatusCode, problem["status"],
			documented["status"])
	case problem["request_id"] != reply.Header.Get("X-Request-Id"):
		return fmt.Errorf("%s: request_id differs from the header", code)
	case reply.Header.Get("Cache-Control") != "no-store":
		return fmt.Errorf("%s: a cache may keep it", code)
	}
	return nil
}

// editorsNotes are the texts of the reviews in the shipped bank, each once: nothing that
// players are sent holds one.
var editorsNotes = sync.OnceValue(func() []string {
	questions, err := shippedOnce()
	if err != nil || len(questions) == 0 || questions[0].Review.By == "" {
		panic(fmt.Sprint("the shipped bank has no reviews to look for: ", err))
	}
	var notes []string
	for i := range questions {
		notes = append(notes, questions[i].Review.By, questions[i].Review.Against)
	}
	slices.Sort(notes)
	return slices.Compact(notes)
})

// checking is an http.RoundTripper that holds every reply against the spec, and those
// that players get against what only editors may see.
type checking struct {
	t    testing.TB
	spec *spec
}

func (c checking) RoundTrip(request *http.Request) (*http.Response, error) {
	reply, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(reply.Body)
	reply.Body.Close()
	if err != nil {
		return nil, err
	}
	reply.Body = io.NopCloser(bytes.NewReader(body))
	if err := c.spec.check(request, reply, body); err != nil {
		c.t.Errorf("%s %.100s: %v", request.Method, request.URL.Path, err)
	}
	for _, note := range editorsNotes() {
		if !strings.HasPrefix(request.URL.Path, consolePath) && bytes.Contains(body, []byte(note)) {
			c.t.Errorf("%s %.100s tells a player what editors note: %s", request.Method, request.URL.Path, note)
		}
	}
	return reply, nil
}
