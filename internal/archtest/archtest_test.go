package archtest

import (
	"os"
	"sort"
	"strings"
	"testing"
	"testing/fstest"
)

func TestTheHouseStandsAsDesigned(t *testing.T) {
	files, err := readHouse(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 10 {
		t.Fatalf("only %d files were found", len(files))
	}
	for _, problem := range inspect(files) {
		t.Error(problem)
	}
}

// inspect holds all rules.
func inspect(files []file) (problems []string) {
	for _, f := range files {
		problems = append(problems, checkImports(f)...)
		problems = append(problems, checkName(f)...)
		problems = append(problems, checkLength(f)...)
		problems = append(problems, checkSQL(f)...)
		problems = append(problems, checkComments(f)...)
	}
	problems = append(problems, checkOwners(files)...)
	problems = append(problems, checkPackageComments(files)...)
	sort.Strings(problems)
	return problems
}

func TestEachRuleFindsWhatBreaksIt(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string // part of the only problem; "" is none
	}{
		{"a package upstairs", map[string]string{"internal/play/a.go": `import _ "anquanda/internal/board"`}, "play may not import board"},
		{"a package downstairs", map[string]string{"internal/board/a.go": `import _ "anquanda/internal/play"`}, ""},
		{"a stranger", map[string]string{"internal/prize/a.go": `import _ "anquanda/internal/referral"`}, "never import each other"},
		{"a pure package that imports", map[string]string{"internal/question/a.go": `import _ "anquanda/internal/errs"`}, "question may not import errs"},
		{"testkit in the program", map[string]string{"internal/app/a.go": `import _ "anquanda/internal/testkit"`}, "for tests only"},
		{"testkit in a test", map[string]string{"internal/app/a_test.go": `import _ "anquanda/internal/testkit"`}, ""},
		{"a package nobody knows", map[string]string{"internal/magic/a.go": ``}, "magic is not in the table"},
		{"assets that import", map[string]string{"static/a.go": `import _ "anquanda/internal/errs"`}, "static may not import errs"},
		{"gin in the wrong room", map[string]string{"internal/play/a.go": `import _ "github.com/gin-gonic/gin"`}, "play may not know"},
		{"gin below httpapi", map[string]string{"internal/httpapi/player/a.go": `import _ "github.com/gin-gonic/gin/binding"`}, ""},
		{"a driver in the wrong room", map[string]string{"internal/bank/a.go": `import _ "github.com/go-sql-driver/mysql"`}, "bank may not know"},
		{"redis in the wrong room", map[string]string{"internal/prize/a.go": `import _ "github.com/redis/go-redis/v9"`}, "prize may not know"},
		{"a drawer for everything", map[string]string{"internal/play/utils/a.go": ``}, "named utils"},
		{"a long file", map[string]string{"internal/play/a.go": strings.Repeat("\n", maxLines)}, "more than 400"},
		{"a long test", map[string]string{"internal/play/a_test.go": strings.Repeat("\n", maxLines)}, ""},
		{"SQL upstairs", map[string]string{"internal/httpapi/a.go": `const q = "SELECT a FROM b WHERE c"`}, "may not hold SQL"},
		{"a report that writes", map[string]string{"internal/report/a.go": `const q = "DELETE FROM b WHERE c"`}, "may not write"},
		{"prose that begins like SQL", map[string]string{"internal/httpapi/a.go": `const q = "update the page"`}, ""},
		{"a table of two writers", map[string]string{
			"internal/play/a.go":  `const q = "UPDATE attempts SET a = 1"`,
			"internal/prize/a.go": `const q = "INSERT INTO attempts (a) VALUES (1)"`,
		}, "attempts is written by 2"},
		{"an exported name without a comment", map[string]string{"internal/play/a.go": `func Say() {}`}, "Say has no doc comment"},
		{"a group with one comment", map[string]string{"internal/play/a.go": "// Both.\nconst (\nA = 1\nB = 2\n)"}, ""},
		{"a method of a hidden type", map[string]string{"internal/play/a.go": "type x int\nfunc (x) Say() {}"}, ""},
		{"a method of a generic type", map[string]string{"internal/play/a.go": "// X is.\ntype X[T any] struct{}\nfunc (x *X[T]) Say() {}"}, "Say has no doc comment"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree := fstest.MapFS{}
			for name, text := range c.files {
				tree[name] = &fstest.MapFile{Data: []byte("// Package p is.\npackage p\n" + text + "\n")}
			}
			files, err := readHouse(tree)
			if err != nil {
				t.Fatal(err)
			}
			problems := inspect(files)
			switch {
			case c.want == "" && len(problems) > 0:
				t.Errorf("found %q, want nothing", problems)
			case c.want != "" && (len(problems) != 1 || !strings.Contains(problems[0], c.want)):
				t.Errorf("found %q, want one problem: %s", problems, c.want)
			}
		})
	}
}
