package prize_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/staff"
	"anquanda/internal/testkit/fair"
)

func TestEachCodeIsHandedOutOnceToItsWinnerAlone(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		var codes []string
		for i := range 30 {
			codes = append(codes, fmt.Sprintf("FILM-%04d", i))
		}
		done, err := f.Ledger.ImportCodes(t.Context(), staff.CommandLine, f.Contest, "film", codes)
		if err != nil || done.Added != 30 {
			t.Fatalf("%+v, %v", done, err)
		}
		seen := map[string]bool{}
		owners := f.Crowd(40, "")
		for _, draw := range f.DrawAtOnce("tickets", owners, f.Node, f.NewNode()) {
			if draw.AwardID == nil {
				continue
			}
			code, err := f.Ledger.VoucherCode(t.Context(), draw.PlayerID, *draw.AwardID)
			if err != nil || !slices.Contains(codes, code) || seen[code] {
				t.Errorf("award %d: %q, %v", *draw.AwardID, code, err)
			}
			seen[code] = true
			if _, err := f.Ledger.VoucherCode(t.Context(), draw.PlayerID+1, *draw.AwardID); !errors.Is(err, prize.ErrNoVoucher) {
				t.Errorf("another player: %v", err)
			}
		}
		if len(seen) != 30 {
			t.Errorf("%d codes are handed out, want 30 to 40 who draw", len(seen))
		}
		more, err := f.Ledger.ImportCodes(t.Context(), staff.CommandLine, f.Contest, "film", append(codes, "FILM-NEW"))
		if err != nil || *more != (prize.Imported{Added: 1, Known: 30, Total: 31}) {
			t.Errorf("imported again: %+v, %v", more, err)
		}
		if draw := f.DrawFrom(f.Player(""), "tickets"); draw.AwardID == nil {
			t.Errorf("with a new code: %+v", draw)
		}
	})
}

func TestCodesAreSealedAtRest(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		if _, err := f.Ledger.ImportCodes(t.Context(), staff.CommandLine, f.Contest, "film",
			[]string{"SECRET-1", "SECRET-2"}); err != nil {
			t.Fatal(err)
		}
		var rows []struct {
			Hash   string `db:"code_hash"`
			Sealed string `db:"sealed"`
		}
		if err := f.DB.Select(t.Context(), &rows,
			"SELECT code_hash, sealed FROM voucher_codes ORDER BY unit_no"); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(fmt.Sprint(rows), "SECRET") {
			t.Errorf("a code can be read: %v", rows)
		}
		if n := f.Count(`SELECT COUNT(*) FROM audit_log
			WHERE action_name = 'prize.codes.import' AND detail NOT LIKE '%SECRET%'`); n != 1 {
			t.Errorf("%d entries in the log", n)
		}
		// A sealed code that is moved to another unit does not open.
		draw := f.DrawFrom(f.Player(""), "tickets")
		if err := f.Exec("UPDATE voucher_codes SET sealed = ? WHERE unit_no = 1", rows[1].Sealed); err != nil {
			t.Fatal(err)
		}
		if code, err := f.Ledger.VoucherCode(t.Context(), draw.PlayerID, *draw.AwardID); err == nil {
			t.Errorf("a moved code opens as %s", code)
		}
	})
}

func TestCodesAreImportedForVouchersAndOnce(t *testing.T) {
	fair.Each(t, func(t *testing.T, f *fair.Fair) {
		add := func(key string) error {
			_, err := f.Ledger.ImportCodes(t.Context(), staff.CommandLine, f.Contest, key, []string{"A", "B"})
			return err
		}
		if err := add("nothing"); !errors.Is(err, prize.ErrPrizeUnknown) {
			t.Error(err)
		}
		if err := add("mower"); !errors.Is(err, prize.ErrNoVoucher) {
			t.Error(err)
		}
		if err := add("film"); err != nil {
			t.Error(err)
		}
		if err := add("film"); !errors.Is(err, prize.ErrCodesTwice) {
			t.Error(err)
		}
		if n := f.Count("SELECT COUNT(*) FROM voucher_codes"); n != 2 {
			t.Errorf("%d codes", n)
		}
	})
}

func sheet(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestCodesAreReadFromTextTablesAndSheets(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("兑换码,密码\r\nA1,x\r\nA2,y\r\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"lines":            {[]byte("A1\nA2\r\n\n A3 \n"), "A1|A2|A3"},
		"a mark of UTF-8":  {[]byte("\ufeff券码\nA1\n"), "A1"},
		"twice":            {[]byte("A1\nA1\nA2"), "A1|A2"},
		"number, password": {[]byte("卡号,密码,备注\n1001,abc,x\n1002,def,"), "1001 abc|1002 def"},
		"tabs":             {[]byte("1001\tabc\n1002\tdef"), "1001 abc|1002 def"},
		"GB18030":          {[]byte(gbk), "A1 x|A2 y"},
		"a sheet": {sheet(t, []any{"Code"}, []any{"A1"}, []any{"00123456789012345678"}),
			"A1|00123456789012345678"},
		"a sheet of numbers": {sheet(t, []any{123456789012, "p"}, []any{"B", ""}), "123456789012 p|B"},
	} {
		codes, err := prize.ReadCodes(c.data)
		if got := strings.Join(codes, "|"); err != nil || got != c.want {
			t.Errorf("%s: %s, %v; want %s", name, got, err, c.want)
		}
	}
}

func TestFilesThatHoldNoCodesAreRefusedWithTheRow(t *testing.T) {
	var many strings.Builder
	for i := range 200_001 {
		fmt.Fprintf(&many, "%x\n", i)
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":       {nil, "codes_none"},
		"only a header": {[]byte("兑换码\n"), "codes_none"},
		"a picture":     {[]byte("\x89PNG\r\n\x1a\n\x00\x00"), "codes_unreadable"},
		"a broken zip":  {[]byte("PK\x03\x04 and no more"), "codes_unreadable"},
		"a long line":   {[]byte("A1\n" + strings.Repeat("x", 81)), "codes_wrong 第 2 行"},
		"a hidden sign": {[]byte("A1\nA\u200b2"), "codes_wrong 第 2 行"},
		"too many":      {[]byte(many.String()), "codes_too_many"},
		"too large":     {make([]byte, prize.MaxCodesFile+1), "codes_too_many"},
	} {
		_, err := prize.ReadCodes(c.data)
		if e := errs.From(err); err == nil || !strings.HasPrefix(e.Code+" "+e.Message, c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// FuzzCodesAreReadOrRefused holds that whatever is uploaded is read or refused.
func FuzzCodesAreReadOrRefused(f *testing.F) {
	for _, seed := range []string{"A1\nA2", "a,b\n\"c", "\xff\xfe", "PK\x03\x04", "兑换码\t密码\n1\t2"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		codes, err := prize.ReadCodes(data)
		if err != nil && errs.From(err).Kind == errs.Internal {
			t.Fatalf("%q: %v", data, err)
		}
		for _, code := range codes {
			if code == "" || strings.TrimSpace(code) != code {
				t.Fatalf("%q holds the code %q", data, code)
			}
		}
	})
}
