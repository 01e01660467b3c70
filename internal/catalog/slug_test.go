package catalog_test

import (
	"testing"

	"anquanda/internal/staff"
	"anquanda/internal/testkit/arena"
)

func TestTheSlugOfANewContestIsMadeOfItsTitleAndIsNobodyElses(t *testing.T) {
	eachArena(t, func(t *testing.T, a *arena.Arena) {
		made := func(title string) string {
			t.Helper()
			slug, err := a.Catalog.SlugFor(t.Context(), title)
			if err != nil {
				t.Fatal(err)
			}
			return slug
		}
		for title, want := range map[string]string{
			"安全答题": "anquandati", "青禾县2026年安全生产月知识竞赛": "qhx2026naqscyzsjs", "Demo": "demo-2", "！！": "huodong",
			"current": "current-2", "x-rehearsal": "xrehearsal",
		} {
			if slug := made(title); slug != want {
				t.Errorf("%s becomes %s, want %s", title, slug, want)
			}
		}
		_, err := a.Catalog.BeginDraft(t.Context(), staff.CommandLine, "", 0, "contest: anquandati", "{}")
		if err != nil {
			t.Fatal(err)
		}
		if slug := made("安全答题"); slug != "anquandati-2" {
			t.Errorf("beside a draft of that name it is %s", slug)
		}
	})
}
