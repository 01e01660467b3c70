package sqldb

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strings"
)

// Nodes are upgraded one after another, so that for a while programs serve a store whose
// schema is ahead of them. They may where every step that they do not know only adds: who
// runs such a step says so in schema_additions, before it, and who starts on the store
// looks there. A step that is not listed is refused.

// SchemaTables are the tables that say how the schema stands; a backup says it in its own words.
func SchemaTables() []string { return []string{"schema_migrations", "schema_additions"} }

// alone is the line of a migration that only adds and yet must not meet older programs: what
// they write without knowing of it would be wrong.
const alone = "-- Not beside older programs"

// OnlyAdds reports whether programs that do not know the step serve beside it: they can read
// and write as before, and nothing that they write is refused or taken for something else.
func (m Migration) OnlyAdds() bool {
	if strings.Contains(m.SQL, alone) {
		return false
	}
	var made made
	for _, statement := range Statements(m.SQL) {
		if !made.adds(strings.Join(strings.Fields(statement), " ")) {
			return false
		}
	}
	return true
}

var (
	newTable  = regexp.MustCompile(`^CREATE TABLE (\w+) `)
	newIndex  = regexp.MustCompile(`^CREATE INDEX `)
	newUnique = regexp.MustCompile(`^CREATE UNIQUE INDEX \w+ ON (\w+) ?\(([^()]*)\)$`)
	newColumn = regexp.MustCompile(`^ALTER TABLE (\w+) ADD COLUMN (\w+) \w+(?: ?\(\d+\))?( NOT NULL)?` +
		`( DEFAULT (?:'[^']*'|-?\d+))?$`)
	newRow = regexp.MustCompile(`^INSERT INTO (\w+) \([^()]*\) VALUES `)
)

// made is what the statements of a step have made so far.
type made struct {
	tables  []string
	columns []string // as table.column, of those that older programs leave NULL
}

// adds reports whether a statement, of which each run of blanks is one, changes nothing for
// who does not know it.
func (m *made) adds(statement string) bool {
	if found := newTable.FindStringSubmatch(statement); found != nil {
		m.tables = append(m.tables, found[1])
		// A copy stays behind what is written on, and a reference holds rows that are deleted.
		return !strings.Contains(statement, " SELECT ") && !strings.Contains(statement, " REFERENCES ")
	}
	if found := newColumn.FindStringSubmatch(statement); found != nil {
		if found[4] == "" {
			m.columns = append(m.columns, found[1]+"."+found[2])
		}
		return found[3] == "" || found[4] != "" // older programs insert rows without it
	}
	if found := newUnique.FindStringSubmatch(statement); found != nil {
		// Rows with a NULL in it are never twice the same.
		isNull := func(column string) bool { return slices.Contains(m.columns, found[1]+"."+strings.TrimSpace(column)) }
		return slices.Contains(m.tables, found[1]) || slices.ContainsFunc(strings.Split(found[2], ","), isNull)
	}
	if found := newRow.FindStringSubmatch(statement); found != nil {
		return slices.Contains(m.tables, found[1])
	}
	return newIndex.MatchString(statement)
}

func (db *DB) makeAdditions(ctx context.Context) error {
	const table = `CREATE TABLE IF NOT EXISTS schema_additions (number INT NOT NULL PRIMARY KEY)`
	_, err := db.write.ExecContext(ctx, table)
	if err != nil {
		err = fmt.Errorf("make schema_additions: %w", err)
	}
	return err
}

// noteAddition says that a step only adds, where it does.
func (db *DB) noteAddition(ctx context.Context, m Migration) error {
	if !m.OnlyAdds() {
		return nil
	}
	_, err := db.write.ExecContext(ctx, "INSERT INTO schema_additions (number) VALUES (?)", m.Number)
	if IsDuplicate(err) { // the step was taken back by hand, and is run again
		return nil
	}
	return err
}

// serveAhead tells in the log that the store is ahead of a program that knows so many steps,
// if all others only add; else the error is ErrNewerSchema, and names the first that does not.
func (db *DB) serveAhead(ctx context.Context, known int) error {
	var ahead []struct {
		Number int    `db:"number"`
		Name   string `db:"name"`
		Adds   bool   `db:"adds"`
	}
	err := db.write.SelectContext(ctx, &ahead, `SELECT m.number, m.name,
		CASE WHEN a.number IS NULL THEN 0 ELSE 1 END AS adds
		FROM schema_migrations m LEFT JOIN schema_additions a ON a.number = m.number
		WHERE m.number > ? ORDER BY m.number`, known)
	if err != nil {
		return fmt.Errorf("read schema_additions: %w", err)
	}
	steps := make([]string, len(ahead))
	for i, step := range ahead {
		steps[i] = fmt.Sprintf("%04d_%s", step.Number, step.Name)
		if !step.Adds {
			return fmt.Errorf("step %s, which this version does not know, does more than add: %w", steps[i], ErrNewerSchema)
		}
	}
	slog.WarnContext(ctx, "the store was made by a newer version and is served: what is new in it only adds",
		"schema", len(ahead)+known, "known", known, "new", strings.Join(steps, " "))
	return nil
}

// Served returns from which schema on programs serve beside one that has all of migrations.
func Served(migrations []Migration) int {
	from := len(migrations)
	for from > 0 && migrations[from-1].OnlyAdds() {
		from--
	}
	return max(from, firstServed)
}

// firstServed is the schema of the first version that serves a store ahead of it.
const firstServed = 100
