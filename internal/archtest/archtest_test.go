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
		problems = append(problems, checkAwards(f)...)
		problems = append(problems, checkLookups(f)...)
		problems = append(problems, checkRedis(f)...)
		problems = append(problems, checkComments(f)...)
	}
	problems = append(problems, checkOwners(files)...)
	problems = append(problems, checkPackageComments(files)...)
	sort.Strings(problems)
	return problems
}

// sources are texts of Go files, without their package clause, by path.
type sources map[string]string

func TestEachRuleFindsWhatBreaksIt(t *testing.T) {
	for _, c := range []struct {
		name  string
		files sources
		want  string // part of the only problem; "" is none
	}{
		{"a package upstairs", sources{"internal/play/a.go": `import _ "anquanda/internal/board"`},
			"play may not import board"},
		{"a package downstairs", sources{"internal/board/a.go": `import _ "anquanda/internal/play"`}, ""},
		{"a stranger", sources{"internal/prize/a.go": `import _ "anquanda/internal/referral"`},
			"never import each other"},
		{"a door of a stranger", sources{"internal/prize/payout/a.go": `import _ "anquanda/internal/board"`},
			"never import each other"},
		{"a door that knows another",
			sources{"internal/prize/payout/a.go": `import _ "anquanda/internal/prize/drawing"`}, "never import each other"},
		{"the booth that knows draws",
			sources{"internal/prize/handout/a.go": `import _ "anquanda/internal/prize/instant"`}, "never import each other"},
		{"the booth that gives places on",
			sources{"internal/prize/handout/a.go": `import _ "anquanda/internal/prize/drawing"`}, ""},
		{"a drawing that knows the booth",
			sources{"internal/prize/drawing/a.go": `import _ "anquanda/internal/prize/handout"`}, "may not import"},
		{"a door that knows its ledger", sources{"internal/prize/payout/a.go": `import _ "anquanda/internal/prize"`}, ""},
		{"a ledger that knows a door", sources{"internal/prize/a.go": `import _ "anquanda/internal/prize/payout"`},
			"prize may not import prize/payout"},
		{"an audience that knows the other",
			sources{"internal/httpapi/console/units/a.go": `import _ "anquanda/internal/httpapi/player"`},
			"never import each other"},
		{"routes of both audiences",
			sources{"internal/httpapi/a.go": "import _ \"anquanda/internal/httpapi/player\"\nimport _ \"anquanda/internal/httpapi/console\""}, ""},
		{"an audit log that is cut", sources{"internal/staff/a.go": "var q = `DELETE FROM audit_log WHERE seq < ?`"},
			"only added to"},
		{"a pure package that imports", sources{"internal/question/a.go": `import _ "anquanda/internal/errs"`},
			"question may not import errs"},
		{"testkit in the program", sources{"internal/app/a.go": `import _ "anquanda/internal/testkit"`},
			"for tests only"},
		{"testkit in a test", sources{"internal/app/a_test.go": `import _ "anquanda/internal/testkit"`}, ""},
		{"a package nobody knows", sources{"internal/magic/a.go": ``}, "magic is not in the table"},
		{"assets that import", sources{"static/a.go": `import _ "anquanda/internal/errs"`},
			"static may not import errs"},
		{"gin in the wrong room", sources{"internal/play/a.go": `import _ "github.com/gin-gonic/gin"`},
			"play may not know"},
		{"gin below httpapi", sources{"internal/httpapi/player/a.go": `import _ "github.com/gin-gonic/gin/binding"`}, ""},
		{"a driver in the wrong room", sources{"internal/bank/a.go": `import _ "github.com/go-sql-driver/mysql"`},
			"bank may not know"},
		{"redis in the wrong room", sources{"internal/prize/a.go": `import _ "github.com/redis/go-redis/v9"`},
			"prize may not know"},
		{"a drawer for everything", sources{"internal/play/utils/a.go": ``}, "named utils"},
		{"a long file", sources{"internal/play/a.go": strings.Repeat("\n", maxLines)}, "more than 400"},
		{"a long test", sources{"internal/play/a_test.go": strings.Repeat("\n", maxLines)}, ""},
		{"SQL upstairs", sources{"internal/httpapi/a.go": `const q = "SELECT a FROM b WHERE c"`},
			"may not hold SQL"},
		{"a report that writes", sources{"internal/report/a.go": `const q = "DELETE FROM b WHERE c"`},
			"may not write"},
		{"prose that begins like SQL", sources{"internal/httpapi/a.go": `const q = "update the page"`}, ""},
		{"a table of two writers", sources{
			"internal/play/a.go":  `const q = "UPDATE attempts SET a = 1"`,
			"internal/prize/a.go": `const q = "INSERT INTO attempts (a) VALUES (1)"`,
		}, "attempts is written by 2"},
		{"a table that another deletes from", sources{
			"internal/play/a.go":  `const q = "UPDATE attempts SET a = 1"`,
			"internal/prize/a.go": `func f() { tx.DeleteOf(ctx, id, "attempts") }`,
		}, "attempts is written by 2"},
		{"a table of two doors", sources{
			"internal/prize/handout/a.go": `const q = "UPDATE payouts SET a = 1"`,
			"internal/prize/payout/a.go":  `func f() { tx.DeleteOf(ctx, id, "payouts") }`,
		}, "payouts is written by 2"},
		{"an award that is moved by hand",
			sources{"internal/prize/a.go": `const q = "UPDATE awards SET status = 'paid'"`}, "by prize.Move"},
		{"the table of moves", sources{"internal/prize/award.go": `const q = "UPDATE awards SET status = ?"`}, ""},
		{"a contest looked for among all",
			sources{"internal/board/a.go": "func f() { for _, c := range s.catalog.All() { if c.ContestID == id { return } } }"},
			"with Catalog.Of"},
		{"contests put into a map",
			sources{"internal/app/a.go": "func f() { for _, c := range a.Catalog.All() { byID[c.ContestID] = c } }"},
			"with Catalog.Of"},
		{"the index of a contest",
			sources{"internal/app/a.go": "func f() { i := slices.IndexFunc(a.Catalog.All(), func(c *C) bool { return c.ContestID == id }) }"}, "with Catalog.Of"},
		{"a script that makes its keys",
			sources{"internal/board/a.go": "var s = redis.NewScript(" +
				"`redis.call('GET', KEYS[1]) redis.call('DEL', 'b' .. ARGV[1])`)"},
			"takes its keys from KEYS"},
		{"a script that hides its key",
			sources{"internal/live/a.go": "var s = redisdb.NewGuarded(`local k = ARGV[2] redis.pcall( 'GET', k)`)"},
			"takes its keys from KEYS"},
		{"a script whose keys are handed in",
			sources{"internal/board/a.go": "var s = redis.NewScript(" +
				"`redis.call('TIME') redis.call('ZADD', KEYS[tonumber(ARGV[1])]) redis.call(\"GET\", KEYS[1])`)"}, ""},
		{"a script that is put together",
			sources{"internal/board/a.go": "var s = redis.NewScript(head + `return 1`)"}, "stands where the script is made"},
		{"a script that is no script", sources{"internal/board/a.go": "func f() { db.Eval(ctx, text, nil) }"},
			"by redis.NewScript"},
		{"a key named elsewhere", sources{"internal/board/a.go": "const key = `aq:{1}:mark`"}, "a key in Redis is named in"},
		{"work on every contest",
			sources{"internal/board/a.go": "func f() { for _, c := range s.catalog.All() { rebuild(c.ContestID) } }"}, ""},
		{"an exported name without a comment", sources{"internal/play/a.go": `func Say() {}`},
			"Say has no doc comment"},
		{"a group with one comment", sources{"internal/play/a.go": "// Both.\nconst (\nA = 1\nB = 2\n)"}, ""},
		{"a method of a hidden type", sources{"internal/play/a.go": "type x int\nfunc (x) Say() {}"}, ""},
		{"a method of a generic type",
			sources{"internal/play/a.go": "// X is.\ntype X[T any] struct{}\nfunc (x *X[T]) Say() {}"},
			"Say has no doc comment"},
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
