package console_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"anquanda/internal/bankfile"
	"anquanda/internal/question"
	"anquanda/internal/sheet"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// csvBank has two good rows, a letter that is no option, and a question twice.
const csvBank = `题型,题干,选项A,选项B,选项C,答案,解析,知识点,难度
单选题,闻到很浓的燃气味时先做什么？,开灯看一看,关阀门并开窗,在屋里打电话,B,电火花会引爆燃气,燃气,1
单选题,电动自行车应当在哪里充电？,楼道里,集中充电点,卧室里,E,楼道是逃生的路,消防,1
判断题,湿手可以拔插头。,,,,错误,水会导电,用电,1
单选题,闻到很浓的燃气味时先做什么？,开灯看一看,关阀门并开窗,在屋里打电话,B,电火花会引爆燃气,燃气,1
`

type difference struct{ Added, Changed, Removed []string }

type planReply struct {
	Questions  int
	Version    int
	Difference difference
	Before     map[string]map[string]any
	After      map[string]map[string]any
}

func TestAFileIsReadMendedPlannedAndImported(t *testing.T) {
	each(t, func(t *testing.T, s *testkit.Store) {
		wang := openDesk(t, s).signedIn("wang", staff.Organizer)
		draft := wang.upload("社区.csv", []byte(csvBank))
		if draft.State != "ready" || draft.Found != 4 || draft.Accepted != 2 || draft.Rejected != 2 {
			t.Fatalf("the draft is %+v", draft)
		}
		path := "/drafts/" + draft.ID
		into := func(mode string, valid bool) map[string]any {
			return map[string]any{"bank": "community", "mode": mode, "only_valid": valid, "note": "社区"}
		}
		wang.wants("POST", path+"/plan", into("merge", false), http.StatusConflict, "draft_has_rejects", "")

		// The row is judged as it is saved: still wrong, then right.
		row := wang.rows(draft.ID, "state=rejected&size=1")[0]
		if row.Ordinal != 2 || row.Line != 3 || row.Problems[0].Code != "answer_outside" {
			t.Fatalf("the first rejected row is %+v", row)
		}
		address := path + "/rows/2"
		row.Question["answer"] = "AB"
		var mended rowReply
		wang.must("PUT", address, map[string]any{"question": row.Question}, &mended)
		if mended.Accepted || mended.Line != 3 || len(mended.Problems) == 0 || mended.Problems[0].Code != "kind_conflict" ||
			mended.Problems[0].Cell != "answer" {
			t.Errorf("two answers of a single choice: %+v", mended)
		}
		row.Question["answer"] = "B"
		wang.must("PUT", address, map[string]any{"question": row.Question}, &mended)
		if !mended.Accepted || len(mended.Problems) != 0 {
			t.Errorf("the mended row: %+v", mended)
		}
		// The double stays out, however often it is saved.
		double := wang.rows(draft.ID, "state=rejected")[0]
		wang.must("PUT", path+"/rows/4", map[string]any{"question": double.Question}, &mended)
		if mended.Accepted || mended.Problems[0].Code != "duplicate" {
			t.Errorf("the double: %+v", mended)
		}
		wang.must("GET", path, nil, &draft)
		if draft.Accepted != 3 || draft.Rejected != 1 || len(draft.Codes) != 1 || draft.Codes[0].Title == "" {
			t.Errorf("after mending the draft is %+v", draft)
		}

		var plan, done planReply
		wang.must("POST", path+"/plan", into("merge", true), &plan)
		if plan.Questions != 3 || len(plan.Difference.Added) != 3 || len(plan.After) != 3 {
			t.Errorf("the plan is %+v", plan)
		}
		wang.must("POST", path+"/import", into("merge", true), &done)
		if done.Version != 1 || len(done.Difference.Added) != 3 {
			t.Errorf("the import is %+v", done)
		}
		wang.wants("POST", path+"/import", into("merge", true), http.StatusConflict, "draft_not_ready", "")
		wang.wants("PUT", address, map[string]any{"question": row.Question}, http.StatusConflict, "draft_not_ready", "")
	})
}

func TestASecondFileShowsBothSidesAndUndoBringsTheFirstBack(t *testing.T) {
	each(t, func(t *testing.T, s *testkit.Store) {
		wang := openDesk(t, s).signedIn("wang", staff.Organizer)
		replace := map[string]any{"bank": "community", "mode": "replace", "only_valid": true, "note": ""}
		wang.must("POST", "/drafts/"+wang.upload("一.csv", []byte(csvBank)).ID+"/import", replace, nil)
		wang.wants("POST", "/banks/community/undo", nil, http.StatusConflict, "nothing_to_undo", "")

		second := strings.Replace(strings.Join(strings.SplitAfter(csvBank, "\n")[:2], ""), "电火花会引爆燃气", "开关的火花会引爆燃气", 1)
		draft := wang.upload("二.csv", []byte(second))
		var plan planReply
		wang.must("POST", "/drafts/"+draft.ID+"/plan", replace, &plan)
		if len(plan.Difference.Changed) != 1 || len(plan.Difference.Removed) != 1 || len(plan.Difference.Added) != 0 {
			t.Fatalf("the plan is %+v", plan)
		}
		id := plan.Difference.Changed[0]
		if plan.Before[id]["explanation"] != "电火花会引爆燃气" || plan.After[id]["explanation"] != "开关的火花会引爆燃气" ||
			plan.Before[plan.Difference.Removed[0]] == nil {
			t.Errorf("both sides: %v and %v", plan.Before, plan.After)
		}
		wang.must("POST", "/drafts/"+draft.ID+"/import", replace, nil)
		var compared planReply
		wang.must("GET", "/banks/community/compare?from=1&to=2", nil, &compared)
		if fmt.Sprint(compared.Difference) != fmt.Sprint(plan.Difference) {
			t.Errorf("the versions differ by %+v, planned was %+v", compared.Difference, plan.Difference)
		}
		wang.must("POST", "/banks/community/undo", nil, nil)
		wang.must("GET", "/banks/community/compare?from=1&to=3", nil, &compared)
		if d := compared.Difference; len(d.Added)+len(d.Changed)+len(d.Removed) != 0 {
			t.Errorf("after undo the bank differs from the first version by %+v", d)
		}
	})
}

// largeBank is a bank of 650 rows as an organizer would have it: a number in each
// stem, all options in one cell, and what goes wrong by hand in a third of the rows.
func largeBank() []byte {
	faults := []string{ // options and answer, in turn
		"A.断电**B.泼水**C.看着,A", "A.断电**B.泼水**C.看着,C", "A.断电##B.泼水##C.看着,AB",
		"A.断电**B.泼水 C.跳开**D.看着,B", "A.断电**C.看着,A", "A.断电**B.泼水**C.看着,E", "A.断电**B.**C.看着,A",
		"A.断电**B.断电**C.看着,C", "A.断电**B.泼水**C.看着,", "A.断电**B.泼水**C.看着,B",
	}
	var out strings.Builder
	out.WriteString("题干,选项,答案\n")
	for i := range 650 {
		fmt.Fprintf(&out, "%d、第 %d 号配电柜冒烟时应当怎样？,%s\n", i+1, i*37, faults[i%len(faults)])
	}
	return []byte(out.String())
}

func TestALargeBankIsPagedThroughAndImported(t *testing.T) {
	data := largeBank()
	each(t, func(t *testing.T, s *testkit.Store) {
		wang := openDesk(t, s).signedIn("wang", staff.Owner)
		draft := wang.upload("tiku.csv", data)
		if draft.Found != 650 || draft.Rejected < 200 || draft.Found != draft.Accepted+draft.Rejected {
			t.Fatalf("the draft is %+v", draft)
		}
		seen, after := 0, 0
		for {
			page := wang.rows(draft.ID, fmt.Sprintf("after=%d&size=200", after))
			for _, row := range page {
				if row.Ordinal <= after {
					t.Fatalf("row %d after %d", row.Ordinal, after)
				}
				after = row.Ordinal
			}
			if seen += len(page); len(page) < 200 {
				break
			}
		}
		if seen != draft.Found {
			t.Errorf("the pages hold %d rows, %d were found", seen, draft.Found)
		}
		for _, code := range draft.Codes {
			if rows := wang.rows(draft.ID, "size=200&code="+code.Code); len(rows) != min(200, code.Rows) {
				t.Errorf("%s: %d rows, counted %d", code.Code, len(rows), code.Rows)
			}
		}
		var done planReply
		wang.must("POST", "/drafts/"+draft.ID+"/import", map[string]any{"bank": "lab", "mode": "merge", "only_valid": true,
			"note": "实验室"}, &done)
		if len(done.Difference.Added) != draft.Accepted {
			t.Errorf("%d added, %d were accepted", len(done.Difference.Added), draft.Accepted)
		}
	})
}

func TestAFileThatCannotBeReadIsKeptWithItsReason(t *testing.T) {
	wang := openDesk(t, embedded(t)).signedIn("wang", staff.Owner)
	draft := wang.upload("旧.xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"))
	if draft.State != "unreadable" || len(draft.Problems) == 0 || draft.Problems[0].Code != "format_old_excel" {
		t.Errorf("the draft is %+v", draft)
	}
	wang.wants("POST", "/drafts/"+draft.ID+"/plan", map[string]any{"bank": "x", "mode": "merge"}, http.StatusConflict,
		"draft_not_ready", "")
	wang.must("DELETE", "/drafts/"+draft.ID, nil, nil)
	wang.wants("GET", "/drafts/"+draft.ID, nil, http.StatusNotFound, "draft_unknown", "")
	wang.wants("DELETE", "/drafts/"+draft.ID, nil, http.StatusNotFound, "draft_unknown", "")
	big := bytes.Repeat([]byte("x"), 50<<20+1)
	wang.wants("POST", "/drafts?name=big.csv", big, http.StatusRequestEntityTooLarge, "file_too_large", "")
}

func TestABankIsDownloadedAndReadBack(t *testing.T) {
	wang := openDesk(t, embedded(t)).signedIn("wang", staff.Organizer)
	var list struct{ Formats []struct{ Name string } }
	wang.must("GET", "/formats", nil, &list)
	if len(list.Formats) < 8 {
		t.Errorf("only %v can be written", list.Formats)
	}
	differs := func(format, extension string) int {
		r := wang.send("GET", "/banks/safety/export?format="+format, nil)
		if r.status != http.StatusOK || r.header.Get("Content-Disposition") !=
			"attachment; filename=safety-"+format+extension {
			t.Fatalf("the download: %d %v", r.status, r.header)
		}
		draft := wang.upload("back"+extension, r.body)
		var plan planReply
		wang.must("POST", "/drafts/"+draft.ID+"/plan", map[string]any{"bank": "safety", "mode": "replace",
			"only_valid": false, "note": ""}, &plan)
		if d := plan.Difference; len(d.Added)+len(d.Removed) != 0 {
			t.Errorf("read back from %s: %d added, %d removed", format, len(d.Added), len(d.Removed))
		}
		return len(plan.Difference.Changed)
	}
	if changed := differs("json", ".json"); changed != 0 {
		t.Errorf("read back from JSON, %d questions changed", changed)
	}
	drawings := differs("xlsx", ".xlsx")
	var losses struct {
		Losses []struct {
			Field     string
			Questions int
		}
	}
	wang.must("GET", "/banks/safety/losses?format=xlsx", nil, &losses)
	// A workbook holds no drawings in SVG, and says of how many questions.
	if l := losses.Losses; len(l) != 1 || l[0].Field != "image" || l[0].Questions != drawings || drawings == 0 {
		t.Errorf("Excel loses %+v, and %d questions came back changed", losses.Losses, drawings)
	}
	wang.must("GET", "/banks/safety/losses?format=aiken", nil, &losses)
	if len(losses.Losses) == 0 {
		t.Error("Aiken loses nothing")
	}
	wang.wants("GET", "/banks/safety/export?format=word95", nil, http.StatusBadRequest, "invalid_field", "format")
}

func TestTheTemplateHoldsAnExampleOfEachKindAndInstructions(t *testing.T) {
	wang := openDesk(t, embedded(t)).signedIn("wang", staff.Owner)
	r := wang.send("GET", "/template", nil)
	if r.status != http.StatusOK || !strings.Contains(r.header.Get("Content-Disposition"), "filename") {
		t.Fatalf("the template: %d, %s", r.status, r.header.Get("Content-Disposition"))
	}
	result, err := bankfile.Read("模板.xlsx", r.body, bankfile.Options{})
	if err != nil || len(result.Problems) > 0 {
		t.Fatalf("read back: %v, %+v", err, result.Problems)
	}
	kinds := map[question.Kind]int{}
	for i := range result.Questions {
		kinds[result.Questions[i].Kind]++
	}
	for _, kind := range question.Kinds() {
		if kinds[kind] != 1 {
			t.Errorf("%d examples of %s", kinds[kind], kind.Name())
		}
	}
	var help []string
	if _, err := sheet.Rows(r.body, sheet.Limits{}, func(name string, _ int, cells []string) error {
		if name == "填写说明" {
			help = append(help, cells...)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(help, "\n"); !strings.Contains(text, "前 7 题是例子") || !strings.Contains(text, "答案：") {
		t.Errorf("the instructions are %q", text)
	}
}
