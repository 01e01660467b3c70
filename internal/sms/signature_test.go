package sms

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

func clock(text string) func() time.Time {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return func() time.Time { return at }
}

// The example with fixed parameters of "V3版本请求体&签名机制" (help.aliyun.com).
func TestAlibabaCloudsPublishedExampleIsSignedAsPublished(t *testing.T) {
	a := &aliyun{Config{Key: "YourAccessKeyId", Secret: "YourAccessKeySecret"}, clock("2023-10-26T10:22:32Z")}
	query := aliyunQuery(map[string][]string{"RegionId": {"cn-shanghai"},
		"ImageId": {"win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"}})
	request, err := http.NewRequest(http.MethodPost, "https://ecs.cn-shanghai.aliyuncs.com/?"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	a.sign(request, "RunInstances", "2014-05-26", "3156853299f313e23d1673dc12e1703d")
	want := "ACS3-HMAC-SHA256 Credential=YourAccessKeyId," +
		"SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version," +
		"Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
	if got := request.Header.Get("Authorization"); got != want {
		t.Errorf("it is\n%s\nand published as\n%s", got, want)
	}
}

// The example of "签名方法 v3" (cloud.tencent.com), with the keys of its programs.
func TestTencentCloudsPublishedExampleIsSignedAsPublished(t *testing.T) {
	c := &tencent{Config{Key: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", Secret: "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"},
		func() time.Time { return time.Unix(1551113065, 0) }}
	body := `{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`
	request, err := http.NewRequest(http.MethodPost, "https://cvm.tencentcloudapi.com/", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	c.sign(request, "cvm", []byte(body))
	want := "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, " +
		"SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
	if got := request.Header.Get("Authorization"); got != want {
		t.Errorf("it is\n%s\nand published as\n%s", got, want)
	}
}

// Huawei Cloud publishes a request, without the secret that it was made with. So its
// form is compared: the digest holds 64 hexadecimal digits. The digest of a secret of
// ours was computed by coreutils: printf '%s' NONCE CREATED SECRET | sha256sum | base64.
func TestHuaweiCloudsTokenHasTheFormOfThePublishedOne(t *testing.T) {
	const published = `UsernameToken Username="ARBRz4bAXoFgEH7o4Ew308eXc1RA",` +
		`PasswordDigest="NDA1MWIwNjI2ZTkyNWFlM2FhMTE5NDE1YTk5NjU1YWE4NjNlZTY1MmRhYzkxZGViNzczZjdjMjkzZWQ4ZjAwNA==",` +
		`Nonce="ac1c911c4792492687f8f6b2264a491e",Created="2018-05-26T00:35:30Z"`
	h := &huawei{Config{Key: "ARBRz4bAXoFgEH7o4Ew308eXc1RA", Secret: "12345678"}, clock("2018-05-26T08:35:30+08:00")}
	got := h.token("ac1c911c4792492687f8f6b2264a491e")
	digest := regexp.MustCompile(`PasswordDigest="([^"]*)"`)
	if digest.ReplaceAllString(got, "") != digest.ReplaceAllString(published, "") {
		t.Errorf("it is\n%s\nand published\n%s", got, published)
	}
	for _, token := range []string{got, published} {
		digits, err := base64.StdEncoding.DecodeString(digest.FindStringSubmatch(token)[1])
		if err != nil || !regexp.MustCompile(`^[0-9a-f]{64}$`).Match(digits) {
			t.Errorf("the digest holds %q, %v", digits, err)
		}
	}
	want := "YWYzMGU1YmE1N2U0ZTk3YzZkMzU3ZGY4M2ZmZjNhNWNhZDhiYWQwZGMwNTgyYTU5MTAyM2EzYTMyMTA1Nzg4MA=="
	if !strings.Contains(got, `"`+want+`"`) {
		t.Errorf("the token is %s, its digest should be %s", got, want)
	}
}

// The call of a gateway is ours; the example stands in scripts/deploy/README.md and was
// computed by openssl dgst -sha256 -hmac.
func TestTheCallOfAGatewayIsSignedAsWeTell(t *testing.T) {
	s := &signed{Config{Key: "anquanda", Secret: "a shared secret"}, func() time.Time { return time.Unix(1781568000, 0) }}
	body := `{"phone":"+8613800001111"}`
	request, err := http.NewRequest(http.MethodPost, "https://sms.example.org/send?for=quiz", nil)
	if err != nil {
		t.Fatal(err)
	}
	s.sign(request, "6f1d", []byte(body))
	want := "7de090c26284d5379bd954d609f9a8e2b9715398e9b68062de42ed8c6446479f"
	if got := request.Header.Get("X-Anquanda-Signature"); got != want {
		t.Errorf("it is signed %s, not %s", got, want)
	}
	for name, want := range map[string]string{"Key": "anquanda", "Timestamp": "1781568000", "Nonce": "6f1d"} {
		if got := request.Header.Get("X-Anquanda-" + name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
}

func TestAnErrorTellsStaffWhatToLookAt(t *testing.T) {
	for _, reason := range []Reason{Limited, Number, Setup, Balance, Quota, Busy, Unsure} {
		e := &Error{Provider: Aliyun, Reason: reason, Code: "isv.X", Text: "words"}
		if e.Look() == "" || !strings.Contains(e.Error(), "isv.X: words") {
			t.Errorf("%s: %s, %q", reason, e.Look(), e)
		}
		if staff := reason == Setup || reason == Balance || reason == Quota; e.ForStaff() != staff ||
			e.Again() != (reason == Busy) || e.MaybeSent() != (reason == Unsure) {
			t.Errorf("%s: for staff %t, again %t, maybe sent %t", reason, e.ForStaff(), e.Again(), e.MaybeSent())
		}
	}
	if long := shortened(strings.Repeat("长", 300)); len([]rune(long)) != 200 {
		t.Errorf("a long text is cut to %d", len([]rune(long)))
	}
	if fmt.Sprint((&Error{Provider: HTTP, Reason: Busy}).Error()) != "sms by http is busy" {
		t.Error("an error without words has some")
	}
}
