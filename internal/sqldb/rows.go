package sqldb

import (
	"context"
	"database/sql/driver"
	"fmt"
	"reflect"
	"strings"
	"sync"
)

// A struct whose fields have db tags is a row: its columns are those tags in the
// order of the fields, those of an embedded struct in its place. Fields without a
// tag, or with "-", are not stored. sqlx reads rows by the same tags.

// maxParams is how many values one statement may take: SQLite takes 32,766,
// MySQL 65,535.
const maxParams = 30_000

// Columns lists the columns of the row type T, separated by commas, for a SELECT.
// alias is the table's name in the query ("": none is needed).
func Columns[T any](alias string) string {
	columns := rowTypeOf(reflect.TypeFor[T]()).columns
	if alias == "" {
		return strings.Join(columns, ", ")
	}
	return alias + "." + strings.Join(columns, ", "+alias+".")
}

// Insert adds rows, structs or pointers to them, with as few statements as the
// engines allow. into is "INSERT INTO table".
func Insert[T any](ctx context.Context, tx *Tx, into string, rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	of := rowTypeOf(reflect.TypeFor[T]())
	perStatement := maxParams / len(of.columns)
	for len(rows) > 0 {
		part := rows[:min(perStatement, len(rows))]
		rows = rows[len(part):]
		values := make([]any, 0, len(part)*len(of.columns))
		for i := range part {
			values = of.appendValues(values, reflect.ValueOf(&part[i]).Elem())
		}
		query := into + of.list + " VALUES " + strings.Repeat(of.marks+",", len(part)-1) + of.marks
		if _, err := tx.Exec(ctx, query, values...); err != nil {
			return err
		}
	}
	return nil
}

// rowType is what a statement needs to know of a type. It is made once a type.
type rowType struct {
	columns []string
	list    string // " (a, b)"
	marks   string // "(?,?)"
	fields  []rowField
}

type rowField struct {
	index []int
	kind  reflect.Kind // reflect.Invalid: the driver converts the value
}

var rowTypes sync.Map // reflect.Type → *rowType

func rowTypeOf(t reflect.Type) *rowType {
	if known, ok := rowTypes.Load(t); ok {
		return known.(*rowType)
	}
	of := &rowType{}
	of.add(structOf(t), nil)
	if len(of.columns) == 0 {
		panic(fmt.Sprintf("sqldb: %v is no row: no field has a db tag", t))
	}
	of.list = " (" + strings.Join(of.columns, ", ") + ")"
	of.marks = "(" + strings.Repeat("?,", len(of.columns)-1) + "?)"
	known, _ := rowTypes.LoadOrStore(t, of)
	return known.(*rowType)
}

func structOf(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		panic(fmt.Sprintf("sqldb: %v is no row: it is no struct", t))
	}
	return t
}

func (of *rowType) add(t reflect.Type, above []int) {
	for i := range t.NumField() {
		field := t.Field(i)
		index := append(above[:len(above):len(above)], i)
		tag := field.Tag.Get("db")
		switch {
		case field.Anonymous && tag == "" && field.Type.Kind() == reflect.Struct:
			of.add(field.Type, index)
		case tag != "" && tag != "-":
			of.columns = append(of.columns, tag)
			of.fields = append(of.fields, rowField{index, plainKind(field.Type)})
		}
	}
}

var valuer = reflect.TypeFor[driver.Valuer]()

// plainKind is the kind of a type whose values can be handed to the driver as an
// int64 or a string. It spares the driver a conversion by reflection of each value
// of a named type, such as ID.
func plainKind(t reflect.Type) reflect.Kind {
	if t.Implements(valuer) {
		return reflect.Invalid
	}
	switch t.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return reflect.Int64
	case reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return reflect.Uint64
	case reflect.Bool, reflect.String:
		return t.Kind()
	}
	return reflect.Invalid
}

func (of *rowType) appendValues(values []any, row reflect.Value) []any {
	if row.Kind() == reflect.Pointer {
		row = row.Elem()
	}
	for i := range of.fields {
		f := &of.fields[i]
		value := row.FieldByIndex(f.index)
		switch f.kind {
		case reflect.Int64:
			values = append(values, value.Int())
		case reflect.Uint64:
			values = append(values, int64(value.Uint()))
		case reflect.String:
			values = append(values, value.String())
		case reflect.Bool: // stored as a number by every engine
			values = append(values, flag(value.Bool()))
		default:
			values = append(values, value.Interface())
		}
	}
	return values
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
