package pagetest

import "testing"

// A certificate of the form asks for the best attempt at a level, bears the score, and is
// one of a grade.
func TestAnOrganizerMakesGradesOfCertificates(t *testing.T) {
	d := openDesk(t)
	p := d.at(1280, 800, "wang")
	p.tap("活动")
	p.see("安全知识闯关")
	p.tap("新建活动")
	p.rewrite("[name=title]", "青禾县安全答题")
	p.confirm()
	p.until(`document.querySelector("[name='certificates[0].title']")`)
	level := ask[string](p, `document.querySelector("[name='certificates[0].who.best.level']").options[1].value`)
	p.change("certificates[0].who.best.level", level)
	p.change("certificates[0].who.best.share", "90")
	p.change("certificates[0].grade", "grade")
	ask[any](p, `document.querySelector("[name='certificates[0].score']").click()`)
	ask[any](p, `document.querySelector("[name='certificates[0].grade']").scrollIntoView()`)
	p.fits("certificates")
	p.textHolds("best: {level: " + level + ", share: 90}")
	p.textHolds("grade: grade")
	p.textHolds("score: true")
	p.change("certificates[0].who.best.level", "")
	p.until(`!document.querySelector(".yaml-text").value.includes("best:")`)
}
