package wechat

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

// Pay is the merchant transfer of WeChat Pay (API v3, 商家转账): the winner confirms
// the payment in WeChat. It is safe for concurrent use.
type Pay struct {
	Base       string // address of the service; tests set their own
	AppID      string
	Notify     string // address that WeChat calls; may be empty
	Scene      string // id of the scene that the merchant was granted, such as 1000
	Activity   string // name of the contest, reported with each transfer
	Signer     *Signer
	HTTPClient *http.Client
}

// PayAPI is where WeChat Pay answers.
const PayAPI = "https://api.mch.weixin.qq.com"

// MaxTransferCents is the most that goes to a winner without a real name: from
// 2,000 yuan on WeChat asks for one.
const MaxTransferCents = 199_999

const (
	transferPath = "/v3/fund-app/mch-transfer/transfer-bills"
	payTimeout   = 10 * time.Second
)

// What makes a transfer unfit to be sent.
var (
	ErrAmount = errors.New("WeChat sends 0.01 to 1999.99 yuan without a real name")
	ErrNumber = errors.New("a transfer's number is 8 to 32 letters and digits")
	ErrOpenID = errors.New("there is no openid to send to")
)

// ErrUnknownTransfer says that a transfer never arrived.
var ErrUnknownTransfer = errors.New("WeChat knows no such transfer")

// RefusedError says that WeChat refused a transfer for good: nothing was paid. Any
// other error of a call says nothing about whether the transfer was made.
type RefusedError struct {
	Code    string // of WeChat, such as PARAM_ERROR
	Message string
}

// Error is the code and the message.
func (e *RefusedError) Error() string { return e.Code + " " + e.Message }

var numberPattern = regexp.MustCompile(`^[0-9A-Za-z]{8,32}$`)

// Transfer is one payment. Number is unique for ever: WeChat answers a number that
// it knows with what it made of it, so sending again pays nothing more.
type Transfer struct {
	Number string // letters and digits, 8 to 32
	OpenID string // whom it goes to
	Cents  int    // of yuan, 1 to MaxTransferCents
	Remark string // the winner sees its first 32 characters
}

// TransferState is how a transfer stands, in WeChat's words. States that are not
// named here are under way.
type TransferState string

// The states that say more than that it is under way.
const (
	TransferDone      TransferState = "SUCCESS"
	TransferWaits     TransferState = "WAIT_USER_CONFIRM" // for the winner to confirm
	TransferFailed    TransferState = "FAIL"
	TransferCancelled TransferState = "CANCELLED"
)

// TransferStatus is what WeChat tells of a transfer.
type TransferStatus struct {
	Number  string        `json:"out_bill_no"`
	Bill    string        `json:"transfer_bill_no"` // WeChat's own number
	State   TransferState `json:"state"`
	Cents   int           `json:"transfer_amount"` // 0: the reply does not say
	Package string        `json:"package_info"`    // what the winner's WeChat needs to confirm
	Reason  string        `json:"fail_reason"`
}

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

// Transfer asks WeChat to pay, or learns how the transfer stands when it was asked
// before. Errors: ErrAmount, ErrNumber, ErrOpenID, *RefusedError.
func (p *Pay) Transfer(ctx context.Context, t Transfer) (*TransferStatus, error) {
	switch {
	case t.Cents < 1 || t.Cents > MaxTransferCents:
		return nil, ErrAmount
	case !numberPattern.MatchString(t.Number):
		return nil, ErrNumber
	case t.OpenID == "":
		return nil, ErrOpenID
	}
	remark := cut(t.Remark, 32)
	body, err := json.Marshal(transferRequest{
		AppID: p.AppID, Number: t.Number, Scene: p.Scene, OpenID: t.OpenID, Cents: t.Cents, Remark: remark, Notify: p.Notify,
		Reason:  "活动奖励",
		Reports: []reportInfo{{Type: "活动名称", Content: cut(p.Activity, 32)}, {Type: "奖励说明", Content: remark}},
	})
	if err != nil {
		return nil, err
	}
	return p.call(ctx, http.MethodPost, transferPath, body, t.Number)
}

// Status asks WeChat how a transfer stands. Errors: ErrUnknownTransfer if it never
// arrived.
func (p *Pay) Status(ctx context.Context, number string) (*TransferStatus, error) {
	return p.call(ctx, http.MethodGet, transferPath+"/out-bill-no/"+url.PathEscape(number), nil, number)
}

// call makes one request and reads its reply, which counts only when WeChat has
// signed it and it is about the same transfer.
func (p *Pay) call(ctx context.Context, method, path string, body []byte, number string) (*TransferStatus, error) {
	ctx, cancel := context.WithTimeout(ctx, payTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, p.Base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if err := p.Signer.sign(request, body); err != nil {
		return nil, err
	}
	response, err := p.HTTPClient.Do(request)
	if err != nil {
		return nil, fmt.Errorf("ask WeChat: %w", err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, maxBody))
	if err != nil {
		return nil, fmt.Errorf("read WeChat's reply: %w", err)
	}
	if err := p.Signer.verify(response.Header, text); err != nil {
		return nil, err
	}
	if response.StatusCode/100 != 2 {
		return nil, refusal(response.StatusCode, text)
	}
	var status TransferStatus
	if err := json.Unmarshal(text, &status); err != nil {
		return nil, fmt.Errorf("read WeChat's reply: %w", err)
	}
	if status.Number != number {
		return nil, fmt.Errorf("WeChat's reply is about transfer %q, not %q", status.Number, number)
	}
	return &status, nil
}

// refusal reads a problem. Only one that surely paid nothing is a RefusedError.
func refusal(status int, text []byte) error {
	var problem struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	}
	if err := json.Unmarshal(text, &problem); err != nil {
		return fmt.Errorf("read WeChat's reply: %w", err)
	}
	switch problem.Code {
	case "NOT_FOUND":
		return ErrUnknownTransfer
	case "PARAM_ERROR", "INVALID_REQUEST", "NO_AUTH":
		return &RefusedError{Code: problem.Code, Message: problem.Message}
	}
	return fmt.Errorf("WeChat refuses with %d %s: %s", status, problem.Code, problem.Message)
}

// cut bounds a text to so many characters.
func cut(text string, most int) string {
	for utf8.RuneCountInString(text) > most {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return text
}
