package phone_test

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/identity/signin/phone"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// TestWhatAProviderRefusesIsToldAndSendsNothing goes through the reasons: what the person
// is told, and how long nothing is tried.
func TestWhatAProviderRefusesIsToldAndSendsNothing(t *testing.T) {
	for code, of := range map[string]struct {
		told   string
		paused bool // others, too, are refused for a while
		staff  string
	}{
		"FailedOperation.SignatureIncorrectOrUnapproved":  {"sms_trouble", true, "实名报备"},
		"FailedOperation.InsufficientBalanceInSmsPackage": {"sms_trouble", true, "充值"},
		"LimitExceeded.AppDailyLimit":                     {"sms_trouble", true, "日发送量"},
		"InvalidParameterValue.IncorrectPhoneNumber":      {"invalid_field", false, ""},
		"LimitExceeded.PhoneNumberOneHourLimit":           {"sms_wait", false, ""},
	} {
		t.Run(code, func(t *testing.T) {
			h := open(t, testkit.Embedded(t), generous, 1)
			h.stand.Next(testkit.SMSTrouble(code))
			r := h.request(0, zhang)
			for range 2 { // pressed twice, it is told alike
				_, err := h.nodes[0].Ask(t.Context(), h.d, inContest, r)
				refuse(t, err, of.told)
			}
			if h.stand.Calls() != 1 {
				t.Errorf("%d calls were made", h.stand.Calls())
			}
			_, err := h.prove(0, zhang, "123456")
			refuse(t, err, "code_none")
			desk, err := h.nodes[0].Desk(t.Context())
			if err != nil || desk.Failed != 1 || desk.Used != 1 || (desk.Trouble != nil) != of.paused {
				t.Fatalf("the desk shows %+v, %v", desk, err)
			}
			if of.paused && (desk.Trouble.Code != code || !strings.Contains(desk.Trouble.Look(), of.staff)) {
				t.Errorf("staff look at %+v %q", desk.Trouble, desk.Trouble.Look())
			}
			if _, err = h.ask(0, wang); (errs.From(err).Code == "sms_trouble") != of.paused {
				t.Errorf("somebody else gets %v", err)
			}
			h.later(time.Minute)
			h.code(0, wang)
			if desk, err := h.nodes[0].Desk(t.Context()); err != nil || desk.Trouble != nil {
				t.Errorf("after a message went out the desk shows %+v, %v", desk, err)
			}
		})
	}
}

func TestWhereNobodyKnowsTheCodeStaysGoodAndNoSecondMessageGoesOut(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		h := open(t, s, generous, 1)
		h.stand.Next(testkit.SMSLost)
		r := h.request(0, zhang)
		for range 2 {
			sent, err := h.nodes[0].Ask(t.Context(), h.d, inContest, r)
			if err != nil || sent.State != phone.StateUnsure {
				t.Errorf("a lost reply gets %+v, %v", sent, err)
			}
		}
		if _, err := h.prove(0, zhang, h.stand.CodeOf(zhang)); err != nil || h.stand.Calls() != 1 {
			t.Errorf("proving gets %v after %d calls", err, h.stand.Calls())
		}
	})
}

func TestABusyProviderIsAskedOnceMore(t *testing.T) {
	h := open(t, testkit.Embedded(t), generous, 1)
	h.stand.Next("RequestLimitExceeded", "")
	h.code(0, zhang)
	h.stand.Next("RequestLimitExceeded", "RequestLimitExceeded")
	_, err := h.ask(0, wang)
	refuse(t, err, "sms_trouble")
	if h.stand.Calls() != 4 {
		t.Errorf("%d calls were made", h.stand.Calls())
	}
}

func TestAProviderThatDeliversTwiceProvesOnce(t *testing.T) {
	h := open(t, testkit.Embedded(t), generous, 1)
	h.stand.Next(testkit.SMSTwice)
	code := h.code(0, zhang)
	if _, err := h.prove(0, zhang, code); err != nil || len(h.stand.Messages()) != 2 {
		t.Errorf("proving gets %v, phones got %v", err, h.stand.Messages())
	}
	_, err := h.nodes[0].Prove(t.Context(), h.d, inContest, phone.Answer{Phone: zhang, Code: code, Device: "another"})
	refuse(t, err, "code_used")
}

func TestWhileAProviderThinksPressingAgainSendsNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		h := open(t, s, generous, 2)
		release := h.stand.Hold()
		defer release()
		r := h.request(0, zhang)
		first := make(chan error, 1)
		go func() {
			_, err := h.nodes[0].Ask(t.Context(), h.d, inContest, r)
			first <- err
		}()
		for h.stand.Calls() == 0 {
			time.Sleep(time.Millisecond)
		}
		if sent, err := h.nodes[1].Ask(t.Context(), h.d, inContest, r); err != nil || sent.State != phone.StateUnsure {
			t.Errorf("pressing again gets %+v, %v", sent, err)
		}
		release()
		if err := <-first; err != nil || h.stand.Calls() != 1 {
			t.Errorf("the first press gets %v after %d calls", err, h.stand.Calls())
		}
	})
}

func TestTheBudgetOfADayIsNeverPassed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		terms := generous
		terms.Daily, terms.NetworkHour, terms.NetworkDay = 20, 10_000, 10_000
		h := open(t, s, terms, 3)
		var sent, refused atomic.Int64
		atOnce(90, func(i int) {
			_, err := h.ask(i%3, fmt.Sprintf("139%08d", i))
			switch {
			case err == nil:
				sent.Add(1)
			case errors.Is(err, phone.ErrBudget):
				refused.Add(1)
			default:
				t.Error(err)
			}
		})
		if n := len(h.stand.Messages()); n != 20 || sent.Load() != 20 || refused.Load() != 70 {
			t.Errorf("%d messages went out, %d were promised, %d refused", n, sent.Load(), refused.Load())
		}
		if desk, err := h.nodes[2].Desk(t.Context()); err != nil || !desk.Spent() || desk.Used != 20 || desk.Sent != 20 {
			t.Errorf("the desk shows %+v, %v", desk, err)
		}
		// A phone that was refused has lost none of its messages; midnight is that of China.
		h.ms.Store(time.Date(2026, 6, 17, 0, 0, 0, 0, time.FixedZone("", 8*60*60)).UnixMilli())
		h.code(1, "13900000089")
	})
}

func TestANetworkAndABrowserHaveTheirLimits(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		terms := generous
		terms.NetworkHour, terms.NetworkDay, terms.DeviceHour, terms.DeviceDay = 3, 5, 2, 3
		h := open(t, s, terms, 2)
		n := 0
		asks := func(change func(*phone.Request)) error {
			n++
			r := h.request(n%2, fmt.Sprintf("139%08d", n))
			change(&r)
			_, err := h.nodes[n%2].Ask(t.Context(), h.d, inContest, r)
			return err
		}
		many := func(name string, want int, change func(*phone.Request)) {
			t.Helper()
			got := 0
			for range want + 3 {
				if err := asks(change); err == nil {
					got++
				} else {
					refuse(t, err, "sms_crowd")
				}
			}
			if got != want {
				t.Errorf("%s: %d messages, not %d", name, got, want)
			}
		}
		many("a network", 3, func(*phone.Request) {})
		many("another one", 3, func(r *phone.Request) { r.Network = "10.0.1.0/24" })
		many("a place", 30, func(r *phone.Request) { r.Network, r.AtPlace = "10.0.2.0/24", true })
		many("a browser", 2, func(r *phone.Request) { r.Network, r.Device = "", "b" })
		h.later(time.Hour)
		many("a network, the next hour", 2, func(*phone.Request) {})
		many("a browser, the next hour", 1, func(r *phone.Request) { r.Network, r.Device = "", "b" })
	})
}

// TestNoPhoneAndNoCodeIsStored looks through everything that is stored.
func TestNoPhoneAndNoCodeIsStored(t *testing.T) {
	h := open(t, testkit.Embedded(t), generous, 1)
	code := h.code(0, zhang)
	if _, err := h.prove(0, zhang, code); err != nil {
		t.Fatal(err)
	}
	var tables []string
	if err := h.store.DB.Select(t.Context(), &tables, "SELECT name FROM sqlite_master WHERE type = 'table'"); err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, table := range tables {
		var columns []string
		if err := h.store.DB.Select(t.Context(), &columns, "SELECT name FROM pragma_table_info('"+table+"')"); err != nil {
			t.Fatal(err)
		}
		for _, column := range columns {
			var values []string
			err := h.store.DB.Select(t.Context(), &values, "SELECT CAST("+column+" AS TEXT) FROM "+table)
			if err != nil {
				t.Fatal(err)
			}
			for _, value := range values {
				rows++
				if strings.Contains(value, zhang) || value == code {
					t.Errorf("%s.%s holds %q", table, column, value)
				}
			}
		}
	}
	if rows < 30 {
		t.Errorf("only %d values were looked at", rows)
	}
}

func (h *shop) count(table string) (n int) {
	h.t.Helper()
	if err := h.store.DB.Get(h.t.Context(), &n, "SELECT COUNT(*) FROM "+table); err != nil {
		h.t.Fatal(err)
	}
	return n
}

func TestWhatIsKeptGoesInItsTime(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		h := open(t, s, generous, 1)
		proven, err := h.prove(0, zhang, h.code(0, zhang))
		if err != nil {
			t.Fatal(err)
		}
		var version string
		err = s.DB.Get(t.Context(), &version, `SELECT consents.version FROM sms_consents JOIN consents
			ON consents.version = sms_consents.version WHERE player_id = ?`, proven.Player)
		if err != nil || version == "" {
			t.Errorf("the text that was agreed to: %q, %v", version, err)
		}
		in := func(work func(tx *sqldb.Tx) error) {
			t.Helper()
			if err := s.DB.InTx(t.Context(), work); err != nil {
				t.Fatal(err)
			}
		}
		in(func(tx *sqldb.Tx) error { return phone.Forget(t.Context(), tx, inContest, proven.Player) })
		if h.count("sms_consents") != 0 {
			t.Error("who left has still agreed")
		}
		h.later(time.Hour)
		if _, err := h.prove(0, zhang, h.code(0, zhang)); err != nil {
			t.Fatal(err)
		}
		if rows, err := phone.Expire(t.Context(), s.DB, inContest); rows != 1 || err != nil || h.count("sms_consents") != 0 {
			t.Errorf("at the end of the retention %d rows go, %v", rows, err)
		}
		h.later(time.Hour)
		code := h.code(0, zhang)
		in(func(tx *sqldb.Tx) error { return phone.Wipe(t.Context(), tx, inContest) })
		_, err = h.prove(0, zhang, code)
		refuse(t, err, "code_none")
		if _, err := h.ask(0, zhang); !errors.Is(err, phone.ErrWait) || h.count("sms_sends") != 0 {
			t.Errorf("the end of a rehearsal frees the phone: %v", err)
		}
		h.code(0, wang)
		for days, want := range []string{"1 2 5", "1 2 5", "0 0 5", "0 0 1"} {
			if err := h.nodes[0].Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(h.count("sms_sends"), h.count("sms_phones"), h.count("sms_counts")); got != want {
				t.Errorf("after %d days %s are left, not %s", days, got, want)
			}
			h.later(24*time.Hour + time.Minute)
		}
		h.later(100 * 24 * time.Hour)
		if err := h.nodes[0].Sweep(t.Context()); err != nil || h.count("sms_counts") != 0 {
			t.Errorf("after 100 days %d counts are left, %v", h.count("sms_counts"), err)
		}
	})
}
