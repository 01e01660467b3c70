package httpapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"anquanda/internal/question"
	"anquanda/internal/staff"
)

func TestEveryWriteOfTheConsoleRefusesABodyThatIsNoJSONObject(t *testing.T) {
	h := commonHouse(t)
	p := h.member(staff.Owner)
	draft := h.upload(p, "小题库.json", smallBank)
	for call, limit := range map[string]int{
		"POST /session": 8 << 10, "POST /reports/close": 8 << 10, "POST /staff": 8 << 10, "PATCH /staff/1": 8 << 10,
		"POST /staff/1/password": 8 << 10,
		"PUT /account/password":  8 << 10, "POST /account/proof": 8 << 10, "POST /account/second": 8 << 10,
		"PUT /account/second": 8 << 10, "POST /account/recovery": 8 << 10,
		"POST /drafts/" + draft + "/read": 8 << 10,
		"POST /drafts/" + draft + "/plan": 8 << 10, "POST /drafts/" + draft + "/import": 8 << 10, "PUT /drafts/" + draft +
			"/rows/1": 128 << 10,
		"POST /contests/county/drawings": 8 << 10, "POST /drawings/1/freeze": 8 << 10, "POST /drawings/1/cancel": 8 << 10,
		"POST /drawings/1/source": 8 << 10,
		"POST /drawings/1/draw":   8 << 10, "POST /drawings/1/publish": 8 << 10, "POST /drawings/1/forfeit": 8 << 10,
		"PUT /contests/county/exclusions/1":       8 << 10,
		"POST /contests/county/booth/redemptions": 8 << 10, "POST /contests/county/booth/undo": 8 << 10,
		"POST /banks/safety/questions/fire-001/correction":         128 << 10,
		"POST /banks/safety/questions/fire-001/correction/preview": 128 << 10,
	} {
		method, path, _ := strings.Cut(call, " ")
		for name, body := range map[string]string{"no body": "", "null": "null", "a list": "[]", "half": `{"login":`,
			"garbage behind": "{}x", "invalid UTF-8": "{\"reason\":\"\xff\"}", "a text": `"x"`} {
			h.expect(t, p, method, consolePath+path, asJSON, bad{name: call + " " + name, body: body, code: "invalid_json"})
		}
		h.expect(t, p, method, consolePath+path, asJSON, bad{name: call + " too large", body: `{"other":"` +
			strings.Repeat("x", limit) + `"}`, code: "body_too_large"})
		h.expect(t, p, method, consolePath+path, http.Header{"Content-Type": {"text/plain"}},
			bad{name: call + " as text", body: "{}", code: "invalid_content_type"})
	}
}

func everyWrongFieldOfTheConsoleIsNamed(t *testing.T, h *house) {
	p := h.member(staff.Owner)
	draft := h.upload(p, "小题库.json", smallBank)
	other := h.colleague(staff.Host)
	good := question.Question{Kind: question.Single, Stem: "？", Options: []string{"甲", "乙"}, Right: []int{0},
		Difficulty: 1}
	whole, err := json.Marshal(&good)
	if err != nil {
		t.Fatal(err)
	}
	calls := []struct {
		method, path string
		fields       map[string]string   // good values
		wrong        map[string][]string // besides wrong types
		optional     string
	}{
		{"POST", "/staff", map[string]string{"login": `"new"`, "name": `"新人"`, "role": `"host"`,
			"password": quote(staffPassword)}, map[string][]string{
			"login": {`""`, `"a"`, `"有中文"`, `"a b"`, `"a\u0000"`, quote(strings.Repeat("a", 33))},
			"name":  {`""`, `"  "`, quote(strings.Repeat("名", 17)), `"a\u0000b"`, `"a\nb"`},
			"role":  {`""`, `"king"`, `"OWNER"`}, "password": {`""`, `"short"`, `"aaaaaaaaaaaaaaaa"`,
				quote(strings.Repeat("x", 2000)), `"new20262026"`},
		}, ""},
		{"PATCH", "/staff/" + other.ID.String(), map[string]string{"role": `"host"`, "disabled": `false`},
			map[string][]string{"role": {`""`, `"king"`}, "disabled": {`"true"`, `1`}}, ""},
		{"POST", "/staff/" + other.ID.String() + "/password", map[string]string{"password": quote(staffPassword)},
			map[string][]string{"password": {`""`, `"short"`}}, ""},
		{"POST", "/drafts/" + draft + "/read", map[string]string{"digits": `"places"`, "truth": `"one"`, "separator": `"$"`},
			map[string][]string{"digits": {`"x"`}, "truth": {`"x"`}, "separator": {`"x"`}}, "digits truth separator"},
		{"POST", "/drafts/" + draft + "/plan", map[string]string{"bank": `"small"`, "mode": `"merge"`, "only_valid": `true`,
			"note": `""`}, map[string][]string{
			"bank": {`""`}, "mode": {`""`, `"MERGE"`, `"delete"`}, "note": {quote(strings.Repeat("长", 67)), `"\u0000"`},
			"only_valid": {`1`, `"true"`}}, "only_valid note"},
		{"POST", "/drafts/" + draft + "/import", map[string]string{"bank": `"small"`, "mode": `"merge"`, "only_valid": `true`,
			"note": `""`}, map[string][]string{
			"bank": {`""`, `"有中文"`, `"A"`, `"a b"`, quote(strings.Repeat("a", 33)), `"-"`, `"\u0000"`},
			"mode": {`""`, `"delete"`}}, "only_valid note"},
		{"PUT", "/drafts/" + draft + "/rows/1", map[string]string{"question": string(whole)}, nil, ""},
		{"POST", "/banks/safety/questions/fire-001/correction", map[string]string{"action": `"void"`, "reason": `"有误，作废"`},
			map[string][]string{
				"action": {`""`, `"delete"`}, "reason": {`""`, `"x"`, quote(strings.Repeat("长", 101)), `"ab\u0000"`}}, ""},
		{"POST", "/reports/close", map[string]string{"bank": `"safety"`, "question": `"fire-001"`},
			map[string][]string{"question": {`""`}}, "bank"},
	}
	for _, call := range calls {
		send := func(name string, members map[string]string, field string) {
			t.Helper()
			var parts []string
			for key, value := range members {
				parts = append(parts, quote(key)+":"+value)
			}
			h.expect(t, p, call.method, consolePath+call.path, asJSON,
				bad{name: call.method + " " + call.path + " " + name, body: "{" + strings.Join(parts, ",") + "}",
					code: "invalid_field", field: field})
		}
		for field := range call.fields {
			with := func(value string) map[string]string {
				members := map[string]string{field: value}
				for key, good := range call.fields {
					if key != field {
						members[key] = good
					}
				}
				return members
			}
			for _, wrongType := range []string{`null`, `{"a":1}`, `[]`} {
				if field == "question" && call.method == "PUT" && wrongType == `{"a":1}` {
					continue // a question with an unknown key; below
				}
				send(field+" "+wrongType, with(wrongType), field)
			}
			for _, value := range call.wrong[field] {
				send(field+" "+value[:min(40, len(value))], with(value), field)
			}
			if !strings.Contains(call.optional, field) {
				without := with("")
				delete(without, field)
				send("without "+field, without, field)
			}
		}
	}
}

func TestEveryWrongFieldOfAQuestionIsNamed(t *testing.T) {
	h := commonHouse(t)
	p := h.member(staff.Organizer)
	draft := h.upload(p, "小题库.json", smallBank)
	row := consolePath + "/drafts/" + draft + "/rows/1"
	correction := consolePath + "/banks/safety/questions/fire-001/correction/preview"
	for _, c := range []struct{ question, field string }{
		{`"x"`, "question"}, {`7`, "question"}, {`[]`, "question"}, {`{"kind":7}`, "question.kind"},
		{`{"stem":["a"]}`, "question.stem"}, {`{"options":"a"}`, "question.options"},
		{`{"options":[1]}`, "question.options"}, {`{"difficulty":"1"}`, "question.difficulty"},
		{`{"kind":"single","stem":"a","answer":{}}`, "question.answer"},
		{`{"kind":"single","stem":"a","answer":7}`, "question.answer"},
		{`{"stem":"a","nonsense":1}`, "question.nonsense"}, {`{"topics":{}}`, "question.topics"},
		{`{"score":"1"}`, "question.score"}, {`{"source":"x"}`, "question.source"},
		{`{"kind":"single","stem":"a\u0000","options":["a","b"],"answer":"A"}`, "question.stem"},
		{`{"kind":"single","stem":"a","options":["a","b\u001b"],"answer":"A"}`, "question.options"},
	} {
		h.expect(t, p, http.MethodPut, row, asJSON, bad{name: "mend " + c.question, body: `{"question":` + c.question + `}`,
			code: "invalid_field", field: c.field})
		h.expect(t, p, http.MethodPost, correction, asJSON, bad{name: "correct " + c.question,
			body: `{"action":"correct","reason":"更正","question":` + c.question + `}`, code: "invalid_field", field: c.field})
	}
}

func everyWrongParameterOfTheConsoleIsNamed(t *testing.T, h *house) {
	p := h.member(staff.Owner)
	draft := h.upload(p, "小题库.json", smallBank)
	number := []string{"-1", "x", "1e3", "+1", "01", strings.Repeat("9", 30), "\x00", "\xff"}
	for _, c := range []struct {
		path, field string
		values      []string
	}{
		{"/banks/safety/questions", "from", append(number, "0")}, {"/banks/safety/questions", "size",
			append(number, "0", "201")}, {"/banks/safety/questions", "difficulty", append(number, "6")},
		{"/banks/safety/questions", "kind", []string{"x", "\xff", "SINGLE"}},
		{"/banks/safety/questions", "q", []string{"\xff", "\x00", strings.Repeat("长", 67)}},
		{"/banks/safety/questions", "topic", []string{"\xff", "\x00"}},
		{"/banks/safety/compare?to=1", "from", append(number, "0", "")},
		{"/banks/safety/ageing", "on", []string{"明天", "2026-13-01", "\xff"}},
		{"/banks/safety/export", "format", []string{"", "exe", "\xff", "../x"}},
		{"/banks/safety/losses", "format", []string{"", "exe"}},
		{"/drafts/" + draft + "/rows", "after", number}, {"/drafts/" + draft + "/rows", "size", append(number, "0", "201")},
		{"/drafts/" + draft + "/rows", "state", []string{"x", "\xff"}},
		{"/drafts/" + draft + "/rows", "code", []string{"\xff", "\x00", strings.Repeat("x", 300)}},
		{"/audit", "before", number},
	} {
		for _, value := range c.values {
			join := "?"
			if strings.Contains(c.path, "?") {
				join = "&"
			}
			path := c.path + join + c.field + "=" + url.QueryEscape(value)
			h.expect(t, p, http.MethodGet, consolePath+path, nil, bad{name: fmt.Sprintf("%.80s", path), code: "invalid_field",
				field: c.field})
		}
	}
	for name, value := range map[string]string{"\xff": "name", "a\x00.json": "name",
		strings.Repeat("长", 100): "name", "": "name"} {
		h.expect(t, p, http.MethodPost, consolePath+"/drafts?name="+url.QueryEscape(name), asFile,
			bad{name: fmt.Sprintf("upload %.20q", name), body: "{}", code: "invalid_field", field: value})
	}
	h.expect(t, p, http.MethodPost, consolePath+"/drafts?name=a.json&name=b.json", asFile,
		bad{name: "two names", body: "{}", code: "invalid_field", field: "name"})
}

func everyNameInAConsoleAddressThatIsUnknownIsToldSo(t *testing.T, h *house) {
	p := h.member(staff.Owner)
	draft := h.upload(p, "小题库.json", smallBank)
	void := `{"action":"void","reason":"有误，作废"}`
	for _, name := range []string{"nothing", "%ff", "%00", "%F0%9F%98%80", "SAFETY", "-1", "0", "01",
		"9223372036854775808", strings.Repeat("x", 3000), "'or'1'='1"} {
		for _, rest := range []string{"", "/questions", "/questions/fire-001", "/compare?from=1&to=1", "/export?format=json",
			"/losses?format=json"} {
			h.refuse(t, p, "GET", consolePath+"/banks/"+name+rest, "", "bank_unknown")
		}
		h.refuse(t, p, "GET", "/api/v1/images/"+name, "", "image_unknown")
		h.refuse(t, p, "POST", consolePath+"/banks/"+name+"/undo", "", "bank_unknown")
		h.refuse(t, p, "POST", consolePath+"/banks/"+name+"/questions/fire-001/correction", void, "bank_unknown")
		h.refuse(t, p, "GET", consolePath+"/banks/safety/questions/"+name, "", "question_unknown")
		h.refuse(t, p, "POST", consolePath+"/banks/safety/questions/"+name+"/correction", void, "question_unknown")
		h.refuse(t, p, "POST", consolePath+"/banks/safety/questions/"+name+"/correction/preview", void, "question_unknown")
		for _, call := range []string{"GET /drafts/X", "DELETE /drafts/X", "GET /drafts/X/rows", "POST /drafts/X/plan",
			"POST /drafts/X/import", "PUT /drafts/X/rows/1"} {
			method, path, _ := strings.Cut(call, " ")
			h.refuse(t, p, method, consolePath+strings.Replace(path, "X", name, 1),
				`{"bank":"small","mode":"merge","question":{"kind":"fill","stem":"____","answer":[["a"]]}}`, "draft_unknown")
		}
		h.refuse(t, p, "PUT", consolePath+"/drafts/"+draft+"/rows/"+name,
			`{"question":{"kind":"fill","stem":"____","answer":[["a"]]}}`, "draft_unknown")
		h.refuse(t, p, "PATCH", consolePath+"/staff/"+name, `{"role":"host","disabled":false}`, "staff_unknown")
		h.refuse(t, p, "POST", consolePath+"/staff/"+name+"/password", `{"password":`+quote(staffPassword)+`}`,
			"staff_unknown")
		h.refuse(t, p, "DELETE", consolePath+"/staff/"+name+"/sessions", "", "staff_unknown")
		h.refuse(t, p, "DELETE", consolePath+"/staff/"+name+"/second", "", "staff_unknown")
		h.refuse(t, p, "DELETE", consolePath+"/account/sessions/"+name, "", "session_unknown")
	}
	h.refuse(t, p, "GET", consolePath+"/banks/safety/compare?from=1&to=99", "", "bank_unknown")
	h.refuse(t, p, "GET", consolePath+"/banks/safety/compare?from=99&to=1", "", "bank_unknown")
	h.refuse(t, p, "POST", consolePath+"/banks/safety/undo", "", "nothing_to_undo")
}

func signingInWithAnythingElseIsRefused(t *testing.T, h *house) {
	h.member(staff.Owner)
	p := h.player("county")
	for name, body := range map[string]string{
		"nothing": `{}`, "no password": `{"login":"test-owner"}`, "a wrong one": `{"login":"test-owner","password":"x"}`,
		"nobody": `{"login":"nobody","password":"x"}`,
		"NUL":    `{"login":"\u0000","password":"\u0000"}`,
	} {
		h.expect(t, p, "POST", consolePath+"/session", asJSON, bad{name: name, body: body, code: "wrong_password"})
	}
	for field, body := range map[string]string{"login": `{"login":7,"password":"x"}`,
		"password": `{"login":"a","password":null}`} {
		h.expect(t, p, "POST", consolePath+"/session", asJSON, bad{name: field, body: body, code: "invalid_field",
			field: field})
	}
	// The browser's name is kept with the session, whatever it is made of.
	for _, device := range []string{"\xff\xfe", "😀 \x01 browser", strings.Repeat("长", 500)} {
		header := http.Header{"Content-Type": {"application/json"}, "User-Agent": {device}}
		reply, text := h.sendRaw("POST", consolePath+"/session", header,
			`{"login":"test-owner","password":`+quote(staffPassword)+`}`)
		if reply != http.StatusCreated {
			t.Errorf("%.20q: %d %s", device, reply, text)
		}
	}
}
