package contest_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"anquanda/internal/contest"
)

func TestPrizesThatCannotBeAreRefusedInPlainWords(t *testing.T) {
	const prizes = `
prizes:
- {key: cup, title: 水杯, stock: 10}
- {key: pen, title: 笔, stock: 10}
pools:
- {key: wheel, title: 转盘, prizes: [{prize: cup, odds: 600000}, {prize: pen, odds: 400000}]}
drawings:
- {key: grand, title: 大奖, prizes: [{prize: cup, count: 2}], reserves: 1}
`
	read := func(old, new string) error {
		_, err := contest.Parse("demo.yaml", []byte(changed(t, "bank: safety",
			"bank: safety\n"+strings.Replace(prizes, old, new, 1))))
		return err
	}
	if err := read("cup", "cup"); err != nil {
		t.Fatalf("with nothing wrong: %v", err)
	}
	for _, c := range []struct{ old, new, at, says string }{
		{"odds: 600000", "odds: 1000001", "pools[0].prizes[0].odds", "中奖机会以百万分之一为单位，是 0 到 1000000"},
		{"odds: 400000", "odds: 400001", "pools[0].prizes[1].odds", "奖池里各奖品的机会合计超过了百分之百"},
		{"odds: 600000", "odds: -1", "pools[0].prizes[0].odds", "中奖机会以百万分之一为单位，是 0 到 1000000"},
		{"odds: 600000", "odds: 0.6", "pools[0].prizes[0].odds", "这里要写整数"},
		{"水杯, stock: 10", "水杯, stock: -1", "prizes[0].stock", "数量是 1 到"},
		{"水杯, stock: 10", "水杯, stock: 0", "prizes[0].stock", "数量是 1 到"},
		{"水杯, stock: 10", "水杯, stock: 10, photo: cup.png", "prizes[0].photo", "图片要在表单里上传"},
		{"水杯, stock: 10", "水杯, stock: 10, photo: ../up", "prizes[0].photo", "图片要在表单里上传"},
		{"水杯, stock: 10", "水杯, stock: 10, value: -1", "prizes[0].value", "价值以分为单位"},
		{"count: 2", "count: 0", "drawings[0].prizes[0].count", "名额是 1 到"},
		{"count: 2", "count: -3", "drawings[0].prizes[0].count", "名额是 1 到"},
		{"reserves: 1", "reserves: -1", "drawings[0].reserves", "候补是 0 到"},
		{"{prize: cup, count: 2}", "{prize: mower, count: 2}", "drawings[0].prizes[0].prize", "没有标识为 “mower” 的奖品"},
		{"prizes: [{prize: cup, count: 2}]", "prizes: []", "drawings[0].prizes", "公开摇奖要有 1 到"},
	} {
		var findings contest.Findings
		if err := read(c.old, c.new); !errors.As(err, &findings) {
			t.Errorf("%s is taken: %v", c.new, err)
			continue
		}
		at := slices.IndexFunc(findings, func(f contest.Finding) bool { return f.Path == c.at })
		if at < 0 || !strings.Contains(findings[at].Words, c.says) || findings[at].Line == 0 {
			t.Errorf("%s: %+v", c.new, findings)
		}
	}
}
