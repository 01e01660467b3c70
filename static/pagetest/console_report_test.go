package pagetest

import "testing"

func TestAPlayerTellsThatAQuestionIsWrong(t *testing.T) {
	server(t) // knows the bank that answers are taken from
	d := openDesk(t)
	p := newPhone(t, 360, 740)
	p.visit(d.url + "/")
	p.tap("马上开始")
	p.write("#nickname", "细心的人")
	p.tap("同意并开始")
	p.answer(false)
	p.tap("题目有误？")
	p.tap("请先选一项") // does nothing
	p.tap("表述不清")
	p.write("#report-note", "“适当”是多少？")
	p.fits("report-sheet")
	p.tap("转给组织者")
	p.see("谢谢，已转给组织者")
	p.fits("report-sent")
	p.tap("下一题")
	if got := p.at(); got != 2 {
		t.Errorf("question %d, want 2", got)
	}
	reported, err := d.app.Banks.Reports(t.Context(), 10)
	if err != nil || len(reported) != 1 || reported[0].Notes[0].Reason != "wording" ||
		reported[0].Notes[0].Note != "“适当”是多少？" {
		t.Errorf("reports: %+v, %v", reported, err)
	}
}
