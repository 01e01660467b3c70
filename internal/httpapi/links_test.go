package httpapi_test

import (
	"html"
	"net/http"
	"strings"
	"testing"

	"anquanda/internal/app"
	"anquanda/internal/contest/rulespage"
)

func TestAForwardedLinkTellsOfItsContestAndARehearsalsTellsNothing(t *testing.T) {
	h := openHouseOf(t, app.Config{Data: t.TempDir(), Public: quizSite, ICP: "浙ICP备2026000001号-1",
		PoliceRecord: "浙公网安备33110002000001号"}, 7)
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
	for _, text := range []string{`id="records" hidden`, `href="/privacy/county"`, "浙ICP备2026000001号-1",
		"https://beian.miit.gov.cn/",
		"浙公网安备33110002000001号", "https://beian.mps.gov.cn/"} {
		if !strings.Contains(page, text) {
			t.Errorf("the foot lacks %s", text)
		}
	}
	reply, statement := h.send(p, http.MethodGet, "/privacy/county", nil, nil)
	for _, text := range append(rulespage.Privacy(in.Definition), "个人信息保护说明", `href="/c/county"`) {
		if reply.StatusCode != http.StatusOK || !strings.Contains(html.UnescapeString(statement), text) {
			t.Errorf("%d, the statement lacks %s", reply.StatusCode, text)
		}
	}
	if reply, _ := h.send(p, http.MethodGet, "/privacy/none", nil, nil); reply.StatusCode != http.StatusNotFound {
		t.Errorf("a statement of no contest: %d", reply.StatusCode)
	}
	if _, page := h.send(p, http.MethodGet, "/c/none", nil, nil); strings.Contains(page, "og:") {
		t.Errorf("an unknown contest tells %.600s", page)
	}
}
