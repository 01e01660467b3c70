package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"anquanda/internal/certificate"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

var realNameContest = strings.NewReplacer("bank: safety\n", `bank: safety
players:
  fields: [{key: who, label: 姓名, kind: name, ask: optional, when: start, why: 制作证书}]
`, "who: {passed: [only]}", "name: real, who: {passed: [only]}",
	"  - {key: many, title: 勤学证书, text: 完成三次，特发此证。, who: {finished: 3}}\n", "").Replace(certifyingContest)

// tells lets a player of the school tell the real name.
func (h *house) tells(p *testkit.Player, name string) {
	h.t.Helper()
	var seen asked
	if err := p.Call(http.MethodGet, p.InContest(""), nil, &seen); err != nil {
		h.t.Fatal(err)
	}
	if consent := seen.Contest.Asks.Consent; !strings.Contains(consent.Text, "会印在证书上") {
		h.t.Errorf("the player agrees to %s", consent.Text)
	}
	err := p.Call(http.MethodPost, p.InContest("/enrolment"), map[string]any{"nickname": "青禾小李",
		"consent": seen.Contest.Asks.Consent.Version, "fields": map[string]string{"who": name}}, nil)
	if err != nil {
		h.t.Fatal(err)
	}
}

// bears holds what the player and a stranger see as the name on the only certificate.
func (h *house) bears(p *testkit.Player, naming certificate.Naming, own, others string) heldCertificate {
	h.t.Helper()
	held := h.certificatesOf(p)
	if len(held) != 1 || held[0].Name != own || held[0].Named != string(naming) {
		h.t.Fatalf("the player holds %+v, want %q (%s)", held, own, naming)
	}
	seen, err := h.checked(held[0].Number, held[0].Code)
	if err != nil || seen.Name != others || seen.Named != string(naming) || seen.State != "stands" {
		h.t.Errorf("a stranger learns %+v, %v, want %q (%s)", seen, err, others, naming)
	}
	return held[0]
}

func TestTheRealNameOnACertificateIsTheFirstOneToldAndOthersSeeItMasked(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		h.redefine(realNameContest)
		p := h.enrolled("school")
		h.passes(p)
		waits := h.bears(p, certificate.Waiting, "", "")
		h.tells(p, "王小明")
		if held := h.bears(p, certificate.Named, "王小明", "王*明"); held.Number != waits.Number {
			t.Errorf("the number was %s and is %s", waits.Number, held.Number)
		}
		var stored struct {
			Name   string `db:"name"`
			Sealed string `db:"sealed_name"`
		}
		if err := h.app.DB.Get(t.Context(), &stored, "SELECT name, sealed_name FROM certificates"); err != nil ||
			stored.Name != "" || len(stored.Sealed) < 40 || strings.Contains(stored.Sealed, "王") {
			t.Errorf("stored is %+v, %v", stored, err)
		}
		h.tells(p, "李四光") // one certificate is not made out to one person after the other
		h.bears(p, certificate.Named, "王小明", "王*明")
		if err := p.Call(http.MethodDelete, p.InContest("/personal/who"), nil, nil); err != nil {
			t.Fatal(err)
		}
		h.bears(p, certificate.Unnamed, "", "")
		h.tells(p, "李四光")
		h.bears(p, certificate.Unnamed, "", "")

		other := h.enrolled("school")
		h.tells(other, "赵安") // before it is earned
		h.passes(other)
		held := h.bears(other, certificate.Named, "赵安", "赵*")
		in, err := h.app.Catalog.Current("school")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := certificate.Expire(t.Context(), h.app.DB, in.ContestID); err != nil {
			t.Fatal(err)
		}
		h.bears(other, certificate.Unnamed, "", "")
		if err := other.Call(http.MethodDelete, other.InContest("/enrolment"), nil, nil); err != nil {
			t.Fatal(err)
		}
		if !h.unheardOf(held.Number, held.Code) {
			t.Error("of who left a certificate is told")
		}
	})
}

func TestAMistypedRealNameIsCorrectedOnceAndWhoChecksIsTold(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		h.redefine(realNameContest)
		p, other := h.enrolled("school"), h.enrolled("school")
		path := p.InContest("/certificates/done/name")
		refused := func(by *testkit.Player, code string) {
			t.Helper()
			if err := by.Call(http.MethodPost, path, struct{}{}, nil); err == nil || !strings.Contains(err.Error(), code) {
				t.Errorf("it is not refused as %s: %v", code, err)
			}
		}
		refused(p, "certificate_not_held")
		h.passes(p)
		refused(p, "certificate_not_named")
		h.tells(p, "王小鸣")
		before := h.bears(p, certificate.Named, "王小鸣", "王*鸣")
		refused(p, "certificate_same_name")
		h.tells(other, "李四光")
		refused(other, "certificate_not_held") // whose it is not
		h.tells(p, "王小明")

		pressed := make(chan error, 2)
		for range 2 {
			go func() { pressed <- p.Call(http.MethodPost, path, struct{}{}, nil) }()
		}
		done := 0
		for range 2 {
			if err := <-pressed; err == nil {
				done++
			} else if !strings.Contains(err.Error(), "certificate_corrected") {
				t.Error(err)
			}
		}
		if done != 1 {
			t.Errorf("pressed twice at once, it was corrected %d times", done)
		}
		after := h.bears(p, certificate.Named, "王小明", "王*明")
		if seen, err := h.checked(after.Number, after.Code); err != nil || after.Number != before.Number ||
			seen.CorrectedAt == 0 {
			t.Errorf("a stranger is told %+v, %v", seen, err)
		}
		h.tells(p, "赵安") // it does not go on to the next
		refused(p, "certificate_corrected")
		h.bears(p, certificate.Named, "王小明", "王*明")
	})
}

func TestARealNameThatIsMovedToAnotherCertificateDoesNotOpen(t *testing.T) {
	h := openHouse(t, embedded(t))
	h.redefine(realNameContest)
	from, to := h.enrolled("school"), h.enrolled("school")
	for _, p := range []*testkit.Player{from, to} {
		h.tells(p, "王小明")
		h.passes(p)
		h.bears(p, certificate.Named, "王小明", "王*明")
	}
	var sealed string
	if err := h.app.DB.Get(t.Context(), &sealed, "SELECT sealed_name FROM certificates WHERE number = ?",
		h.certificatesOf(from)[0].Number); err != nil {
		t.Fatal(err)
	}
	mine := h.certificatesOf(to)[0]
	err := h.app.DB.InTx(t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(), "UPDATE certificates SET sealed_name = ? WHERE number = ?", sealed, mine.Number)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := h.checked(mine.Number, mine.Code); err == nil {
		t.Errorf("a stranger learns %+v", got)
	}
}
