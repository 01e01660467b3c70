package static

import (
	"slices"
	"strings"
	"testing"
)

func TestAPartIsAScriptOfItsOwnThatTakesWhatThePageHas(t *testing.T) {
	site := load(t)
	var part, style, page string
	for name := range site.assets {
		switch {
		case strings.HasPrefix(name, "phone-screens-ranking-") && strings.HasSuffix(name, ".js"):
			part = name
		case strings.HasPrefix(name, "phone-screens-ranking-") && strings.HasSuffix(name, ".css"):
			style = name
		case strings.HasPrefix(name, "phone-") && strings.HasSuffix(name, ".js") && strings.Count(name, "-") == 1:
			page = name
		}
	}
	if part == "" || style == "" || page == "" {
		t.Fatalf("files %v, want the phone's script and the ranking's script and style", sorted(site.assets))
	}
	first, later := string(site.assets[page].plain), string(site.assets[part].plain)
	if !strings.Contains(first, "/assets/"+part) || !strings.Contains(first, "/assets/"+style) {
		t.Errorf("the page does not know where its part is")
	}
	if !strings.Contains(later, `window.aqd.shared["vendor/hooks.js"]`) {
		t.Errorf("the part does not take Preact's hooks from the page")
	}
	if strings.Contains(first, "还没有人上榜") || !strings.Contains(later, "还没有人上榜") {
		t.Errorf("the ranking is not where it belongs")
	}
	if got := get(site, "GET", "/assets/"+part); got.StatusCode != 200 ||
		!strings.Contains(got.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("the part: status %d, headers %v", got.StatusCode, got.Header)
	}
}

func TestEveryFileThatIsNamedIsThere(t *testing.T) {
	site := load(t)
	for name, f := range site.assets {
		for _, path := range linked.FindAllString(string(f.plain), -1) {
			if got := get(site, "GET", path).StatusCode; got != 200 {
				t.Errorf("%s names %s: status %d", name, path, got)
			}
		}
	}
}

func TestEveryStartNamesTheSameFiles(t *testing.T) {
	first, second := sorted(load(t).assets), sorted(load(t).assets)
	if !slices.Equal(first, second) {
		t.Errorf("two starts made %v and %v: nodes behind one address must agree", first, second)
	}
}

func TestAPartThatCouldNotWorkIsRefused(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"phone/screens/ranking.js",
			`import * as hooks from "../../vendor/hooks.js"; export const RankingScreen = () => hooks.useState(0);`,
			"by their names"},
		{"phone/screens/ranking.js",
			`import { nowhere } from "../../lib/format.js"; export const RankingScreen = () => nowhere;`, "nowhere"},
		{"phone/screens/ranking.js", `import("../screens/home.js");`, "at once"},
		{"phone/screens/ranking.js", `import("../screens/away.js");`, "away.js"},
	} {
		if _, err := LoadFrom(overlay{sources, c.name, c.text}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.text, err, c.want)
		}
	}
}
