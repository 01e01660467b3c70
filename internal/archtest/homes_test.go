package archtest

import (
	"go/ast"
	"go/token"
	"regexp"
	"strings"
)

// moversOfAwards is the one file that changes rows of awards: it holds the table of
// the moves of their status.
const moversOfAwards = "internal/prize/award.go"

var updateOfAwards = regexp.MustCompile("(?i)\\bUPDATE\\s+`?awards\\b")

// checkAwards holds that an award moves by that table alone.
func checkAwards(f file) (problems []string) {
	if f.test || f.path == moversOfAwards {
		return nil
	}
	for _, text := range f.texts() {
		if updateOfAwards.MatchString(text) {
			problems = append(problems, f.path+": awards are moved in "+moversOfAwards+" alone, by prize.Move")
		}
	}
	return problems
}

// checkLookups holds that nobody goes through all contests to find one by its id:
// Catalog.Of does.
func checkLookups(f file) (problems []string) {
	if f.syntax == nil || f.test || strings.HasPrefix(f.path, "internal/catalog/") {
		return nil
	}
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		var all ast.Expr
		var work ast.Node
		switch n := n.(type) {
		case *ast.RangeStmt:
			all, work = n.X, n.Body
		case *ast.CallExpr: // as slices.IndexFunc(catalog.All(), …)
			if len(n.Args) > 1 {
				all, work = n.Args[0], n
			}
		}
		if all != nil && isAllContests(all) && looksForID(work) {
			problems = append(problems, f.line(n)+": a contest is found by its id with Catalog.Of, not among all")
		}
		return true
	})
	return problems
}

// isAllContests reports whether an expression is the catalog's All().
func isAllContests(of ast.Expr) bool {
	call, ok := of.(*ast.CallExpr)
	if !ok {
		return false
	}
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || method.Sel.Name != "All" {
		return false
	}
	switch from := method.X.(type) {
	case *ast.Ident:
		return strings.EqualFold(from.Name, "catalog")
	case *ast.SelectorExpr:
		return strings.EqualFold(from.Sel.Name, "catalog")
	}
	return false
}

// looksForID reports whether the id of a contest is compared, or made the key of a map.
func looksForID(in ast.Node) (found bool) {
	ast.Inspect(in, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			found = found || n.Op == token.EQL && (isContestID(n.X) || isContestID(n.Y))
		case *ast.AssignStmt:
			for _, to := range n.Lhs {
				if entry, ok := to.(*ast.IndexExpr); ok {
					found = found || isContestID(entry.Index)
				}
			}
		}
		return !found
	})
	return found
}

func isContestID(n ast.Expr) bool {
	field, ok := n.(*ast.SelectorExpr)
	return ok && field.Sel.Name == "ContestID"
}
