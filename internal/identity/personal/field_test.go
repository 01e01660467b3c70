package personal

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
)

var today = time.Date(2026, 6, 16, 10, 0, 0, 0, time.UTC).UnixMilli()

// labels are those of the definitions of questionbank/contests.
var labels = map[contest.FieldKind]string{contest.FieldName: "姓名", contest.FieldPhone: "手机号",
	contest.FieldAddress: "收件地址", contest.FieldID: "身份证号", contest.FieldText: "工种"}

func check(kind contest.FieldKind, typed string) (string, error) {
	return CheckField(contest.Field{Key: string(kind), Label: labels[kind], Kind: kind}, typed, today)
}

func TestWhatPeopleTypeIsKeptInOneForm(t *testing.T) {
	for _, c := range []struct {
		kind  contest.FieldKind
		typed string
		want  string
	}{
		{contest.FieldPhone, "13800138000", "13800138000"},
		{contest.FieldPhone, " 138 0013 8000 ", "13800138000"},
		{contest.FieldPhone, "138-0013-8000", "13800138000"},
		{contest.FieldPhone, "+86 13800138000", "13800138000"},
		{contest.FieldPhone, "(0086)13800138000", "13800138000"},
		{contest.FieldPhone, "１３８００１３８０００", "13800138000"},
		{contest.FieldPhone, "19912345678", "19912345678"},
		{contest.FieldPhone, "\u202d13800138001\u202c", "13800138001"}, // as an iPhone copies it from its contacts
		{contest.FieldPhone, "\u200e138\u200b0013\u20608001\ufeff", "13800138001"},
		{contest.FieldID, "\u202a11010519491231\u200b002x\u202c", "11010519491231002X"},
		{contest.FieldName, "\u202d张三\u202c", "张三"},
		{contest.FieldAddress, "\ufeff青禾镇柳湾村3组\u200b", "青禾镇柳湾村3组"},
		{contest.FieldID, "11010519491231002X", "11010519491231002X"}, // the example of GB 11643-1999
		{contest.FieldID, "11010519491231002x", "11010519491231002X"},
		{contest.FieldID, "110105 19491231 002Ｘ", "11010519491231002X"},
		{contest.FieldID, "440524188001010014", ""}, // the standard's other example: born before 1900
		{contest.FieldName, " 张三 ", "张三"},
		{contest.FieldName, "欧阳娜娜", "欧阳娜娜"},
		{contest.FieldName, "买买提·艾合买提", "买买提·艾合买提"},
		{contest.FieldName, "张\U0002EBF0", "张\U0002EBF0"}, // GB 18030-2022, Unicode 15.1
		{contest.FieldName, "张\U0002EE5D", "张\U0002EE5D"},
		{contest.FieldName, "李〇", "李〇"},
		{contest.FieldName, "\uE863然", "䶮然"},      // as old input methods type it
		{contest.FieldName, "张\uE5A1", "张\uE5A1"}, // a font of one's own: a person reads it
		{contest.FieldName, "买买提．艾合买提", "买买提．艾合买提"},
		{contest.FieldName, "买买提∙艾合买提", "买买提∙艾合买提"},
		{contest.FieldAddress, "青禾县\uE863\U0002EBF0村3组", "青禾县䶮\U0002EBF0村3组"},
		{contest.FieldName, "José O’Neil-Smith", "José O’Neil-Smith"},
		{contest.FieldAddress, "青禾县  青禾镇柳湾村3组12号", "青禾县 青禾镇柳湾村3组12号"},
		{contest.FieldText, "电工", "电工"},
	} {
		got, err := check(c.kind, c.typed)
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s %q becomes %q, %v", c.kind, c.typed, got, err)
		}
	}
}

func TestWhatIsWrongIsToldInPlainWords(t *testing.T) {
	for _, c := range []struct {
		kind    contest.FieldKind
		typed   string
		message string
	}{
		{contest.FieldPhone, "1380013800", "手机号应为 11 位，现在是 10 位"},
		{contest.FieldPhone, "138001380001", "手机号应为 11 位，现在是 12 位"},
		{contest.FieldPhone, "12800138000", "手机号不对，请核对前三位"},
		{contest.FieldPhone, "01012345678", "手机号不对，请核对前三位"},
		{contest.FieldPhone, "1380013800o", "手机号只能填写数字"},
		{contest.FieldPhone, "----", "手机号不能为空"},
		{contest.FieldPhone, strings.Repeat("1", 300), "手机号太长"},
		{contest.FieldID, "110105491231002", "身份证号应为 18 位，现在是 15 位"},
		{contest.FieldID, "110105194912310021", "身份证号不对，请逐位核对"},
		{contest.FieldID, "11010519491331002X", "身份证号不对，请核对出生年月日"},
		{contest.FieldID, "11010520490230002X", "身份证号不对，请核对出生年月日"},
		{contest.FieldID, "110105203001010020", "身份证号不对，请核对出生年月日"},
		{contest.FieldID, "99X10519491231002X", "身份证号应为数字，最后一位可以是 X"},
		{contest.FieldID, "00010519491231002X", "身份证号不对，请核对前六位"},
		{contest.FieldID, "身份证", "身份证号应为数字，最后一位可以是 X"},
		{contest.FieldName, "张3", "姓名里不能有数字"},
		{contest.FieldName, "张<b>", "姓名里不能有“<”"},
		{contest.FieldName, "=HYPERLINK", "姓名里不能有“=”"},
		{contest.FieldName, "张", "请填写完整的姓名"},
		{contest.FieldName, "张\u202e三", "姓名里有不能显示的字符"},
		{contest.FieldName, strings.Repeat("张", 31), "姓名最多 30 个字"},
		{contest.FieldAddress, "柳湾村", "请把收件地址写完整，例如省、市、街道和门牌号"},
		{contest.FieldAddress, strings.Repeat("村", 101), "收件地址最多 100 个字"},
		{contest.FieldText, "电\u200b工", "工种里有不能显示的字符"},
		{contest.FieldText, "\u200b", "请填写工种"},
	} {
		_, err := check(c.kind, c.typed)
		e := errs.From(err)
		if err == nil || e.Code != "invalid_field" || e.Field != "fields."+string(c.kind) || e.Message != c.message {
			t.Errorf("%s %q: %q of %s, want %q", c.kind, c.typed, e.Message, e.Field, c.message)
		}
	}
}

// ISO 7064, MOD 11-2 finds every single wrong digit and every two that changed
// places.
func TestTheCheckOfIdentityCardsFindsTheSlipsOfPeople(t *testing.T) {
	const number = "11010519491231002X"
	for i := range idDigits - 1 {
		for digit := byte('0'); digit <= '9'; digit++ {
			slip := []byte(number)
			slip[i] = digit
			if digit != number[i] {
				refuseID(t, string(slip))
			}
		}
		if i > 0 && number[i] != number[i-1] {
			slip := []byte(number)
			slip[i], slip[i-1] = slip[i-1], slip[i]
			refuseID(t, string(slip))
		}
	}
}

func refuseID(t *testing.T, number string) {
	t.Helper()
	if got, err := check(contest.FieldID, number); err == nil {
		t.Errorf("%s is taken as %s", number, got)
	}
}

func TestOneAddressWrittenInSeveralWaysIsOne(t *testing.T) {
	for _, same := range [][]string{
		{"青禾县青禾镇柳湾村3组12号", "青禾县 青禾镇 柳湾村 三组 十二号", "青禾县，青禾镇，柳湾村３组１２号。", "青禾县青禾镇柳湾村三组12#"},
		{"和平路8号院2栋1单元301室", "和平路八号院2幢一单元301房", "和平路8号院 2座 1单元 三〇一室", "和平路8号院2#楼1单元301"},
		{"解放大道105号", "解放大道一百零五号", "解放大道一〇五号"},
		{"花园A区10-2-301", "花园a区10—2—301", "花园Ａ区 10 - 2 - 301"},
		{"人民路20号", "人民路二十号"},
	} {
		for _, other := range same[1:] {
			// A room may be written without its word; that is told apart.
			if strings.HasSuffix(other, "301") && strings.HasSuffix(same[0], "室") {
				if foldAddress(other)+"室" != foldAddress(same[0]) {
					t.Errorf("%s folds to %s, %s to %s", other, foldAddress(other), same[0], foldAddress(same[0]))
				}
			} else if foldAddress(other) != foldAddress(same[0]) {
				t.Errorf("%s folds to %s, %s to %s", other, foldAddress(other), same[0], foldAddress(same[0]))
			}
		}
	}
	for _, apart := range [][2]string{{"\U0002EBF0村", "\U0002EBF1村"}, {"花园1-23", "花园12-3"}, {"1栋2单元", "2栋1单元"}, {"十二号", "一百零二号"}, {"柳湾村3组", "柳湾村4组"},
		{"北一村", "北二村"}} {
		if foldAddress(apart[0]) == foldAddress(apart[1]) {
			t.Errorf("%s and %s are one: %s", apart[0], apart[1], foldAddress(apart[0]))
		}
	}
}

func TestNumeralsBelowAThousandFoldToDigits(t *testing.T) {
	const digits = "零一二三四五六七八九"
	word := func(n int) string { return string([]rune(digits)[n]) }
	for n := 1; n < 1000; n++ {
		text := ""
		if h := n / 100; h > 0 {
			text += word(h) + "百"
		}
		switch ten := n / 10 % 10; {
		case ten == 1 && n < 20:
			text += "十"
		case ten > 0:
			text += word(ten) + "十"
		case n > 100 && n%10 > 0:
			text += "零"
		}
		if one := n % 10; one > 0 {
			text += word(one)
		}
		if got := foldAddress(text); got != fmt.Sprint(n) {
			t.Errorf("%s folds to %s, want %d", text, got, n)
		}
	}
}

func TestMasksShowEnoughToKnowOnesOwn(t *testing.T) {
	for _, c := range []struct {
		kind        contest.FieldKind
		value, want string
	}{
		{contest.FieldName, "张三", "张*"}, {contest.FieldName, "张三丰", "张**"}, {contest.FieldName, "买买提·艾合买提", "买**"},
		{contest.FieldPhone, "13812345678", "138****5678"}, {contest.FieldID, "11010519491231002X", "1****************X"},
		{contest.FieldAddress, "青禾县青禾镇柳湾村3组12号", "青禾县青禾镇****"}, {contest.FieldText, "电工", "电*"},
		{contest.FieldPhone, "138", "****"}, {contest.FieldName, "张", "****"}, {contest.FieldAddress, "柳湾村三组一", "****"},
	} {
		if got := Mask(c.kind, c.value); got != c.want {
			t.Errorf("%s %s is shown as %s, want %s", c.kind, c.value, got, c.want)
		}
	}
}

func TestAMaskedNameTellsNoMoreThanItShould(t *testing.T) {
	for name, want := range map[string][2]string{
		"": {"", ""}, "张": {"张*", "张**"}, "张三": {"张*", "张**"}, "张小三": {"张*三", "张**"},
		"J": {"J*", "J**"}, "😀乐": {"😀*", "😀**"}, "买买提江·吐尔逊": {"买***逊", "买**"},
	} {
		if got := [2]string{MaskName(name), MaskSignature(name)}; got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func FuzzWhatIsKeptIsCleanAndPassesAgain(f *testing.F) {
	for _, seed := range []string{"138 0013 8000", "11010519491231002X", "张三", "青禾县青禾镇柳湾村3组12号", "\u202e", "=1+1",
		"十百千", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		foldAddress(typed)
		for kind := range labels {
			value, err := check(kind, typed)
			if err != nil {
				if e := errs.From(err); e.Code != "invalid_field" || e.Message == "" || !utf8.ValidString(e.Message) {
					t.Fatalf("%s %q: %v %q", kind, typed, err, e.Message)
				}
				continue
			}
			again, err := check(kind, value)
			if err != nil || again != value || value == "" || len(value) > 4*maxAddress {
				t.Fatalf("%s %q becomes %q, that %q, %v", kind, typed, value, again, err)
			}
			if masked := Mask(kind, value); strings.Contains(masked, value) && !strings.Contains(value, "*") {
				t.Fatalf("%s %q is shown whole", kind, value)
			}
		}
	})
}
