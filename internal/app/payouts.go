package app

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"go.yaml.in/yaml/v3"

	"anquanda/internal/contest"
	"anquanda/internal/prize/payout"
	"anquanda/internal/sqldb"
	"anquanda/internal/wechat"
)

// wayWeChat is the way by which the server pays.
const wayWeChat = "wechat"

// openPayouts starts the ledger of what is paid to winners.
func (a *App) openPayouts(_ context.Context, p *parts) error {
	ways := map[string]payout.Way{}
	if p.WeChatPay != "" {
		pay, err := readWeChatPay(p.WeChatPay, p.Now)
		if err != nil {
			return fmt.Errorf("--wechat-pay: %w", err)
		}
		if p.WeChat.Configured() && p.WeChat.AppID != pay.AppID {
			return fmt.Errorf("--wechat-pay %s: app is %s, and people sign in to %s (ANQUANDA_WECHAT_APP); an openid is good "+
				"for one app alone, so nobody could be paid", p.WeChatPay, pay.AppID, p.WeChat.AppID)
		}
		ways[wayWeChat] = payout.WeChat{Pay: pay}
	}
	a.Payouts = payout.NewPayouts(payout.Config{DB: a.DB, IDs: p.ids, Now: p.Now, Ways: ways, Payees: a.payees,
		Vault: p.vault})
	return nil
}

// payees tells to whom players are paid by a way: what the ledger of payouts seals.
func (a *App) payees(ctx context.Context, way string, contestID sqldb.ID, players []sqldb.ID) (map[sqldb.ID]string,
	error) {
	if payout.ByHand(way) {
		return a.Players.Personal.Phones(ctx, contestID, players)
	}
	openids := make(map[sqldb.ID]string, len(players))
	for _, player := range players {
		openid, err := a.Players.ProofValue(ctx, contestID, player, contest.ProofWeChat)
		if err != nil {
			return nil, err
		}
		if openid != "" { // else not signed in by WeChat
			openids[player] = openid
		}
	}
	return openids, nil
}

// weChatPay is the file that --wechat-pay names, as YAML or JSON. Paths are from
// the file's own folder.
type weChatPay struct {
	Base        string `yaml:"base"`
	App         string `yaml:"app"`
	Scene       string `yaml:"scene"`
	Activity    string `yaml:"activity"`
	Notify      string `yaml:"notify"`
	Merchant    string `yaml:"merchant"`
	Serial      string `yaml:"serial"`
	Key         string `yaml:"key"`
	TheirSerial string `yaml:"their_serial"`
	TheirKey    string `yaml:"their_key"`
}

// payTimeout bounds one call to WeChat Pay.
const payTimeout = 15 * time.Second

func readWeChatPay(path string, now func() time.Time) (*wechat.Pay, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	file := weChatPay{Base: wechat.PayAPI, Activity: "安全知识竞赛"}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&file); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, must := range []struct{ name, value string }{
		{"app", file.App}, {"scene", file.Scene}, {"merchant", file.Merchant}, {"serial", file.Serial},
		{"key", file.Key}, {"their_serial", file.TheirSerial}, {"their_key", file.TheirKey},
	} {
		if must.value == "" {
			return nil, fmt.Errorf("%s: %s is missing", path, must.name)
		}
	}
	if base, err := url.Parse(file.Base); err != nil || base.Scheme != "https" || base.Host == "" {
		return nil, fmt.Errorf("%s: base is %q: money goes by https alone", path, file.Base)
	}
	ours, err := os.ReadFile(besides(path, file.Key))
	if err != nil {
		return nil, err
	}
	theirs, err := os.ReadFile(besides(path, file.TheirKey))
	if err != nil {
		return nil, err
	}
	key, theirKey, err := wechat.ReadKeys(ours, theirs)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &wechat.Pay{
		Base: file.Base, AppID: file.App, Notify: file.Notify, Scene: file.Scene, Activity: file.Activity,
		HTTPClient: &http.Client{Timeout: payTimeout},
		Signer: &wechat.Signer{MerchantID: file.Merchant, Serial: file.Serial, Key: key,
			TheirSerial: file.TheirSerial, TheirKey: theirKey, Now: now},
	}, nil
}

// besides is a path as a file names it: from the file's own folder.
func besides(file, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(file), path)
}
