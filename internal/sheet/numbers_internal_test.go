package sheet

import "testing"

func TestANumberIsReadAsItsFormatShowsIt(t *testing.T) {
	for _, c := range []struct{ value, format, want string }{
		{"119", "", "119"}, {"119", "General", "119"}, {"0.1", "0.00", "0.10"}, {"0.354166666666667", "0.0#", "0.35"},
		{"7", "000", "007"}, {"2", `0"米"`, "2米"}, {"2", `0.0\ "m²"`, "2.0 m²"}, {"1234.5", "#,##0.00", "1234.50"},
		{"0.5", "0%", "50%"}, {"0.125", "0.0%", "12.5%"}, {"0.5", "# ?/?", "1/2"}, {"1.75", "# ??/??", "1 3/4"},
		{"1200000", "0.0E+00", "1.2E+06"}, {"-3", "0", "-3"}, {"5", `[$¥-804]#,##0`, "¥5"}, {"3", `"不少于"0"具"`, "不少于3具"},
		{"46024", "m-d", "1-2"}, {"46024", `m"月"d"日"`, "1月2日"}, {"46024", "yyyy-mm-dd", "2026-01-02"},
		{"46024", "yyyy/m/d", "2026/1/2"}, {"46024", "m/d", "1/2"}, {"0.354166666666667", `h"时"mm"分"`, "8时30分"},
		{"0.354166666666667", "h:mm", "8:30"}, {"0.604166666666667", "h:mm AM/PM", "2:30 PM"},
		{"1.25", "[h]:mm", "30:00"},
		{"46024.5", "yyyy-mm-dd hh:mm", "2026-01-02 12:00"}, {"0.0423611111111111", "mm:ss", "01:00"},

		{"12", "@", "12"}, {"1", `0_);(0)`, "1"},
	} {
		if got := formatNumber(c.value, c.format); got != c.want {
			t.Errorf("%s as %s shows %q, not %q", c.value, c.format, got, c.want)
		}
	}
}

func TestRaisedAndLoweredTextsStayReadable(t *testing.T) {
	for got, want := range map[string]string{Raised("6"): "⁶", Raised("-3"): "⁻³", Raised("max"): "^(max)",
		Lowered("2"): "₂", Lowered("max"): "_(max)", Raised(" "): " "} {
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}
