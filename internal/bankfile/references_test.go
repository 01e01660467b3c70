package bankfile

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"anquanda/internal/question"
)

const listed = `{
  "format": "anquanda-bank/1",
  "name": "依据清单",
  "references": [
    {"key": "fire", "title": "消防法", "version": "2021年修正", "effective": "2021-04-29"},
    {"key": "old", "title": "GB 1-2008", "until": "2026-05-01", "by": "GB 1-2025"}
  ]
}`

func TestAFileMayHoldAListOfLawsAndNoQuestions(t *testing.T) {
	result, err := Read("sources.json", []byte(listed), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := question.References{{Key: "fire", Title: "消防法", Version: "2021年修正", Effective: "2021-04-29"},
		{Key: "old", Title: "GB 1-2008", Until: "2026-05-01", By: "GB 1-2025"}}
	if !reflect.DeepEqual(result.References, want) || result.Found != 0 || len(result.Problems) > 0 {
		t.Errorf("read %+v with %d questions, %+v", result.References, result.Found, result.Problems)
	}
	if _, err := Read("empty.json", []byte(`{"format": "anquanda-bank/1", "references": []}`), Options{}); err == nil {
		t.Error("a file with neither questions nor a list is read")
	}
}

func TestAWrongListIsRefusedWithItsReason(t *testing.T) {
	for _, c := range []struct{ right, wrong, says string }{
		{`"2026-05-01"`, `"明年五月"`, "日期"},
		{`"title": "GB 1-2008"`, `"title": ""`, "名称"},
		{`"key": "old"`, `"key": "fire"`, "两次"},
	} {
		text := strings.Replace(listed, c.right, c.wrong, 1)
		_, err := Read("sources.json", []byte(text), Options{})
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %s", c.wrong, err, c.says)
		}
	}
}

func TestAQuestionIsWrittenWithTheListThatItNames(t *testing.T) {
	const text = `{"format": "anquanda-bank/1", "name": "试", "questions": [
		{"id": "a", "kind": "truefalse", "stem": "水能导电。", "answer": true, "source": {"key": "fire", "article": "第一条"},
		 "apart": ["b"], "review": {"by": "张三", "on": "2026-11-30", "against": "法条原文", "seen": "text"}}],
		"references": [{"key": "fire", "title": "消防法"}]}`
	read, err := Read("试.json", []byte(text), Options{})
	if err != nil || len(read.Questions) != 1 {
		t.Fatalf("%v: %+v", err, read.Problems)
	}
	q := read.Questions[0]
	if q.Source.String() != "《消防法》第一条" {
		t.Errorf("its source is %s", q.Source)
	}
	var out bytes.Buffer
	losses, err := Write(&out, "json", &Bank{Name: "试", Questions: read.Questions, References: read.References})
	if err != nil || len(losses) > 0 {
		t.Fatalf("%v: %+v", err, losses)
	}
	again, err := Read("试.json", out.Bytes(), Options{})
	if err != nil || !reflect.DeepEqual(again.References, read.References) ||
		!reflect.DeepEqual(again.Questions, read.Questions) {
		t.Errorf("%v: read again as %+v, %+v", err, again.Questions, again.References)
	}
	losses, err = Write(&bytes.Buffer{}, "xlsx", &Bank{Name: "试", Questions: read.Questions})
	if err != nil || len(losses) > 0 {
		t.Errorf("%v: a sheet loses %+v", err, losses)
	}
	losses, err = Write(&bytes.Buffer{}, "text", &Bank{Name: "试", Questions: read.Questions})
	var lost []string
	for _, loss := range losses {
		lost = append(lost, loss.Field)
	}
	if err != nil || !reflect.DeepEqual(lost, []string{"apart", "key", "review"}) {
		t.Errorf("%v: a text is said to lose %v", err, lost)
	}
}
