package tidb

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// statement is SQL as it stands in the code: between its parts is what only a run knows,
// such as a list of columns.
type statement struct {
	where string
	parts []string
}

var (
	begins = regexp.MustCompile(`^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|CREATE (TABLE|INDEX|UNIQUE)|` +
		`ALTER TABLE|DROP TABLE|REPLACE INTO)\s`)
	verb = regexp.MustCompile(`%[sdqv]`)
)

// fillers stand in for an unknown part, endings for what is added to a statement elsewhere.
var (
	fillers = []string{"a", "", "1", "a = 1", ", ?", " AND a = 1", "a = 1 AND ", "(1)", "FROM a",
		"?, ?", " (a) VALUES (1)", ", a"}
	endings = []string{"", " (a) VALUES (1)", " 1", " a", "(1)", " FROM a", ")", " a)", " FROM a)"}
)

// parses tells the parser's error, unless some filling of the unknown parts parses: then
// what the code says is SQL that TiDB knows.
func (s statement) parses() error {
	first := parses(strings.Join(s.parts, fillers[0]))
	if first == nil || s.parsesFilled(s.parts[0], s.parts[1:]) {
		return nil
	}
	return first
}

func (s statement) parsesFilled(before string, rest []string) bool {
	if len(rest) == 0 {
		for _, ending := range endings {
			if parses(before+ending) == nil {
				return true
			}
		}
		return false
	}
	for _, filler := range fillers {
		if len(rest) > 2 && filler != fillers[0] {
			break // enough that the last two vary
		}
		if s.parsesFilled(before+filler+rest[0], rest[1:]) {
			return true
		}
	}
	return false
}

// statements reads all packages of the program but for their tests and what is for tests.
func statements(root string) (found []statement, err error) {
	for _, top := range []string{"internal", "cmd"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, entry os.DirEntry, err error) error {
			if err != nil || !entry.IsDir() {
				return err
			}
			if name := entry.Name(); name == "testkit" || name == "archtest" || name == "bench" || name == "testdata" {
				return filepath.SkipDir
			}
			of, err := statementsOf(path)
			found = append(found, of...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

func statementsOf(folder string) (found []statement, err error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	files := token.NewFileSet()
	pkg := source{known: map[string]ast.Expr{}}
	var all []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return nil, err
		}
		pkg.learn(file)
		all = append(all, file)
	}
	for _, file := range all {
		ast.Inspect(file, func(n ast.Node) bool {
			expr, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			parts, text := pkg.fold(expr, 0)
			if text && begins.MatchString(parts[0]) {
				found = append(found, statement{files.Position(expr.Pos()).String(), parts})
			}
			return !text // the parts of a text are no texts of their own
		})
	}
	return found, nil
}

// source knows the strings of one package by their names.
type source struct{ known map[string]ast.Expr }

func (s source) learn(file *ast.File) {
	for _, declaration := range file.Decls {
		names, ok := declaration.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, one := range names.Specs {
			if value, ok := one.(*ast.ValueSpec); ok && len(value.Names) == len(value.Values) {
				for i, name := range value.Names {
					s.known[name.Name] = value.Values[i]
				}
			}
		}
	}
}

// fold tells the parts of a text; none of expressions that are no text for sure.
func (s source) fold(expr ast.Expr, depth int) (parts []string, text bool) {
	switch e := expr.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			value, err := strconv.Unquote(e.Value)
			return verb.Split(value, -1), err == nil
		}
	case *ast.ParenExpr:
		return s.fold(e.X, depth)
	case *ast.Ident:
		if value, ok := s.known[e.Name]; ok && depth > 0 && depth < 9 {
			return s.fold(value, depth+1)
		}
	case *ast.BinaryExpr:
		if e.Op != token.ADD {
			return nil, false
		}
		left, leftIs := s.fold(e.X, depth+1)
		right, rightIs := s.fold(e.Y, depth+1)
		switch {
		case !leftIs && !rightIs:
			return nil, false
		case !leftIs:
			return append([]string{""}, right...), true
		case !rightIs:
			return append(left[:len(left):len(left)], ""), true
		}
		joined := append(left[:len(left)-1:len(left)-1], left[len(left)-1]+right[0])
		return append(joined, right[1:]...), true
	}
	return nil, false
}
