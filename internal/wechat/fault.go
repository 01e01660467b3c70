package wechat

import (
	"errors"
	"fmt"
	"strings"

	"github.com/VictoriaMetrics/metrics"
)

// Fault is why a call of WeChat's API came to nothing: what to do about it differs.
type Fault string

// The closed list of faults. Codes are from WeChat's 全局返回码.
const (
	CodeInvalid Fault = "code_invalid" // 40029: expired, of another app, or made up
	CodeUsed    Fault = "code_used"    // 40163
	BadSecret   Fault = "secret"       // 40001, 40125 …
	BadApp      Fault = "app"          // 40013 …
	BadToken    Fault = "token"        // 40014, 42001: an access token has ended
	NoAddress   Fault = "address"      // 40164 …: our IP is not on the list
	NotAllowed  Fault = "not_allowed"  // 48001 …: the account lacks the right, or is blocked
	TooOften    Fault = "too_often"    // 45009, 45011
	Busy        Fault = "busy"         // -1, or a status of 5xx
	Slow        Fault = "slow"         // no answer in CallTimeout
	Away        Fault = "away"         // cannot be reached
	Nonsense    Fault = "nonsense"     // a reply that nobody can read
	Unknown     Fault = "unknown"      // a code that is not in this table
)

var faults = map[int]Fault{
	-1:    Busy,
	40029: CodeInvalid, 41008: CodeInvalid,
	40163: CodeUsed,
	40001: BadSecret, 40125: BadSecret, 41004: BadSecret, 40243: BadSecret,
	40013: BadApp, 41002: BadApp,
	40014: BadToken, 41001: BadToken, 42001: BadToken,
	40164: NoAddress, 61004: NoAddress, 89503: NoAddress, 89501: NoAddress, 89506: NoAddress, 89507: NoAddress,
	48001: NotAllowed, 48004: NotAllowed, 50001: NotAllowed, 50002: NotAllowed,
	45009: TooOften, 45011: TooOften,
}

// advice is what staff look at, with the Chinese names of WeChat's menus.
var advice = map[Fault]string{
	CodeInvalid: "many of these: ANQUANDA_WECHAT_APP and the secret are of another account than the page that people " +
		"are sent to; single ones are old links",
	CodeUsed: "single ones are normal (the page was opened twice); many of these: another program uses the same codes",
	BadSecret: "ANQUANDA_WECHAT_SECRET is wrong, was reset or is frozen: mp.weixin.qq.com, 设置与开发 › 开发接口管理 › " +
		"基本配置 › 开发者密码(AppSecret)",
	BadApp:   "ANQUANDA_WECHAT_APP is wrong: mp.weixin.qq.com, 设置与开发 › 开发接口管理 › 基本配置 › 开发者ID(AppID)",
	BadToken: "the access token ended before its time; it is asked for anew by itself",
	NoAddress: "the address from which this server calls is not on the list: mp.weixin.qq.com, 设置与开发 › 开发接口管理 › " +
		"基本配置 › IP白名单",
	NotAllowed: "the account may not do this: it must be a verified service account (已认证的服务号) that is not blocked; " +
		"see 设置与开发 › 开发接口管理 › 接口权限",
	TooOften: "WeChat's limit of calls is reached: 设置与开发 › 开发接口管理 › 接口权限 shows how many; look for another " +
		"program that uses the account",
	Busy:     "WeChat has trouble of its own; nothing to do unless it lasts",
	Slow:     "api.weixin.qq.com takes over 5 seconds: look at DNS and the way out of this network",
	Away:     "api.weixin.qq.com cannot be reached: look at DNS, firewall and proxy of this server",
	Nonsense: "what answered is not WeChat: look for a proxy or captive portal between",
	Unknown:  "look the code up in WeChat's 全局返回码",
}

func faultOf(code int) Fault {
	if fault, known := faults[code]; known {
		return fault
	}
	return Unknown
}

// Passes reports whether a fault may be gone when the same is tried anew, with a new
// code: the others need somebody of the staff.
func (f Fault) Passes() bool {
	switch f {
	case CodeInvalid, CodeUsed, Busy, Slow, Away, Nonsense:
		return true
	}
	return false
}

// Advice is what staff should look at.
func (f Fault) Advice() string { return advice[f] }

// Error is what WeChat said in place of an answer, or that it said nothing. It never
// holds a secret, a code or a token.
type Error struct {
	Call  string // path of the call
	Fault Fault
	Code  int    // errcode; 0 for none
	Text  string // errmsg, shortened
}

// Error is the text for logs.
func (e *Error) Error() string {
	text := fmt.Sprintf("wechat %s: %s", e.Call, e.Fault)
	if e.Code != 0 {
		text += fmt.Sprintf(", error %d", e.Code)
	}
	if e.Text != "" {
		text += fmt.Sprintf(" %q", e.Text)
	}
	return text
}

// FaultOf finds the fault inside err; Unknown when it is not WeChat's.
func FaultOf(err error) Fault {
	var e *Error
	if errors.As(err, &e) {
		return e.Fault
	}
	return Unknown
}

// counted counts calls by what came of them, for /metrics.
func counted(path string, failed *Error) {
	result := "ok"
	if failed != nil {
		result = string(failed.Fault)
	}
	call := path[strings.LastIndexByte(path, '/')+1:]
	if strings.HasPrefix(path, "/sns/") {
		call = "exchange"
	}
	metrics.GetOrCreateCounter(fmt.Sprintf("anquanda_wechat_calls_total{call=%q,result=%q}", call, result)).Inc()
}
