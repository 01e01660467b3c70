package catalog_test

import (
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/testkit/arena"
)

func TestWhatABankLacksForADefinitionIsToldByPath(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		for _, c := range []struct{ old, new, want string }{
			{"", "", ""},
			{"count: 3, kinds", "count: 90, kinds", "levels[0].questions[0] “第一关”这一批要 90 道题，选的题库里符合条件的只有"},
			{"count: 3, kinds: [single]", "count: 3, list: [none-1, single-01, single-02]",
				"levels[0].questions[0].list[0] “第一关”：题库“safety”里没有编号为“none-1”的题目，可能没有导入，或者已经作废"},
			{"bank: safety", "bank: nowhere", "bank 没有题库“nowhere”"},
			{"key: second, ", "key: second, bank: nowhere, ", "levels[1].bank 没有题库“nowhere”"},
			{"levels:", "live: [{key: quiz, title: 直播, draw: [{count: 3}, {count: 40, kinds: [fill]}]}]\nlevels:",
				"live[0].draw[1] “直播”这一批要 40 道题，选的题库里符合条件的只有"},
			{"levels:", "live: [{key: quiz, title: 直播, draw: [{count: 3}]}]\nlevels:", ""},
			{"levels:", "live: [{key: quiz, title: 直播, list: [none-1]}]\nlevels:",
				"live[0].list[0] “直播”：题库“safety”里没有编号为“none-1”的题目"},
			{"levels:", "live: [{key: quiz, title: 直播, bank: nowhere, list: [none-1]}]\nlevels:",
				"live[0].bank 没有题库“nowhere”"},
			{"pass: 2", "pass: 2, material: {title: 经过, picture: 0123456789abcdef0123456789abcdef.png}",
				"levels[0].material.picture “经过”的图片没有存"},
			{"pass: 2", "pass: 2, material: {title: 经过, film: 'https://v.example.org/x.mp4'}",
				"levels[0].material.film 这台服务器还没有允许任何网站"},
		} {
			d, err := contest.Parse("x", []byte(strings.Replace(arena.Demo, c.old, c.new, 1)))
			if err != nil {
				t.Fatal(err)
			}
			lacks, err := a.Catalog.Lacks(t.Context(), d)
			said := ""
			for _, f := range lacks {
				said += f.Path + " " + f.Words
			}
			if err != nil || !strings.HasPrefix(said, c.want) || len(lacks) > 1 || c.want == "" && said != "" {
				t.Errorf("%s: %v, %v", c.new, lacks, err)
			}
		}
	})
}

func TestAMaterialThatCannotBeShownIsNotPublished(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		text := strings.Replace(arena.Demo, "pass: 2", "pass: 2, material: {title: 经过, film: 'https://v.example.org/x.mp4'}", 1)
		apply := func(hosts ...string) error {
			a.Catalog.PlaysFrom(hosts)
			_, err := a.Catalog.Apply(t.Context(), "demo.yaml", []byte(text), "测试")
			return err
		}
		at := "demo.yaml:8: levels[0].material.film: "
		if err := apply("other.example.org"); err == nil || !strings.HasPrefix(err.Error(), at) {
			t.Errorf("a link to another host: %v", err)
		}
		if err := apply("v.example.org"); err != nil {
			t.Errorf("a link to a listed host: %v", err)
		}
	})
}
