package httpapi_test

import (
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"anquanda/internal/app"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/webhook"
)

func TestTheOwnerSeesAndTriesTheGroupRobotAndItsAddressStaysSecret(t *testing.T) {
	var refusing atomic.Bool
	robot := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if refusing.Load() {
			w.Write([]byte(`{"errcode":93000,"errmsg":"invalid webhook url"}`))
			return
		}
		w.Write([]byte(`{"errcode":0}`))
	}))
	defer robot.Close()
	roots := x509.NewCertPool()
	roots.AddCert(robot.Certificate())
	stores := testkit.Embedded(t)
	h := openHouseOf(t, app.Config{Data: stores.DataFolder, Webhook: webhook.Settings{
		URL: robot.URL + "/send?key=geheim", Private: true, Roots: roots}}, 9)
	owner := h.member(staff.Owner)
	reply, body := h.send(owner, http.MethodGet, "/api/v1/console/webhook", nil, nil)
	if reply.StatusCode != http.StatusOK || !strings.Contains(body, `"robot":"其他"`) || strings.Contains(body, "geheim") {
		t.Errorf("the owner sees %d %s", reply.StatusCode, body)
	}
	if err := owner.Call(http.MethodPost, "/api/v1/console/webhook/trial", map[string]any{}, nil); err != nil {
		t.Errorf("trying it: %v", err)
	}
	refusing.Store(true)
	err := owner.Call(http.MethodPost, "/api/v1/console/webhook/trial", map[string]any{}, nil)
	if err == nil || !strings.Contains(err.Error(), "webhook_trouble") || strings.Contains(err.Error(), "geheim") {
		t.Errorf("a robot that is gone: %v", err)
	}
	reply, _ = h.send(h.member(staff.Organizer), http.MethodGet, "/api/v1/console/webhook", nil, nil)
	if reply.StatusCode != http.StatusForbidden {
		t.Errorf("an organizer gets %d", reply.StatusCode)
	}
}

func TestWithoutAGroupRobotThereIsNothingToTry(t *testing.T) {
	h := openHouse(t, embedded(t))
	err := h.member(staff.Owner).Call(http.MethodPost, "/api/v1/console/webhook/trial", map[string]any{}, nil)
	if err == nil || !strings.Contains(err.Error(), "webhook_none") {
		t.Errorf("it gets %v", err)
	}
}
