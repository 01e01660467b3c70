package contest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// formatAt is where the format of a finding stands among the arguments of a call.
var formatAt = map[string]int{"c.add": 1, "newFinding": 3, "fail": 0, "refuse": 1}

// formatsOf are the formats of findings that the package's source holds.
func formatsOf(t *testing.T) map[string]bool {
	t.Helper()
	files := token.NewFileSet()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	formats := map[string]bool{}
	plainString := func(e ast.Expr) bool {
		literal, ok := e.(*ast.BasicLit)
		if ok {
			text, _ := strconv.Unquote(literal.Value) // the parser took it
			formats[text] = true
		}
		return ok
	}
	visit := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			at, ok := formatAt[types.ExprString(n.Fun)]
			if !ok {
				return true
			}
			_, passedOn := n.Args[at].(*ast.Ident) // a parameter, or the constant syntax
			_, made := n.Args[at].(*ast.CallExpr)  // by wanted, see below
			if !plainString(n.Args[at]) && !passedOn && !made {
				t.Errorf("%s: the format of a finding must be a plain string", files.Position(n.Pos()))
			}
		case *ast.FuncDecl:
			if n.Name.Name != "wanted" {
				return true
			}
			ast.Inspect(n, func(n ast.Node) bool {
				if r, ok := n.(*ast.ReturnStmt); ok {
					plainString(r.Results[0])
				}
				return true
			})
		case *ast.CompositeLit:
			if at := files.Position(n.Pos()); n.Type != nil && types.ExprString(n.Type) == "Finding" &&
				at.Filename != "words.go" {
				t.Errorf("%s: a finding is made by newFinding, which knows the Chinese", at)
			}
		}
		return true
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, visit)
	}
	return formats
}

var verb = regexp.MustCompile(`%(\[\d\])?[a-z]`)

func TestEveryFindingHasItsChinese(t *testing.T) {
	formats := formatsOf(t)
	if len(formats) < 80 {
		t.Fatalf("only %d formats were found", len(formats))
	}
	for format := range formats {
		chinese := words[format]
		if chinese == "" {
			t.Errorf("words.go has no Chinese for %q", format)
		}
		if n := len(verb.FindAllString(chinese, -1)); n != 0 && !strings.Contains(chinese, "%[") &&
			n != len(verb.FindAllString(format, -1)) {
			t.Errorf("%q tells %d things in Chinese", format, n)
		}
	}
	delete(formats, syntax)
	for format := range words {
		if !formats[format] && format != syntax && !unreadable.MatchString(fmt.Sprintf(format, "x")) &&
			!strings.HasPrefix(format, "this must be a date") {
			t.Errorf("words.go has %q, which nothing says", format)
		}
	}
}

func TestWhatOrganizersReadIsChinese(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"title: [", "请检查缩进、冒号"},
		{"title: {}", "这里要写一段文字"},
		{"titel: 甲", "这里没有 “titel” 这一项"},
		{"levels: 3", "这里要写成列表，如 [甲, 乙]，不能写“3”"},
		{"title: 甲\ntitle: 乙", "“title”在第 1 行已经写过"},
		{"claims: {within: 三天}", "“三天” 不是时间长度"},
		{"window: {opens: [1]}", "这里要写日期"},
		{"feedback: never", "只能是这些之一：each、end、none"},
		{"contest: a\nplayers: {fields: [{key: a}, {key: a}]}", "前面已经有一项的标识是 “a”"},
		{"window: {opens: 明天}", "“明天” 不是日期"},
	} {
		_, err := Parse("x", []byte(c.text))
		found, _ := err.(Findings)
		said := ""
		for _, f := range found {
			said += f.Words + "\n"
			if f.Words == "" || strings.Contains(f.Words, "%!") || f.Line < 1 {
				t.Errorf("%q: %+v", c.text, f)
			}
		}
		if !strings.Contains(said, c.want) {
			t.Errorf("%q says\n%swant %q", c.text, said, c.want)
		}
	}
}
