package app

import (
	"crypto/x509"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"anquanda/internal/testkit"
	"anquanda/internal/webhook"
)

func TestTheGroupIsToldOnceThatAPrizeRunsLowAndOfNobody(t *testing.T) {
	var heard []string
	robot := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body struct{ Text struct{ Content string } }
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		heard = append(heard, body.Text.Content)
		w.Write([]byte(`{"errcode":0}`))
	}))
	defer robot.Close()
	roots := x509.NewCertPool()
	roots.AddCert(robot.Certificate())
	clock := &movable{}
	clock.set("2026-06-16T10:00:00+08:00")
	a, err := New(t.Context(), Config{Data: testkit.Embedded(t).DataFolder, Key: make([]byte, 32), Now: clock.now,
		AtOnce: true, Webhook: webhook.Settings{URL: robot.URL, Private: true, Roots: roots}})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	few := strings.Replace(familyContest, "stock: 10", "stock: 1", 1)
	c, err := a.Catalog.Apply(t.Context(), "family.yaml", []byte(few), "test")
	if err != nil {
		t.Fatal(err)
	}
	look := func() {
		t.Helper()
		if err := a.tellWaiting(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := a.Webhook.Deliver(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	look()
	if len(heard) != 0 {
		t.Fatalf("while nothing waits the group hears %q", heard)
	}
	if draws(t, a, c, registered(t, a, c, "13800138000"), 1).AwardID == nil {
		t.Fatal("nothing is won")
	}
	clock.set("2026-06-16T11:00:00+08:00")
	for range 3 {
		look()
	}
	if len(heard) != 1 || heard[0] != "安全答 · 一户一奖：1 种奖品快发完了。请到后台处理。" {
		t.Errorf("the group hears %q", heard)
	}
}

func TestARobotWithAnAddressThatIsNoneKeepsTheProgramFromStartingAndIsNotTold(t *testing.T) {
	_, err := New(t.Context(), Config{Data: t.TempDir(), Key: make([]byte, 32),
		Webhook: webhook.Settings{URL: "http://oapi.dingtalk.com/?access_token=geheim"}})
	if err == nil || !strings.Contains(err.Error(), "ANQUANDA_WEBHOOK") || strings.Contains(err.Error(), "geheim") {
		t.Errorf("it says %v", err)
	}
}
