package sms

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// aliyun is SendSms of Alibaba Cloud (dysmsapi, 2017-05-25). The call is signed by
// ACS3-HMAC-SHA256: "V3版本请求体&签名机制" of help.aliyun.com.
type aliyun struct {
	Config
	now func() time.Time
}

const (
	aliyunAddress = "https://dysmsapi.aliyuncs.com"
	aliyunVersion = "2017-05-25"
)

// aliyunCodes are those of "API错误码" of the service. isv.BUSINESS_LIMIT_CONTROL is
// about one phone: a code a minute, 5 an hour, 10 a day for a signature.
var aliyunCodes = map[string]Reason{
	"isv.BUSINESS_LIMIT_CONTROL": Limited,

	"isv.MOBILE_NUMBER_ILLEGAL":         Number,
	"isv.DOMESTIC_NUMBER_NOT_SUPPORTED": Number,

	"isv.OUT_OF_SERVICE":    Balance,
	"isv.AMOUNT_NOT_ENOUGH": Balance,

	"isv.DAY_LIMIT_CONTROL":   Quota,
	"isv.MONTH_LIMIT_CONTROL": Quota,

	"isp.SYSTEM_ERROR":   Busy,
	"Throttling":         Busy,
	"Throttling.User":    Busy,
	"Throttling.Api":     Busy,
	"ServiceUnavailable": Busy,
	"InternalError":      Unsure,
}

func (a *aliyun) Send(ctx context.Context, m Message) (string, error) {
	parameters, err := json.Marshal(a.named(m))
	if err != nil {
		return "", &Error{Provider: Aliyun, Reason: Setup, Text: err.Error()}
	}
	query := url.Values{"PhoneNumbers": {m.Phone}, "SignName": {a.Signature}, "TemplateCode": {a.Template},
		"TemplateParam": {string(parameters)}, "OutId": {m.Reference}}
	request, err := http.NewRequest(http.MethodPost, a.Address+"/?"+aliyunQuery(query), http.NoBody)
	if err != nil {
		return "", &Error{Provider: Aliyun, Reason: Setup, Text: "the address is not valid"}
	}
	a.sign(request, "SendSms", aliyunVersion, strings.ToLower(rand.Text()))
	status, body, err := exchange(ctx, Aliyun, request)
	if err != nil {
		return "", err
	}
	var reply struct{ Code, Message, BizId string }
	if json.Unmarshal(body, &reply) != nil || reply.Code == "" {
		return "", unreadable(Aliyun, status)
	}
	if reply.Code != "OK" {
		return "", &Error{Provider: Aliyun, Reason: known(aliyunCodes, reply.Code), Code: shortened(reply.Code),
			Text: shortened(reply.Message)}
	}
	return reply.BizId, nil
}

// sign puts the signature on a request without a body.
func (a *aliyun) sign(request *http.Request, action, version, nonce string) {
	empty := sha256.Sum256(nil)
	set := func(name, value string) { request.Header.Set(name, value) }
	set("x-acs-action", action)
	set("x-acs-version", version)
	set("x-acs-date", a.now().UTC().Format("2006-01-02T15:04:05Z"))
	set("x-acs-signature-nonce", nonce)
	set("x-acs-content-sha256", hex.EncodeToString(empty[:]))

	names := []string{"host"}
	for name := range request.Header {
		names = append(names, strings.ToLower(name))
	}
	slices.Sort(names)
	var headers strings.Builder
	for _, name := range names {
		value := request.Header.Get(name)
		if name == "host" {
			value = request.URL.Host
		}
		headers.WriteString(name + ":" + strings.TrimSpace(value) + "\n")
	}
	signed := strings.Join(names, ";")
	canonical := strings.Join([]string{request.Method, "/", request.URL.RawQuery, headers.String(), signed,
		hex.EncodeToString(empty[:])}, "\n")
	hashed := sha256.Sum256([]byte(canonical))
	mac := hmac.New(sha256.New, []byte(a.Secret))
	mac.Write([]byte("ACS3-HMAC-SHA256\n" + hex.EncodeToString(hashed[:])))
	set("Authorization", "ACS3-HMAC-SHA256 Credential="+a.Key+",SignedHeaders="+signed+
		",Signature="+hex.EncodeToString(mac.Sum(nil)))
}

// aliyunQuery writes parameters as they are signed: sorted, by RFC 3986.
func aliyunQuery(values url.Values) string {
	return strings.NewReplacer("+", "%20", "*", "%2A", "%7E", "~").Replace(values.Encode())
}
