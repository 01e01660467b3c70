package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"syscall"
	"time"

	"rsc.io/qr"

	"anquanda/internal/app"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/redisdb"
)

// storeFlags are the flags that say where the data is.
func storeFlags(flags *flag.FlagSet) *app.Config {
	cfg := &app.Config{}
	flags.String("config", os.Getenv(variableOf("config")),
		"`file` (YAML) of settings as name: value; flags and ANQUANDA_… stand before it")
	flags.StringVar(&cfg.Data, "data", "var", "`folder` of the embedded store and the key")
	flags.Var(&secret{&cfg.MySQL, withoutPassword}, "mysql", "`DSN` of MySQL, MariaDB or TiDB, as "+
		"user:password@tcp(host:port)/database; better in ANQUANDA_MYSQL, or in a file that ANQUANDA_MYSQL_FILE names "+
		"(default: SQLite in --data)")
	flags.Var(&secret{&cfg.Redis, redisdb.Shown}, "redis", "`host:port`[,host:port…] of Redis or a cluster, or "+
		"rediss://user:password@host:port[,…]; better in ANQUANDA_REDIS or ANQUANDA_REDIS_FILE (default: in this process)")
	flags.StringVar(&cfg.KeyFile, "key-file", "",
		"`file` with the key, apart from the data (default: ANQUANDA_KEY or ANQUANDA_KEY_FILE, else key in --data)")
	return cfg
}

// opened opens the program for a command that takes the flags of its stores alone.
func opened(ctx context.Context, command string, args []string) (*app.App, *app.Config, error) {
	flags := flag.NewFlagSet(command, flag.ContinueOnError)
	cfg := storeFlags(flags)
	if err := parseAll(flags, args); err != nil {
		return nil, nil, err
	}
	a, err := app.New(ctx, *cfg)
	return a, cfg, err
}

// doorFlags are the flags that name the files of other systems.
func doorFlags(flags *flag.FlagSet, cfg *app.Config) {
	flags.StringVar(&cfg.WeChatPay, "wechat-pay", "",
		"`file` (YAML or JSON) with the merchant's account that pays winners through WeChat (default: no such way)")
	flags.StringVar(&cfg.SMS, "sms", "",
		"`file` (YAML or JSON) with the account that sends codes by SMS (default: no codes are sent)")
	flags.StringVar(&cfg.Accounts, "accounts", "",
		"`file` (YAML) with the systems whose accounts people sign in with; examples: scripts/deploy/accounts")
	flags.StringVar(&cfg.WeChat.AppID, "wechat-app", "", "`AppID` of the account of WeChat (default: there is none)")
	flags.Var(&secret{&cfg.WeChat.Secret, nil}, "wechat-secret", "`AppSecret` of that account; better in "+
		"ANQUANDA_WECHAT_SECRET_FILE")
}

// clockFlag is the flag that sets the clock wrong.
func clockFlag(flags *flag.FlagSet, cfg *app.Config) {
	flags.DurationVar(&cfg.Ahead, "clock-ahead", 0, "never in an event: `duration` (30s, -30s) by which this node's clock is "+
		"set wrong, to try what nodes do whose clocks differ; serve and doctor say so loudly")
}

// mediaFlag is the flag with the hosts that materials play from.
func mediaFlag(flags *flag.FlagSet, hosts *[]string) {
	flags.Var((*hostList)(hosts), "media-hosts", "`host`[,host…] that sounds and films of materials may play from, as "+
		"media.example.org; they see the network of who plays (default: none)")
}

// hostList is the value of mediaFlag.
type hostList []string

func (h *hostList) String() string { return strings.Join(*h, ",") }

func (h *hostList) Set(text string) (err error) {
	*h, err = contest.Hosts(text)
	return err
}

// serving is what `anquanda serve` is told.
type serving struct {
	*app.Config
	listen, proxies, verify, metricsAt string
	debug                              bool
}

// serveFlags are all settings of the program.
func serveFlags() (*flag.FlagSet, *serving) {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	s := &serving{Config: storeFlags(flags)}
	flags.StringVar(&s.listen, "listen", "127.0.0.1:8616",
		"`address:port` to listen on; 0.0.0.0:8616 for all networks")
	flags.StringVar(&s.Public, "public", "",
		"`URL` that phones use, as https://quiz.example.org, where it differs from --listen")
	flags.StringVar(&s.proxies, "proxies", "",
		"`address`[,address…] (or CIDR) of the proxies in front, whose X-Forwarded-For is believed")
	doorFlags(flags, s.Config)
	clockFlag(flags, s.Config)
	flags.StringVar(&s.AuditLog, "audit-log", "",
		"`where` each entry of the audit log goes too, as it happens: syslog, or a file that is added to")
	flags.StringVar(&s.ICP, "icp", "", "`number` of the host's ICP filing, as 浙ICP备2026000001号-1, shown below the home")
	flags.StringVar(&s.PoliceRecord, "police-record", "",
		"`number` of the host's filing with the police, as 浙公网安备33110002000001号, shown below the home")
	mediaFlag(flags, &s.MediaHosts)
	flags.StringVar(&s.verify, "wechat-verify", "",
		"`file`[,file…] MP_verify_….txt that WeChat offers to check the host, served at its root")
	flags.Var(&secret{&s.Webhook.URL, nil}, "webhook", "`address` of a group robot of 企业微信 or 钉钉, which tells staff "+
		"what waits; better in ANQUANDA_WEBHOOK_FILE")
	flags.Var(&secret{&s.Webhook.Secret, nil}, "webhook-secret", "`secret` with which 钉钉 wants messages signed (加签); "+
		"better in ANQUANDA_WEBHOOK_SECRET_FILE")
	flags.BoolVar(&s.Webhook.Private, "webhook-private", false, "the robot's address may be in a network of one's own")
	flags.StringVar(&s.metricsAt, "metrics", "",
		"`address:port` of /metrics (Prometheus), as 127.0.0.1:9616; public: at --listen, for all (default: nowhere)")
	flags.BoolVar(&s.NoOffline, "no-offline", false,
		"phones keep nothing for when there is no network, and drop what they have kept")
	flags.BoolVar(&s.debug, "debug", false, "log every request")
	return flags, s
}

// check reads what the flags say in words and tells everything that is wrong in them, a
// line each.
func (s *serving) check() error {
	var errProxies, errPublic error
	s.Proxies, errProxies = parseProxies(s.proxies)
	s.Public, errPublic = parsePublic(s.Public)
	if s.verify != "" {
		s.WeChatVerify = strings.Split(s.verify, ",")
	}
	s.OpenMetrics = s.metricsAt == "public"
	errs := []error{errProxies, errPublic, checkListen("--listen", s.listen)}
	if s.metricsAt != "" && !s.OpenMetrics {
		errs = append(errs, checkListen("--metrics", s.metricsAt))
	}
	return errors.Join(errs...)
}

func checkListen(name, address string) error {
	_, port, err := net.SplitHostPort(address)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		return fmt.Errorf("%s %s: write it as address:port, as 127.0.0.1:8616", name, address)
	}
	return nil
}

func serve(ctx context.Context, args []string) error {
	flags, cfg := serveFlags()
	if err := parseAll(flags, args); err != nil {
		return err
	}
	level := slog.LevelInfo
	if cfg.debug {
		level = slog.LevelDebug
	}
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level})))
	if err := cfg.check(); err != nil {
		return err
	}
	collectLess()
	if err := portIsFree(cfg.listen); err != nil {
		return err
	}
	var figures net.Listener
	if cfg.metricsAt != "" && !cfg.OpenMetrics {
		var err error
		if figures, err = listenAt("--metrics", cfg.metricsAt, "127.0.0.1:9617"); err != nil {
			return err
		}
		defer figures.Close()
	}
	if cfg.MySQL == "" {
		release, err := app.HoldFolder(cfg.Data)
		if err != nil {
			return err
		}
		defer release() //nolint:errcheck // the end of the process does it too
	}
	a, err := app.New(ctx, *cfg.Config)
	if err != nil {
		return err
	}
	listener, err := listenAt("--listen", cfg.listen, anotherPort)
	if err != nil {
		return errors.Join(err, a.Close())
	}
	defer listener.Close()
	at := address(cfg.Public, listener.Addr())
	greet(cfg.Config, at, a.Catalog)
	if unencrypted(cfg.Public, listener.Addr()) {
		warnUnencrypted(ctx, at)
	}
	if cfg.Ahead != 0 {
		warnClock(ctx, cfg.Ahead)
	}
	if figures != nil {
		go func() {
			if err := a.ServeMetrics(ctx, figures); err != nil {
				slog.ErrorContext(ctx, "/metrics is not served any more", "error", err)
			}
		}()
	}
	supervised(ctx, listener.Addr().String())
	err = a.Serve(ctx, listener)
	return errors.Join(err, a.Close())
}

// anotherPort is what to try where a port is taken.
const anotherPort = "127.0.0.1:8617"

// portIsFree tells before the stores are touched whether --listen can be had. It is listened
// at only once the program can answer: a call that comes earlier is refused and goes to
// another node, where it would wait for seconds at one that is starting.
func portIsFree(address string) error {
	listener, err := listenAt("--listen", address, anotherPort)
	if err != nil {
		return err
	}
	return listener.Close()
}

// listenAt listens on the address that a flag names; another is what to try instead.
func listenAt(name, address, another string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%s %s: another program uses this port; choose one with %s %s", name, address, name,
			another)
	}
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", name, address, err)
	}
	return listener, nil
}

// unencrypted reports whether phones of others come without TLS: there is none in front that
// --public tells of, and not only this machine reaches us.
func unencrypted(public string, listening net.Addr) bool {
	if public != "" {
		return strings.HasPrefix(public, "http://") && !onlyHere(public)
	}
	tcp, ok := listening.(*net.TCPAddr)
	return ok && !tcp.IP.IsLoopback()
}

// warnUnencrypted says loudly that what people type can be read on the way.
func warnUnencrypted(ctx context.Context, address string) {
	fmt.Println("\n  \x1b[1;37;41m 没有加密 NOT ENCRYPTED \x1b[0m", address)
	fmt.Println("  密码和个人信息在网络上能被别人看到。正式活动请在前面配好 HTTPS，并写明网址：--public https://quiz.example.org")
	fmt.Println("  passwords and personal data can be read on the way: put HTTPS in front, and name it by --public")
	slog.WarnContext(ctx, "phones come without TLS: passwords and personal data can be read on the way",
		"address", address, "look_at", "--public https://…, scripts/deploy/README.md")
}

// warnClock says loudly that the clock is set wrong by --clock-ahead.
func warnClock(ctx context.Context, ahead time.Duration) {
	fmt.Println("\n  \x1b[1;37;41m 时钟是错的 WRONG CLOCK \x1b[0m", ahead)
	fmt.Println("  --clock-ahead 只用于试验；正式活动请去掉")
	fmt.Println("  --clock-ahead is for trials: take it away before an event")
	slog.WarnContext(ctx, "the clock of this node is set wrong by --clock-ahead", "by", ahead.String())
}

// parseProxies reads addresses and networks.
func parseProxies(text string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	proxies := strings.Split(text, ",")
	for _, proxy := range proxies {
		if _, err := netip.ParsePrefix(proxy); err == nil {
			continue
		}
		if _, err := netip.ParseAddr(proxy); err != nil {
			return nil, fmt.Errorf("--proxies %s: %q is no address", text, proxy)
		}
	}
	return proxies, nil
}

// address is the URL under which players reach us.
func address(public string, listening net.Addr) string {
	if public != "" {
		return public
	}
	tcp, ok := listening.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return "http://" + listening.String()
	}
	return fmt.Sprintf("http://%s:%d", localAddress(), tcp.Port)
}

// localAddress is this machine's address in its network, for phones nearby.
func localAddress() string {
	addresses, _ := net.InterfaceAddrs()
	for _, a := range addresses {
		if ip, ok := a.(*net.IPNet); ok && ip.IP.To4() != nil && !ip.IP.IsLoopback() {
			return ip.IP.String()
		}
	}
	return "127.0.0.1"
}

// greet prints where the pages are. The code to scan names the contest where one is
// meant: who prints it on a poster must not send people to another one next year.
func greet(cfg *app.Config, address string, contests *catalog.Catalog) {
	stores := []string{"SQLite in " + cfg.Data, "Redis in this process"}
	if cfg.MySQL != "" {
		stores[0] = "MySQL"
	}
	if cfg.Redis != "" {
		stores[1] = "Redis at " + redisdb.Shown(cfg.Redis)
	}
	now := time.Now().UnixMilli()
	scheduled, scan := contests.Scheduled(now), address+"/"
	if meant := catalog.Meant(scheduled, now); meant != nil {
		scan = address + "/c/" + meant.Slug
	}
	fmt.Println(terminalQR(scan))
	fmt.Println("  扫码打开 code       ", scan)
	fmt.Println("  答题页 player page  ", address+"/")
	fmt.Println("  大屏幕 big screen   ", address+"/screen")
	fmt.Println("  控制台 console      ", address+"/console")
	greetContests(address, scheduled, now)
	if onlyHere(address) {
		fmt.Println("\n  手机打不开这个地址。要让手机打开，请用 --listen 0.0.0.0:8616，或用 --public 写明手机用的网址")
		fmt.Println("  phones cannot open this address: start with --listen 0.0.0.0:8616, or name theirs with --public URL")
	}
	fmt.Println()
	fmt.Println("  stores:", strings.Join(stores, ", "), "· stop with Ctrl-C")
}

// greetContests prints the address of each contest that is not over, where there are several.
func greetContests(address string, scheduled []*catalog.Contest, now int64) {
	if len(scheduled) < 2 {
		return
	}
	fmt.Println("\n  活动 contests")
	for _, in := range scheduled {
		if phase := in.Phase(now); phase != contest.Closed {
			fmt.Printf("  %-20s %s/c/%s  %s\n", phase, address, in.Slug, in.Title)
		}
	}
}

// onlyHere reports whether a URL names this machine to whoever opens it.
func onlyHere(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && (ip.IsLoopback() || ip.IsUnspecified())
}

// terminalQR draws a QR code with half blocks: two modules a character, and a
// quiet zone, dark on light whatever the terminal's colours.
func terminalQR(text string) string {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return ""
	}
	const quiet = 2
	halves := map[[2]bool]string{{false, false}: " ", {true, false}: "▀", {false, true}: "▄", {true, true}: "█"}
	var out strings.Builder
	for y := -quiet; y < code.Size+quiet; y += 2 {
		out.WriteString("  \x1b[30;107m")
		for x := -quiet; x < code.Size+quiet; x++ {
			out.WriteString(halves[[2]bool{code.Black(x, y), code.Black(x, y+1)}])
		}
		out.WriteString("\x1b[0m\n")
	}
	return out.String()
}
