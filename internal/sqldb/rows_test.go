package sqldb_test

import (
	"slices"
	"testing"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// place is embedded in a row; its columns stand where it does.
type place struct {
	Town string  `db:"town"`
	Code *string `db:"code"`
}

type shop struct {
	ID sqldb.ID `db:"id"`
	place
	Open    bool   `db:"open"`
	Shelves uint8  `db:"shelves"`
	Sealed  []byte `db:"sealed"`
	Counted int    `db:"-"`
	note    string
}

// shops is a table with a column of each sort; order differs from the struct's.
const shops = `CREATE TABLE shops (
  shelves INT NOT NULL,
  id BIGINT NOT NULL PRIMARY KEY,
  town VARCHAR(40) NOT NULL,
  code VARCHAR(10) NULL,
  open INT NOT NULL,
  sealed VARBINARY(40) NULL
);`

func TestARowIsStoredAndReadByItsTags(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		if err := s.DB.Migrate(background, migrationsOf(shops)); err != nil {
			t.Fatal(err)
		}
		code := "A7"
		in := []*shop{
			{ID: 1 << 62, place: place{"渡口", &code}, Open: true, Shelves: 255, Sealed: []byte{0, 1}, Counted: 3,
				note: "not stored"},
			{ID: 2, place: place{Town: "O'Hara"}},
		}
		err := s.DB.InTx(background, func(tx *sqldb.Tx) error {
			return sqldb.Insert(background, tx, "INSERT INTO shops", in)
		})
		if err != nil {
			t.Fatal(err)
		}
		var out []shop
		query := "SELECT " + sqldb.Columns[shop]("") + " FROM shops ORDER BY id DESC"
		if err := s.DB.Select(background, &out, query); err != nil || len(out) != 2 {
			t.Fatalf("%d rows, %v", len(out), err)
		}
		first, second := out[0], out[1]
		if first.ID != 1<<62 || first.Town != "渡口" || *first.Code != "A7" || !first.Open || first.Shelves != 255 ||
			!slices.Equal(first.Sealed, in[0].Sealed) {
			t.Errorf("read %+v, stored %+v", first, in[0])
		}
		if second.ID != 2 || second.Town != "O'Hara" || second.Code != nil || second.Open || second.Sealed != nil {
			t.Errorf("read %+v, stored %+v", second, in[1])
		}
	})
}

func TestColumnsAreTheTagsInOrder(t *testing.T) {
	if got := sqldb.Columns[shop](""); got != "id, town, code, open, shelves, sealed" {
		t.Errorf("columns %q", got)
	}
	if got := sqldb.Columns[*place]("p"); got != "p.town, p.code" {
		t.Errorf("columns of a table with a name of its own: %q", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("a struct without tags is taken for a row")
		}
	}()
	sqldb.Columns[struct{ Name string }]("")
}
