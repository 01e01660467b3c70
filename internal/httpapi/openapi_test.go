package httpapi_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"anquanda/internal/httpapi"
	"anquanda/internal/httpapi/player"
)

func TestTheDocumentAndTheRoutesNameTheSameCalls(t *testing.T) {
	server := &httpapi.Server{Player: &player.API{}, Metrics: true}
	parameter := regexp.MustCompile(`:([a-z]+)`)
	routes := map[string]bool{}
	for _, route := range server.Handler().(*gin.Engine).Routes() {
		routes[route.Method+" "+parameter.ReplaceAllString(route.Path, "{$1}")] = true
	}
	documented := map[string]bool{}
	for _, o := range specOf(t).operations {
		documented[o.method+" "+o.path] = true
	}
	for _, call := range slices.Sorted(maps.Keys(routes)) {
		if !documented[call] {
			t.Errorf("%s is not in openapi.yaml", call)
		}
	}
	for _, call := range slices.Sorted(maps.Keys(documented)) {
		if !routes[call] {
			t.Errorf("%s is in openapi.yaml and nowhere else", call)
		}
	}
}

func TestEveryReferenceOfTheDocumentLeadsSomewhere(t *testing.T) {
	s := specOf(t)
	used := map[string]bool{}
	walk(s.doc, "", func(at string, node map[string]any) {
		ref, ok := node["$ref"].(string)
		if !ok {
			return
		}
		used[ref] = true
		if found, _ := s.follow(strings.Split(strings.TrimPrefix(ref, "#/"), "/")...); found == nil {
			t.Errorf("%s: %s leads nowhere", at, ref)
		}
	})
	for kind, parts := range s.doc["components"].(map[string]any) {
		for name := range parts.(map[string]any) {
			if kind != "securitySchemes" && !used["#/components/"+kind+"/"+name] {
				t.Errorf("components/%s/%s is used by nobody", kind, name)
			}
		}
	}
}

func TestEverySchemaIsOneAndEveryExampleFitsItsSchema(t *testing.T) {
	s := specOf(t)
	examples := 0
	walk(s.doc, "", func(at string, node map[string]any) {
		if _, ok := node["schema"]; !ok {
			return
		}
		schema, err := s.schema(append(keysOf(at), "schema")...)
		if err != nil {
			t.Errorf("%s: %v", at, err)
			return
		}
		named, _ := node["examples"].(map[string]any)
		for name, example := range named {
			examples++
			if err := schema.Validate(example.(map[string]any)["value"]); err != nil {
				t.Errorf("%s, example %s: %v", at, name, err)
			}
		}
	})
	if examples < 10 {
		t.Errorf("only %d examples were found", examples)
	}
}

// An unquoted comma in a flow mapping makes the rest of a sentence a key.
func TestNoKeyOfTheDocumentIsHalfASentence(t *testing.T) {
	s := specOf(t)
	keys := func(at string, node map[string]any) {
		for key := range node {
			if strings.Contains(key, " ") {
				t.Errorf("%s: the key %q", at, key)
			}
		}
	}
	walk(s.doc, "", keys)
	for code, entry := range s.doc["x-problems"].(map[string]any) {
		keys(code, entry.(map[string]any))
	}
}

func TestEveryOperationIsTold(t *testing.T) {
	s := specOf(t)
	ids := map[string]bool{}
	parameter := regexp.MustCompile(`\{([a-z]+)\}`)
	for _, o := range s.operations {
		name := o.method + " " + o.path
		id, _ := o.node["operationId"].(string)
		if id == "" || ids[id] || o.node["summary"] == nil || o.node["tags"] == nil {
			t.Errorf("%s: it needs an operationId of its own, a summary and a tag", name)
		}
		ids[id] = true
		wanted := map[string]bool{}
		for _, match := range parameter.FindAllStringSubmatch(o.path, -1) {
			wanted[match[1]] = true
		}
		listed, _ := o.node["parameters"].([]any)
		for _, p := range listed {
			node := p.(map[string]any)
			if ref, ok := node["$ref"].(string); ok {
				node, _ = s.follow(strings.Split(strings.TrimPrefix(ref, "#/"), "/")...)
			}
			if node["in"] == "path" {
				delete(wanted, node["name"].(string))
			}
		}
		if len(wanted) > 0 {
			t.Errorf("%s: parameters are not told: %v", name, wanted)
		}
		operation, _ := o.node["operationId"].(string)
		writes := o.method != "GET" && o.method != "DELETE" &&
			!slices.Contains([]string{"undoVersion", "makePayoutFile", "downloadPayoutFile", "decideHonours",
				"publishHonours", "renewTeamCode"}, operation)
		if writes != (o.node["requestBody"] != nil) {
			t.Errorf("%s: a body is told is %t", name, o.node["requestBody"] != nil)
		}
	}
}

// TestEveryCodeOfAProblemIsDocumented reads the codes out of the source of what
// calls can reach.
func TestEveryCodeOfAProblemIsDocumented(t *testing.T) {
	s := specOf(t)
	table := s.doc["x-problems"].(map[string]any)
	made := map[string]bool{"internal": true, "invalid_field": true}
	pattern := regexp.MustCompile(`errs\.New\(errs\.\w+, "([a-z_]+)"`)
	rooms := "sqldb contest wechat publicname identity unit staff bank catalog conduct play board referral shortlist spot " +
		"poll pledge prize team honour pairing certificate live limit webhook hall report httpapi"
	for _, room := range strings.Fields(rooms) {
		err := filepath.WalkDir("../"+room, func(file string, _ fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") {
				return err
			}
			text, err := os.ReadFile(file)
			for _, match := range pattern.FindAllSubmatch(text, -1) {
				made[string(match[1])] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	delete(made, "view_rebuilding") // told to who runs `anquanda rebuild`
	for _, code := range slices.Sorted(maps.Keys(made)) {
		if table[code] == nil {
			t.Errorf("%s is not in x-problems", code)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(table)) {
		if !made[code] {
			t.Errorf("%s is in x-problems, and nothing makes it", code)
		}
	}
}

func TestACodeStandsAtACallWithItsOwnStatus(t *testing.T) {
	s := specOf(t)
	table := s.doc["x-problems"].(map[string]any)
	for _, o := range s.operations {
		for status := range o.node["responses"].(map[string]any) {
			schema, _ := s.follow("paths", o.path, strings.ToLower(o.method), "responses", status, "content",
				"application/problem+json", "schema")
			if schema == nil {
				continue
			}
			codes, _ := followIn(schema, "properties", "code")["enum"].([]any)
			if len(codes) == 0 {
				t.Errorf("%s %s, %s: no codes are told", o.method, o.path, status)
			}
			for _, code := range codes {
				entry, _ := table[code.(string)].(map[string]any)
				if entry == nil || fmt.Sprint(entry["status"]) != status {
					t.Errorf("%s %s, %s: the code %s is %v", o.method, o.path, status, code, entry)
				}
			}
		}
	}
}

// followIn goes along keys below node.
func followIn(node map[string]any, keys ...string) map[string]any {
	for _, key := range keys {
		node, _ = node[key].(map[string]any)
	}
	return node
}

// walk visits every object with its path of keys, joined by a character that no
// key holds.
func walk(node any, at string, visit func(at string, node map[string]any)) {
	switch n := node.(type) {
	case map[string]any:
		if strings.HasPrefix(at, keySeparator+"x-") || strings.HasSuffix(at, keySeparator+"value") {
			return
		}
		visit(at, n)
		for key, child := range n {
			walk(child, at+keySeparator+key, visit)
		}
	case []any:
		for i, child := range n {
			walk(child, at+keySeparator+fmt.Sprint(i), visit)
		}
	}
}

const keySeparator = "›"

func keysOf(at string) []string {
	return strings.Split(strings.TrimPrefix(at, keySeparator), keySeparator)
}
