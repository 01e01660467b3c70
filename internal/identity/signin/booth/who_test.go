package booth

import (
	"strings"
	"testing"
)

func TestOnePersonTypedInSeveralWaysIsOne(t *testing.T) {
	for _, same := range [][]string{
		{"13800001111", "138 0000 1111", "138-0000-1111", "+86 13800001111", "0086-138-0000-1111", "１３８００００１１１１"},
		{"王小明 01234X", "01234x王小明", " 王 小 明　０１２３４Ｘ", "王小明/01234X", "王·小明01234x"},
		{"A0017", "a-0017", "ａ ００１７"},
		{"阿里木江·买买提 123456", "123456阿里木江买买提"},
	} {
		want, err := normalWho(same[0])
		if err != nil {
			t.Fatal(err)
		}
		for _, typed := range same[1:] {
			if got, err := normalWho(typed); err != nil || got != want {
				t.Errorf("%q is %q, %v; %q is %q", typed, got, err, same[0], want)
			}
		}
	}
	seen := map[string]string{}
	for _, other := range []string{"13800001111", "13800001112", "王小明 01234X", "王小民 01234X", "王小明 012345", "0017", "00017"} {
		got, err := normalWho(other)
		if before, there := seen[got]; err != nil || there {
			t.Errorf("%q is the same as %q, %v", other, before, err)
		}
		seen[got] = other
	}
	for _, wrong := range []string{"", "王小明", "123", "小明 12", strings.Repeat("1", maxWho+1), "王小明\xff1234", "…………"} {
		if got, err := normalWho(wrong); err == nil {
			t.Errorf("%q is taken as %q", wrong, got)
		}
	}
}

func FuzzAnIdentityIsNormalOnce(f *testing.F) {
	for _, typed := range []string{"王小明 01234X", "+86 138-0000-1111", "ａ００１７", "İ1234", "ſ1234", "1234é"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		once, err := normalWho(typed)
		if err != nil {
			return
		}
		if twice, err := normalWho(once); err == nil && twice != once {
			t.Errorf("%q becomes %q and then %q", typed, once, twice)
		}
	})
}

func TestACodeIsReadAsItIsShownScannedOrTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"4021 7755": "40217755", "40217755": "40217755", "４０２１-７７５５": "40217755",
		"https://quiz.example.org/console#/c/seen/proofs/40217755": "40217755",
		"": "", "4021775": "", "402177555": "", "4021775O": "", "7H2K-9QXM-4T0A": "",
	} {
		if got, err := cleanCode(typed); got != want || (err == nil) != (want != "") {
			t.Errorf("%q is read as %q, %v", typed, got, err)
		}
	}
}
