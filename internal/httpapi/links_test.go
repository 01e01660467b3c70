package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"anquanda/internal/app"
)

func TestAForwardedLinkTellsOfItsContestAndARehearsalsTellsNothing(t *testing.T) {
	h := openHouseOf(t, app.Config{Data: t.TempDir(), Public: quizSite}, 7)
	p := h.player("county")
	in, err := h.app.Catalog.Current("county")
	if err != nil {
		t.Fatal(err)
	}
	_, page := h.send(p, http.MethodGet, "/c/county", nil, nil)
	for _, text := range []string{"<title>" + in.Title + "</title>",
		`property="og:url" content="` + quizSite + `/c/county"`,
		`property="og:image" content="` + quizSite + `/assets/card-`, in.Organizer, "时间："} {
		if !strings.Contains(page, text) {
			t.Errorf("it lacks %s: %.900s", text, page)
		}
	}
	if _, page := h.send(p, http.MethodGet, "/c/none", nil, nil); strings.Contains(page, "og:") {
		t.Errorf("an unknown contest tells %.600s", page)
	}
}
