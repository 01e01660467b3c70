package rulespage_test

import (
	"strings"
	"testing"

	"anquanda/internal/testkit/contests"
)

func TestTheRulesPageTellsWhereAMaterialPlaysFrom(t *testing.T) {
	told := func(material string) string {
		return page(contests.Parsed(t, `contest: study
title: 先学后答
organizer: 县应急管理局
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-01 10:00}
levels: [{key: one, title: 第一关, questions: [{count: 3}], material: {title: 事故经过, `+material+`}}]
`))
	}
	for material, want := range map[string]string{
		"text: [三辆车。]": "先看材料“事故经过”再答题，有文字；答题时可以再看，时间照常算。",
		"text: [三辆车。], film: 'https://v.example.org/x.mp4', least: 30s": "先看材料“事故经过”再答题，有文字、" +
			"视频（从 v.example.org 播放，会用流量），打开满 30 秒才能开始；答题时可以再看，时间照常算。",
		"picture: 0123456789abcdef0123456789abcdef.png, sound: 'https://a.example.org/x.mp3'": "有图片、声音（从 a.example.org 播放",
	} {
		if got := told(material); !strings.Contains(got, want) {
			t.Errorf("%s: the page lacks %q:\n%s", material, want, got)
		}
	}
}
