package bankfile_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"anquanda/internal/bankfile"
)

func TestRowsOfAnyTableAreReadWithTheirLines(t *testing.T) {
	var got []string
	encoding, err := bankfile.Rows("a.csv", []byte("标题\n\n甲;\"乙\n丙\"\n'=1+1;丁\n"), bankfile.Limits{}, func(sheet string, line int, cells []string) error {
		got = append(got, fmt.Sprintf("%s%d:%s", sheet, line, strings.Join(cells, "|")))
		return nil
	})
	if want := "1:标题 3:甲|乙\n丙 5:=1+1|丁"; err != nil || encoding != "UTF-8" || strings.Join(got, " ") != want {
		t.Errorf("%q in %s, %v", got, encoding, err)
	}
}

func TestRowsKeepToTheirBounds(t *testing.T) {
	for name, c := range map[string]struct {
		data   string
		limits bankfile.Limits
		want   bankfile.Code
	}{
		"bytes":   {"甲,乙\n", bankfile.Limits{Bytes: 3}, bankfile.LimitBytes},
		"cells":   {strings.Repeat("1,2,3\n", 10), bankfile.Limits{Cells: 20}, bankfile.LimitNesting},
		"old":     {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bankfile.Limits{}, bankfile.FormatOld},
		"no zip":  {"PK\x03\x04", bankfile.Limits{}, bankfile.FormatUnreadable},
		"no text": {"\xff\x00\x81", bankfile.Limits{}, bankfile.EncodingUnknown},
	} {
		_, err := bankfile.Rows("a", []byte(c.data), c.limits, func(string, int, []string) error { return nil })
		var u *bankfile.Unreadable
		if !errors.As(err, &u) || u.Problem.Code != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	stop := errors.New("enough")
	if _, err := bankfile.Rows("a.csv", []byte("甲\n乙\n"), bankfile.Limits{}, func(string, int, []string) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("the reader's own error is %v", err)
	}
}
