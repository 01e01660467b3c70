package sms_test

import (
	"context"
	"errors"
	"net"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/sms"
	"anquanda/internal/testkit"
)

var providers = []string{sms.Aliyun, sms.Tencent, sms.Huawei, sms.HTTP}

var message = sms.Message{Phone: "13800001111", Code: "042617", Minutes: 5, Reference: "7231"}

func sender(t *testing.T, c sms.Config) sms.Sender {
	t.Helper()
	s, err := sms.New(c, os.Getenv, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// each runs a test against the stand-in of every provider.
func each(t *testing.T, test func(t *testing.T, provider string, stand *testkit.SMS, s sms.Sender)) {
	for _, provider := range providers {
		t.Run(provider, func(t *testing.T) {
			stand := testkit.StartSMS(t)
			test(t, provider, stand, sender(t, stand.Account(provider)))
			for _, wrong := range stand.Refused() {
				t.Errorf("the provider does not take the call: %s", wrong)
			}
		})
	}
}

func TestEveryProviderTakesWhatItIsSent(t *testing.T) {
	each(t, func(t *testing.T, _ string, stand *testkit.SMS, s sms.Sender) {
		number, err := s.Send(t.Context(), message)
		if err != nil || number == "" {
			t.Fatalf("it gets %q, %v", number, err)
		}
		if got := stand.Messages(); !slices.Equal(got, []testkit.SentSMS{{Phone: "13800001111", Code: "042617"}}) {
			t.Errorf("phones got %v", got)
		}
	})
}

func TestACallThatIsNotSignedWithTheSecretIsRefused(t *testing.T) {
	for _, provider := range providers {
		t.Run(provider, func(t *testing.T) {
			stand := testkit.StartSMS(t)
			c := stand.Account(provider)
			c.Secret = "another secret"
			_, err := sender(t, c).Send(t.Context(), message)
			var failed *sms.Error
			if !errors.As(err, &failed) || failed.Reason != sms.Setup || !failed.ForStaff() {
				t.Errorf("it gets %v", err)
			}
			if len(stand.Refused()) != 1 || len(stand.Messages()) != 0 {
				t.Errorf("the provider refused %v and sent %v", stand.Refused(), stand.Messages())
			}
		})
	}
}

func TestAWrongClockIsForStaff(t *testing.T) {
	stand := testkit.StartSMS(t)
	stand.Now = func() time.Time { return time.Now().Add(time.Hour) }
	for _, provider := range providers {
		_, err := sender(t, stand.Account(provider)).Send(t.Context(), message)
		var failed *sms.Error
		if !errors.As(err, &failed) || failed.Reason != sms.Setup {
			t.Errorf("%s gets %v", provider, err)
		}
	}
}

// TestEachDocumentedRefusalHasItsReason takes the codes of the providers' pages.
func TestEachDocumentedRefusalHasItsReason(t *testing.T) {
	for provider, codes := range map[string]map[string]sms.Reason{
		sms.Aliyun: {
			"isv.BUSINESS_LIMIT_CONTROL": sms.Limited, "isv.MOBILE_NUMBER_ILLEGAL": sms.Number,
			"isv.SMS_SIGNATURE_ILLEGAL": sms.Setup, "isv.SMS_TEMPLATE_ILLEGAL": sms.Setup,
			"isv.SMS_SIGNATURE_SCENE_ILLEGAL": sms.Setup, "isv.TEMPLATE_MISSING_PARAMETERS": sms.Setup,
			"isp.RAM_PERMISSION_DENY": sms.Setup, "isv.DENY_IP_RANGE": sms.Setup, "isv.ACCOUNT_ABNORMAL": sms.Setup,
			"isv.AMOUNT_NOT_ENOUGH": sms.Balance, "isv.OUT_OF_SERVICE": sms.Balance, "isv.DAY_LIMIT_CONTROL": sms.Quota,
			"isp.SYSTEM_ERROR": sms.Busy, "Throttling.User": sms.Busy, "a.NEW_ONE": sms.Setup,
		},
		sms.Tencent: {
			"LimitExceeded.PhoneNumberThirtySecondLimit": sms.Limited, "LimitExceeded.PhoneNumberOneHourLimit": sms.Limited,
			"LimitExceeded.PhoneNumberDailyLimit": sms.Limited, "InvalidParameterValue.IncorrectPhoneNumber": sms.Number,
			"FailedOperation.PhoneNumberInBlacklist":         sms.Number,
			"FailedOperation.SignatureIncorrectOrUnapproved": sms.Setup,
			"FailedOperation.TemplateIncorrectOrUnapproved":  sms.Setup, "AuthFailure.SecretIdNotFound": sms.Setup,
			"AuthFailure.SignatureExpire": sms.Setup, "UnauthorizedOperation.SmsSdkAppIdVerifyFail": sms.Setup,
			"FailedOperation.InsufficientBalanceInSmsPackage":  sms.Balance,
			"UnauthorizedOperation.SerivceSuspendDueToArrears": sms.Balance,
			"LimitExceeded.AppDailyLimit":                      sms.Quota, "InternalError.Timeout": sms.Unsure,
			"RequestLimitExceeded": sms.Busy,
		},
		sms.Huawei: {
			"E000101": sms.Setup, "E000104": sms.Setup, "E000110": sms.Setup, "E000620": sms.Setup, "E000112": sms.Balance,
			"E000623": sms.Quota, "E200030": sms.Setup, "E200028": sms.Setup, "E200015": sms.Busy, "E200041": sms.Limited,
			"E200024": sms.Number, "E000000": sms.Unsure,
		},
		sms.HTTP: {
			"limited": sms.Limited, "number": sms.Number, "setup": sms.Setup, "balance": sms.Balance, "quota": sms.Quota,
			"busy": sms.Busy, "something else": sms.Unsure,
		},
	} {
		stand := testkit.StartSMS(t)
		s := sender(t, stand.Account(provider))
		for code, want := range codes {
			stand.Next(testkit.SMSTrouble(code))
			_, err := s.Send(t.Context(), message)
			var failed *sms.Error
			if !errors.As(err, &failed) || failed.Reason != want || failed.Provider != provider {
				t.Errorf("%s, %s: it is %v, not %s", provider, code, err, want)
			}
		}
		if len(stand.Messages()) != 0 {
			t.Errorf("%s: phones got %v", provider, stand.Messages())
		}
	}
}

func TestWhereNobodyKnowsWhetherItWentOutNothingIsSentAgain(t *testing.T) {
	each(t, func(t *testing.T, _ string, stand *testkit.SMS, s sms.Sender) {
		for _, trouble := range []testkit.SMSTrouble{testkit.SMSLost, testkit.SMSDown, testkit.SMSMoved} {
			before := stand.Calls()
			stand.Next(trouble)
			_, err := s.Send(t.Context(), message)
			var failed *sms.Error
			if !errors.As(err, &failed) || failed.Reason != sms.Unsure || !failed.MaybeSent() || failed.Again() {
				t.Errorf("%s: it gets %v", trouble, err)
			}
			if calls := stand.Calls() - before; calls != 1 {
				t.Errorf("%s: %d calls were made", trouble, calls)
			}
		}
		if len(stand.Messages()) != 1 {
			t.Errorf("phones got %v", stand.Messages())
		}
	})
}

func TestAPhoneThatHangsUpDoesNotEndTheCall(t *testing.T) {
	each(t, func(t *testing.T, _ string, stand *testkit.SMS, s sms.Sender) {
		ctx, hangUp := context.WithCancel(t.Context())
		hangUp()
		if _, err := s.Send(ctx, message); err != nil || len(stand.Messages()) != 1 {
			t.Errorf("it gets %v, phones got %v", err, stand.Messages())
		}
	})
}

func TestAProviderThatCannotBeReachedHasSentNothing(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	stand := testkit.StartSMS(t)
	for _, provider := range providers {
		c := stand.Account(provider)
		c.Address = "http://" + closed.Addr().String()
		_, err := sender(t, c).Send(t.Context(), message)
		var failed *sms.Error
		if !errors.As(err, &failed) || failed.Reason != sms.Busy || !failed.Again() {
			t.Errorf("%s gets %v", provider, err)
		}
		if strings.Contains(err.Error(), message.Phone) || strings.Contains(err.Error(), message.Code) {
			t.Errorf("%s: the error tells %q", provider, err)
		}
	}
}

func TestAnAccountIsReadWholeOrNotAtAll(t *testing.T) {
	stand := testkit.StartSMS(t)
	for name, of := range map[string]struct {
		change func(*sms.Config)
		want   string // empty: it is taken
	}{
		"as it is":       {func(*sms.Config) {}, ""},
		"own address":    {func(c *sms.Config) { c.Address = "" }, ""},
		"from the world": {func(c *sms.Config) { c.Secret = "env:SMS_SECRET" }, ""},
		"two variables":  {func(c *sms.Config) { c.Variables = []string{"min=minutes", "captcha=code"} }, ""},
		"no provider": {func(c *sms.Config) { c.Provider = "" },
			`provider: "" is none of aliyun, tencent, huawei, http`},
		"no key":           {func(c *sms.Config) { c.Key = "" }, "key is missing"},
		"no secret":        {func(c *sms.Config) { c.Secret = "" }, "secret is missing"},
		"not in the world": {func(c *sms.Config) { c.Secret = "env:NOWHERE" }, "secret: the environment has no NOWHERE"},
		"no signature":     {func(c *sms.Config) { c.Signature = "" }, "signature is missing"},
		"no template":      {func(c *sms.Config) { c.Template = "" }, "template is missing"},
		"no app":           {func(c *sms.Config) { c.Provider = sms.Tencent }, "app is missing"},
		"no sender":        {func(c *sms.Config) { c.Provider = sms.Huawei }, "sender is missing"},
		"no gateway":       {func(c *sms.Config) { c.Provider, c.Address = sms.HTTP, "" }, "address is missing"},
		"no TLS": {func(c *sms.Config) { c.Address = "http://sms.example.org" },
			`address: "http://sms.example.org" is not of the form https://host`},
		"a path": {func(c *sms.Config) { c.Address = "https://sms.example.org/send" },
			`address: "https://sms.example.org/send" has a path; leave it out`},
		"brackets": {func(c *sms.Config) { c.Signature = "【青山应急】" }, "signature: write it without 【】"},
		"a strange word": {func(c *sms.Config) { c.Variables = []string{"name"} },
			`variables: "name" is neither code nor minutes, nor NAME=code`},
		"no code": {func(c *sms.Config) { c.Variables = []string{"minutes"} }, "variables: code is missing"},
	} {
		c := stand.Account(sms.Aliyun)
		of.change(&c)
		env := func(name string) string { return map[string]string{"SMS_SECRET": "from outside"}[name] }
		_, err := sms.New(c, env, time.Now)
		if got := errText(err); got != of.want {
			t.Errorf("%s: %q, not %q", name, got, of.want)
		}
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
