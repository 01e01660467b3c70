package sheet_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"anquanda/internal/sheet"
)

func TestRowsOfAnyTableAreReadWithTheirLines(t *testing.T) {
	var got []string
	data := []byte("标题\n\n甲;\"乙\n丙\"\n'=1+1;丁\n")
	encoding, err := sheet.Rows(data, sheet.Limits{}, func(name string, line int, cells []string) error {
		got = append(got, fmt.Sprintf("%s%d:%s", name, line, strings.Join(cells, "|")))
		return nil
	})
	if want := "1:标题 3:甲|乙\n丙 5:=1+1|丁"; err != nil || encoding != "UTF-8" || strings.Join(got, " ") != want {
		t.Errorf("%q in %s, %v", got, encoding, err)
	}
}

func TestRowsKeepToTheirBounds(t *testing.T) {
	for name, c := range map[string]struct {
		data   string
		limits sheet.Limits
		want   error
	}{
		"bytes":   {"甲,乙\n", sheet.Limits{Bytes: 3}, sheet.ErrBytes},
		"cells":   {strings.Repeat("1,2,3\n", 10), sheet.Limits{Cells: 20}, sheet.ErrCells},
		"old":     {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", sheet.Limits{}, sheet.ErrOldExcel},
		"no zip":  {"PK\x03\x04", sheet.Limits{}, sheet.ErrDamaged},
		"no text": {"\xff\x00\x81", sheet.Limits{}, sheet.ErrEncoding},
	} {
		_, err := sheet.Rows([]byte(c.data), c.limits, func(string, int, []string) error { return nil })
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	stop := errors.New("enough")
	_, err := sheet.Rows([]byte("甲\n乙\n"), sheet.Limits{}, func(string, int, []string) error { return stop })
	if !errors.Is(err, stop) {
		t.Errorf("the reader's own error is %v", err)
	}
}
