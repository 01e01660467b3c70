package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const smsAccount = `provider: tencent
key: AKIDexample
secret: env:ANQUANDA_TEST_SMS_SECRET
app: "1400006666"
signature: 青山应急
template: "1110"
variables: [code, minutes]
daily: 3000
work: {bits: 12, answers: 8}
refuse: ["170"]
`

func TestTheAccountOfMessagesIsReadWholeOrNotAtAll(t *testing.T) {
	t.Setenv("ANQUANDA_TEST_SMS_SECRET", "a secret")
	read := func(text string) error {
		path := filepath.Join(t.TempDir(), "sms.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, terms, err := readSMS(path, time.Now)
		if err == nil && terms.Daily != 3000 {
			t.Errorf("the budget is %d", terms.Daily)
		}
		return err
	}
	if err := read(smsAccount); err != nil {
		t.Error(err)
	}
	asJSON := `{"provider": "aliyun", "key": "k", "secret": "s", "signature": "x", "template": "y", "daily": 3000}`
	if err := read(asJSON); err != nil {
		t.Errorf("as JSON: %v", err)
	}
	for from, of := range map[string]struct{ to, want string }{
		"daily: 3000":                {"", "daily: say how many"},
		"provider: tencent":          {"provider: carrier", `provider: "carrier" is none of`},
		"ANQUANDA_TEST_SMS_SECRET":   {"ANQUANDA_TEST_NONE", "the environment has no ANQUANDA_TEST_NONE"},
		"signature: 青山应急":            {"signature: 【青山应急】", "without 【】"},
		"app: \"1400006666\"":        {"", "app is missing"},
		"work: {bits: 12":            {"work: {bits: 40", "bits are 1 to 20"},
		"template: \"1110\"":         {"templat: 1", "line 6: field templat not found"},
		"variables: [code, minutes]": {"variables: [minutes]", "variables: code is missing"},
	} {
		err := read(strings.Replace(smsAccount, from, of.to, 1))
		if err == nil || !strings.Contains(err.Error(), of.want) {
			t.Errorf("without %q: %v, not %q", from, err, of.want)
		}
	}
	if _, err := New(t.Context(), Config{Data: t.TempDir(), SMS: filepath.Join(t.TempDir(), "none.yaml")}); err == nil ||
		!strings.Contains(err.Error(), "--sms") {
		t.Errorf("no file: %v", err)
	}
}
