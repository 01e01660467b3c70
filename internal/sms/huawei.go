package sms

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// huawei is batchSendSms of Huawei Cloud (MSGSMS, v1), known by an X-WSSE header:
// "X-WSSE认证" of support.huaweicloud.com/api-msgsms.
type huawei struct {
	Config
	now func() time.Time
}

const (
	huaweiAddress = "https://smsapi.cn-north-4.myhuaweicloud.com:443"
	huaweiPath    = "/sms/batchSendSms/v1"
	huaweiSent    = "000000"
	huaweiInner   = "E000510" // each number has a status of its own
)

// huaweiCodes are those of "API错误码" (sms_05_0050): of the call, and of the number.
var huaweiCodes = map[string]Reason{
	"E000112": Balance, // the account is frozen: mostly for debts
	"E000623": Quota,   // 500 a day until more is asked for
	"E000000": Unsure,  // the platform's own trouble

	"E200023": Number, // no channel for the number
	"E200024": Number, // of another country
	"E200041": Limited,
	"E200015": Busy, // too many wait at the platform
}

func (h *huawei) Send(ctx context.Context, m Message) (string, error) {
	parameters, err := json.Marshal(h.inOrder(m))
	if err != nil {
		return "", &Error{Provider: Huawei, Reason: Setup, Text: err.Error()}
	}
	form := url.Values{"from": {h.Sender}, "to": {"+86" + m.Phone}, "templateId": {h.Template},
		"templateParas": {string(parameters)}}
	if h.Signature != "" {
		form.Set("signature", h.Signature)
	}
	if m.Reference != "" {
		form.Set("extend", m.Reference)
	}
	request, err := http.NewRequest(http.MethodPost, h.Address+huaweiPath, strings.NewReader(form.Encode()))
	if err != nil {
		return "", &Error{Provider: Huawei, Reason: Setup, Text: "the address is not valid"}
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Authorization", `WSSE realm="SDP",profile="UsernameToken",type="Appkey"`)
	request.Header.Set("X-WSSE", h.token(rand.Text()))
	status, text, err := exchange(ctx, Huawei, request)
	if err != nil {
		return "", err
	}
	var reply struct {
		Code, Description string
		Result            []struct{ SmsMsgID, Status string }
	}
	if json.Unmarshal(text, &reply) != nil || reply.Code == "" {
		return "", unreadable(Huawei, status)
	}
	code := reply.Code
	if (code == huaweiSent || code == huaweiInner) && len(reply.Result) > 0 {
		if code = reply.Result[0].Status; code == huaweiSent {
			return reply.Result[0].SmsMsgID, nil
		}
	}
	if code == huaweiSent {
		return "", unreadable(Huawei, status)
	}
	return "", &Error{Provider: Huawei, Reason: known(huaweiCodes, code), Code: shortened(code),
		Text: shortened(reply.Description)}
}

// token is the X-WSSE header. The digest is Base64 of the hexadecimal digits of
// SHA-256, as in the request that the service shows as its example and in its
// programs for Java, PHP and Python; its formula does not tell digits from bytes.
func (h *huawei) token(nonce string) string {
	created := h.now().UTC().Format("2006-01-02T15:04:05Z")
	sum := sha256.Sum256([]byte(nonce + created + h.Secret))
	digest := base64.StdEncoding.EncodeToString([]byte(hex.EncodeToString(sum[:])))
	return `UsernameToken Username="` + h.Key + `",PasswordDigest="` + digest + `",Nonce="` + nonce + `",Created="` +
		created + `"`
}
