package testkit

import (
	"crypto/hmac"
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

	"anquanda/internal/sms"
)

// SMS stands in for the providers of short messages: it checks who signed what it is
// sent, in its own way, keeps the messages, and fails as it is told to. It is safe for
// concurrent use.
type SMS struct {
	URL string
	Now func() time.Time // its clock; nil: time.Now

	mu       sync.Mutex
	messages []SentSMS
	nexts    []SMSTrouble
	always   SMSTrouble
	refused  []string
	calls    int
	gate     chan struct{} // closed: calls go on
}

// SentSMS is a message that a phone got.
type SentSMS struct{ Phone, Code string }

// SMSTrouble is what happens to one call: one of those below, or a provider's code, with
// which the call is refused.
type SMSTrouble string

// The troubles. SMSLost delivers and loses the reply; SMSTwice delivers twice; SMSDown
// is a gateway's page in the place of a reply; SMSMoved sends the caller elsewhere.
const (
	SMSLost  SMSTrouble = "lost"
	SMSTwice SMSTrouble = "twice"
	SMSDown  SMSTrouble = "down"
	SMSMoved SMSTrouble = "moved"
)

// What the accounts of the stand-in are.
const (
	smsKey       = "AKIDexample"
	smsSecret    = "a secret of the account"
	smsSignature = "青山应急"
	smsTemplate  = "SMS_15305"
	smsApp       = "1400006666"
	smsSender    = "8823040504797"
)

// StartSMS starts a stand-in that ends with the test.
func StartSMS(t testing.TB) *SMS {
	t.Helper()
	s := &SMS{gate: make(chan struct{})}
	close(s.gate)
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// Account is the account of a provider that the stand-in knows.
func (s *SMS) Account(provider string) sms.Config {
	c := sms.Config{Provider: provider, Address: s.URL, Key: smsKey, Secret: smsSecret, Signature: smsSignature,
		Template: smsTemplate}
	switch provider {
	case sms.Tencent:
		c.App = smsApp
	case sms.Huawei:
		c.Sender = smsSender
	case sms.HTTP:
		c.Address += "/gateway?for=anquanda"
	}
	return c
}

// Next lets the coming calls meet troubles, one each; "" is none.
func (s *SMS) Next(troubles ...SMSTrouble) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nexts = append(s.nexts, troubles...)
}

// Always lets every call meet a trouble; "" is none.
func (s *SMS) Always(trouble SMSTrouble) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.always = trouble
}

// Hold lets calls wait until the returned function is called.
func (s *SMS) Hold() (release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	gate := make(chan struct{})
	s.gate = gate
	return sync.OnceFunc(func() { close(gate) })
}

// Calls is how many calls came.
func (s *SMS) Calls() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls
}

// Messages are those that phones got.
func (s *SMS) Messages() []SentSMS {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]SentSMS(nil), s.messages...)
}

// CodeOf is the newest code that a phone got; empty for none.
func (s *SMS) CodeOf(phone string) string {
	messages := s.Messages()
	for i := len(messages) - 1; i >= 0; i-- {
		if messages[i].Phone == phone {
			return messages[i].Code
		}
	}
	return ""
}

// Refused says why calls were not as they should be.
func (s *SMS) Refused() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.refused...)
}

// ServeHTTP is the stand-in's API. The headers and the path say which provider is meant.
func (s *SMS) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	s.calls++
	gate, trouble := s.gate, s.always
	if len(s.nexts) > 0 {
		trouble, s.nexts = s.nexts[0], s.nexts[1:]
	}
	s.mu.Unlock()
	<-gate

	provider := s.meant(r)
	message, wrong := provider.read(s, r, body)
	switch {
	case wrong != "":
		s.mu.Lock()
		s.refused = append(s.refused, wrong)
		s.mu.Unlock()
		provider.refuse(out, provider.unsigned)
	case trouble == SMSDown:
		out.WriteHeader(http.StatusBadGateway)
		fmt.Fprint(out, "<html>502 Bad Gateway</html>")
	case trouble == SMSMoved:
		http.Redirect(out, r, s.URL+"/elsewhere", http.StatusTemporaryRedirect)
	case trouble == "" || trouble == SMSLost || trouble == SMSTwice:
		s.mu.Lock()
		s.messages = append(s.messages, message)
		if trouble == SMSTwice {
			s.messages = append(s.messages, message)
		}
		s.mu.Unlock()
		if trouble == SMSLost {
			panic(http.ErrAbortHandler)
		}
		provider.take(out)
	default:
		provider.refuse(out, string(trouble))
	}
}

// smsProvider is how one provider is spoken to: read tells what is wrong with a call.
type smsProvider struct {
	unsigned string // code for a call that is not signed as it should be
	read     func(s *SMS, r *http.Request, body []byte) (SentSMS, string)
	take     func(out http.ResponseWriter)
	refuse   func(out http.ResponseWriter, code string)
}

func (s *SMS) meant(r *http.Request) smsProvider {
	switch {
	case r.Header.Get("x-acs-action") != "":
		return aliyunSMS
	case r.Header.Get("X-TC-Action") != "":
		return tencentSMS
	case r.URL.Path == "/sms/batchSendSms/v1":
		return huaweiSMS
	}
	return gatewaySMS
}

func saySMS(out http.ResponseWriter, status int, reply any) {
	out.Header().Set("Content-Type", "application/json")
	out.WriteHeader(status)
	json.NewEncoder(out).Encode(reply) //nolint:errcheck // the test sees what is missing
}

func sha256Hex(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }

func hmacSHA256(key, text string) string {
	mac := hmac.New(sha256.New, []byte(key))
	io.WriteString(mac, text) //nolint:errcheck // it never fails
	return string(mac.Sum(nil))
}

// fresh reports whether a time is now, by the clock of the stand-in.
func (s *SMS) fresh(at time.Time) bool {
	now := time.Now
	if s.Now != nil {
		now = s.Now
	}
	return now().Sub(at).Abs() <= 5*time.Minute
}

// code reads the first value of a list.
func code(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

var acsAuthorization = regexp.MustCompile(
	`^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$`)

var aliyunSMS = smsProvider{
	unsigned: "SignatureDoesNotMatch",
	read: func(s *SMS, r *http.Request, body []byte) (SentSMS, string) {
		m := acsAuthorization.FindStringSubmatch(r.Header.Get("Authorization"))
		if m == nil || m[1] != smsKey {
			return SentSMS{}, "no authorization of the account"
		}
		text := r.Method + "\n" + r.URL.EscapedPath() + "\n" + r.URL.RawQuery + "\n"
		for name := range strings.SplitSeq(m[2], ";") {
			value := r.Header.Get(name)
			if name == "host" {
				value = r.Host
			}
			text += name + ":" + value + "\n"
		}
		text += "\n" + m[2] + "\n" + sha256Hex(string(body))
		if m[3] != fmt.Sprintf("%x", hmacSHA256(smsSecret, "ACS3-HMAC-SHA256\n"+sha256Hex(text))) {
			return SentSMS{}, "the signature does not fit"
		}
		for _, name := range []string{"host", "x-acs-action", "x-acs-content-sha256", "x-acs-date",
			"x-acs-signature-nonce", "x-acs-version"} {
			if !strings.Contains(";"+m[2]+";", ";"+name+";") {
				return SentSMS{}, name + " is not signed"
			}
		}
		at, err := time.Parse(time.RFC3339, r.Header.Get("x-acs-date"))
		q := r.URL.Query()
		var values map[string]string
		if err != nil || !s.fresh(at) || r.Header.Get("x-acs-content-sha256") != sha256Hex(string(body)) ||
			r.Header.Get("x-acs-action") != "SendSms" || r.Header.Get("x-acs-version") != "2017-05-25" ||
			q.Get("SignName") != smsSignature || q.Get("TemplateCode") != smsTemplate ||
			json.Unmarshal([]byte(q.Get("TemplateParam")), &values) != nil {
			return SentSMS{}, "parameters"
		}
		return SentSMS{q.Get("PhoneNumbers"), values["code"]}, ""
	},
	take: func(out http.ResponseWriter) {
		saySMS(out, http.StatusOK, map[string]string{"Code": "OK", "Message": "OK", "BizId": "900619746936498440^0"})
	},
	refuse: func(out http.ResponseWriter, code string) {
		saySMS(out, http.StatusBadRequest, map[string]string{"Code": code, "Message": "refused", "RequestId": "F655A8D5"})
	},
}

var tc3Authorization = regexp.MustCompile(
	`^TC3-HMAC-SHA256 Credential=([^/]+)/(\d{4}-\d\d-\d\d)/sms/tc3_request, ` +
		`SignedHeaders=content-type;host, Signature=([0-9a-f]{64})$`)

var tencentSMS = smsProvider{
	unsigned: "AuthFailure.SignatureFailure",
	read: func(s *SMS, r *http.Request, body []byte) (SentSMS, string) {
		m := tc3Authorization.FindStringSubmatch(r.Header.Get("Authorization"))
		second, err := strconv.ParseInt(r.Header.Get("X-TC-Timestamp"), 10, 64)
		at := time.Unix(second, 0).UTC()
		if m == nil || m[1] != smsKey || err != nil || !s.fresh(at) || at.Format("2006-01-02") != m[2] {
			return SentSMS{}, "no authorization of the account"
		}
		text := fmt.Sprintf("POST\n/\n\ncontent-type:%s\nhost:%s\n\ncontent-type;host\n%s",
			r.Header.Get("Content-Type"), r.Host, sha256Hex(string(body)))
		key := hmacSHA256(hmacSHA256(hmacSHA256("TC3"+smsSecret, m[2]), "sms"), "tc3_request")
		want := hmacSHA256(key, fmt.Sprintf("TC3-HMAC-SHA256\n%d\n%s/sms/tc3_request\n%s", second, m[2], sha256Hex(text)))
		if m[3] != fmt.Sprintf("%x", want) {
			return SentSMS{}, "the signature does not fit"
		}
		var sent struct {
			PhoneNumberSet, TemplateParamSet                  []string
			SmsSdkAppId, SignName, TemplateId, SessionContext string
		}
		if json.Unmarshal(body, &sent) != nil || len(sent.PhoneNumberSet) != 1 || sent.SmsSdkAppId != smsApp ||
			sent.SignName != smsSignature || sent.TemplateId != smsTemplate || r.Header.Get("X-TC-Action") != "SendSms" ||
			r.Header.Get("X-TC-Version") != "2021-01-11" || r.Header.Get("X-TC-Region") == "" {
			return SentSMS{}, "parameters"
		}
		return SentSMS{strings.TrimPrefix(sent.PhoneNumberSet[0], "+86"), code(sent.TemplateParamSet)}, ""
	},
	take: func(out http.ResponseWriter) {
		saySMS(out, http.StatusOK, map[string]any{"Response": map[string]any{"RequestId": "a0aabda6", "SendStatusSet": []any{
			map[string]any{"SerialNo": "5000:1045710669157053657849499619", "Fee": 1, "Code": "Ok",
				"Message": "send success"}}}})
	},
	refuse: func(out http.ResponseWriter, code string) {
		if strings.HasPrefix(code, "AuthFailure") || strings.HasPrefix(code, "RequestLimit") {
			saySMS(out, http.StatusOK, map[string]any{"Response": map[string]any{"RequestId": "a0aabda6",
				"Error": map[string]string{"Code": code, "Message": "refused"}}})
			return
		}
		saySMS(out, http.StatusOK, map[string]any{"Response": map[string]any{"RequestId": "a0aabda6", "SendStatusSet": []any{
			map[string]any{"SerialNo": "", "Fee": 0, "Code": code, "Message": "refused"}}}})
	},
}

var wsseToken = regexp.MustCompile(
	`^UsernameToken Username="([^"]+)",PasswordDigest="([^"]+)",Nonce="(\w{1,128})",Created="([^"]+)"$`)

var huaweiSMS = smsProvider{
	unsigned: "E000105",
	read: func(s *SMS, r *http.Request, body []byte) (SentSMS, string) {
		m := wsseToken.FindStringSubmatch(r.Header.Get("X-WSSE"))
		if m == nil || m[1] != smsKey ||
			r.Header.Get("Authorization") != `WSSE realm="SDP",profile="UsernameToken",type="Appkey"` {
			return SentSMS{}, "no authorization of the account"
		}
		digits, err := base64.StdEncoding.DecodeString(m[2])
		at, errAt := time.Parse("2006-01-02T15:04:05Z", m[4])
		if err != nil || string(digits) != sha256Hex(m[3]+m[4]+smsSecret) || errAt != nil || !s.fresh(at) {
			return SentSMS{}, "the digest does not fit"
		}
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		var values []string
		if r.ParseForm() != nil || r.PostForm.Get("from") != smsSender || r.PostForm.Get("templateId") != smsTemplate ||
			r.PostForm.Get("signature") != smsSignature ||
			json.Unmarshal([]byte(r.PostForm.Get("templateParas")), &values) != nil {
			return SentSMS{}, "parameters"
		}
		return SentSMS{strings.TrimPrefix(r.PostForm.Get("to"), "+86"), code(values)}, ""
	},
	take: func(out http.ResponseWriter) {
		saySMS(out, http.StatusOK, map[string]any{"code": "000000", "description": "Success", "result": []any{
			map[string]any{"originTo": "+86", "smsMsgId": "4b4b34e7-1a9e-42ac-b309-d10997148905_85496076", "status": "000000"}}})
	},
	refuse: func(out http.ResponseWriter, code string) {
		if strings.HasPrefix(code, "E2") { // of the number, not of the call
			saySMS(out, http.StatusOK, map[string]any{"code": "E000510", "description": "The SMS fails to be sent", "result": []any{
				map[string]any{"originTo": "+86", "smsMsgId": "", "status": code}}})
			return
		}
		saySMS(out, http.StatusBadRequest, map[string]any{"code": code, "description": "refused"})
	},
}

var gatewaySMS = smsProvider{
	unsigned: "setup",
	read: func(s *SMS, r *http.Request, body []byte) (SentSMS, string) {
		h := r.Header
		second, err := strconv.ParseInt(h.Get("X-Anquanda-Timestamp"), 10, 64)
		text := strings.Join([]string{r.Method, r.RequestURI, h.Get("X-Anquanda-Timestamp"), h.Get("X-Anquanda-Nonce"),
			sha256Hex(string(body))}, "\n")
		if err != nil || !s.fresh(time.Unix(second, 0)) || h.Get("X-Anquanda-Key") != smsKey ||
			h.Get("X-Anquanda-Nonce") == "" ||
			h.Get("X-Anquanda-Signature") != fmt.Sprintf("%x", hmacSHA256(smsSecret, text)) {
			return SentSMS{}, "the signature does not fit"
		}
		var sent struct {
			Phone     string            `json:"phone"`
			Reference string            `json:"reference"`
			Variables map[string]string `json:"variables"`
		}
		if json.Unmarshal(body, &sent) != nil || r.Method != http.MethodPost {
			return SentSMS{}, "parameters"
		}
		return SentSMS{strings.TrimPrefix(sent.Phone, "+86"), sent.Variables["code"]}, ""
	},
	take: func(out http.ResponseWriter) { saySMS(out, http.StatusOK, map[string]string{"id": "7"}) },
	refuse: func(out http.ResponseWriter, code string) {
		saySMS(out, http.StatusUnprocessableEntity, map[string]string{"reason": code, "code": code, "message": "refused"})
	},
}
