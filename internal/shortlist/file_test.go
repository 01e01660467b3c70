package shortlist_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"anquanda/internal/errs"
	"anquanda/internal/shortlist"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// putting puts a file on the list of guests, and tells how that is refused.
func putting(
	t *testing.T, a *arena.Arena, lists *shortlist.Store, by staff.Actor,
) func(text, fingerprint string) string {
	return func(text, fingerprint string) string {
		_, err := lists.PutFile(t.Context(), a.Players, by, a.Contest, "guests", []byte(text), fingerprint, "递补",
			a.Clock.MS())
		if err != nil {
			return errs.From(err).Code
		}
		return ""
	}
}

// press puts a file three times at once.
func press(t *testing.T, put func() string) {
	var presses sync.WaitGroup
	for range 3 {
		presses.Go(func() {
			if code := put(); code != "" && code != errs.From(sqldb.ErrStale).Code {
				t.Errorf("the file is refused with %q", code)
			}
		})
	}
	presses.Wait()
}

func TestAFileWithAWrongRowPutsNobodyOnAListAndTellsTheRow(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := arena.New(t, s)
		a.Apply(ranking)
		lists, by := shortlist.New(s.DB), staff.Actor{ID: 7, Name: "评委"}
		in, out := a.Enrol("小赵", "n1"), a.Enrol("小钱", "s1")
		check := func(text string) (*shortlist.File, string) {
			file, err := lists.CheckFile(t.Context(), a.Players, a.Contest, "guests", []byte(text))
			if err != nil {
				return nil, errs.From(err).Code
			}
			return file, ""
		}
		put := putting(t, a, lists, by)
		bad := fmt.Sprintf("昵称,参赛者编号\n小赵,%v\n小赵,%v\n外人,12345\n空行,\n", in, in)
		found, code := check(bad)
		if code != "" || found.Fresh != 1 || len(found.Wrong) != 3 {
			t.Fatalf("the file comes to %+v, %s", found, code)
		}
		for i, want := range []struct {
			line int
			why  string
		}{{3, "和第 2 行是同一个人"}, {4, "没有这个参赛者"}, {5, "没有写编号或手机号"}} {
			if w := found.Wrong[i]; w.Line != want.line || w.Why != want.why {
				t.Errorf("row %d: %+v", i, w)
			}
		}
		if code := put(bad, found.SHA256); code != "list_file_wrong" || a.Count("shortlisted", "list_key = 'guests'") != 0 {
			t.Errorf("a file with wrong rows: %q, and somebody is on the list", code)
		}
		for text, want := range map[string]string{"昵称\n小赵\n": "list_file_columns",
			"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":   "list_file_unreadable",
			"编号\n" + strings.Repeat("1\n", 2001): "list_file_too_many"} {
			if _, code := check(text); code != want {
				t.Errorf("%.20q: %q, want %q", text, code, want)
			}
		}
		good := fmt.Sprintf("编号\n%v\n%v\n", in, out)
		found, _ = check(good)
		if code := put(good, "another"); code != "list_file_changed" {
			t.Errorf("not the file that was looked at: %q", code)
		}
		press(t, func() string { return put(good, found.SHA256) })
		if found, _ = check(good); found.Same != 2 || found.Fresh != 0 || a.Count("shortlisted", "on_list = 1") != 2 {
			t.Errorf("after it the file comes to %+v", found)
		}
	})
}

func TestAFileOfUnitsPutsAllWhoBelongToThemOnAListOrNobody(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		a := arena.New(t, s)
		a.Apply(ranking)
		lists, by := shortlist.New(s.DB), staff.Actor{ID: 7, Name: "评委"}
		var north []sqldb.ID
		for i := range 3 {
			north = append(north, a.Enrol(fmt.Sprintf("北村人%d", i), "n1"))
		}
		south, out, off := a.Enrol("南村人", "s1"), a.Enrol("不算的", "n1"), a.Enrol("去掉的", "n1")
		aside(t, a, out)
		for _, change := range []struct {
			player sqldb.ID
			on     bool
		}{{north[0], true}, {off, true}, {off, false}} {
			err := lists.Put(t.Context(), by, a.Contest, "guests", []sqldb.ID{change.player}, change.on, "评议", a.Clock.MS())
			if err != nil {
				t.Fatal(err)
			}
		}
		check := func(text string) *shortlist.File {
			t.Helper()
			file, err := lists.CheckFile(t.Context(), a.Players, a.Contest, "guests", []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			return file
		}
		put := putting(t, a, lists, by)
		path := func(code string) string {
			u, _ := a.Contest.Units.ByCode(code)
			return a.Contest.Units.Path(u.ID)
		}
		name := func(code string) string {
			u, _ := a.Contest.Units.ByCode(code)
			return u.Name
		}
		bad := fmt.Sprintf("单位编码,单位,备注\nn,%s\nn1,%s\nxx,\n,外村\n,,空\nn,\n", name("n"), name("s1"))
		found := check(bad)
		if len(found.Units) != 1 || len(found.Wrong) != 5 {
			t.Fatalf("the file comes to %+v", found)
		}
		for i, want := range []struct {
			line int
			why  string
		}{{3, fmt.Sprintf("编码 n1 是“%s”，和名称“%s”不一样", path("n1"), name("s1"))}, {4, "没有这个单位"}, {5, "没有这个单位"},
			{6, "没有写单位"}, {7, "和第 2 行是同一个单位"}} {
			if w := found.Wrong[i]; w.Line != want.line || w.Why != want.why {
				t.Errorf("row %d: %+v, want %+v", i, w, want)
			}
		}
		before := a.Count("shortlisted", "on_list = 1")
		if code := put(bad, found.SHA256); code != "list_file_wrong" || a.Count("shortlisted", "on_list = 1") != before {
			t.Errorf("a file with wrong rows: %q, and somebody is on the list", code)
		}
		// A file of players that tells their units beside them names players.
		if found = check(fmt.Sprintf("编号,单位\n%v,%s\n", south, name("n"))); found.Fresh != 1 || len(found.Units) != 0 {
			t.Errorf("a file of players with their units comes to %+v", found)
		}
		good := "单位\n" + strings.ReplaceAll(path("n1"), " / ", "/") + "\nn\n" // one below the other
		found = check(good)
		if found.Fresh != 2 || found.Same != 1 || found.Off != 1 || len(found.Units) != 2 || found.Units[0].Players != 4 ||
			found.Units[1].Players != 4 {
			t.Fatalf("the file comes to %+v", found)
		}
		press(t, func() string { return put(good, found.SHA256) })
		rows, err := lists.Standing(t.Context(), a.Contest.ContestID, "guests")
		if err != nil || len(rows) != 3 {
			t.Fatalf("on the list are %+v, %v", rows, err)
		}
		if found = check(good); found.Same != 3 || found.Fresh != 0 {
			t.Errorf("after it the file comes to %+v", found)
		}
	})
}

// aside has a player count as another one.
func aside(t *testing.T, a *arena.Arena, player sqldb.ID) {
	t.Helper()
	err := a.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(), "INSERT INTO set_aside (contest_id, player_id, kept_id, aside_at) VALUES (?, ?, 1, 0)",
			a.Contest.ContestID, player)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
