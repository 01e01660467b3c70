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
		put := func(text, fingerprint string) string {
			_, err := lists.PutFile(t.Context(), a.Players, by, a.Contest, "guests", []byte(text), fingerprint, "递补",
				a.Clock.MS())
			if err != nil {
				return errs.From(err).Code
			}
			return ""
		}
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
		var presses sync.WaitGroup // twice at once, and once more
		for range 3 {
			presses.Go(func() {
				if code := put(good, found.SHA256); code != "" && code != errs.From(sqldb.ErrStale).Code {
					t.Errorf("the file is refused with %q", code)
				}
			})
		}
		presses.Wait()
		if found, _ = check(good); found.Same != 2 || found.Fresh != 0 || a.Count("shortlisted", "on_list = 1") != 2 {
			t.Errorf("after it the file comes to %+v", found)
		}
	})
}
