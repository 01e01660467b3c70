package archtest

import (
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"
)

// checkImports holds the import rule.
func checkImports(f file) (problems []string) {
	name, ok := roomOf(f.pkg)
	if !ok || f.test || name == "archtest" {
		return nil
	}
	from, allowed, known := findRoom(name)
	if !known {
		return []string{f.path + ": " + name + " is not in the table of this test; give it its place there"}
	}
	for _, imported := range f.imports() {
		if to, ours := roomOf(imported); ours && strings.HasPrefix(imported, module+"/") {
			switch {
			case to == name:
			case to == "testkit":
				problems = append(problems, f.path+": testkit is for tests only")
			case areStrangers(name, to):
				problems = append(problems, fmt.Sprintf("%s: %s and %s never import each other", f.path, name, to))
			case !slices.Contains(allowed, to):
				problems = append(problems, fmt.Sprintf("%s: %s may not import %s, only %v", f.path, name, to, allowed))
			}
		}
		for library, paths := range libraries {
			if slices.ContainsFunc(paths, func(p string) bool { return imported == p || strings.HasPrefix(imported, p+"/") }) &&
				!strings.Contains(from.libraries, library) {
				problems = append(problems, fmt.Sprintf("%s: %s may not know %s", f.path, name, imported))
			}
		}
	}
	return problems
}

// areStrangers reports whether two rooms belong to different rooms of a group.
func areStrangers(a, b string) bool {
	for _, group := range strangers {
		in := func(name string) string {
			for _, word := range strings.Fields(group) {
				if name == word || strings.HasPrefix(name, word+"/") {
					return word
				}
			}
			return ""
		}
		if in(a) != "" && in(b) != "" && in(a) != in(b) {
			return true
		}
	}
	return false
}

// findRoom looks a room up and spells out what it may import.
func findRoom(name string) (found room, allowed []string, ok bool) {
	var below []string
	for _, r := range append(slices.Clone(house), outside...) {
		if r.name == name {
			for _, word := range strings.Fields(r.mayImport) {
				if word == "below" {
					allowed = append(allowed, below...)
				} else {
					allowed = append(allowed, word)
				}
			}
			return r, allowed, true
		}
		if inHouse := slices.ContainsFunc(house, func(h room) bool { return h.name == r.name }); inHouse {
			below = append(below, r.name)
		}
	}
	return room{}, nil, false
}

// checkName refuses packages named for where their code was put.
func checkName(f file) []string {
	for _, part := range strings.Split(f.pkg, "/") {
		if slices.Contains(strings.Fields(refusedNames), part) {
			return []string{f.path + ": a package named " + part + " says nothing; name it for what it does"}
		}
	}
	return nil
}

// checkLength holds the hard limit of a file that is not a test.
func checkLength(f file) []string {
	if f.test || f.lines <= maxLines {
		return nil
	}
	return []string{fmt.Sprintf("%s: %d lines, more than %d", f.path, f.lines, maxLines)}
}

var (
	sqlRead  = regexp.MustCompile(`(?is)^\s*(WITH\s.+\sAS\s*\(|SELECT\s.+\sFROM\s)`)
	sqlWrite = regexp.MustCompile("(?is)^\\s*(?:INSERT\\s+INTO|UPDATE|DELETE\\s+FROM|CREATE\\s+TABLE(?:\\s+IF\\s+NOT\\s+EXISTS)?)\\s+`?([a-z_]+)`?\\s*(?:SET\\b|WHERE\\b|\\(|VALUES\\b|SELECT\\b|$)")
)

// auditCut is what takes from the audit log or rewrites it.
var auditCut = regexp.MustCompile("(?is)(DELETE\\s+FROM|UPDATE|REPLACE\\s+INTO|" +
	"TRUNCATE(\\s+TABLE)?|DROP\\s+TABLE)\\s+`?audit_log\\b")

// checkSQL keeps SQL text in the packages that own tables, or read them.
func checkSQL(f file) (problems []string) {
	name, ok := roomOf(f.pkg)
	if !ok || f.test {
		return nil
	}
	r, _, _ := findRoom(name)
	for _, text := range f.texts() {
		if sqlRead.MatchString(text) && r.sql == noSQL {
			problems = append(problems, fmt.Sprintf("%s: %s may not hold SQL: %.60q", f.path, name, text))
		}
		if auditCut.MatchString(text) {
			problems = append(problems, fmt.Sprintf("%s: the audit log is only added to: %.60q", f.path, text))
		}
		if sqlWrite.MatchString(text) && r.sql != ownsTables {
			problems = append(problems, fmt.Sprintf("%s: %s may not write to tables: %.60q", f.path, name, text))
		}
	}
	return problems
}

// checkOwners holds that a table has one writing package. Benchmarks and tests
// write to any.
func checkOwners(files []file) (problems []string) {
	writers := map[string]map[string]bool{}
	for _, f := range files {
		name, ok := roomOf(f.pkg)
		if !ok || f.test || name == "bench" || name == "testkit" {
			continue
		}
		for _, table := range f.tablesWritten() {
			if writers[table] == nil {
				writers[table] = map[string]bool{}
			}
			writers[table][name] = true
		}
	}
	for table, names := range writers {
		if len(names) > 1 {
			problems = append(problems, fmt.Sprintf("the table %s is written by %d packages: %v", table, len(names),
				sortedKeys(names)))
		}
	}
	return problems
}

// tablesWritten lists the tables that the statements of a file write to, and those
// that it names to sqldb's DeleteOf.
func (f file) tablesWritten() (tables []string) {
	for _, text := range f.texts() {
		if m := sqlWrite.FindStringSubmatch(text); m != nil {
			tables = append(tables, strings.ToLower(m[1]))
		}
	}
	if f.syntax == nil {
		return tables
	}
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if method, ok := call.Fun.(*ast.SelectorExpr); ok && method.Sel.Name == "DeleteOf" {
			for _, argument := range call.Args {
				if table, ok := stringOf(argument); ok {
					tables = append(tables, table)
				}
			}
		}
		return true
	})
	return tables
}

func sortedKeys(set map[string]bool) []string {
	var keys []string
	for key := range set {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// checkComments wants a doc comment on every exported name, and on a method if
// its type is exported too.
func checkComments(f file) (problems []string) {
	if f.syntax == nil || f.test {
		return nil
	}
	missing := func(n ast.Node, name string) {
		problems = append(problems, f.line(n)+": "+name+" has no doc comment")
	}
	for _, declaration := range f.syntax.Decls {
		switch d := declaration.(type) {
		case *ast.FuncDecl:
			if d.Doc == nil && d.Name.IsExported() && ast.IsExported(receiver(d)) {
				missing(d, d.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				for _, name := range undocumented(d, spec) {
					missing(spec, name)
				}
			}
		}
	}
	return problems
}

// receiver names the type of a method; a function counts as exported.
func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return "Function"
	}
	of := d.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	switch generic := of.(type) {
	case *ast.IndexExpr:
		of = generic.X
	case *ast.IndexListExpr:
		of = generic.X
	}
	if name, ok := of.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

// undocumented lists the exported names of a spec; a comment on the group, above
// the name or at the end of its line speaks for it.
func undocumented(d *ast.GenDecl, spec ast.Spec) (names []string) {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
			names = append(names, s.Name.Name)
		}
	case *ast.ValueSpec:
		for _, name := range s.Names {
			if name.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
				names = append(names, name.Name)
			}
		}
	}
	return names
}

// checkPackageComments wants each package to say what it is.
func checkPackageComments(files []file) (problems []string) {
	told := map[string]bool{}
	for _, f := range files {
		if f.syntax != nil && !f.test {
			told[f.pkg] = told[f.pkg] || f.syntax.Doc != nil
		}
	}
	for pkg, ok := range told {
		if !ok {
			problems = append(problems, path.Clean(pkg)+": no file has a package comment")
		}
	}
	return problems
}
