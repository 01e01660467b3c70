package httpapi_test

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"anquanda/internal/staff"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/accounts"
)

const (
	consolePath   = "/api/v1/console"
	staffCookie   = "aq_staff"
	staffPassword = "一句很长的密码 2026"
)

// member is a browser in which somebody of the role is signed in.
func (h *house) member(role staff.Role) *testkit.Player {
	h.t.Helper()
	cookie, known := h.staff[role]
	if !known {
		cookie = h.cookieOf(h.signedIn(h.account("test-"+string(role), role)), staffCookie)
		h.staff[role] = cookie
	}
	return h.with("county", staffCookie, cookie)
}

// colleague is an account of a test's own.
func (h *house) colleague(role staff.Role) *staff.Member {
	return h.account("other-"+strings.ToLower(rand.Text()[:8]), role)
}

func (h *house) account(login string, role staff.Role) *staff.Member {
	h.t.Helper()
	return accounts.Hire(h.t, h.app.DB, login, "测试", role, staffPassword)
}

// signedIn is a browser with a session of its own.
func (h *house) signedIn(m *staff.Member) *testkit.Player {
	h.t.Helper()
	p := h.player("county")
	if err := p.Call(http.MethodPost, consolePath+"/session", map[string]string{"login": m.Login,
		"password": staffPassword}, nil); err != nil {
		h.t.Fatal(err)
	}
	return p
}

// upload reads a file into a draft and returns its id.
func (h *house) upload(p *testkit.Player, name, text string) string {
	h.t.Helper()
	reply, body := h.send(p, http.MethodPost, consolePath+"/drafts?name="+url.QueryEscape(name), asFile,
		strings.NewReader(text))
	if reply.StatusCode != http.StatusOK {
		h.t.Fatalf("%d %s", reply.StatusCode, body)
	}
	lines := strings.Split(strings.TrimSpace(body), "\n")
	var last struct {
		Draft json.RawMessage
	}
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || last.Draft == nil {
		h.t.Fatalf("the last line is %s", lines[len(lines)-1])
	}
	schema, err := h.spec.schema("components", "schemas", "Draft")
	if err != nil {
		h.t.Fatal(err)
	}
	var draft map[string]any
	if err := json.Unmarshal(last.Draft, &draft); err != nil {
		h.t.Fatal(err)
	}
	if err := schema.Validate(draft); err != nil {
		h.t.Error(err)
	}
	return draft["id"].(string)
}

// smallBank has two good questions and a bad one.
const smallBank = `{"format":"anquanda-bank/1","name":"小题库","questions":[
{"id":"s-1","kind":"single","stem":"火警电话是哪个？","options":["119","120","110"],"answer":"A","explanation":"119 是火警电话。","source":{"title":"中华人民共和国消防法","article":"第四十四条"},"topics":["消防"],"difficulty":1,"audience":["家庭"]},
{"id":"s-2","kind":"fill","stem":"急救电话是____。","answer":[["120","一二零"]],"explanation":"120 是急救电话。","source":{"title":"院前医疗急救管理办法"},"topics":["急救"],"difficulty":2},
{"id":"s-3","kind":"single","stem":"没有答案的题？","options":["甲","乙"],"answer":"Z"}]}`

// TestTheConsoleOnBothStores runs what the engines could take in different ways.
func TestTheConsoleOnBothStores(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		for name, test := range map[string]func(*testing.T, *house){
			"ABankGoesThroughTheConsoleAsDocumented":          aBankGoesThroughTheConsoleAsDocumented,
			"APlayerReportsAQuestionAsDocumented":             aPlayerReportsAQuestionAsDocumented,
			"EveryWrongFieldOfTheConsoleIsNamed":              everyWrongFieldOfTheConsoleIsNamed,
			"EveryWrongParameterOfTheConsoleIsNamed":          everyWrongParameterOfTheConsoleIsNamed,
			"EveryNameInAConsoleAddressThatIsUnknownIsToldSo": everyNameInAConsoleAddressThatIsUnknownIsToldSo,
			"SigningInWithAnythingElseIsRefused":              signingInWithAnythingElseIsRefused,
			"AnAccountIsKeptAsDocumented":                     anAccountIsKeptAsDocumented,
		} {
			t.Run(name, func(t *testing.T) { test(t, h.in(t)) })
		}
	})
}

func anAccountIsKeptAsDocumented(t *testing.T, h *house) {
	host, owner := h.colleague(staff.Host), h.member(staff.Owner)
	p := h.signedIn(host)
	want := func(method, path string, body any, code string) {
		t.Helper()
		if err := p.Call(method, consolePath+path, body, nil); codeOf(err) != code {
			t.Errorf("%s %s: %v, want %q", method, path, err, code)
		}
	}
	none := map[string]string{}
	want("GET", "/account", nil, "")
	want("GET", "/account/proof", nil, "")
	want("POST", "/account/proof", map[string]string{"password": staffPassword}, "")
	want("POST", "/account/proof", map[string]string{"password": "x"}, "invalid_field")
	want("POST", "/account/recovery", none, "second_factor_off")
	want("DELETE", "/account/second", nil, "second_factor_off")
	want("PUT", "/account/second", map[string]string{"code": "123456"}, "second_factor_not_begun")

	var secret struct{ Secret, Address, Picture string }
	if err := p.Call("POST", consolePath+"/account/second", none, &secret); err != nil ||
		!strings.HasPrefix(secret.Picture, "data:image/svg+xml;base64,") {
		t.Fatalf("%v: %+v", err, secret)
	}
	want("PUT", "/account/second", map[string]string{"code": "12345"}, "invalid_field")
	var kept struct{ Recovery []string }
	code := staff.CodeAt(secret.Secret, time.Now().Add(time.Duration(h.skew.Load())*time.Millisecond))
	if err := p.Call("PUT", consolePath+"/account/second", map[string]string{"code": code}, &kept); err != nil {
		t.Fatal(err)
	}
	in := map[string]string{"login": host.Login, "password": staffPassword}
	want("POST", "/session", in, "code_needed")
	in["code"] = "000000"
	want("POST", "/session", in, "wrong_code")
	in["code"] = kept.Recovery[0]
	want("POST", "/session", in, "")
	want("POST", "/account/recovery", none, "")
	want("DELETE", "/account/sessions", nil, "")
	want("DELETE", "/account/sessions/1", nil, "session_unknown")
	if err := owner.Call("DELETE", consolePath+"/staff/"+host.ID.String()+"/second", nil, nil); err != nil {
		t.Error(err)
	}
	want("GET", "/account", nil, "staff_signed_out")
	p = h.signedIn(host)
	weak := map[string]string{"present": staffPassword, "password": "password2026"}
	want("PUT", "/account/password", weak, "invalid_field")
	want("PUT", "/account/password", map[string]string{"present": staffPassword, "password": staffPassword + "，另一句"}, "")
}

func aBankGoesThroughTheConsoleAsDocumented(t *testing.T, h *house) {
	p := h.signedIn(h.colleague(staff.Organizer)) // it signs out
	try := func(method, path string, body any) {
		t.Helper()
		if err := p.Call(method, consolePath+path, body, nil); err != nil {
			t.Errorf("%s %s: %v", method, path, err)
		}
	}
	draft := h.upload(p, "小题库.json", smallBank)
	try("GET", "/drafts", nil)
	try("GET", "/drafts/"+draft, nil)
	try("POST", "/drafts/"+draft+"/read", map[string]string{"digits": "places"})
	try("GET", "/drafts/"+draft+"/rows", nil)
	try("GET", "/drafts/"+draft+"/rows?state=rejected&after=1&size=5", nil)
	plan := map[string]any{"bank": "small", "mode": "replace", "only_valid": false, "note": "第一批"}
	if err := p.Call("POST", consolePath+"/drafts/"+draft+"/plan", plan, nil); codeOf(err) != "draft_has_rejects" {
		t.Errorf("with a rejected row: %v", err)
	}
	try("PUT", "/drafts/"+draft+"/rows/3", map[string]any{"question": map[string]any{"id": "s-3", "kind": "truefalse",
		"stem": "报火警要收费。", "answer": false, "difficulty": 1}})
	try("POST", "/drafts/"+draft+"/plan", plan)
	try("POST", "/drafts/"+draft+"/import", plan)
	if err := p.Call("POST", consolePath+"/drafts/"+draft+"/import", plan, nil); codeOf(err) != "draft_not_ready" {
		t.Errorf("imported again: %v", err)
	}
	void := map[string]any{"action": "void", "question": nil, "reason": "两个选项都对"}
	correct := map[string]any{"action": "correct", "reason": "说法更新", "question": map[string]any{
		"kind": "single", "stem": "火警电话是哪一个？", "options": []string{"119", "120", "110"}, "answer": "A", "difficulty": 1}}
	try("POST", "/banks/small/questions/s-1/correction/preview", correct)
	try("POST", "/banks/small/questions/s-1/correction", correct)
	try("POST", "/banks/small/questions/s-3/correction/preview", void)
	try("POST", "/banks/small/questions/s-3/correction", void)
	if err := p.Call("POST", consolePath+"/banks/small/questions/s-2/correction", correct,
		nil); codeOf(err) != "question_reshaped" {
		t.Errorf("a fill-in made a choice: %v", err)
	}
	for _, path := range []string{"/session", "/banks", "/banks/small", "/banks/small/questions",
		"/banks/safety/questions?q=火&kind=single&difficulty=2&from=2&size=3",
		"/banks/small/questions/s-1", "/banks/small/compare?from=1&to=3", "/banks/small/ageing", "/banks/safety/ageing?on=2029-01-01",
		"/formats", "/template",
		"/banks/small/losses?format=gift", "/reports", "/audit", "/audit?before=2"} {
		try("GET", path, nil)
	}
	for _, format := range []string{"json", "xlsx", "gift"} {
		if reply, body := h.send(p, "GET", consolePath+"/banks/small/export?format="+format, nil,
			nil); reply.StatusCode != http.StatusOK || body == "" {
			t.Errorf("%s: %d %.100s", format, reply.StatusCode, body)
		}
	}
	try("POST", "/banks/small/undo", nil)
	unreadable := h.upload(p, "照片.png", "\x89PNG\r\n\x1a\n")
	if err := p.Call("POST", consolePath+"/drafts/"+unreadable+"/plan", plan, nil); codeOf(err) != "draft_not_ready" {
		t.Errorf("a picture: %v", err)
	}
	try("DELETE", "/drafts/"+unreadable, nil)
	if err := p.Call("GET", consolePath+"/drafts/"+unreadable, nil, nil); codeOf(err) != "draft_unknown" {
		t.Errorf("a draft thrown away: %v", err)
	}
	try("DELETE", "/session", nil)
	if err := p.Call("GET", consolePath+"/session", nil, nil); codeOf(err) != "staff_signed_out" {
		t.Errorf("signed out: %v", err)
	}
}

func TestStaffAreManagedAsDocumented(t *testing.T) {
	h := commonHouse(t)
	p := h.member(staff.Owner)
	var added struct{ Member struct{ ID string } }
	account := map[string]string{"login": "li-" + strings.ToLower(rand.Text()[:8]), "name": "小李", "role": "host",
		"password": staffPassword}
	if err := p.Call("POST", consolePath+"/staff", account, &added); err != nil {
		t.Fatal(err)
	}
	if err := p.Call("POST", consolePath+"/staff", account, nil); codeOf(err) != "login_taken" {
		t.Errorf("the same again: %v", err)
	}
	one := consolePath + "/staff/" + added.Member.ID
	for _, c := range []struct {
		method, path string
		body         any
	}{
		{"GET", consolePath + "/staff", nil}, {"PATCH", one, map[string]any{"role": "viewer", "disabled": true}},
		{"PATCH", one, map[string]any{"role": "viewer", "disabled": false}},
		{"POST", one + "/password", map[string]string{"password": "另一句很长的密码 2026"}}, {"DELETE", one + "/sessions", nil},
	} {
		if err := p.Call(c.method, c.path, c.body, nil); err != nil {
			t.Errorf("%s %s: %v", c.method, c.path, err)
		}
	}
	var list struct{ Staff []struct{ ID, Role string } }
	if err := p.Call("GET", consolePath+"/staff", nil, &list); err != nil {
		t.Fatal(err)
	}
	for _, m := range list.Staff {
		if m.Role == "owner" {
			if err := p.Call("PATCH", consolePath+"/staff/"+m.ID, map[string]any{"role": "viewer", "disabled": false},
				nil); codeOf(err) != "last_owner" {
				t.Errorf("the last owner: %v", err)
			}
		}
	}
}

// A change that leaves something out must not set it: an account once disabled
// came back with a change of role.
func TestAChangeOfStaffThatLeavesSomethingOutIsRefused(t *testing.T) {
	h := commonHouse(t)
	p := h.member(staff.Owner)
	other := h.colleague(staff.Host)
	for field, body := range map[string]string{"disabled": `{"role":"viewer"}`, "role": `{"disabled":false}`} {
		h.expect(t, p, http.MethodPatch, consolePath+"/staff/"+other.ID.String(), asJSON,
			bad{name: "without " + field, body: body, code: "invalid_field", field: field})
	}
}

func aPlayerReportsAQuestionAsDocumented(t *testing.T, h *house) {
	p, step := h.started("county", "all-kinds")
	path := "/api/v1/attempts/" + step.Ticket + "/reports"
	asked := quote(step.Question.ID)
	for range 2 {
		if reply, body := h.postJSON(p, path,
			`{"question":`+asked+`,"reason":"outdated","note":"这一条已经修改😀"}`); reply.StatusCode != http.StatusNoContent {
			t.Fatalf("%d %s", reply.StatusCode, body)
		}
	}
	cases := []bad{
		{name: "another question", body: `{"question":"x","reason":"answer"}`, code: "out_of_order"},
		{name: "no question", body: `{"reason":"answer"}`, code: "invalid_field", field: "question"},
		{name: "question null", body: `{"question":null,"reason":"answer"}`, code: "invalid_field", field: "question"},
		{name: "question a number", body: `{"question":7,"reason":"answer"}`, code: "invalid_field", field: "question"},
		{name: "question twice", body: `{"question":` + asked + `,"question":` + asked + `,"reason":"answer"}`,
			code: "invalid_field", field: "question"},
		{name: "no reason", body: `{"question":` + asked + `}`, code: "invalid_field", field: "reason"},
		{name: "an unknown reason", body: `{"question":` + asked + `,"reason":"boring"}`, code: "invalid_field",
			field: "reason"},
		{name: "reason a list", body: `{"question":` + asked + `,"reason":["answer"]}`, code: "invalid_field",
			field: "reason"},
		{name: "a note too long", body: `{"question":` + asked + `,"reason":"other","note":"` + strings.Repeat("长", 101) +
			`"}`, code: "invalid_field", field: "note"},
		{name: "a note with NUL", body: `{"question":` + asked + `,"reason":"other","note":"\u0000"}`, code: "invalid_field",
			field: "note"},
		{name: "note null", body: `{"question":` + asked + `,"reason":"other","note":null}`, code: "invalid_field",
			field: "note"},
		{name: "null", body: `null`, code: "invalid_json"}, {name: "no body", body: ``, code: "invalid_json"},
		{name: "too large", body: `{"note":"` + strings.Repeat("x", 9000) + `"}`, code: "body_too_large"},
	}
	for _, c := range cases {
		h.expect(t, p, http.MethodPost, path, asJSON, c)
	}
	h.expect(t, p, http.MethodPost, path, nil, bad{name: "as nothing", body: `{}`, code: "invalid_content_type"})
	h.expect(t, h.enrolled("county"), http.MethodPost, path, asJSON,
		bad{name: "another player", body: cases[0].body, code: "ticket_foreign"})
	h.expect(t, h.player("county"), http.MethodPost, path, asJSON,
		bad{name: "nobody", body: cases[0].body, code: "unauthenticated"})

	desk := h.member(staff.Organizer)
	var list struct {
		Reports []struct {
			Bank, Question string
			Reports        int
		}
	}
	if err := desk.Call("GET", consolePath+"/reports", nil, &list); err != nil || len(list.Reports) != 1 ||
		list.Reports[0].Reports != 1 {
		t.Fatalf("the reports are %+v, %v", list, err)
	}
	if err := desk.Call("POST", consolePath+"/reports/close", map[string]string{"bank": list.Reports[0].Bank,
		"question": list.Reports[0].Question}, nil); err != nil {
		t.Error(err)
	}
}

func TestAPlayersSessionIsNoneOfStaff(t *testing.T) {
	h := commonHouse(t)
	p := h.enrolled("county")
	cookie := h.cookieOf(p, sessionCookie)
	for _, value := range []string{cookie, "", strings.Repeat("A", 43), strings.Repeat("A", 4000), "\xff"} {
		reply, body := h.send(p, http.MethodGet, consolePath+"/banks", http.Header{"Cookie": {"aq_staff=" + value}}, nil)
		if reply.StatusCode != http.StatusUnauthorized {
			t.Errorf("%.20q: %d %.100s", value, reply.StatusCode, body)
		}
	}
}

func TestTheStaffCookieIsClosedToScriptsAndOtherSites(t *testing.T) {
	h := commonHouse(t)
	h.member(staff.Owner)
	body := `{"login":"test-owner","password":` + quote(staffPassword) + `}`
	reply, _ := h.postJSON(h.player("county"), consolePath+"/session", body)
	cookies := reply.Cookies() // of the session, and of the browser that is known from now on
	for _, cookie := range cookies {
		if !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode {
			t.Errorf("the cookie %s is open", cookie)
		}
	}
	if len(cookies) != 2 {
		t.Errorf("the cookies are %v", cookies)
	}
	for _, c := range []struct{ method, path string }{{"POST", "/session"}, {"DELETE", "/session"},
		{"POST", "/drafts?name=a.json"}, {"POST", "/banks/safety/undo"}, {"DELETE", "/staff/1/sessions"}} {
		h.refuseFromElsewhere(t, c.method, consolePath+c.path, body)
	}
}

// refuseFromElsewhere sends a write as a page of another site.
func (h *house) refuseFromElsewhere(t *testing.T, method, path, body string) {
	t.Helper()
	header := http.Header{"Content-Type": {"application/json"}, "Sec-Fetch-Site": {"cross-site"}}
	h.expect(t, h.player("county"), method, path, header, bad{name: method + " " + path, body: body, code: "cross_origin"})
}
