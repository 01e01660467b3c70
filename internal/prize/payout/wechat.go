package payout

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"time"
	"unicode/utf8"
)

// WeChat pays through the merchant transfer of WeChat Pay (API v3, 商家转账): the
// winner confirms the payment in WeChat. It is safe for concurrent use.
type WeChat struct {
	Base       string // address of the service; tests set their own
	AppID      string
	Notify     string // address that WeChat calls; may be empty
	Scene      string // id of the scene that the merchant was granted, such as 1000
	Activity   string // name of the contest, reported with each bill
	Signer     *Signer
	HTTPClient *http.Client
}

// MaxWeChatCents is the most that goes to a winner without a real name: from 2,000
// yuan on WeChat asks for one.
const MaxWeChatCents = 199_999

const (
	transferPath = "/v3/fund-app/mch-transfer/transfer-bills"
	maxReply     = 64 << 10
	timeLimit    = 10 * time.Second
)

// What makes a bill unfit to be sent.
var (
	ErrAmount = errors.New("WeChat sends 0.01 to 1999.99 yuan without a real name")
	ErrNumber = errors.New("a bill's number is 8 to 32 letters and digits")
	ErrTo     = errors.New("there is no openid to send to")
)

var numberPattern = regexp.MustCompile(`^[0-9A-Za-z]{8,32}$`)

type transferRequest struct {
	AppID   string       `json:"appid"`
	Number  string       `json:"out_bill_no"`
	Scene   string       `json:"transfer_scene_id"`
	OpenID  string       `json:"openid"`
	Cents   int          `json:"transfer_amount"`
	Remark  string       `json:"transfer_remark"`
	Notify  string       `json:"notify_url,omitempty"`
	Reason  string       `json:"user_recv_perception"`
	Reports []reportInfo `json:"transfer_scene_report_infos"`
}

type reportInfo struct {
	Type    string `json:"info_type"`
	Content string `json:"info_content"`
}

type transferReply struct {
	Number  string `json:"out_bill_no"`
	Bill    string `json:"transfer_bill_no"`
	State   string `json:"state"`
	Package string `json:"package_info"`
	Reason  string `json:"fail_reason"`
	Cents   int    `json:"transfer_amount"`
	// Of problems.
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Send asks WeChat to transfer. WeChat answers a number that it knows with what it
// made of it, so sending again pays nothing more.
func (w *WeChat) Send(ctx context.Context, b Bill) (Outcome, error) {
	switch {
	case b.Cents < 1 || b.Cents > MaxWeChatCents:
		return Outcome{}, ErrAmount
	case !numberPattern.MatchString(b.Number):
		return Outcome{}, ErrNumber
	case b.To == "":
		return Outcome{}, ErrTo
	}
	body, err := json.Marshal(transferRequest{
		AppID: w.AppID, Number: b.Number, Scene: w.Scene, OpenID: b.To, Cents: b.Cents, Remark: cut(b.Remark, 32), Notify: w.Notify,
		Reason:  "活动奖励",
		Reports: []reportInfo{{"活动名称", cut(w.Activity, 32)}, {"奖励说明", cut(b.Remark, 32)}},
	})
	if err != nil {
		return Outcome{}, err
	}
	return w.call(ctx, http.MethodPost, transferPath, body, b.Number)
}

// Ask asks WeChat how a bill stands.
func (w *WeChat) Ask(ctx context.Context, number string) (Outcome, error) {
	return w.call(ctx, http.MethodGet, transferPath+"/out-bill-no/"+url.PathEscape(number), nil, number)
}

// call makes one request and reads its reply, which counts only when WeChat has
// signed it and it is about the same bill.
func (w *WeChat) call(ctx context.Context, method, path string, body []byte, number string) (Outcome, error) {
	ctx, cancel := context.WithTimeout(ctx, timeLimit)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, w.Base+path, bytes.NewReader(body))
	if err != nil {
		return Outcome{}, err
	}
	if err := w.Signer.sign(request, body); err != nil {
		return Outcome{}, err
	}
	response, err := w.HTTPClient.Do(request)
	if err != nil {
		return Outcome{}, fmt.Errorf("ask WeChat: %w", err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, maxReply))
	if err != nil {
		return Outcome{}, fmt.Errorf("read WeChat's reply: %w", err)
	}
	if err := w.Signer.verify(response.Header, text); err != nil {
		return Outcome{}, err
	}
	var reply transferReply
	if err := json.Unmarshal(text, &reply); err != nil {
		return Outcome{}, fmt.Errorf("read WeChat's reply: %w", err)
	}
	if response.StatusCode/100 != 2 {
		return reply.problem(response.StatusCode)
	}
	if reply.Number != number {
		return Outcome{}, fmt.Errorf("WeChat's reply is about bill %q, not %q", reply.Number, number)
	}
	return reply.outcome(), nil
}

// outcome reads WeChat's states: what is not known to be over is pending.
func (r *transferReply) outcome() Outcome {
	o := Outcome{State: Pending, Detail: r.Bill, Package: r.Package}
	switch r.State {
	case "SUCCESS":
		o.State = Paid
	case "WAIT_USER_CONFIRM":
		o.State = Waiting
	case "FAIL", "CANCELLED":
		o.State, o.Detail = Failed, r.State+" "+r.Reason
	}
	return o
}

// problem reads a refusal. Only those that surely paid nothing are final.
func (r *transferReply) problem(status int) (Outcome, error) {
	switch r.Code {
	case "NOT_FOUND":
		return Outcome{}, ErrUnknown
	case "PARAM_ERROR", "INVALID_REQUEST", "NO_AUTH":
		return Outcome{State: Failed, Detail: r.Code + " " + r.Message}, nil
	}
	return Outcome{}, fmt.Errorf("WeChat refuses with %d %s: %s", status, r.Code, r.Message)
}

// cut bounds a text to so many characters.
func cut(text string, most int) string {
	for utf8.RuneCountInString(text) > most {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return text
}
