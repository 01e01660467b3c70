package httpapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"anquanda/internal/conduct"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/fair"
)

const certificatePath = "/api/v1/certificates/"

type genuine struct {
	State, Slug, Contest, Organizer, Number, Title, Text, Name, Named, Unit, Score string
	EarnedAt                                                                       int64 `json:"earned_at"`
	ReplacedAt                                                                     int64 `json:"replaced_at"`
	CorrectedAt                                                                    int64 `json:"corrected_at"`
}

// checked is what a stranger learns of a number and a code.
func (h *house) checked(number, code string) (of genuine, err error) {
	err = h.player("county").Call(http.MethodGet, certificatePath+number+"/"+code, nil, &of)
	return of, err
}

// unheardOf tells whether a stranger is told that there is no such certificate.
func (h *house) unheardOf(number, code string) bool {
	_, err := h.checked(number, code)
	return err != nil && strings.Contains(err.Error(), "certificate_unknown")
}

// passedBy lets somebody earn the first certificate.
func (h *house) passedBy(p *testkit.Player) heldCertificate {
	h.t.Helper()
	h.passes(p)
	held := h.certificatesOf(p)
	if len(held) != 1 {
		h.t.Fatalf("who passed holds %+v", held)
	}
	return held[0]
}

func TestWhoIsShownACertificateLearnsWhetherItIsGenuine(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		h.redefine(certifyingContest)
		p := h.enrolled("school")
		held := h.passedBy(p)
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(p.Call(http.MethodPost, p.InContest("/enrolment"), map[string]any{"nickname": "新名字"}, nil))
		typed := strings.ToLower(held.Code[:5]) + "-" + held.Code[5:]
		for _, code := range []string{held.Code, typed} {
			got, err := h.checked(held.Number, code)
			want := genuine{State: "stands", Slug: "school", Contest: "安全学校", Organizer: "县应急管理局",
				Number: held.Number, Title: "安全员证书", Text: held.Text, Name: held.Name, Named: "nickname",
				EarnedAt: held.EarnedAt}
			if err != nil || got != want || got.Name == "" {
				t.Errorf("with the code %s a stranger learns %+v, %v", code, got, err)
			}
		}
		other := h.passedBy(h.enrolled("school"))
		for _, wrong := range [][2]string{{held.Number, other.Code}, {held.Number, "AAAAAAAAAA"}, {held.Number, "%20"},
			{held.Number, held.Code + "A"}, {"1", held.Code}, {"0", held.Code}, {"x", held.Code}} {
			if !h.unheardOf(wrong[0], wrong[1]) {
				t.Errorf("%v is not refused", wrong)
			}
		}

		in, err := h.app.Catalog.Current("school")
		must(err)
		ctx, cases := t.Context(), h.app.Conduct
		var id sqldb.ID
		must(h.app.DB.Get(ctx, &id, "SELECT player_id FROM certificates WHERE number = ?", held.Number))
		c, err := cases.Open(ctx, fair.Sun, in.ContestID, id, conduct.ByHand, "有人反映")
		must(err)
		must(cases.Propose(ctx, fair.Sun, c.ID, "用程序答题"))
		must(cases.Agree(ctx, fair.Wu, c.ID))
		void := genuine{State: "void", Slug: "school", Contest: "安全学校", Organizer: "县应急管理局",
			Number: held.Number, Title: "安全员证书", Named: "deleted"}
		if got, err := h.checked(held.Number, held.Code); err != nil || got != void {
			t.Errorf("of who is disqualified a stranger learns %+v, %v", got, err)
		}
		must(cases.Undo(ctx, fair.Sun, c.ID, "查明是误会"))
		must(cases.AgreeUndo(ctx, fair.Wu, c.ID))
		if got, err := h.checked(held.Number, held.Code); err != nil || got.State != "stands" || got.Name != held.Name {
			t.Errorf("after it was taken back a stranger learns %+v, %v", got, err)
		}
		must(p.Call(http.MethodDelete, p.InContest("/enrolment"), nil, nil))
		if !h.unheardOf(held.Number, held.Code) {
			t.Error("of who left a certificate is told")
		}
		if got, err := h.checked(other.Number, other.Code); err != nil || got.State != "stands" {
			t.Errorf("of another a stranger learns %+v, %v", got, err)
		}
	})
}

func TestACertificateOfARehearsalIsToldToBeWorthNothing(t *testing.T) {
	h := openHouse(t, embedded(t))
	h.redefine(certifyingContest)
	p := h.player("school-rehearsal")
	if err := p.Enter(h.rehearse("school")); err != nil {
		t.Fatal(err)
	}
	if err := p.Enrol("试一试", ""); err != nil {
		t.Fatal(err)
	}
	held := h.passedBy(p)
	got, err := h.checked(held.Number, held.Code)
	want := genuine{State: "rehearsal", Slug: "school-rehearsal", Contest: "安全学校", Organizer: "县应急管理局",
		Number: held.Number, Title: "安全员证书", Named: "deleted"}
	if err != nil || got != want {
		t.Errorf("a stranger learns %+v, %v", got, err)
	}
	h.endRehearsal("school")
	if !h.unheardOf(held.Number, held.Code) {
		t.Error("of a rehearsal that is over it is told")
	}
}

func TestALesserCertificateIsGenuineAndSaysThatABetterOneFollowed(t *testing.T) {
	h := openHouse(t, embedded(t))
	h.redefine(gradedContest)
	p := h.enrolled("school")
	h.plays(p, 1)
	lesser := h.certificatesOf(p)[0]
	h.plays(p, 2)
	got, err := h.checked(lesser.Number, lesser.Code)
	if err != nil || got.State != "replaced" || got.ReplacedAt < got.EarnedAt || got.Name != lesser.Name ||
		got.Score != lesser.Score {
		t.Errorf("a stranger learns %+v, %v", got, err)
	}
}

// askFrom calls from an address, past the socket, and returns what does not name the request.
func (h *house) askFrom(address, path string) (status int, said string) {
	request := httptest.NewRequest(http.MethodGet, path, nil)
	request.RemoteAddr = address
	recorder := httptest.NewRecorder()
	h.app.Handler().ServeHTTP(recorder, request)
	var problem struct{ Code, Detail string }
	json.Unmarshal(recorder.Body.Bytes(), &problem) //nolint:errcheck // an answer is no problem
	return recorder.Code, problem.Code + problem.Detail
}

// The codes are tried from a hundred networks, so that no limit hides what they would say.
func TestTenThousandTriedCertificatesTellNothing(t *testing.T) {
	h := openHouse(t, embedded(t))
	h.redefine(certifyingContest)
	held := h.passedBy(h.enrolled("school"))
	number, ok := sqldb.ParseID(held.Number)
	if !ok {
		t.Fatalf("the number is %s", held.Number)
	}
	answers := map[string]int{}
	const tried = 10_000
	for n := range tried {
		of, code := number+sqldb.ID(n-tried/2), held.Code
		if of == number {
			code = code[1:] + code[:1]
			if code == held.Code {
				code = "2222222222"
			}
		}
		status, said := h.askFrom(fmt.Sprintf("203.0.%d.7:5000", n/100), certificatePath+of.String()+"/"+code)
		answers[fmt.Sprintf("%d %s", status, said)]++
	}
	if len(answers) != 1 {
		t.Errorf("the answers differ: %v", answers)
	}
	for said := range answers {
		if !strings.HasPrefix(said, "404 certificate_unknown") {
			t.Errorf("the answer is %s", said)
		}
	}
	refused := 0
	for range 1000 {
		status, _ := h.askFrom("198.51.100.7:5000", certificatePath+"1/2222222222")
		if status == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused == 0 {
		t.Error("one network may try as often as it likes")
	}
	status, _ := h.askFrom("198.51.101.7:5000", certificatePath+held.Number+"/"+held.Code)
	if status != http.StatusOK {
		t.Errorf("who holds it is told %d", status)
	}
}
