package testkit

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"anquanda/internal/wechat"
)

// WeChatPay stands in for the transfers of WeChat Pay: it checks who signed what
// it is sent, knows a bill again by its number, and fails as it is told to. It is
// safe for concurrent use.
type WeChatPay struct {
	URL       string
	Merchant  *rsa.PrivateKey // signs requests
	Theirs    *rsa.PrivateKey // signs replies
	transport *httptest.Server

	mu    sync.Mutex
	bills map[string]*transfer
	nexts []Trouble
	// Refused counts requests that were not signed as they should be.
	refused int
}

type transfer struct {
	cents int
	to    string
	state string
}

// Trouble is what happens to one request.
type Trouble string

// The troubles. Lost pays and loses the reply; Down does nothing and says 500; Busy
// refuses for now; Unsigned pays and signs the reply with nobody's key.
const (
	Lost     Trouble = "lost"
	Down     Trouble = "down"
	Busy     Trouble = "busy"
	Unsigned Trouble = "unsigned"
)

// Names in signatures.
const (
	PayMerchant    = "1900000001"
	PaySerial      = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"
	PayTheirSerial = "PUB_KEY_ID_0114232134912410000000000000"
)

// StartWeChatPay starts a stand-in that ends with the test.
func StartWeChatPay(t testing.TB) *WeChatPay {
	t.Helper()
	w := &WeChatPay{bills: map[string]*transfer{}}
	for _, key := range []**rsa.PrivateKey{&w.Merchant, &w.Theirs} {
		made, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		*key = made
	}
	w.transport = httptest.NewServer(w)
	t.Cleanup(w.transport.Close)
	w.URL = w.transport.URL
	return w
}

// Client is a client of the merchant that the stand-in knows.
func (w *WeChatPay) Client() *wechat.Pay {
	return &wechat.Pay{
		Base: w.URL, AppID: "wx0123456789", Scene: "1000", Activity: "安全生产月知识竞赛", HTTPClient: http.DefaultClient,
		Signer: &wechat.Signer{MerchantID: PayMerchant, Serial: PaySerial, Key: w.Merchant,
			TheirSerial: PayTheirSerial, TheirKey: &w.Theirs.PublicKey, Now: time.Now},
	}
}

// Next lets the coming requests meet troubles, one each; "" is none.
func (w *WeChatPay) Next(troubles ...Trouble) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.nexts = append(w.nexts, troubles...)
}

// Confirm ends the bills that wait for the winner, as SUCCESS, FAIL or CANCELLED.
func (w *WeChatPay) Confirm(state string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, bill := range w.bills {
		if bill.state == "WAIT_USER_CONFIRM" {
			bill.state = state
		}
	}
}

// Paid is how many bills arrived, and what they come to in cents.
func (w *WeChatPay) Paid() (bills, cents int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, bill := range w.bills {
		if bill.state == "SUCCESS" || bill.state == "WAIT_USER_CONFIRM" {
			bills, cents = bills+1, cents+bill.cents
		}
	}
	return bills, cents
}

// Refused is how many requests were not signed as they should be.
func (w *WeChatPay) Refused() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.refused
}

var authorization = regexp.MustCompile(`^WECHATPAY2-SHA256-RSA2048 mchid="(\d+)",nonce_str="(\w+)",signature="([\w+/=]+)",timestamp="(\d+)",serial_no="(\w+)"$`)

// ServeHTTP is the stand-in's API.
func (w *WeChatPay) ServeHTTP(reply http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.mu.Lock()
	defer w.mu.Unlock()
	trouble := Trouble("")
	if len(w.nexts) > 0 {
		trouble, w.nexts = w.nexts[0], w.nexts[1:]
	}
	if !w.signed(r, body) {
		w.refused++
		w.answer(reply, http.StatusUnauthorized, map[string]any{"code": "SIGN_ERROR", "message": "signature"}, trouble)
		return
	}
	switch trouble {
	case Down:
		w.answer(reply, http.StatusInternalServerError, map[string]any{"code": "SYSTEM_ERROR", "message": "down"}, trouble)
	case Busy:
		w.answer(reply, http.StatusTooManyRequests, map[string]any{"code": "FREQUENCY_LIMITED", "message": "busy"}, trouble)
	default:
		status, told := w.handle(r, body)
		if trouble == Lost {
			panic(http.ErrAbortHandler)
		}
		w.answer(reply, status, told, trouble)
	}
}

func (w *WeChatPay) signed(r *http.Request, body []byte) bool {
	m := authorization.FindStringSubmatch(r.Header.Get("Authorization"))
	if m == nil || m[1] != PayMerchant || m[5] != PaySerial || r.Header.Get("Wechatpay-Serial") != PayTheirSerial ||
		r.Header.Get("User-Agent") == "" {
		return false
	}
	hash := sha256.Sum256([]byte(r.Method + "\n" + r.URL.RequestURI() + "\n" + m[4] + "\n" + m[2] + "\n" +
		string(body) + "\n"))
	signature, err := base64.StdEncoding.DecodeString(m[3])
	return err == nil && rsa.VerifyPKCS1v15(&w.Merchant.PublicKey, crypto.SHA256, hash[:], signature) == nil
}

const transfersPath = "/v3/fund-app/mch-transfer/transfer-bills"

func (w *WeChatPay) handle(r *http.Request, body []byte) (int, map[string]any) {
	if number, asks := strings.CutPrefix(r.URL.Path, transfersPath+"/out-bill-no/"); asks && r.Method == http.MethodGet {
		if w.bills[number] == nil {
			return http.StatusNotFound, map[string]any{"code": "NOT_FOUND", "message": "no such bill"}
		}
		return http.StatusOK, w.told(number)
	}
	var sent struct {
		AppID   string           `json:"appid"`
		Number  string           `json:"out_bill_no"`
		Scene   string           `json:"transfer_scene_id"`
		OpenID  string           `json:"openid"`
		Cents   int              `json:"transfer_amount"`
		Remark  string           `json:"transfer_remark"`
		Reports []map[string]any `json:"transfer_scene_report_infos"`
	}
	err := json.Unmarshal(body, &sent)
	if err != nil || r.Method != http.MethodPost || r.URL.Path != transfersPath || sent.AppID == "" || sent.Scene == "" ||
		sent.OpenID == "" ||
		sent.Cents < 1 || sent.Remark == "" || len(sent.Reports) != 2 || sent.OpenID == "nobody" {
		return http.StatusBadRequest, map[string]any{"code": "PARAM_ERROR", "message": "params"}
	}
	if bill := w.bills[sent.Number]; bill == nil {
		w.bills[sent.Number] = &transfer{cents: sent.Cents, to: sent.OpenID, state: "WAIT_USER_CONFIRM"}
	} else if bill.cents != sent.Cents || bill.to != sent.OpenID {
		return http.StatusBadRequest, map[string]any{"code": "INVALID_REQUEST", "message": "another bill has this number"}
	}
	return http.StatusOK, w.told(sent.Number)
}

func (w *WeChatPay) told(number string) map[string]any {
	return map[string]any{"out_bill_no": number, "transfer_amount": w.bills[number].cents,
		"transfer_bill_no": "1330000071100" + strconv.Itoa(len(number)),
		"state":            w.bills[number].state,
		"package_info":     "affffddafdfafddffda==",
		"fail_reason":      map[string]string{"FAIL": "ACCOUNT_FROZEN"}[w.bills[number].state]}
}

func (w *WeChatPay) answer(reply http.ResponseWriter, status int, told map[string]any, trouble Trouble) {
	body, _ := json.Marshal(told)
	at, nonce := strconv.FormatInt(time.Now().Unix(), 10), rand.Text()
	key := w.Theirs
	if trouble == Unsigned {
		key = w.Merchant
	}
	hash := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s\n", at, nonce, body))
	signature, _ := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, hash[:])
	h := reply.Header()
	h.Set("Wechatpay-Serial", PayTheirSerial)
	h.Set("Wechatpay-Timestamp", at)
	h.Set("Wechatpay-Nonce", nonce)
	h.Set("Wechatpay-Signature", base64.StdEncoding.EncodeToString(signature))
	reply.WriteHeader(status)
	reply.Write(body) //nolint:errcheck // the test sees what is missing
}
