package archtest

import (
	"go/ast"
	"go/token"
	"regexp"
	"strings"
)

const (
	// namesOfKeys is the one file that names keys in Redis.
	namesOfKeys = "internal/redisdb/keys.go"
	// guardOfScripts puts one text before another; both are held here by themselves.
	guardOfScripts = "internal/redisdb/guard.go"
)

var (
	redisCall = regexp.MustCompile(`redis\.p?call\(`)
	// A call whose key comes through KEYS, or whose command takes none.
	callByKeys = regexp.MustCompile(`redis\.p?call\(\s*['"](TIME['"]|[A-Z]+['"]\s*,\s*KEYS\[)`)
)

// checkRedis holds that every key of a script comes through KEYS, as a cluster demands,
// and that keys are named in one file.
func checkRedis(f file) (problems []string) {
	if f.test || f.syntax == nil {
		return nil
	}
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			text, ok := stringOf(n)
			if ok && strings.HasPrefix(text, "aq:") && f.path != namesOfKeys {
				problems = append(problems, f.line(n)+": a key in Redis is named in "+namesOfKeys+" alone")
			}
			if ok && len(redisCall.FindAllString(text, -1)) != len(callByKeys.FindAllString(text, -1)) {
				problems = append(problems, f.line(n)+": a script takes its keys from KEYS")
			}
		case *ast.CallExpr:
			if problem := checkScript(n); problem != "" && f.path != guardOfScripts {
				problems = append(problems, f.line(n)+": "+problem)
			}
		}
		return true
	})
	return problems
}

// checkScript holds that the text of a script can be read here.
func checkScript(call *ast.CallExpr) string {
	name := ""
	switch called := call.Fun.(type) {
	case *ast.SelectorExpr:
		name = called.Sel.Name
	case *ast.Ident:
		name = called.Name
	}
	switch name {
	case "Eval", "EvalRO", "ScriptLoad":
		return "a script is made by redis.NewScript or redisdb.NewGuarded"
	case "NewScript", "NewGuarded":
		literal, ok := call.Args[0].(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return "the text of a script stands where the script is made"
		}
	}
	return ""
}
