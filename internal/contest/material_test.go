package contest_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/testkit/contests"
)

// withMaterial is a contest of two hours whose level has a material of some lines.
func withMaterial(lines string) string {
	return `contest: study
title: 先学后答
organizer: 县应急管理局
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-01 10:00}
levels:
  - key: one
    title: 第一关
    questions: [{count: 3}]
    material:
` + lines
}

func TestAMaterialThatCannotBeShownIsFoundByLine(t *testing.T) {
	for _, c := range []struct{ lines, want string }{
		{"      {title: 经过, text: [三辆车。]}", ""},
		{"      {title: 经过, film: 'https://Media.Example.org/a/b.mp4?v=2', least: 10m}", ""},
		{"      title: 经过\n", "10: levels[0].material: "},
		{"      text: [三辆车。]\n", "10: levels[0].material.title: "},
		{"      title: 经过\n      text: [三辆车。, '']\n", "12: levels[0].material.text[1]: "},
		{"      title: 经过\n      text: [三辆车。]\n      alt: 图\n", "13: levels[0].material.alt: "},
		{"      title: 经过\n      picture: ../../etc/passwd\n", "12: levels[0].material.picture: "},
		{"      title: 经过\n      film: http://media.example.org/a.mp4\n", "12: levels[0].material.film: "},
		{"      title: 经过\n      film: https://media.example.org:8443/a.mp4\n",
			"12: levels[0].material.film: "},
		{"      title: 经过\n      film: https://u:p@media.example.org/a.mp4\n",
			"12: levels[0].material.film: "},
		{"      title: 经过\n      film: https://10.0.0.1/a.mp4\n", "12: levels[0].material.film: "},
		{"      title: 经过\n      film: https://localhost/a.mp4\n", "12: levels[0].material.film: "},
		{"      title: 经过\n      film: 'javascript:alert(1)//.mp4'\n", "12: levels[0].material.film: "},
		{"      title: 经过\n      film: https://media.example.org/a.html?x=.mp4\n",
			"12: levels[0].material.film: "},
		{"      title: 经过\n      sound: https://media.example.org/a.mp4\n",
			"12: levels[0].material.sound: "},
		{"      title: 经过\n      sound: https://media.example.org/" + strings.Repeat("a", 280) + ".mp3\n",
			"12: levels[0].material.sound: "},
	} {
		_, err := contest.Parse("x", []byte(withMaterial(c.lines)))
		switch {
		case c.want == "" && err != nil, c.want != "" && err == nil:
			t.Errorf("%s: %v", c.lines, err)
		case c.want != "":
			var found contest.Findings
			if !errors.As(err, &found) || !strings.HasPrefix(found[0].Error(), "x:"+c.want) || found[0].Words == "" {
				t.Errorf("%s: %v, want %s", c.lines, err, c.want)
			}
		}
	}
}

func TestAMaterialMayNotStandLongerThanItsLevelIsOpen(t *testing.T) {
	for times, wrong := range map[string]bool{
		"closes: 2026-06-01 08:05": true,
		"closes: 2026-06-01 08:06": false,
		"opens: 2026-06-01 09:56":  true,
		"opens: 2026-06-01 09:54":  false,
		"closes: 2026-06-01 08:01\n    again: [{opens: 2026-06-01 09:00, closes: 2026-06-01 09:06}]": false,
	} {
		_, err := contest.Parse("x", []byte(withMaterial("      {title: 经过, text: [三辆车。], least: 5m}\n    "+times)))
		if (err != nil) != wrong || wrong && !strings.Contains(err.Error(), "material.least: the level is over") {
			t.Errorf("%s: %v", times, err)
		}
	}
}

func TestLinksToOtherHostsThanTheListedAreFound(t *testing.T) {
	d := contests.Parsed(t, withMaterial(
		"      {title: 经过, sound: 'https://a.example.org/x.mp3', film: 'https://A.example.org.evil.example/x.mp4'}"))
	for hosts, want := range map[string]string{
		"":                           "[levels[0].material.sound levels[0].material.film]",
		"a.example.org":              "[levels[0].material.film]",
		"example.org":                "[levels[0].material.sound levels[0].material.film]",
		"a.example.org.evil.example": "[levels[0].material.sound]",
		"A.example.org, a.example.org.EVIL.example": "[]",
	} {
		list, err := contest.Hosts(hosts)
		if err != nil {
			t.Fatal(err)
		}
		paths := []string{}
		for _, f := range d.ForeignLinks(list) {
			paths = append(paths, f.Path)
			if f.Words == "" || len(list) > 0 && !strings.Contains(f.Words, list[0]) {
				t.Errorf("with %q: %q names no cure", hosts, f.Words)
			}
		}
		if fmt.Sprint(paths) != want {
			t.Errorf("with %q: %v, want %s", hosts, paths, want)
		}
	}
	for _, bad := range []string{"*.example.org", "https://a.example.org", "a.example.org:8443", "localhost", "10.0.0.1",
		"a.example.org; script-src *", "a..org"} {
		if hosts, err := contest.Hosts(bad); err == nil {
			t.Errorf("%q is taken as %q", bad, hosts)
		}
	}
}

func TestWhoHasSeenAMaterialHasSeenNoOther(t *testing.T) {
	first := contest.Material{Title: "经过", Text: []string{"一", "二"}, Picture: "a.png", Sound: "s", Film: "f"}
	prints := []string{first.Print()}
	for _, change := range []func(*contest.Material){
		func(m *contest.Material) { m.Title = "结果" },
		func(m *contest.Material) { m.Text = []string{"一二"} },
		func(m *contest.Material) { m.Picture = "b.png" },
		func(m *contest.Material) { m.Sound, m.Film = "f", "s" },
	} {
		other := first
		change(&other)
		if slices.Contains(prints, other.Print()) {
			t.Errorf("%+v is like another one", other)
		}
		prints = append(prints, other.Print())
	}
	first.Alt, first.Least = "图", 5
	if first.Print() != prints[0] {
		t.Error("what players do not read makes them read it again")
	}
}
