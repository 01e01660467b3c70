package publicname

import (
	_ "embed"
	"strings"
	"testing"

	"anquanda/internal/errs"
)

var (
	//go:embed testdata/pass.txt
	mustPass string
	//go:embed testdata/refused.txt
	mustNotPass string
	//go:embed testdata/units.txt
	unitsPass string
)

// lines of a table of names, with the section that it stands in; names are parted by
// tabs or "、", so that they may hold blanks.
func names(table string) (all []string) {
	for line := range strings.Lines(table) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		all = append(all, strings.Split(line, "、")...)
	}
	return all
}

const mostForTest = 40

func TestOrdinaryNamesPass(t *testing.T) {
	var n *Names
	for _, name := range names(mustPass) {
		if got, err := n.Check(Person, "nickname", "昵称", name, mostForTest); err != nil {
			t.Errorf("%s is refused: %v", name, err)
		} else if got != name {
			t.Errorf("%s becomes %s", name, got)
		}
	}
}

func TestNamesOfRareCharactersPassAndAreSeenByAll(t *testing.T) {
	for name, want := range map[string]string{"\U0002EBF0": "\U0002EBF0", "李〇": "李〇", "\uE863然": "䶮然"} {
		if got, err := Clean("nickname", "昵称", name, mostForTest); err != nil || got != want {
			t.Errorf("%+q becomes %+q, %v", name, got, err)
		}
	}
	if got, err := Clean("nickname", "昵称", "小\uE5A1", mostForTest); err == nil {
		t.Errorf("others would see an empty box: %+q", got)
	}
	var n *Names
	if _, err := n.Check(Person, "nickname", "昵称", "一三八〇〇一三八〇〇〇", mostForTest); err == nil {
		t.Error("a phone number written with 〇 passes")
	}
}

func TestANamePastedWithMarksLosesThoseAtItsEndsAndKeepsWhatJoinsItsEmoji(t *testing.T) {
	for pasted, want := range map[string]string{
		"\u202d张三\u202c": "张三", "\u200b 小乐\ufeff": "小乐", "消防员👨\u200d🚒": "消防员👨\u200d🚒",
		"🏳️\u200d🌈":                       "🏳️\u200d🌈",
		"🏴\U000E0067\U000E0062\U000E007F": "🏴\U000E0067\U000E0062\U000E007F", "\U0001FAE9": "\U0001FAE9",
		"张\u202e三": "", "张\u200d三": "", "\u200b": "", "👨\u200d\u200d🚒": "", "\u3164": "",
	} {
		if got, err := Clean("nickname", "昵称", pasted, mostForTest); got != want || (err == nil) != (want != "") {
			t.Errorf("%+q becomes %+q, %v", pasted, got, err)
		}
	}
}

func TestNamesOfUnitsPass(t *testing.T) {
	var n *Names
	for _, name := range names(unitsPass) {
		if _, err := n.Check(Group, "unit_name", "单位名称", name, mostForTest); err != nil {
			t.Errorf("%s is refused: %v", name, err)
		}
	}
}

func TestNamesThatNobodyShouldReadAreRefusedHoweverTheyAreSpelt(t *testing.T) {
	var n *Names
	for _, name := range names(mustNotPass) {
		got, err := n.Check(Person, "nickname", "昵称", name, mostForTest)
		if err == nil {
			t.Errorf("%q is taken as %q", name, got)
			continue
		}
		if told := errs.From(err); told.Field != "nickname" || strings.Contains(told.Message, name) {
			t.Errorf("%q: told %q about %s", name, told.Message, told.Field)
		}
	}
}

func TestEveryWordOfTheListIsHeld(t *testing.T) {
	words, err := readWords(shippedText)
	if err != nil {
		t.Fatal(err)
	}
	if len(words) < 500 {
		t.Fatalf("only %d words were read", len(words))
	}
	l := newList(words)
	allowed := map[string]bool{}
	for _, w := range words {
		allowed[w.text] = allowed[w.text] || w.section == nil
	}
	for _, w := range words {
		inside := w.text
		if !w.start && !w.end {
			inside = "甲" + inside + "乙"
		}
		switch in := l.offence(fold(inside), true); {
		case w.section == nil && in != nil:
			t.Errorf("%s is allowed and refused by %s", w.text, in.key)
		case w.section != nil && in == nil && !allowed[w.text]:
			t.Errorf("%s of %s is taken in %s", w.text, w.section.key, inside)
		}
		if w.section != nil && !strings.ContainsFunc(w.text, han) && l.offence(fold("q"+w.text), true) != nil {
			t.Errorf("%s is not held as a whole word", w.text)
		}
	}
}

func TestAListThatCannotBeReadSaysWhere(t *testing.T) {
	for text, want := range map[string]string{
		"傻":                     "line 1: a word stands before the first section",
		"[a] everyone 换\n[b] 换": "line 2: a section is written",
		"[a] people 换\n#\n***":  "line 3: nothing is left",
	} {
		if _, err := readWords(text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func FuzzAnyNameIsJudgedWithoutTrouble(f *testing.F) {
	for _, name := range names(mustNotPass) {
		f.Add(name)
	}
	l := shipped()
	f.Fuzz(func(t *testing.T, name string) {
		form := fold(name)
		in := l.offence(form, true)
		if again := l.offence(fold(form.text), true); in == nil && again != nil && !strings.ContainsFunc(name, gapped) {
			t.Fatalf("%q is taken, %q is refused", name, form.text)
		}
		// The finder finds what a plain search finds.
		for _, w := range shippedWords() {
			if !strings.Contains(form.text, w.text) {
				continue
			}
			at := strings.Index(form.text, w.text)
			found := false
			for _, m := range l.finder.FindAllOverlapping([]byte(form.text)) {
				found = found || m.Start == at && m.End == at+len(w.text)
			}
			if !found {
				t.Fatalf("%q in %q is overlooked", w.text, form.text)
			}
		}
	})
}

func gapped(r rune) bool { return fold(string(r)).text == "" }

func BenchmarkCheck(b *testing.B) {
	var n *Names
	for _, name := range []string{"平安青松58", "柳湾村的王大妈在学安全", "Chris Bond", "傻 逼"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				n.Unfit(Person, "昵称", name)
			}
		})
	}
}
