package wechat_test

import (
	"crypto/sha1"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
	"anquanda/internal/wechat"
	"anquanda/internal/wechat/standin"
)

// The example of WeChat's documentation of the JS-SDK (附录1-JS-SDK使用权限签名算法)
// shows the form; its own values cannot be had here, because nonce and time are ours.
func wantSignature(ticket string, card *wechat.Card, address string) string {
	text := fmt.Sprintf("jsapi_ticket=%s&noncestr=%s&timestamp=%d&url=%s", ticket, card.Nonce, card.Timestamp, address)
	return fmt.Sprintf("%x", sha1.Sum([]byte(text)))
}

func TestAPageIsSignedWithTheTicketOfTheAccountAskedForOnce(t *testing.T) {
	stand, clock := testkit.StartWeChat(t), &arena.Clock{}
	clock.Set("2026-06-16 10:00:00")
	client := wechat.NewClient(stand.Account(), clock.Now)
	const page = "https://quiz.example.gov.cn/c/demo?r=abc"
	var running sync.WaitGroup
	for range 20 {
		running.Go(func() {
			card, err := client.SignPage(t.Context(), page+"#/invite")
			if err != nil || card.AppID != stand.AppID || card.Signature != wantSignature("ticket-1", card, page) {
				t.Errorf("the card is %+v, %v", card, err)
			}
		})
	}
	running.Wait()
	if n := stand.Calls("getticket"); n != 1 {
		t.Errorf("WeChat was asked %d times, want once", n)
	}
	stand.Set(func(w *standin.Server) { w.Ticket = "ticket-2" })
	clock.Pass(7200*time.Second - 6*time.Minute)
	card, err := client.SignPage(t.Context(), page)
	if err != nil || card.Signature != wantSignature("ticket-1", card, page) {
		t.Errorf("while it is good: %+v, %v", card, err)
	}
	clock.Pass(2 * time.Minute)
	card, err = client.SignPage(t.Context(), page)
	if err != nil || card.Signature != wantSignature("ticket-2", card, page) {
		t.Errorf("shortly before its end: %+v, %v", card, err)
	}
}

func TestWithoutAnAccountOrWithoutWeChatThereIsNoCard(t *testing.T) {
	stand, clock := testkit.StartWeChat(t), &arena.Clock{}
	clock.Set("2026-06-16 10:00:00")
	good := stand.Account()
	wrong := good
	wrong.Secret = "not the secret"
	nowhere := good
	nowhere.API = "http://127.0.0.1:1"
	for _, account := range []wechat.Account{{}, wrong, nowhere} {
		_, err := wechat.NewClient(account, clock.Now).SignPage(t.Context(), "https://a/")
		if !errors.Is(err, wechat.ErrNoCard) {
			t.Errorf("the error is %v", err)
		}
		if account.Secret != "" && strings.Contains(err.Error(), account.Secret) {
			t.Errorf("the error tells the secret: %v", err)
		}
	}
	// After a failure WeChat is left alone for a while.
	client := wechat.NewClient(good, clock.Now)
	stand.Set(func(w *standin.Server) { w.Fail[""] = -1 })
	for range 3 {
		if _, err := client.SignPage(t.Context(), "https://a/"); err == nil {
			t.Error("a card without a ticket")
		}
	}
	stand.Set(func(w *standin.Server) { delete(w.Fail, "") })
	if _, err := client.SignPage(t.Context(), "https://a/"); err == nil {
		t.Error("asked again at once")
	}
	clock.Pass(time.Minute)
	if _, err := client.SignPage(t.Context(), "https://a/"); err != nil {
		t.Errorf("a minute later: %v", err)
	}
}
