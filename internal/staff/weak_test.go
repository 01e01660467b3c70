package staff

import (
	"strings"
	"testing"
)

func TestAPasswordThatIsEasyToGuessIsRefusedWithTheReason(t *testing.T) {
	context := []string{"wang", "王小明", "safety-month", "safety", "month", "example.org", "平安县安全知识竞赛"}
	for password, want := range map[string]string{
		"1234567890":       weakCommon,
		"qwertyuiop":       weakCommon,
		"Password123":      weakCommon,
		"1q2w3e4r5t":       weakCommon,
		"1qaz2wsx3edc":     weakCommon,
		"password12":       weakCommon,
		"dragon2026":       weakWord,
		"p@ssw0rd2026":     weakWord,
		"abcabcabca":       weakRepeated,
		"aaaaaaaaaaaa":     weakRepeated,
		"6161616161616":    weakRepeated,
		"安全安全安全安全安全":       weakRepeated,
		"anquanda2026":     weakContext,
		"AnQuan20260616":   weakContext,
		"wang12345678":     weakContext,
		"safety-month2026": weakContext,
		"王小明2026王小明1":      weakContext,
		"平安县安全知识竞赛2026":    weakContext,
		"asdfghjkl;123":    weakRun,
		"0987654321abc":    weakRun,
		"qwertyuiop4567":   weakRun,
		"monkey1234567":    weakRun,
		"aaaaaaaaaab1":     weakRun,

		"an-quan-616-mima":     "",
		"一句很长的密码 2026":         "",
		"青山绿水 2026 平安":         "",
		"kuaile-chuanbo-7":     "",
		"correcthorsebattery":  "",
		"我家的猫喜欢晒太阳":            "",
		"x7Kq!m2Zp9":           "",
		"wang and his bicycle": "",
	} {
		if got := weakness(password, context); got != want {
			t.Errorf("%s: %q, want %q", password, got, want)
		}
	}
}

func TestTheListOfCommonPasswordsIsThere(t *testing.T) {
	if n := len(common()); n < 10_000 || len(commonFile) > 40_000 {
		t.Errorf("%d passwords in %d bytes", n, len(commonFile))
	}
	for word := range common() {
		if word == "" || word != strings.ToLower(word) || strings.ContainsAny(word, " \r\n") {
			t.Errorf("the list holds %q", word)
		}
	}
}
