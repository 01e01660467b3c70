package sms

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// tencent is SendSms of Tencent Cloud (2021-01-11), signed by TC3-HMAC-SHA256:
// "签名方法 v3" of cloud.tencent.com.
type tencent struct {
	Config
	now func() time.Time
}

const (
	tencentAddress = "https://sms.tencentcloudapi.com"
	tencentVersion = "2021-01-11"
	tencentRegion  = "ap-guangzhou"
	tencentType    = "application/json; charset=utf-8"
)

// tencentCodes are those of "错误码" (382/59177).
var tencentCodes = map[string]Reason{
	"LimitExceeded.DeliveryFrequencyLimit":           Limited,
	"LimitExceeded.PhoneNumberDailyLimit":            Limited,
	"LimitExceeded.PhoneNumberOneHourLimit":          Limited,
	"LimitExceeded.PhoneNumberSameContentDailyLimit": Limited,
	"LimitExceeded.PhoneNumberThirtySecondLimit":     Limited,

	"InvalidParameterValue.IncorrectPhoneNumber": Number,
	"FailedOperation.PhoneNumberInBlacklist":     Number,
	"UnsupportedOperation.UnsuportedRegion":      Number, // spelled so by the service

	"FailedOperation.InsufficientBalanceInSmsPackage":  Balance,
	"UnauthorizedOperation.SerivceSuspendDueToArrears": Balance, // spelled so by the service

	"LimitExceeded.AppDailyLimit": Quota,
	"LimitExceeded.DailyLimit":    Quota,

	"RequestLimitExceeded":                              Busy,
	"RequestLimitExceeded.IPLimitExceeded":              Busy,
	"RequestLimitExceeded.UinLimitExceeded":             Busy,
	"RequestLimitExceeded.GlobalRegionUinLimitExceeded": Busy,
	"ResourceUnavailable":                               Busy,
	"InternalError":                                     Unsure,
	"InternalError.OtherError":                          Unsure,
	"InternalError.SendAndRecvFail":                     Unsure,
	"InternalError.Timeout":                             Unsure,
	"InternalError.UnknownError":                        Unsure,
	"FailedOperation.TimeOut":                           Unsure,
}

type tencentReply struct {
	Response *struct {
		Error *struct{ Code, Message string }
		Sent  []struct{ SerialNo, Code, Message string } `json:"SendStatusSet"`
	}
}

func (t *tencent) Send(ctx context.Context, m Message) (string, error) {
	body, err := json.Marshal(map[string]any{
		"PhoneNumberSet": []string{"+86" + m.Phone}, "SmsSdkAppId": t.App, "SignName": t.Signature,
		"TemplateId": t.Template, "TemplateParamSet": t.inOrder(m), "SessionContext": m.Reference,
	})
	if err != nil {
		return "", &Error{Provider: Tencent, Reason: Setup, Text: err.Error()}
	}
	request, err := http.NewRequest(http.MethodPost, t.Address+"/", strings.NewReader(string(body)))
	if err != nil {
		return "", &Error{Provider: Tencent, Reason: Setup, Text: "the address is not valid"}
	}
	request.Header.Set("X-TC-Action", "SendSms")
	request.Header.Set("X-TC-Version", tencentVersion)
	request.Header.Set("X-TC-Region", t.Region)
	t.sign(request, "sms", body)
	status, text, err := exchange(ctx, Tencent, request)
	if err != nil {
		return "", err
	}
	var reply tencentReply
	if json.Unmarshal(text, &reply) != nil || reply.Response == nil {
		return "", unreadable(Tencent, status)
	}
	code, words := "", ""
	switch r := reply.Response; {
	case r.Error != nil:
		code, words = r.Error.Code, r.Error.Message
	case len(r.Sent) != 1:
		return "", unreadable(Tencent, status)
	case r.Sent[0].Code == "Ok":
		return r.Sent[0].SerialNo, nil
	default:
		code, words = r.Sent[0].Code, r.Sent[0].Message
	}
	return "", &Error{Provider: Tencent, Reason: known(tencentCodes, code), Code: shortened(code),
		Text: shortened(words)}
}

// sign puts the signature over content type, host and body on a request.
func (t *tencent) sign(request *http.Request, service string, body []byte) {
	request.Header.Set("Content-Type", tencentType)
	at := t.now().UTC()
	second, date := strconv.FormatInt(at.Unix(), 10), at.Format(time.DateOnly)
	request.Header.Set("X-TC-Timestamp", second)

	hashed := sha256.Sum256(body)
	canonical := sha256.Sum256([]byte(request.Method + "\n/\n\ncontent-type:" + tencentType +
		"\nhost:" + request.URL.Host + "\n\ncontent-type;host\n" + hex.EncodeToString(hashed[:])))
	scope := date + "/" + service + "/tc3_request"
	key := []byte("TC3" + t.Secret)
	for _, part := range []string{date, service, "tc3_request"} {
		key = keyed(key, part)
	}
	signature := keyed(key, "TC3-HMAC-SHA256\n"+second+"\n"+scope+"\n"+hex.EncodeToString(canonical[:]))
	request.Header.Set("Authorization", "TC3-HMAC-SHA256 Credential="+t.Key+"/"+scope+
		", SignedHeaders=content-type;host, Signature="+hex.EncodeToString(signature))
}

// keyed is HMAC-SHA-256.
func keyed(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}
