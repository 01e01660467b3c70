package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

const certifyingContest = `
contest: school
title: 安全学校
organizer: 县应急管理局
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
bank: safety
levels: [{key: only, title: 一题, questions: [{count: 1, kinds: [single]}], pass: 1, attempts: {max: 9}}]
certificates:
  - {key: done, title: 安全员证书, text: 通过安全考核，特发此证。, who: {passed: [only]}}
  - {key: many, title: 勤学证书, text: 完成三次，特发此证。, who: {finished: 3}}
`

type heldCertificate struct {
	Key, Title, Text, Number, Code, Name, Named, Contest, Organizer, Score string
	EarnedAt                                                               int64 `json:"earned_at"`
}

// certificatesOf are those that a player's page shows.
func (h *house) certificatesOf(p *testkit.Player) []heldCertificate {
	h.t.Helper()
	var home struct {
		Me struct{ Certificates []heldCertificate }
	}
	if err := p.Call(http.MethodGet, p.InContest(""), nil, &home); err != nil {
		h.t.Fatal(err)
	}
	return home.Me.Certificates
}

// passes lets a player pass the only level.
func (h *house) passes(p *testkit.Player) {
	h.t.Helper()
	step, err := p.Start("only")
	if err == nil {
		step, err = p.Send(step.Ticket, p.Answer(step.Question, true))
	}
	if err != nil || step.Result == nil || !step.Result.Passed {
		h.t.Fatalf("passing gives %+v, %v", step, err)
	}
}

// redefine changes the contest as the console does.
func (h *house) redefine(definition string) {
	h.t.Helper()
	if _, err := h.app.Catalog.Apply(h.t.Context(), "school.yaml", []byte(definition), "改"); err != nil {
		h.t.Fatal(err)
	}
}

func TestACertificateStaysWhatItWasWhateverBecomesOfTheDefinitionAndTheNickname(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		h.redefine(certifyingContest)
		p := h.enrolled("school")
		h.passes(p)
		// Nobody has looked at it yet: it was earned all the same.
		changed := strings.NewReplacer("安全员证书", "参与奖状", "通过安全考核，特发此证。", "谢谢参与。", "安全学校", "另一个活动",
			"县应急管理局", "别家").Replace(certifyingContest)
		h.redefine(changed)
		held := h.certificatesOf(p)
		if len(held) != 1 || held[0].Title != "安全员证书" || held[0].Text != "通过安全考核，特发此证。" ||
			held[0].Contest != "安全学校" || held[0].Organizer != "县应急管理局" || held[0].Number == "" || held[0].EarnedAt == 0 {
			t.Fatalf("after the definition changed the player holds %+v", held)
		}
		name := held[0].Name
		if err := p.Call(http.MethodPost, p.InContest("/enrolment"), map[string]any{"nickname": "新名字"}, nil); err != nil {
			t.Fatal(err)
		}
		if again := h.certificatesOf(p); name == "" || name == "新名字" || len(again) != 1 || again[0] != held[0] {
			t.Errorf("after another nickname %q holds %+v", name, again)
		}
		h.redefine(changed[:strings.Index(changed, "certificates:")])
		if left := h.certificatesOf(p); len(left) != 1 || left[0] != held[0] {
			t.Errorf("after the definition has none, the player holds %+v", left)
		}
		other := h.enrolled("school")
		h.passes(other)
		if got := h.certificatesOf(other); len(got) != 0 {
			t.Errorf("who passes then holds %+v", got)
		}
	})
}

func TestACertificateAddedLaterIsHeldByThoseWhoEarnedItOnceTheyLook(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		h.redefine(certifyingContest[:strings.Index(certifyingContest, "certificates:")])
		p := h.enrolled("school")
		h.passes(p)
		if got := h.certificatesOf(p); len(got) != 0 {
			t.Fatalf("without certificates the player holds %+v", got)
		}
		h.redefine(certifyingContest)
		first := h.certificatesOf(p)
		if len(first) != 1 || first[0].Key != "done" {
			t.Fatalf("then the player holds %+v", first)
		}
		h.passes(p)
		h.passes(p)
		both := h.certificatesOf(p)
		if len(both) != 2 || both[0] != first[0] || both[1].Key != "many" || both[1].Number == both[0].Number {
			t.Errorf("after three attempts the player holds %+v", both)
		}
		if err := p.Call(http.MethodDelete, p.InContest("/enrolment"), nil, nil); err != nil {
			t.Fatal(err)
		}
		var left int
		if err := h.app.DB.Get(t.Context(), &left, "SELECT COUNT(*) FROM certificates"); err != nil || left != 0 {
			t.Errorf("of who left %d certificates are kept, %v", left, err)
		}
	})
}

// plays answers the only level, of two questions, with so many right answers.
func (h *house) plays(p *testkit.Player, right int) {
	h.t.Helper()
	step, err := p.Start("only")
	for n := 0; err == nil && step.Question != nil; n++ {
		step, err = p.Send(step.Ticket, p.Answer(step.Question, n < right))
	}
	if err != nil || step.Result == nil {
		h.t.Fatalf("answering gives %+v, %v", step, err)
	}
}

var gradedContest = strings.Replace(certifyingContest[:strings.Index(certifyingContest, "certificates:")],
	"count: 1", "count: 2", 1) + `
certificates:
  - {key: best, title: 优秀证书, text: 全部答对。, grade: g, score: true, who: {best: {level: only, share: 100}}}
  - {key: good, title: 合格证书, text: 考核合格。, grade: g, score: true, who: {best: {level: only, right: 1}}}
`

func TestOfAGradeOnlyTheBestCertificateStandsWithItsOwnNumberAndScore(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		h.redefine(gradedContest)
		p := h.enrolled("school")
		h.plays(p, 0)
		if held := h.certificatesOf(p); len(held) != 0 {
			t.Fatalf("without a right answer the player holds %+v", held)
		}
		h.plays(p, 1)
		lesser := h.certificatesOf(p)
		if len(lesser) != 1 || lesser[0].Key != "good" || lesser[0].Score != "10" {
			t.Fatalf("with one right answer the player holds %+v", lesser)
		}
		h.plays(p, 2)
		best := h.certificatesOf(p)
		if len(best) != 1 || best[0].Key != "best" || best[0].Score != "20" || best[0].Number == lesser[0].Number {
			t.Fatalf("with two right answers the player holds %+v", best)
		}
		h.plays(p, 1)
		if again := h.certificatesOf(p); len(again) != 1 || again[0] != best[0] {
			t.Errorf("after a worse attempt the player holds %+v", again)
		}
		// The grade that was best is gone from the definition: what is held stays.
		h.redefine(strings.Replace(gradedContest, "key: best", "key: other", 1))
		if again := h.certificatesOf(p); len(again) != 1 || again[0] != best[0] {
			t.Errorf("after the definition changed the player holds %+v", again)
		}
		var all struct {
			Certificates []struct {
				Title, Number, Score string
				ReplacedAt           string `json:"replaced_at"`
			}
		}
		if err := p.Call(http.MethodGet, p.InContest("/personal/export"), nil, &all); err != nil {
			t.Fatal(err)
		}
		if c := all.Certificates; len(c) != 2 || c[0].Number != lesser[0].Number || c[0].ReplacedAt == "" ||
			c[1].ReplacedAt != "" || c[1].Score != "20" {
			t.Errorf("what is held of the player lists %+v", c)
		}
		err := h.app.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
			_, err := tx.Exec(t.Context(), "UPDATE certificates SET grade_of = 'g' WHERE cert_key = 'good'")
			return err
		})
		if !sqldb.IsDuplicate(err) {
			t.Errorf("two of a grade stand: %v", err)
		}
	})
}
