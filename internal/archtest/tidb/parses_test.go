// Package tidb holds that TiDB's own parser reads every migration and every statement of the
// program. It is a module of its own: nothing of TiDB enters the program. TiDB itself is not
// run: what its planner refuses, and how it behaves, is not seen here.
//
//	go -C internal/archtest/tidb test
package tidb

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pingcap/tidb/pkg/parser"
	_ "github.com/pingcap/tidb/pkg/parser/test_driver" // values of literals
)

const root = "../../.."

func parses(sql string) error {
	_, _, err := parser.New().ParseSQL(sql)
	return err
}

func TestTiDBParsesEveryMigration(t *testing.T) {
	files := 0
	err := filepath.WalkDir(filepath.Join(root, "internal"), func(path string, entry os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".sql" || !strings.Contains(path, "/migrations/") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		if err := parses(string(text)); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d migrations", files)
	if files < 60 {
		t.Errorf("only %d migrations were found", files)
	}
}

func TestTiDBParsesEveryStatement(t *testing.T) {
	found, err := statements(root)
	if err != nil {
		t.Fatal(err)
	}
	whole := 0
	for _, s := range found {
		if len(s.parts) == 1 {
			whole++
		}
		if err := s.parses(); err != nil {
			t.Errorf("%s: %v\n\t%s", s.where, err, strings.Join(s.parts, "…"))
		}
	}
	t.Logf("%d statements, %d of them whole in the code", len(found), whole)
	if len(found) < 700 {
		t.Errorf("only %d statements were found", len(found))
	}
}

func TestWhatTiDBDoesNotKnowIsRefused(t *testing.T) {
	for _, sql := range []string{
		"INSERT INTO a (b) VALUES (1) RETURNING b",
		"INSERT INTO a (b) VALUES (1) AS n ON DUPLICATE KEY UPDATE b = n.b",
		"SELECT b FROM JSON_TABLE('[1]', '$[*]' COLUMNS (b INT PATH '$')) AS c",
		"INSERT INTO a (b) VALUES (1) ON CONFLICT (b) DO NOTHING",
	} {
		if (statement{parts: []string{sql}}).parses() == nil {
			t.Errorf("%s: it parses", sql)
		}
		before, after, _ := strings.Cut(sql, "b")
		if (statement{parts: []string{before, after}}).parses() == nil {
			t.Errorf("%s: it parses with a part unknown", sql)
		}
	}
}
