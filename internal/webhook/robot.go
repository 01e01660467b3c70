package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"syscall"
	"time"
	"unicode/utf8"
)

// Robot is where messages go.
type Robot struct {
	url     *url.URL
	secret  string // 钉钉 signs with it; empty: unsigned
	private bool   // addresses of networks of one's own are allowed
	roots   *x509.CertPool
}

// Settings say where the robot is.
type Settings struct {
	URL    string // as 企业微信 or 钉钉 shows it; a secret; empty: there is none
	Secret string // with which 钉钉 wants messages signed (加签)
	// Private allows an address of a network of one's own: a relay in the server room.
	Private bool
	// Roots are the authorities that the robot's certificate may come from; nil: those of
	// the system.
	Roots *x509.CertPool
}

// Errors of settings; none of them holds the address.
var (
	errAddress = errors.New("the robot's address has to be https://host/…")
	errUser    = errors.New("the robot's address may hold no user, password or fragment")
	errUnset   = errors.New("a secret of the robot is set, but not its address")
)

// Parse checks settings; nil without an address.
func Parse(s Settings) (*Robot, error) {
	if s.URL == "" {
		if s.Secret != "" {
			return nil, errUnset
		}
		return nil, nil
	}
	u, err := url.Parse(s.URL)
	switch {
	case err != nil || u.Scheme != "https" || u.Hostname() == "":
		return nil, errAddress
	case u.User != nil || u.Fragment != "":
		return nil, errUser
	}
	return &Robot{u, s.Secret, s.Private, s.Roots}, nil
}

// Service names whose robot it is.
func (r *Robot) Service() string {
	switch r.url.Hostname() {
	case "qyapi.weixin.qq.com":
		return "企业微信"
	case "oapi.dingtalk.com":
		return "钉钉"
	}
	return "其他"
}

// errOwnNetwork: the name of the robot leads into a network of one's own.
var errOwnNetwork = errors.New("an address of a private network")

// client reaches the robot: by no proxy, along no redirect, and to no address of a private
// network, whatever its name resolves to at that moment.
func (r *Robot) client() *http.Client {
	dialer := &net.Dialer{Timeout: SendWithin, Control: func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err == nil && !r.private && !isPublic(at.Addr()) {
			err = errOwnNetwork
		}
		return err
	}}
	return &http.Client{
		Timeout: SendWithin,
		Transport: &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true,
			TLSHandshakeTimeout: SendWithin, MaxResponseHeaderBytes: 16 << 10,
			TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: r.roots}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// own are networks that netip does not call private and that lead to no one out there, or
// into networks behind a gateway.
var own = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2001::/32"), netip.MustParsePrefix("2002::/16"),
}

// isPublic reports whether an address is one of the public network.
func isPublic(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	for _, network := range own {
		if network.Contains(a) {
			return false
		}
	}
	return true
}

// address is where a message goes at a moment (UTC ms), signed where the robot asks for it.
func (r *Robot) address(at int64) string {
	if r.secret == "" {
		return r.url.String()
	}
	u := *r.url
	query := u.Query()
	query.Set("timestamp", strconv.FormatInt(at, 10))
	query.Set("sign", sign(r.secret, at))
	u.RawQuery = query.Encode()
	return u.String()
}

// sign is the signature of 钉钉's robots.
func sign(secret string, at int64) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%d\n%s", at, secret)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// answerMost bounds what is read of an answer, in bytes.
const answerMost = 64 << 10

// send gives the robot a text; trouble says in words why it has not taken it, and is empty
// when it has.
func (s *Service) send(ctx context.Context, text string) (trouble string) {
	body, err := json.Marshal(map[string]any{"msgtype": "text", "text": map[string]string{"content": text}})
	if err != nil {
		return "消息写不出来。"
	}
	ctx, cancel := context.WithTimeout(ctx, SendWithin)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.robot.address(s.millis()), bytes.NewReader(body))
	if err != nil {
		return "机器人的地址不对。"
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	reply, err := s.client.Do(request)
	if err != nil {
		return unreached(err)
	}
	defer reply.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(reply.Body, answerMost))
	if err != nil {
		return unreached(err)
	}
	return answered(reply.StatusCode, answer)
}

// unreached says why there was no answer. The error itself holds the address, a secret.
func unreached(err error) string {
	var name *net.DNSError
	var timeout interface{ Timeout() bool }
	var unknown x509.UnknownAuthorityError
	var other x509.HostnameError
	var expired x509.CertificateInvalidError
	switch {
	case errors.Is(err, errOwnNetwork):
		return "机器人的地址指向内部网络，没有发送。确实要用内部地址，请运维人员设置 ANQUANDA_WEBHOOK_PRIVATE=yes。"
	case errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Sprintf("机器人在 %d 秒内没有回答。", SendWithin/time.Second)
	case errors.As(err, &name):
		return "找不到机器人的网址，请检查服务器能不能上外网。"
	case errors.As(err, &unknown), errors.As(err, &other), errors.As(err, &expired):
		return "机器人的证书不可信。"
	}
	return "连不上机器人。"
}

// answered says in words what a robot's answer means; empty: it has taken the message.
func answered(status int, body []byte) string {
	switch {
	case status >= 300 && status < 400:
		return "机器人要转到别的地址，没有跟过去。请填最终的地址。"
	case status != http.StatusOK:
		return fmt.Sprintf("机器人回答了状态 %d。", status)
	}
	var said struct {
		Code    *int   `json:"errcode"`
		Message string `json:"errmsg"`
	}
	if err := json.Unmarshal(body, &said); err != nil || said.Code == nil {
		return "机器人的回答看不懂，请检查地址。"
	}
	switch *said.Code {
	case 0:
		return ""
	case 93000, 300005:
		return "机器人的地址无效，可能已经被移出群，请重新复制地址。"
	case 310000:
		return "钉钉没有通过安全设置：检查加签密钥、关键词（消息里总有“安全答”）和 IP 范围。" + quoted(said.Message)
	case 45009, 410100, 130101:
		return "发得太多，机器人暂时不收，稍后自动再发。"
	}
	return fmt.Sprintf("机器人没有收：错误 %d。", *said.Code) + quoted(said.Message)
}

// quotedMost bounds what is quoted of a robot, in characters.
const quotedMost = 100

func quoted(text string) string {
	if text == "" || !utf8.ValidString(text) {
		return ""
	}
	if runes := []rune(text); len(runes) > quotedMost {
		text = string(runes[:quotedMost]) + "…"
	}
	return "（" + text + "）"
}
