package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// definition writes a file of a contest that pays for shares in WeChat.
func definition(t *testing.T, further string) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "shared.yaml")
	text := `contest: shared
title: 分享有奖
organizer: 县应急管理局
contact: 应急管理局宣传科
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
levels:
  - {key: quiz, title: 答题, questions: [{count: 5}], pass: 3}
earnings:
  - {key: shared, for: share, give: {points: 1}}
publish: [wechat]
` + further
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

const answered = "accept: [{finding: share-reward, by: 王主任, why: 只在会场分享}]\n"

func TestContestCheckTellsConcernsByLineAndEndsWell(t *testing.T) {
	file := definition(t, "")
	code, text := printed(t, "contest", "check", file)
	if want := file + ":10: earnings[0]: 严重: 微信里的分享不能给奖励"; code != 0 || !strings.Contains(text, want) ||
		!strings.Contains(text, "[share-reward] 依据 微信《外部链接内容管理规范》") || !strings.Contains(text, "有 1 处严重") {
		t.Errorf("exit %d:\n%s", code, text)
	}
	code, text = printed(t, "contest", "check", definition(t, answered))
	if code != 0 || !strings.Contains(text, "（王主任 已确认：只在会场分享）") || strings.Contains(text, "1 处严重") {
		t.Errorf("answered for: exit %d:\n%s", code, text)
	}
	if code, text = printed(t, "contest", "check", "../../questionbank/contests/workmonth.yaml"); code != 0 ||
		strings.Count(text, "\n") != 1 {
		t.Errorf("the shipped contest: exit %d:\n%s", code, text)
	}
}

func TestContestApplyRefusesWhatNobodyAnswersFor(t *testing.T) {
	data := t.TempDir()
	if code, _ := printed(t, "contest", "apply", "--data", data, definition(t, "")); code != 1 {
		t.Errorf("exit %d", code)
	}
	if left, err := os.ReadDir(data); err != nil || len(left) > 0 {
		t.Errorf("it has written %v, %v", left, err)
	}
}

func TestContestCheckTellsWhatPlaysFromElsewhere(t *testing.T) {
	file := definition(t, answered)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), "pass: 3", "pass: 3, material: {title: 经过, film: 'https://v.example.org/x.mp4'}", 1)
	if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	code, said := toldBy(t, "contest", "check", "--media-hosts", "a.example.org", file)
	if want := ":8: levels[0].material.film: 只能用这些网站的地址：a.example.org"; code != 1 || !strings.Contains(said, want) {
		t.Errorf("exit %d:\n%s", code, said)
	}
	if code, said = toldBy(t, "contest", "check", "--media-hosts", "a.example.org,V.example.org", file); code != 0 {
		t.Errorf("from a listed host: exit %d:\n%s", code, said)
	}
}

func TestContestSchemaPrintsJSON(t *testing.T) {
	code, text := printed(t, "contest", "schema")
	var schema map[string]any
	if err := json.Unmarshal([]byte(text), &schema); code != 0 || err != nil || schema["$schema"] == nil {
		t.Errorf("exit %d, %v: %.80s", code, err, text)
	}
}
