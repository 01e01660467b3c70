package httpapi_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anquanda/internal/app"
)

func TestTheFileByWhichWeChatChecksTheHostIsServedAsItIs(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "MP_verify_AbC123xyz.txt")
	if err := os.WriteFile(file, []byte("AbC123xyz"), 0o600); err != nil {
		t.Fatal(err)
	}
	h := openHouseOf(t, app.Config{Data: t.TempDir(), WeChatVerify: []string{file}}, 7)
	reply, body := h.send(h.player("bare"), http.MethodGet, "/MP_verify_AbC123xyz.txt", nil, nil)
	if reply.StatusCode != http.StatusOK || body != "AbC123xyz" ||
		!strings.HasPrefix(reply.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("%d %q %v", reply.StatusCode, body, reply.Header)
	}
	other := filepath.Join(folder, "verify.txt")
	if err := os.WriteFile(other, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(folder, "MP_verify_Empty123.txt")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []string{other, empty, filepath.Join(folder, "MP_verify_Gone1234.txt")} {
		_, err := app.New(t.Context(), app.Config{Data: t.TempDir(), Key: make([]byte, 32), WeChatVerify: []string{wrong}})
		if err == nil || !strings.Contains(err.Error(), "--wechat-verify") {
			t.Errorf("%s: %v", filepath.Base(wrong), err)
		}
	}
}
