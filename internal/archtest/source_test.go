package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// file is one Go file of the repository.
type file struct {
	path   string // from the root, with slashes
	pkg    string // its folder
	test   bool
	lines  int
	syntax *ast.File
	at     *token.FileSet
}

// readHouse parses every Go file under root, and every other source file that
// has a length to be held.
func readHouse(root fs.FS) (files []file, err error) {
	err = fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if base := entry.Name(); base != "." &&
				(base[0] == '.' || base == "node_modules" || base == "vendor" || base == "testdata" || base == "var") {
				return fs.SkipDir
			}
			return nil
		}
		extension := path.Ext(name)
		if extension != ".go" && extension != ".js" {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		f := file{path: name, pkg: path.Dir(name), lines: strings.Count(string(text), "\n")}
		f.test = strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".test.js")
		if extension == ".go" {
			f.at = token.NewFileSet()
			if f.syntax, err = parser.ParseFile(f.at, name, text, parser.ParseComments); err != nil {
				return err
			}
		}
		files = append(files, f)
		return nil
	})
	return files, err
}

// imports lists what a file imports.
func (f file) imports() []string {
	if f.syntax == nil {
		return nil
	}
	var paths []string
	for _, spec := range f.syntax.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err == nil {
			paths = append(paths, imported)
		}
	}
	return paths
}

// texts lists the string literals of a file.
func (f file) texts() []string {
	if f.syntax == nil {
		return nil
	}
	var texts []string
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if text, ok := stringOf(n); ok {
			texts = append(texts, text)
		}
		return true
	})
	return texts
}

// stringOf is the text of a string literal.
func stringOf(n ast.Node) (string, bool) {
	literal, ok := n.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(literal.Value)
	return text, err == nil
}

// line is "path:line" of a node.
func (f file) line(n ast.Node) string {
	return f.path + ":" + strconv.Itoa(f.at.Position(n.Pos()).Line)
}

// roomOf names the room that a folder, or the import path of one, belongs to: the
// deepest that the table has, so "internal/httpapi/player/x" is httpapi/player and
// "internal/bench/load" is bench. ok is false for what is not ours.
func roomOf(pkg string) (name string, ok bool) {
	parts := strings.Split(strings.TrimPrefix(pkg, module+"/"), "/")
	if parts[0] == "internal" && len(parts) > 2 {
		name = parts[1] + "/" + parts[2]
		if slices.ContainsFunc(house, func(r room) bool { return r.name == name }) {
			return name, true
		}
	}
	switch {
	case parts[0] == "internal" && len(parts) > 1:
		return parts[1], true
	case parts[0] == "questionbank" || parts[0] == "static" || parts[0] == "cmd":
		return parts[0], true
	}
	return "", false
}

const module = "anquanda"
