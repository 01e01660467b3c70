package testkit

import (
	"net/http/httptest"
	"testing"

	"anquanda/internal/wechat"
	"anquanda/internal/wechat/standin"
)

// WeChat is a stand-in for WeChat's API that listens.
type WeChat struct {
	*standin.Server
	URL string
}

// StartWeChat starts the stand-in; it ends with the test.
func StartWeChat(t testing.TB) *WeChat {
	t.Helper()
	w := &WeChat{Server: standin.New()}
	server := httptest.NewServer(w.Server)
	t.Cleanup(server.Close)
	w.URL = server.URL
	return w
}

// Account is the account that the stand-in knows.
func (w *WeChat) Account() wechat.Account {
	return wechat.Account{AppID: w.AppID, Secret: w.Secret, API: w.URL}
}
