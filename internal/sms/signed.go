package sms

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// signed calls any gateway over HTTP: that of a province, of a carrier, or a few lines
// in front of a provider that is not among the others. The gateway gets
//
//	POST <address>
//	Content-Type: application/json
//	X-Anquanda-Key: <key>
//	X-Anquanda-Timestamp: <seconds since 1970>
//	X-Anquanda-Nonce: <letters and digits, never twice>
//	X-Anquanda-Signature: <hexadecimal>
//
//	{"phone":"+8613800001111","signature":"…","template":"…",
//	 "variables":{"code":"123456"},"reference":"…"}
//
// where the signature is HMAC-SHA-256 by the secret over
//
//	method \n path?query \n timestamp \n nonce \n hexadecimal SHA-256 of the body
//
// and answers 2xx with {"id":"…"} once it has taken the message, or another status
// with {"reason":"limited|number|setup|balance|quota|busy","code":"…","message":"…"}
// when it surely has not. Any other answer may mean either. A gateway that gets a
// reference again has had the message before.
type signed struct {
	Config
	now func() time.Time
}

// saidReasons are the reasons that a gateway may give.
var saidReasons = map[string]Reason{
	string(Limited): Limited, string(Number): Number, string(Setup): Setup,
	string(Balance): Balance, string(Quota): Quota, string(Busy): Busy,
}

func (s *signed) Send(ctx context.Context, m Message) (string, error) {
	body, err := json.Marshal(map[string]any{"phone": "+86" + m.Phone, "signature": s.Signature, "template": s.Template,
		"variables": s.named(m), "reference": m.Reference})
	if err != nil {
		return "", &Error{Provider: HTTP, Reason: Setup, Text: err.Error()}
	}
	request, err := http.NewRequest(http.MethodPost, s.Address, bytes.NewReader(body))
	if err != nil {
		return "", &Error{Provider: HTTP, Reason: Setup, Text: "the address is not valid"}
	}
	s.sign(request, rand.Text(), body)
	status, text, err := exchange(ctx, HTTP, request)
	if err != nil {
		return "", err
	}
	var reply struct{ ID, Reason, Code, Message string }
	readable := json.Unmarshal(text, &reply) == nil
	if status/100 == 2 && readable {
		return reply.ID, nil
	}
	reason, told := saidReasons[reply.Reason]
	if status/100 == 2 || !readable || !told {
		return "", unreadable(HTTP, status)
	}
	return "", &Error{Provider: HTTP, Reason: reason, Code: shortened(reply.Code), Text: shortened(reply.Message)}
}

// sign puts the signature on a request.
func (s *signed) sign(request *http.Request, nonce string, body []byte) {
	second := strconv.FormatInt(s.now().Unix(), 10)
	hashed := sha256.Sum256(body)
	text := strings.Join([]string{request.Method, request.URL.RequestURI(), second, nonce,
		hex.EncodeToString(hashed[:])}, "\n")
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Anquanda-Key", s.Key)
	request.Header.Set("X-Anquanda-Timestamp", second)
	request.Header.Set("X-Anquanda-Nonce", nonce)
	request.Header.Set("X-Anquanda-Signature", hex.EncodeToString(keyed([]byte(s.Secret), text)))
}
