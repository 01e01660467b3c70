package pagetest

import (
	"bytes"
	"errors"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestAnOrganizerHasTheTableOfAnotherOfficeFilledWithoutCode(t *testing.T) {
	d := openDesk(t)
	book := excelize.NewFile()
	defer book.Close()
	var body bytes.Buffer
	err := errors.Join(book.SetCellStr("Sheet1", "A1", "2026年“安全生产月”活动情况统计表"), book.MergeCell("Sheet1", "A1", "D1"),
		book.SetSheetRow("Sheet1", "A2", &[]any{"参与人数（人）", "", "参加人次", "{{参加人次}}"}),
		book.SetSheetRow("Sheet1", "A3", &[]any{"合计", "", "知识竞赛", ""}), book.SetCellFormula("Sheet1", "B3", "B2"),
		book.Write(&body))
	if err != nil {
		t.Fatal(err)
	}
	p := d.at(1280, 800, "wang")
	p.tap("统计表")
	p.see("还没有表格")
	p.chooseFile("input[type=file]", "月报.xlsx", body.String())
	p.see("没有叫“参加人次”的数")
	p.see("会填 0 格")
	p.tap("都填上")
	p.see("会填 1 格")
	p.tapOn(`document.querySelector("[aria-label='D3 空']")`)
	p.write("[name=figure]", "答题次数")
	p.fits("forms-pick")
	p.tapOn(`document.querySelector(".fm-figures button")`)
	p.see("会填 2 格")
	p.until(`document.querySelector("[aria-label='B3 空'], [aria-label^='B3']").disabled`)
	p.fits("forms")
	ask[any](p, `{
		fetch(document.querySelector(".fm-one a.btn").href).then((r) => r.text()).then((t) => { window.filled = t; });
		undefined
	}`)
	p.until(`window.filled.startsWith("PK")`)
	p.narrow("forms-narrow", "月报.xlsx")
}
