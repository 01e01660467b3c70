package pledge

import (
	"testing"

	"anquanda/internal/errs"
)

func TestNamesThatOthersMaySeeAreTaken(t *testing.T) {
	for text, want := range map[string]string{
		"张三": "张三", "  张  三 ": "张 三", "柳湾村 王大妈": "柳湾村 王大妈", "O'Neil": "O'Neil", "小王58": "小王58", "USB厂": "USB厂",
		"李鹏": "李鹏", "毛妮": "毛妮", "政务办证大厅": "政务办证大厅", "废物处理厂": "废物处理厂", "阿卜杜拉·买买提": "阿卜杜拉·买买提", "Elsbeth": "Elsbeth",
		"仓库管理员老赵": "仓库管理员老赵", "😀平安": "😀平安", "三车间123456": "三车间123456",
	} {
		if got, err := cleanName(text); got != want || err != nil {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

func TestNamesThatNobodyShouldReadAreRefusedHoweverTheyAreSpelt(t *testing.T) {
	for _, text := range []string{
		"", "   ", "傻逼", "傻 逼", "傻*逼", "傻．逼", "我是傻屄", "SB", "sb王", "s b", "5b", "ＳＢ", "ѕb", "S.B.", "fuck", "Ｆｕｃｋ you", "fück", "fυck",
		"王八蛋", "王、八、蛋", "妈的媽的他媽的", "加微信详聊", "加VX", "13812345678", "１３８１２３４", "138 1234 5678", "国务院", "國務院", "www点com", "滾蛋",
		"abcdefghijklm", "a\u202eb", "a\x00", "\xff", "\u2800",
	} {
		if got, err := cleanName(text); err == nil || errs.From(err).Field != "name" {
			t.Errorf("%q is taken as %q, %v", text, got, err)
		}
	}
}

func TestEveryRefusedWordIsRefused(t *testing.T) {
	if len(refusedParts)+len(refusedWords) < 50 {
		t.Fatal("the list was not read")
	}
	for _, word := range refusedParts {
		if !offends(evenOut("甲" + word + "乙")) {
			t.Errorf("%q is taken inside a name", word)
		}
	}
	for word := range refusedWords {
		if !offends(evenOut("甲 "+word+" 乙")) || offends(evenOut("q"+word+"q")) {
			t.Errorf("%q is not held as a whole word", word)
		}
	}
}

func TestAHiddenNameIsNotShown(t *testing.T) {
	s := Signature{Name: "张三", Masked: true, Hidden: true}
	if s.Shown() != "" {
		t.Error("a hidden name is shown")
	}
}
