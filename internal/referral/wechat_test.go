package referral_test

import (
	"crypto/sha1"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/referral"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/arena"
)

// The example of WeChat's documentation of the JS-SDK (附录1-JS-SDK使用权限签名算法)
// shows the form; its own values cannot be had here, because nonce and time are ours.
func wantSignature(ticket string, card *referral.Card, address string) string {
	text := fmt.Sprintf("jsapi_ticket=%s&noncestr=%s&timestamp=%d&url=%s", ticket, card.Nonce, card.Timestamp, address)
	return fmt.Sprintf("%x", sha1.Sum([]byte(text)))
}

func TestAPageIsSignedWithTheTicketOfTheAccountAskedForOnce(t *testing.T) {
	wechat, clock := testkit.StartWeChat(t), &arena.Clock{}
	clock.Set("2026-06-16 10:00:00")
	cards := referral.NewCards(referral.WeChat{AppID: wechat.AppID, Secret: wechat.Secret, API: wechat.URL}, clock.Now)
	const page = "https://quiz.example.gov.cn/c/demo?r=abc"
	var running sync.WaitGroup
	for range 20 {
		running.Go(func() {
			card, err := cards.Sign(t.Context(), page+"#/invite")
			if err != nil || card.AppID != wechat.AppID || card.Signature != wantSignature("ticket-1", card, page) {
				t.Errorf("the card is %+v, %v", card, err)
			}
		})
	}
	running.Wait()
	if n := wechat.Tickets(); n != 1 {
		t.Errorf("wechat was asked %d times, want once", n)
	}
	wechat.Set(func(w *testkit.WeChat) { w.Ticket = "ticket-2" })
	clock.Pass(7200*time.Second - 6*time.Minute)
	if card, err := cards.Sign(t.Context(), page); err != nil || card.Signature != wantSignature("ticket-1", card, page) {
		t.Errorf("while it is good: %+v, %v", card, err)
	}
	clock.Pass(2 * time.Minute)
	if card, err := cards.Sign(t.Context(), page); err != nil || card.Signature != wantSignature("ticket-2", card, page) {
		t.Errorf("shortly before its end: %+v, %v", card, err)
	}
}

func TestWithoutAnAccountOrWithoutWeChatThereIsNoCard(t *testing.T) {
	wechat, clock := testkit.StartWeChat(t), &arena.Clock{}
	clock.Set("2026-06-16 10:00:00")
	good := referral.WeChat{AppID: wechat.AppID, Secret: wechat.Secret, API: wechat.URL}
	wrong := good
	wrong.Secret = "not the secret"
	nowhere := good
	nowhere.API = "http://127.0.0.1:1"
	for _, account := range []referral.WeChat{{}, wrong, nowhere} {
		_, err := referral.NewCards(account, clock.Now).Sign(t.Context(), "https://a/")
		if !errors.Is(err, referral.ErrNoCard) {
			t.Errorf("the error is %v", err)
		}
		if account.Secret != "" && strings.Contains(err.Error(), account.Secret) {
			t.Errorf("the error tells the secret: %v", err)
		}
	}
	// After a failure WeChat is left alone for a while.
	cards := referral.NewCards(good, clock.Now)
	wechat.Set(func(w *testkit.WeChat) { w.Down = true })
	for range 3 {
		if _, err := cards.Sign(t.Context(), "https://a/"); err == nil {
			t.Error("a card without a ticket")
		}
	}
	wechat.Set(func(w *testkit.WeChat) { w.Down = false })
	if _, err := cards.Sign(t.Context(), "https://a/"); err == nil {
		t.Error("asked again at once")
	}
	clock.Pass(time.Minute)
	if _, err := cards.Sign(t.Context(), "https://a/"); err != nil {
		t.Errorf("a minute later: %v", err)
	}
}
