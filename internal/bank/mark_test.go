package bank_test

import (
	"fmt"
	"testing"

	"anquanda/internal/bank"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

func TestManyQuestionsAreMarkedInOneVersionAndTakenBack(t *testing.T) {
	eachStore(t, func(t *testing.T, s *testkit.Store, banks *bank.Store) {
		imported(t, banks, singles("a", "b", "c"))
		by := staff.CommandLine
		both := func(try bool, base int) (*bank.Marked, error) {
			return banks.Mark(t.Context(), staff.CommandLine, "safety", base, []string{"a", "c", "no"},
				bank.Mark{Audience: []string{"家庭", "社区"}, Difficulty: 2}, try)
		}
		if seen, err := both(true, 1); err != nil || *seen != (bank.Marked{Version: 1, Found: 2, Changed: 2}) {
			t.Fatalf("looking tells %+v, %v", seen, err)
		}
		if done, err := both(false, 1); err != nil || *done != (bank.Marked{Version: 2, Found: 2, Changed: 2}) {
			t.Fatalf("marking tells %+v, %v", done, err)
		}
		b := loaded(t, banks, 2)
		if got := fmt.Sprint(b.Questions[0].Audience, b.Questions[0].Topics, b.Questions[0].Difficulty,
			b.Questions[1].Audience); got != "[家庭 社区] [消防] 2 []" {
			t.Errorf("the questions are %s", got)
		}
		if _, err := both(false, 1); code(err) != "bank_changed" {
			t.Errorf("marking over an older version: %v", err)
		}
		if done, err := both(false, 2); err != nil || done.Version != 2 || done.Changed != 0 {
			t.Errorf("marking again makes %+v, %v", done, err)
		}
		add := bank.Mark{Audience: []string{"家庭", "学校"}, Topics: []string{"用电"}, Add: true}
		if _, err := banks.Mark(t.Context(), by, "safety", 2, []string{"a", "b"}, add, false); err != nil {
			t.Fatal(err)
		}
		b = loaded(t, banks, 3)
		if got := fmt.Sprint(b.Questions[0].Audience, b.Questions[0].Topics, b.Questions[1].Audience); got !=
			"[家庭 社区 学校] [消防 用电] [家庭 学校]" {
			t.Errorf("after adding the questions are %s", got)
		}
		if _, _, err := banks.Undo(t.Context(), staff.CommandLine, "safety"); err != nil {
			t.Fatal(err)
		}
		if b = loaded(t, banks, 4); len(b.Questions[1].Audience) != 0 || b.Questions[0].Difficulty != 2 {
			t.Errorf("after undo: %+v", b.Questions)
		}
		var entries int
		err := s.DB.Get(t.Context(), &entries, "SELECT COUNT(*) FROM audit_log WHERE action_name = 'bank.mark'")
		if err != nil || entries != 2 {
			t.Errorf("the log has %d entries, %v", entries, err)
		}
	})
}

func TestAMarkThatSaysNothingOrNonsenseIsRefused(t *testing.T) {
	eachStore(t, func(t *testing.T, _ *testkit.Store, banks *bank.Store) {
		imported(t, banks, singles("a"))
		for name, c := range map[string]struct {
			mark bank.Mark
			ids  []string
			code string
		}{
			"nothing":     {bank.Mark{}, []string{"a"}, "invalid_field"},
			"audience":    {bank.Mark{Audience: []string{"外星人"}}, []string{"a"}, "invalid_field"},
			"difficulty":  {bank.Mark{Difficulty: 6}, []string{"a"}, "invalid_field"},
			"topic":       {bank.Mark{Topics: []string{""}}, []string{"a"}, "invalid_field"},
			"no question": {bank.Mark{Difficulty: 2}, []string{"z"}, "question_unknown"},
		} {
			_, err := banks.Mark(t.Context(), staff.CommandLine, "safety", 1, c.ids, c.mark, false)
			if code(err) != c.code {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestBanksAreCalledByTitlesAndNamedByTheProgram(t *testing.T) {
	eachStore(t, func(t *testing.T, _ *testkit.Store, banks *bank.Store) {
		imported(t, banks, singles("a"))
		if title, err := banks.Title(t.Context(), "safety"); err != nil || title != "safety" {
			t.Errorf("without a title: %q, %v", title, err)
		}
		if err := banks.SetTitle(t.Context(), staff.CommandLine, "safety", " 青山县题库 "); err != nil {
			t.Fatal(err)
		}
		infos, err := banks.List(t.Context())
		if err != nil || infos[0].Title != "青山县题库" {
			t.Errorf("the list is %+v, %v", infos, err)
		}
		for title, want := range map[string]string{"应知应会": "bank-2", "Fire-2026": "fire-2026", "safety": "bank-2"} {
			if got, err := banks.NameFor(t.Context(), title); err != nil || got != want {
				t.Errorf("%s is named %q, %v; want %s", title, got, err, want)
			}
		}
		for _, title := range []string{"", "青山县题库", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十多"} {
			if _, err := banks.NameFor(t.Context(), title); code(err) != "invalid_field" {
				t.Errorf("the title %q: %v", title, err)
			}
		}
		if err := banks.SetTitle(t.Context(), staff.CommandLine, "none", "无"); code(err) != "bank_unknown" {
			t.Errorf("a bank that is not there: %v", err)
		}
	})
}
