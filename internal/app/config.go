package app

import (
	"os"
	"time"

	"anquanda/internal/webhook"
	"anquanda/internal/wechat"
)

// Config is what an App is made of. The zero value of a field is its default.
type Config struct {
	Data  string // folder of the embedded store and the key; default var
	MySQL string // DSN; empty: SQLite in Data
	Redis string // host:port[,host:port…]; empty: in-process
	Key   []byte // 32 bytes; empty: ANQUANDA_KEY, else the file key in Data
	// KeyFile is where the key is kept, apart from the data; empty: in Data.
	KeyFile string
	// Now is the clock; nil: this machine's, which Ahead moves (clock.go).
	Now func() time.Time
	// Ahead is by how much this node's clock is wrong, for tests of nodes whose clocks differ.
	Ahead time.Duration
	// Public is where phones reach the pages, as https://quiz.example.org; empty: where
	// who asks has opened them.
	Public string
	// Proxies are the addresses (or CIDR) of the proxies in front, whose
	// X-Forwarded-For is believed; sign-in tries are counted by it.
	Proxies []string
	// WeChat is the account whose share card pages set; the zero value takes
	// ANQUANDA_WECHAT_APP and ANQUANDA_WECHAT_SECRET, and without them there is none.
	WeChat wechat.Account
	// WeChatVerify are the files with which WeChat checks that the host is ours.
	WeChatVerify []string
	// WeChatPay is the file with the merchant's account of WeChat Pay; empty: none.
	WeChatPay string
	// SMS is the file with the account of a provider of messages, and how many go out a day;
	// empty: no codes are sent.
	SMS string
	// Accounts is the mapping file of systems whose accounts are taken; empty: none.
	Accounts string
	// OpenMetrics serves /metrics where the pages are, to everybody who reaches them.
	OpenMetrics bool
	// AuditLog is where each entry of the audit log goes too, as it happens: "syslog", or a
	// file that is added to; empty: nowhere.
	AuditLog string
	// Webhook is the group robot that tells staff what waits; the zero value takes
	// ANQUANDA_WEBHOOK, ANQUANDA_WEBHOOK_SECRET and ANQUANDA_WEBHOOK_PRIVATE.
	Webhook webhook.Settings
	// ICP and PoliceRecord are the numbers of the host's filings, shown below the home (互联网信息
	// 服务管理办法, article 12; 公安备案); empty: none.
	ICP, PoliceRecord string
	// MediaHosts are the hosts that materials may play from, as media.example.org; none: this one.
	MediaHosts []string
	// NoOffline keeps nothing on phones for when there is no network, and drops what they have kept.
	NoOffline bool
	// Free is how many bytes the disk of a folder has left; nil asks the system.
	Free func(folder string) (uint64, error)
	// CommitEach gives each answer its own commit, for `anquanda bench answers`.
	CommitEach bool
	// AtOnce takes answers at any speed (play.Config), for benches and tests.
	AtOnce bool
}

func (cfg Config) withDefaults() (Config, error) {
	if cfg.Data == "" {
		cfg.Data = "var"
	}
	if cfg.Free == nil {
		cfg.Free = freeBytes
	}
	if !cfg.WeChat.Configured() {
		secret, err := Secret("ANQUANDA_WECHAT_SECRET")
		if err != nil {
			return cfg, err
		}
		cfg.WeChat = wechat.Account{AppID: os.Getenv("ANQUANDA_WECHAT_APP"), Secret: secret}
	}
	if cfg.Webhook.URL == "" {
		var err error
		if cfg.Webhook.URL, err = Secret("ANQUANDA_WEBHOOK"); err != nil {
			return cfg, err
		}
		if cfg.Webhook.Secret, err = Secret("ANQUANDA_WEBHOOK_SECRET"); err != nil {
			return cfg, err
		}
		cfg.Webhook.Private = os.Getenv("ANQUANDA_WEBHOOK_PRIVATE") == "yes"
	}
	return cfg, nil
}
