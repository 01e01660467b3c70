package phone_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/identity/signin/phone"
	"anquanda/internal/keyring"
	"anquanda/internal/puzzle"
	"anquanda/internal/sms"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

const proving = `contest: proving
title: 安全知识闯关
organizer: 县应急管理局
bank: safety
window: {opens: 2026-06-01 08:00, closes: 2026-06-30 22:00}
players: {proof: [phone]}
levels:
  - {key: first, title: 第一关, questions: [{count: 3}], pass: 2}
`

const (
	inContest = sqldb.ID(1)
	zhang     = "13800001111"
	wang      = "13900002222"
)

// shop is an installation of nodes over one store, with a provider and a clock.
type shop struct {
	t       *testing.T
	store   *testkit.Store
	d       *contest.Definition
	stand   *testkit.SMS
	nodes   []*phone.Service
	players *identity.Players
	ms      atomic.Int64
}

var generous = phone.Terms{Daily: 1000, Work: puzzle.Effort{Bits: 1, Answers: 1}}

func open(t *testing.T, s *testkit.Store, terms phone.Terms, nodes int) *shop {
	t.Helper()
	s.Migrate(sqldb.Migrations(), identity.Migrations(), phone.Migrations())
	h := &shop{t: t, store: s, stand: testkit.StartSMS(t)}
	h.ms.Store(time.Date(2026, 6, 16, 9, 0, 0, 0, time.FixedZone("", 8*60*60)).UnixMilli())
	h.stand.Now = h.now
	var err error
	if h.d, err = contest.Parse("test.yaml", []byte(proving)); err != nil {
		t.Fatal(err)
	}
	if err := terms.Check(); err != nil {
		t.Fatal(err)
	}
	vault := personal.NewVault(keyring.Only(bytes.Repeat([]byte{1}, 32)), keyring.Only(bytes.Repeat([]byte{'h'}, 32)))
	for range nodes {
		db := s.Open()
		ids, err := sqldb.NewIDs(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		h.players = identity.NewPlayers(db, ids, vault, h.now)
		sender, err := sms.New(h.stand.Account(sms.Tencent), os.Getenv, h.now)
		if err != nil {
			t.Fatal(err)
		}
		h.nodes = append(h.nodes, phone.New(db, h.players, sender, terms, keyring.Only(bytes.Repeat([]byte{9}, 32)), h.now))
	}
	return h
}

func (h *shop) now() time.Time { return time.UnixMilli(h.ms.Load()) }

func (h *shop) later(by time.Duration) { h.ms.Add(by.Milliseconds()) }

// request is a request with its work done.
func (h *shop) request(node int, number string) phone.Request {
	h.t.Helper()
	c, _, err := h.nodes[node].Challenge(h.d, inContest, number)
	if err != nil {
		h.t.Fatal(err)
	}
	return phone.Request{Phone: number, Challenge: c.Text, Answer: puzzle.Solve(c), Network: "10.0.0.0/24",
		Consent: personal.ConsentToSMS(h.d).Version}
}

func (h *shop) ask(node int, number string) (phone.Sent, error) {
	h.t.Helper()
	return h.nodes[node].Ask(h.t.Context(), h.d, inContest, h.request(node, number))
}

// code asks for a code and returns what the phone got.
func (h *shop) code(node int, number string) string {
	h.t.Helper()
	if sent, err := h.ask(node, number); err != nil || sent.State != phone.StateSent {
		h.t.Fatalf("asking for a code gets %+v, %v", sent, err)
	}
	return h.stand.CodeOf(number)
}

func (h *shop) prove(node int, number, code string) (identity.Proven, error) {
	return h.nodes[node].Prove(h.t.Context(), h.d, inContest, phone.Answer{Phone: number, Code: code, Device: "a browser"})
}

// refuse wants an error with a code.
func refuse(t *testing.T, err error, code string) {
	t.Helper()
	if got := errs.From(err).Code; err == nil || got != code {
		t.Errorf("it is %v, not %s", err, code)
	}
}

// other is a code that is not the one given.
func other(code string) string {
	if code[0] == '9' {
		return "0" + code[1:]
	}
	return string(code[0]+1) + code[1:]
}

// atOnce calls work n times at once.
func atOnce(n int, work func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { work(i) })
	}
	all.Wait()
}

func TestACodeProvesThePhoneThatGotIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		h := open(t, s, generous, 2)
		sent, err := h.ask(0, "+86 138-0000-1111")
		if err != nil || sent.State != phone.StateSent || sent.NextAt != h.ms.Load()+60_000 ||
			sent.EndsAt != h.ms.Load()+300_000 {
			t.Fatalf("asking gets %+v, %v", sent, err)
		}
		code := h.stand.CodeOf(zhang)
		if len(code) != 6 {
			t.Fatalf("the phone got %v", h.stand.Messages())
		}
		// Typed on another node, as people type it.
		proven, err := h.prove(1, zhang, " "+code[:3]+" "+code[3:])
		if err != nil || proven.Outcome != identity.OutcomeNew || proven.Player == 0 {
			t.Fatalf("proving gets %+v, %v", proven, err)
		}
		value, err := h.players.ProofValue(t.Context(), inContest, proven.Player, contest.ProofPhone)
		if value != zhang || err != nil {
			t.Errorf("kept is %q, %v", value, err)
		}
		// The same person later, on another phone.
		h.later(time.Hour)
		again, err := h.prove(0, zhang, h.code(1, zhang))
		if err != nil || again.Player != proven.Player {
			t.Errorf("later the person is %+v, %v", again, err)
		}
	})
}

func TestPressingTwiceSendsOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		h := open(t, s, generous, 2)
		r := h.request(0, zhang)
		atOnce(6, func(i int) {
			sent, err := h.nodes[i%2].Ask(t.Context(), h.d, inContest, r)
			if err != nil || sent.NextAt != h.ms.Load()+60_000 {
				t.Errorf("one of the presses gets %+v, %v", sent, err)
			}
		})
		if got := h.stand.Messages(); len(got) != 1 {
			t.Errorf("the phone got %v", got)
		}
	})
}

func TestManyWhoAskForOnePhoneAtOnceGetOneMessage(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		h := open(t, s, generous, 2)
		var waits atomic.Int64
		atOnce(12, func(i int) {
			if _, err := h.ask(i%2, zhang); errors.Is(err, phone.ErrWait) {
				waits.Add(1)
			} else if err != nil {
				t.Error(err)
			}
		})
		if n := len(h.stand.Messages()); n != 1 || waits.Load() != 11 {
			t.Errorf("%d messages went out, %d were told to wait", n, waits.Load())
		}
	})
}

func TestAPhoneGetsOneAMinuteFiveAnHourTenADay(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		h := open(t, s, generous, 2)
		got := 0
		for range 24 * 12 { // every five minutes for a day, on one node and the other
			if _, err := h.ask(got%2, zhang); err == nil {
				got++
			} else {
				refuse(t, err, "sms_wait")
			}
			if got == 1 {
				h.later(59 * time.Second)
				_, err := h.ask(1, zhang)
				refuse(t, err, "sms_wait")
				if !strings.Contains(errs.From(err).Message, "1 秒") {
					t.Errorf("the person reads %q", errs.From(err).Message)
				}
			}
			h.later(5 * time.Minute)
			if got == 5 && h.now().Before(time.Date(2026, 6, 16, 1, 50, 0, 0, time.UTC)) {
				_, err := h.ask(0, zhang)
				refuse(t, err, "sms_wait")
			}
		}
		if got != 10 {
			t.Errorf("in a day the phone got %d", got)
		}
		h.later(time.Hour)
		h.code(0, zhang)
	})
}

func TestAClockThatIsPutBackSendsNothingMore(t *testing.T) {
	h := open(t, testkit.Embedded(t), generous, 1)
	code := h.code(0, zhang)
	h.later(-30 * time.Minute)
	_, err := h.ask(0, zhang)
	refuse(t, err, "sms_wait")
	h.later(30*time.Minute + phone.Lasts)
	_, err = h.prove(0, zhang, code)
	refuse(t, err, "code_old")
}

func TestGuessingAtOnceGetsNoMoreThanFiveTries(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		h := open(t, s, generous, 2)
		code := h.code(0, zhang)
		var wrong, spent atomic.Int64
		atOnce(30, func(i int) {
			_, err := h.prove(i%2, zhang, other(code))
			switch errs.From(err).Code {
			case "code_wrong":
				wrong.Add(1)
			case "code_spent":
				spent.Add(1)
			default:
				t.Errorf("a guess gets %v", err)
			}
		})
		if wrong.Load() != phone.MaxTries-1 || spent.Load() != 30-phone.MaxTries+1 {
			t.Errorf("%d were told to try again, %d that it is over", wrong.Load(), spent.Load())
		}
		_, err := h.prove(0, zhang, code) // right, and too late
		refuse(t, err, "code_spent")
	})
}

func TestEachWrongCodeTellsWhatToDo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		h := open(t, s, generous, 1)
		_, err := h.prove(0, zhang, "123456")
		refuse(t, err, "code_none")
		code := h.code(0, zhang)
		_, err = h.prove(0, wang, code)
		refuse(t, err, "code_none")
		_, err = h.nodes[0].Prove(t.Context(), h.d, 2, phone.Answer{Phone: zhang, Code: code})
		refuse(t, err, "code_none")
		for _, typed := range []string{"", "12345", "1234567", "12345a", strings.Repeat("1", 100)} {
			_, err = h.prove(0, zhang, typed)
			if e := errs.From(err); e.Field != "code" || e.Code != "invalid_field" {
				t.Errorf("%q gets %v", typed, err)
			}
		}
		for left := 4; left >= 1; left-- {
			_, err = h.prove(0, zhang, other(code))
			if e := errs.From(err); e.Code != "code_wrong" || e.Message != fmt.Sprintf("验证码不对，还可以试 %d 次", left) {
				t.Errorf("with %d left it is %v %q", left, err, e.Message)
			}
		}
		// The newest code counts alone.
		h.later(time.Minute)
		newest := h.code(0, zhang)
		if newest != code {
			_, err = h.prove(0, zhang, code)
			refuse(t, err, "code_wrong")
		}
		if _, err = h.prove(0, zhang, newest); err != nil {
			t.Error(err)
		}
		h.later(phone.Lasts)
		_, err = h.prove(0, zhang, newest)
		refuse(t, err, "code_old")
	})
}

func TestACodeProvesOnceAndTheSameBrowserMayPressTwice(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s *testkit.Store) {
		h := open(t, s, generous, 2)
		code := h.code(0, zhang)
		var players sync.Map
		atOnce(3, func(i int) {
			proven, err := h.prove(i%2, zhang, code)
			if err != nil {
				t.Errorf("one of the presses gets %v", err)
			}
			players.Store(proven.Player, true)
		})
		n := 0
		players.Range(func(any, any) bool { n++; return true })
		if n != 1 {
			t.Errorf("%d players came of it", n)
		}
		_, err := h.nodes[1].Prove(t.Context(), h.d, inContest, phone.Answer{Phone: zhang, Code: code,
			Device: "another browser"})
		refuse(t, err, "code_used")
		_, err = h.nodes[1].Prove(t.Context(), h.d, inContest, phone.Answer{Phone: zhang, Code: code})
		refuse(t, err, "code_used")
	})
}

func TestOnlyWhoHasWorkedAndAgreedIsSentACode(t *testing.T) {
	h := open(t, testkit.Embedded(t), generous, 1)
	for name, of := range map[string]struct {
		change func(*phone.Request)
		code   string
	}{
		"no work":              {func(r *phone.Request) { r.Answer = "" }, "work_again"},
		"no challenge":         {func(r *phone.Request) { r.Challenge = "" }, "work_again"},
		"another phone's work": {func(r *phone.Request) { r.Phone = wang }, "work_again"},
		"no consent":           {func(r *phone.Request) { r.Consent = "" }, "invalid_field"},
		"another text":         {func(r *phone.Request) { r.Consent = "0123456789abcdef" }, "consent_outdated"},
		"no number":            {func(r *phone.Request) { r.Phone = "" }, "invalid_field"},
	} {
		r := h.request(0, zhang)
		of.change(&r)
		if _, err := h.nodes[0].Ask(t.Context(), h.d, inContest, r); errs.From(err).Code != of.code {
			t.Errorf("%s gets %v", name, err)
		}
	}
	r := h.request(0, zhang)
	if _, err := h.nodes[0].Ask(t.Context(), h.d, 2, r); !errors.Is(err, phone.ErrWork) {
		t.Errorf("the work for another contest gets %v", err)
	}
	h.later(11 * time.Minute)
	if _, err := h.nodes[0].Ask(t.Context(), h.d, inContest, r); !errors.Is(err, phone.ErrWork) {
		t.Errorf("the work of long ago gets %v", err)
	}
	h.d.Players.Proof = nil
	if _, err := h.nodes[0].Ask(t.Context(), h.d, inContest, r); !errors.Is(err, phone.ErrOff) {
		t.Errorf("a contest that proves nobody gets %v", err)
	}
	if got := h.stand.Messages(); len(got) != 0 {
		t.Errorf("phones got %v", got)
	}
}
