package typed

import "testing"

func TestMarksThatNobodySeesAreNotPartOfANumber(t *testing.T) {
	for _, mark := range []string{"\u202d", "\u202c", "\u200e", "\u200f", "\u200b", "\u2060", "\u2066", "\u2069",
		"\ufeff", "\u00ad", "\u061c", "\ufe0e", "\ufe0f", "\u3164", "\u180e"} {
		for _, pasted := range []string{mark + "13800138001" + mark, "138" + mark + "00138001", mark + mark + "１３８00138001"} {
			if got := Plain(pasted); got != "13800138001" {
				t.Errorf("%+q becomes %+q", pasted, got)
			}
		}
	}
}

func TestMarksAtTheEndsAreTakenAwayAndThoseInsideStay(t *testing.T) {
	for typed, want := range map[string]string{
		"\u202d张三\u202c": "张三", "\ufeff 张三 \u200b": "张三", "张\u202e三": "张\u202e三", "\u200d👨‍🚒\u200d": "👨‍🚒",
		"❤️": "❤️", "🏴\U000E0067\U000E0062\U000E007F": "🏴\U000E0067\U000E0062\U000E007F", "\u2066": "",
	} {
		if got := Trim(typed); got != want {
			t.Errorf("%+q becomes %+q, want %+q", typed, got, want)
		}
	}
}

func TestAHiddenCharacterJoinsOnlyWhatMakesOnePicture(t *testing.T) {
	for text, want := range map[string]bool{
		"👨\u200d🚒": true, "👩🏽\u200d🚒": true, "🏳️\u200d🌈": true, "🤷🏽\u200d♀️": true, "🙂\u200d↔️": true,
		"🏴\U000E0067\U000E0062\U000E007F": true, "ᠨᠠ\u180eᠶ": true, "ᠨ\u200dᠠ": true,
		"张\u200d三": false, "a\u200db": false, "👨\u200d": false, "\u200d👨": false, "👨\u200d三": false, "三\u200d👨": false,
		"👨\u200c🚒": false, "👨\u202e🚒": false, "三\U000E0067": false, "1\u200d2": false, "👨\u200d\u200d🚒": false,
	} {
		runes, joined := []rune(text), true
		for i, r := range runes {
			if IsHidden(r) && r != '\ufe0f' {
				joined = joined && Joins(runes, i)
			}
		}
		if joined != want {
			t.Errorf("%+q: %v, want %v", text, joined, want)
		}
	}
}
