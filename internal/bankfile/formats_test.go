package bankfile

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floor is what the formats share, each of what may be below it: a folder knows
// those before it.
var floor = []string{"draft", "judge", "xmltree", "table", "paragraphs"}

func TestNoFormatKnowsAnother(t *testing.T) {
	files, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	folders := map[string]bool{}
	for _, file := range files {
		folder := filepath.Dir(file)
		allowed := floor
		if at := slices.Index(floor, folder); at >= 0 {
			allowed = floor[:at]
		} else {
			folders[folder] = true
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range tree.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			other, ours := strings.CutPrefix(path, "anquanda/internal/bankfile/")
			if ours && !slices.Contains(allowed, other) {
				t.Errorf("%s knows %s; it may know %v", file, other, allowed)
			}
		}
	}
	if len(folders) < 9 {
		t.Errorf("only %d formats have folders: %v", len(folders), folders)
	}
}
