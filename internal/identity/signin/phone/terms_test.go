package phone

import (
	"strings"
	"testing"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/puzzle"
)

func TestANumberIsReadAsPeopleTypeItAndOthersAreToldWhy(t *testing.T) {
	for typed, want := range map[string]string{
		"13800001111": "13800001111", " 138 0000 1111 ": "13800001111", "+86 138-0000-1111": "13800001111",
		"0086 13800001111": "13800001111", "8613800001111": "13800001111", "１３８００００１１１１": "13800001111",
		"19900001111":             "19900001111",
		"\u202d13800001111\u202c": "13800001111", "\u200e138\u200b00001111\ufeff": "13800001111", // as phones copy them
		"":               "请填写手机号",
		"abc":            "手机号只能填写数字",
		"1380000111":     "手机号应为 11 位，现在是 10 位",
		"138000011112":   "手机号应为 11 位，现在是 12 位",
		"12800001111":    "手机号不对，请核对前三位",
		"+852 9123 4567": "目前只能向中国大陆的手机号发送验证码", "+1 415 555 2671": "目前只能向中国大陆的手机号发送验证码",
		"0085291234567": "目前只能向中国大陆的手机号发送验证码",
		"0578-2021234":  "固定电话收不到短信，请填写手机号", "010 12345678": "固定电话收不到短信，请填写手机号",
		"20212345": "固定电话收不到短信，请填写手机号", "4008001234": "固定电话收不到短信，请填写手机号",
		"+86 0578 2021234":      "固定电话收不到短信，请填写手机号",
		strings.Repeat("1", 70): "手机号太长",
	} {
		got, err := Read(typed)
		if err != nil {
			got = errs.From(err).Message
			if errs.From(err).Field != "phone" {
				t.Errorf("%q: the field is %q", typed, errs.From(err).Field)
			}
		}
		if got != want {
			t.Errorf("%q gives %q, not %q", typed, got, want)
		}
	}
	if code, err := readCode("\u2068418 263\u2069"); err != nil || code != "418263" {
		t.Errorf("a code with marks of direction is read as %q, %v", code, err)
	}
	s := &Service{terms: Terms{Refuse: []string{"170", "1410"}}}
	for number, ok := range map[string]bool{"17000001111": false, "14100001111": false, "14110001111": true} {
		if _, err := s.read(number); (err == nil) != ok {
			t.Errorf("%s: %v", number, err)
		}
	}
}

func FuzzAReadNumberIsOneOfTheMainland(f *testing.F) {
	for _, seed := range []string{"13800001111", "+86 138-0000-1111", "0578-2021234", "\xff", "⑬"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		number, err := Read(typed)
		if err == nil && !mobile.MatchString(number) {
			t.Errorf("%q is read as %q", typed, number)
		}
		if again, err2 := Read(number); err == nil && (err2 != nil || again != number) {
			t.Errorf("%q is read again as %q, %v", number, again, err2)
		}
	})
}

func TestTheNextMessageComesWhenEveryWindowHasRoom(t *testing.T) {
	const minute, hour = int64(60_000), int64(3_600_000)
	windows := Terms{}.filled().windows()
	for name, of := range map[string]struct {
		past []int64
		want int64
	}{
		"none":            {nil, 0},
		"one":             {[]int64{5}, 5 + minute},
		"two":             {[]int64{5, 5 + minute}, 5 + 2*minute},
		"five in an hour": {[]int64{0, minute, 2 * minute, 3 * minute, 4 * minute}, hour},
		"ten in a day": {[]int64{0, hour, 2 * hour, 3 * hour, 4 * hour, 5 * hour, 6 * hour, 7 * hour, 8 * hour, 9 * hour},
			24 * hour},
		"one ahead": {[]int64{10 * hour}, 10*hour + minute},
	} {
		if got := nextAt(windows, of.past); got != of.want {
			t.Errorf("%s: at %d, not %d", name, got, of.want)
		}
	}
}

func TestDaysAndHoursAreThoseOfChina(t *testing.T) {
	at := time.Date(2026, 6, 15, 16, 30, 0, 0, time.UTC)
	if dayOf(at) != 20260616 || hourOf(at) != 2026061600 || endOfDay(at).Sub(at) != 23*time.Hour+30*time.Minute ||
		endOfHour(at).Sub(at) != 30*time.Minute {
		t.Errorf("%d %d %v %v", dayOf(at), hourOf(at), endOfDay(at), endOfHour(at))
	}
}

func TestWrongTermsAreOneClearLine(t *testing.T) {
	for name, of := range map[string]struct {
		terms Terms
		want  string
	}{
		"as little as may be": {Terms{Daily: 1}, ""},
		"no budget":           {Terms{}, "daily: say how many messages may go out a day, 1 to 10000000; it is 0"},
		"too many an hour":    {Terms{Daily: 1, PhoneHour: 6}, "phone_hour: carriers take 1 to 5, not 6"},
		"too many a day":      {Terms{Daily: 1, PhoneDay: 11}, "phone_day: carriers take 1 to 10, not 11"},
		"less than none": {Terms{Daily: 1, NetworkDay: -1},
			"network_hour, network_day, device_hour, device_day: at least 1"},
		"too much work": {Terms{Daily: 1, Work: puzzle.Effort{Bits: 30, Answers: 1}},
			"work: bits are 1 to 20 and answers 1 to 64, not 30 and 1"},
		"no beginning": {Terms{Daily: 1, Refuse: []string{"+86"}}, `refuse: "+86" is no beginning of a mobile number`},
	} {
		got := ""
		if err := of.terms.Check(); err != nil {
			got = err.Error()
		}
		if got != of.want {
			t.Errorf("%s: %q, not %q", name, got, of.want)
		}
	}
}
