package httpapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// bad is one wrong request. Wanted is a 4xx problem of that code that names the
// field; the client checks the rest of it.
type bad struct {
	name  string
	body  string
	code  string
	field string
}

// expect sends what is wrong and compares; nothing may be told but the problem.
func (h *house) expect(t *testing.T, p *testkit.Player, method, path string, header http.Header, c bad) {
	t.Helper()
	reply, body := h.send(p, method, path, header, strings.NewReader(c.body))
	var got testkit.Problem
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Errorf("%s: %d %.200s", c.name, reply.StatusCode, body)
		return
	}
	if reply.StatusCode < 400 || reply.StatusCode > 499 || got.Code != c.code || got.Field != c.field {
		t.Errorf("%s: %d %s field %q, want %s field %q", c.name, reply.StatusCode, got.Code, got.Field, c.code, c.field)
	}
	for _, inside := range []string{"goroutine", ".go:", "panic", "SELECT", "json:", "cannot", "sql"} {
		if strings.Contains(strings.Replace(body, got.RequestID, "", 1), inside) {
			t.Errorf("%s: the reply tells of our inside: %s", c.name, body)
		}
	}
}

// quote writes text as a JSON string.
func quote(text string) string {
	encoded, _ := json.Marshal(text)
	return string(encoded)
}

// wrongTypes are values that are no string.
var wrongTypes = map[string]string{
	"null": `null`, "a number": `7`, "a huge number": `1e999`, "true": `true`, "a list": `[]`, "a list of texts": `["x"]`,
	"an object": `{}`, "deep nesting": strings.Repeat("[", 3000) + strings.Repeat("]", 3000),
}

func TestEveryWrongFieldOfAnEnrolmentIsNamed(t *testing.T) {
	h := commonHouse(t)
	unit := quote(h.unit("county", "东镇"))
	var cases []bad
	nickname := func(name, value string) {
		cases = append(cases, bad{name: "nickname " + name, body: `{"nickname":` + value + `,"unit":` + unit + `}`,
			code: "invalid_field", field: "nickname"})
	}
	for name, value := range wrongTypes {
		nickname(name, value)
	}
	for name, value := range map[string]string{
		"empty": "", "blank": " \u3000 ", "too long": "十三个字的昵称实在太长了呀", "far too long": strings.Repeat("长", 2000),
		"with NUL": "a\x00b", "with a tab": "a\tb", "with a line break": "a\nb", "with an escape": "a\x1b[31m",
		"with DEL": "a\x7f", "with NEL": "a\u0085b",
		"turned round": "甲\u202eabc", "with a zero-width space": "a\u200bb", "with a byte order mark": "甲\ufeffab",
		"for private use": "a\ue000",
		"invisible":       "\u3164\u3164", "empty braille": "\u2800", "only accents": "\u0301\u0302",
		"with a line separator": "a\u2028b",
	} {
		nickname(name, quote(value))
	}
	nickname("half a surrogate pair", `"a\ud83d"`)
	wrongUnit := func(name, value string) {
		cases = append(cases, bad{name: "unit " + name, body: `{"nickname":"青禾","unit":` + value + `}`, code: "invalid_field",
			field: "unit"})
	}
	for name, value := range wrongTypes {
		wrongUnit(name, value)
	}
	id := h.unit("county", "东镇")
	for name, value := range map[string]string{
		"empty, where one is required": "", "zero": "0", "negative": "-" + id, "with a plus": "+" +
			id, "with a leading zero": "0" + id, "with a blank": id + " ",
		"in full-width digits": "１２３", "a word": "东镇", "unknown": "999", "over 64 bits": strings.Repeat("9", 30),
		"far too long": strings.Repeat("1", 5000),
		"with NUL":     id + "\x00", "of another contest": h.unit("workmonth", "柳湾村"), "a float": "1e3",
		"hexadecimal": "0x10",
	} {
		wrongUnit(name, quote(value))
	}
	cases = append(cases,
		bad{name: "nickname missing", body: `{"unit":` + unit + `}`, code: "invalid_field", field: "nickname"},
		bad{name: "unit missing", body: `{"nickname":"青禾"}`, code: "invalid_field", field: "unit"},
		bad{name: "nickname twice", body: `{"nickname":"青禾","nickname":"小李","unit":` + unit + `}`, code: "invalid_field",
			field: "nickname"},
		bad{name: "nickname twice, once in capitals", body: `{"nickname":"青禾","NickName":"小李","unit":` + unit + `}`,
			code: "invalid_field", field: "nickname"},
		bad{name: "unit twice, once escaped", body: `{"nickname":"青禾","unit":` + unit + `,"\u0075nit":` + unit + `}`,
			code: "invalid_field", field: "unit"},
	)
	for _, c := range cases {
		somebody := h.player("county") // one browser alone would soon have to wait
		h.expect(t, somebody, http.MethodPost, somebody.InContest("/enrolment"), asJSON, c)
	}
}

func TestEveryWrongFieldOfAResponseIsNamed(t *testing.T) {
	h := commonHouse(t)
	p := h.enrolled("county")
	step := h.untilKind(p, "fill")
	asked, blanks := quote(step.Question.ID), step.Question.Blanks
	fill := quote(strings.Repeat("x", 121))
	list := func(item string, n int) string {
		return "[" + strings.TrimSuffix(strings.Repeat(item+",", n), ",") + "]"
	}
	var cases []bad
	field := func(name, member, field string) {
		cases = append(cases, bad{name: name, body: `{"question":` + asked + `,` + member + `}`, code: "invalid_field",
			field: field})
	}
	for name, value := range wrongTypes {
		cases = append(cases, bad{name: "question " + name, body: `{"question":` + value + `,"blanks":[]}`,
			code: "invalid_field", field: "question"})
	}
	for name, value := range map[string]string{"empty": "", "too long": strings.Repeat("q", 33), "with NUL": "q\x00"} {
		cases = append(cases, bad{name: "question " + name, body: `{"question":` + quote(value) + `,"blanks":[]}`,
			code: "invalid_field", field: "question"})
	}
	cases = append(cases, bad{name: "question missing", body: `{"blanks":[]}`, code: "invalid_field", field: "question"})
	for name, value := range map[string]string{"null": `null`, "a text": `"119"`, "a number": `119`,
		"an object": `{"0":"119"}`, "a number in it": `[119]`,
		"a list in it": `[["119"]]`, "true": `true`, "deep nesting": wrongTypes["deep nesting"]} {
		field("blanks "+name, `"blanks":`+value, "blanks")
		field("options "+name, `"options":`+value, "options")
	}
	field("no answer at all", `"other":1`, "options")
	field("next a text", `"blanks":[],"next":"no"`, "next")
	field("shown_ms a text", `"blanks":[],"shown_ms":"1"`, "shown_ms")
	field("shown_ms negative", `"blanks":[],"shown_ms":-1`, "shown_ms")
	field("shown_ms without end", `"blanks":[],"shown_ms":9223372036854775808`, "shown_ms")
	field("a blank null", `"blanks":`+list("null", blanks), "blanks[0]")
	field("a blank too long", `"blanks":`+list(fill, blanks), "blanks[0]")
	field("a blank with a line break", `"blanks":`+list(`"11\n9"`, blanks), "blanks[0]")
	field("a blank with NUL", `"blanks":`+list(`"\u0000"`, blanks), "blanks[0]")
	field("a blank too many", `"blanks":`+list(`"119"`, blanks+1), "blanks")
	field("many blanks too many", `"blanks":`+list(`"119"`, 9), "blanks")
	field("many options too many", `"options":`+list(`"x"`, 13), "options")
	field("an option too long", `"options":["x","`+strings.Repeat("x", 33)+`"]`, "options[1]")
	field("an option with NUL", `"options":["\u0000"]`, "options[0]")
	field("blanks twice", `"blanks":[],"blanks":[]`, "blanks")
	field("options and null blanks", `"options":[],"blanks":null`, "blanks")
	cases = append(cases,
		bad{name: "an unknown option", body: `{"question":` + asked + `,"options":["nonsense"]}`, code: "option_unknown",
			field: "options[0]"},
		bad{name: "an option null", body: `{"question":` + asked + `,"options":[null]}`, code: "invalid_field",
			field: "options[0]"},
		bad{name: "an option empty", body: `{"question":` + asked + `,"options":[""]}`, code: "option_unknown",
			field: "options[0]"},
		bad{name: "an unknown question", body: `{"question":"nonsense","blanks":[]}`, code: "out_of_order"},
	)
	for _, c := range cases {
		h.expect(t, p, http.MethodPost, "/api/v1/attempts/"+step.Ticket+"/responses", asJSON, c)
	}
	if stands, err := p.Resume(step.Ticket); err != nil || stands.Question == nil ||
		stands.Question.ID != step.Question.ID {
		t.Errorf("after all that the attempt stands at %+v, %v", stands, err)
	}
}

// untilKind plays a level of all kinds until a question of that kind is asked;
// the first try has one, in any order.
func (h *house) untilKind(p *testkit.Player, kind string) *testkit.Step {
	h.t.Helper()
	step, err := p.Start("all-kinds")
	for err == nil && step.Question.Kind != kind {
		step, err = p.Send(step.Ticket, p.Answer(step.Question, true))
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return step
}

func TestOptionsThatDoNotFitTheQuestionAreNamed(t *testing.T) {
	h := commonHouse(t)
	p := h.enrolled("county")
	_, other := h.started("county", "all-kinds")
	step := h.untilKind(p, "single")
	options := make([]string, len(step.Question.Options))
	for i, o := range step.Question.Options {
		options[i] = quote(o.ID)
	}
	answer := func(members string) string { return `{"question":` + quote(step.Question.ID) + `,` + members + `}` }
	cases := []bad{
		{name: "two options of a single choice", body: answer(`"options":[` + options[0] + `,` + options[1] + `]`),
			code: "invalid_field", field: "options"},
		{name: "an option twice", body: answer(`"options":[` + options[0] + `,` + options[0] + `]`), code: "invalid_field",
			field: "options"},
		{name: "an option by its text", body: answer(`"options":[` + quote(step.Question.Options[0].Text) + `]`),
			code: "invalid_field", field: "options[0]"},
		{name: "an option by its index", body: answer(`"options":["0"]`), code: "option_unknown", field: "options[0]"},
		{name: "the question as an option", body: answer(`"options":[` + quote(step.Question.ID) + `]`),
			code: "option_unknown", field: "options[0]"},
		{name: "a blank where there is none", body: answer(`"blanks":["119"]`), code: "invalid_field", field: "blanks"},
		{name: "another attempt's question", body: `{"question":` + quote(other.Question.ID) + `,"options":[]}`,
			code: "out_of_order"},
	}
	if len(step.Question.Options[0].Text) <= 32 {
		cases[2].code = "option_unknown"
	}
	if len(other.Question.Options) > 0 {
		cases = append(cases, bad{name: "another attempt's option",
			body: answer(`"options":[` + quote(other.Question.Options[0].ID) + `]`), code: "option_unknown",
			field: "options[0]"})
	}
	for _, c := range cases {
		h.expect(t, p, http.MethodPost, "/api/v1/attempts/"+step.Ticket+"/responses", asJSON, c)
	}
}

// writes lists every call that takes a body, with one that it takes.
func (h *house) writes(p *testkit.Player, step *testkit.Step) map[string]string {
	return map[string]string{
		p.InContest("/enrolment"): `{"nickname":"青禾","unit":` +
			quote(h.unit("county", "东镇")) + `}`,
		p.InContest("/levels/all-kinds/attempts"):            `{}`,
		"/api/v1/attempts/" + step.Ticket + "/responses":     `{"question":` + quote(step.Question.ID) + `,"options":[]}`,
		"/api/v1/attempts/" + step.Ticket + "/finish":        `{}`,
		"/api/v1/attempts/" + step.Ticket + "/question":      `{}`,
		"/api/v1/contests/current/levels/all-kinds/attempts": `{}`,
	}
}

func TestEveryWriteRefusesABodyThatIsNoJSONObject(t *testing.T) {
	h := commonHouse(t)
	p, step := h.started("county", "all-kinds")
	for path, good := range h.writes(p, step) {
		for name, body := range map[string]string{
			"no body": "", "a blank body": " \n", "null": "null", "a list": "[]", "a list with it": "[" + good +
				"]", "a text": `"x"`, "a number": "7", "true": "true",
			"half of it": good[:len(good)-1], "garbage behind it": good + "x", "two of it": good +
				good, "a comma behind it": good + ",", "NUL behind it": good + "\x00",
			"a comma at the end": good[:len(good)-1] + ",}", "a comment": "/**/" + good, "single quotes": `{'a':1}`,
			"a byte order mark": "\ufeff" + good, "UTF-16": "{\x00}\x00", "invalid UTF-8": `{"other":"` + "\xff\xfe" +
				`"}`, "half a character": `{"other":"` + "\xe9\x9d" + `"}`,
			"a raw control character": "{\"other\":\"a\nb\"}", "deep nesting": strings.Repeat(`{"a":`, 1300) +
				strings.Repeat("}", 1300)[1:], "a form": "nickname=a&unit=b", "XML": "<a/>",
			"NaN": `{"other":NaN}`,
		} {
			h.expect(t, p, http.MethodPost, path, asJSON, bad{name: path + " " + name, body: body, code: "invalid_json"})
		}
		for name, size := range map[string]int{"a body of 8 KiB and a byte": 8<<10 + 1, "a body of 1 MB": 1 << 20} {
			h.expect(t, p, http.MethodPost, path, asJSON, bad{name: path + " " + name, body: `{"other":"` +
				strings.Repeat("x", size-12) + `"}`, code: "body_too_large"})
		}
		for _, media := range []string{"", "text/plain", "application/x-www-form-urlencoded",
			"multipart/form-data; boundary=x", "application/xml", "text/json",
			"application/json5", "application/problem+json", "application/*", "*/*", "application/json;;;=", "json",
			"application/json, text/plain"} {
			header := http.Header{"Content-Type": {media}}
			if media == "" {
				header = nil
			}
			h.expect(t, p, http.MethodPost, path, header, bad{name: path + " as " + media, body: good,
				code: "invalid_content_type"})
		}
	}
	if stands, err := p.Resume(step.Ticket); err != nil || stands.Question == nil || stands.Question.Position != 1 {
		t.Errorf("after all that the attempt stands at %+v, %v", stands, err)
	}
}

func TestAWriteTakesWhatJSONAllows(t *testing.T) {
	h := commonHouse(t)
	unit := quote(h.unit("county", "东镇"))
	for name, body := range map[string]string{
		"a newer page's key":         `{"nickname":"青禾","unit":` + unit + `,"new":{"a":[null,{"nickname":null}]}}`,
		"white space":                " {\r\n\t\"nickname\" : \"青禾\" , \"unit\" : " + unit + " }\n",
		"escapes":                    `{"nickname":"\u9752\u79be","unit":` + unit + `}`,
		"an emoji by surrogates":     `{"nickname":"\ud83d\ude00","unit":` + unit + `}`,
		"the longest nickname":       `{"nickname":"一二三四五六七八九十十一","unit":` + unit + `}`,
		"blanks around the nickname": `{"nickname":"  青  禾 ","unit":` + unit + `}`,
	} {
		p := h.player("county")
		if reply, text := h.postJSON(p, p.InContest("/enrolment"), body); reply.StatusCode != http.StatusCreated {
			t.Errorf("%s: %d %s", name, reply.StatusCode, text)
		}
	}
	p := h.player("county")
	header := http.Header{"Content-Type": {"Application/JSON; charset=UTF-8"}}
	if reply, text := h.send(p, http.MethodPost, p.InContest("/enrolment"), header,
		strings.NewReader(`{"nickname":"青禾","unit":`+unit+`}`)); reply.StatusCode != http.StatusCreated {
		t.Errorf("with a charset: %d %s", reply.StatusCode, text)
	}
}

func TestEveryWrongFieldOfAQueryIsNamed(t *testing.T) {
	h := commonHouse(t)
	p := h.enrolled("county")
	id := h.unit("county", "东镇")
	values := func(path, field string, texts ...string) {
		for _, text := range texts {
			query := "?" + field + "=" + url.QueryEscape(text)
			h.expect(t, p, http.MethodGet, path+query, nil, bad{name: path + " " + query[:min(60, len(query))],
				code: "invalid_field", field: field})
		}
	}
	number := []string{"0", "-1", "-9223372036854775809", "9223372036854775808", strings.Repeat("9", 400), "1e2", "1.0",
		"0x10", "ten", "１", " 1", "1 ", "+1", "01", "1,000", "\x00", "\xff", "null", "true", "[1]"}
	values(p.InContest("/boards/people"), "from", append(number, "1000000001")...)
	values(p.InContest("/boards/people"), "size", append(number, "101")...)
	board := "/api/v1/contests/workmonth/boards/total"
	values(board, "day", "today", "2026-6-16", "2026-06-31", "2026-02-29", "20260616", "2026-06-16T00:00:00Z",
		"-001-01-01", "2026-06-16 ", "９", "\xff", "\x00", strings.Repeat("2", 3000), "10000-01-01")
	values(p.InContest("/boards/people"), "day", "2026-06-16")
	values(p.InContest("/units"), "parent", "0", "-"+id, "+"+id, "0"+id, id+" ", "999", strings.Repeat("9", 3000), "东镇",
		"\xff", "\x00", h.unit("workmonth", "青禾镇"))
	values(p.InContest("/units"), "q", strings.Repeat("长", 41), "a\x00", "a\nb", "a\x7f", "\xff\xfe", "青\xe9")
	h.expect(t, p, http.MethodGet, p.InContest("/units?q=东&parent=999"), nil,
		bad{name: "a wrong parent beside q", code: "invalid_field", field: "parent"})
	for _, text := range []string{"", "x", "javascript:alert(1)", "http://elsewhere.example/", "//" +
		p.Base[len("http://"):], "ftp://" + p.Base[len("http://"):], p.Base +
		strings.Repeat("/x", 200), "\x00", "\xff", "http://[::1"} {
		values("/qr.svg", "text", text)
	}
}

func TestAQueryThatIsWronglyEscapedIsRefused(t *testing.T) {
	h := commonHouse(t)
	p := h.enrolled("county")
	for _, query := range []string{"?from=%", "?from=%zz", "?q=%f", "?a;b=1", "?size=1;from=2"} {
		for _, path := range []string{"/boards/people", "/units"} {
			h.expect(t, p, http.MethodGet, p.InContest(path)+query, nil, bad{name: path + query, code: "invalid_query"})
		}
	}
}

func TestAFieldGivenTwiceInAQueryIsNamed(t *testing.T) {
	h := commonHouse(t)
	p := h.enrolled("county")
	for _, c := range [][2]string{{"/boards/people?from=1&from=2", "from"}, {"/boards/people?size=1&size=1", "size"},
		{"/units?q=东&q=西", "q"}} {
		h.expect(t, p, http.MethodGet, p.InContest(c[0]), nil, bad{name: c[0], code: "invalid_field", field: c[1]})
	}
}

func TestEveryNameInAnAddressThatIsUnknownIsToldSo(t *testing.T) {
	h := commonHouse(t)
	p, step := h.started("county", "all-kinds")
	names := []string{"nothing", "COUNTY", "-", ".", "..", "%2e%2e", "%00", "%ff", "%0a", "county%20", "%E5%8E%BF",
		"'or'1'='1", "999", "-1", "{contest}", "*", strings.Repeat("x", 5000)}
	contestCalls := []string{"", "/units", "/boards/people", "/mistakes", "/stats"}
	for _, name := range names {
		for _, rest := range contestCalls {
			h.refuse(t, p, http.MethodGet, "/api/v1/contests/"+name+rest, "", "contest_unknown", "not_found")
		}
		h.refuse(t, p, http.MethodPost, "/api/v1/contests/"+name+"/enrolment", `{"nickname":"a"}`,
			"contest_unknown", "not_found")
		h.refuse(t, p, http.MethodPost, "/api/v1/contests/"+name+"/levels/all-kinds/attempts", `{}`,
			"contest_unknown", "not_found")
		h.refuse(t, p, http.MethodPost, p.InContest("/levels/"+name+"/attempts"), `{}`, "level_unknown", "not_found")
		h.refuse(t, p, http.MethodGet, p.InContest("/boards/"+name), "", "board_unknown", "not_found")
	}
	h.refuse(t, p, http.MethodGet, p.InContest("/boards/total"), "", "board_unknown") // the other contest's
	h.refuse(t, p, http.MethodPost, p.InContest("/levels/home/attempts"), `{}`, "level_unknown")
	for _, ticket := range append(names, step.Ticket[:20], step.Ticket+"A", step.Ticket[1:],
		strings.Repeat("A", len(step.Ticket)), strings.Repeat("%41", len(step.Ticket)), step.Ticket+"%0A", step.Ticket+"=") {
		h.refuse(t, p, http.MethodGet, "/api/v1/attempts/"+ticket, "", "ticket_invalid", "not_found")
		h.refuse(t, p, http.MethodPost, "/api/v1/attempts/"+ticket+"/responses", `{"question":"q","options":[]}`,
			"ticket_invalid", "not_found")
		h.refuse(t, p, http.MethodPost, "/api/v1/attempts/"+ticket+"/finish", `{}`, "ticket_invalid", "not_found")
		h.refuse(t, p, http.MethodPost, "/api/v1/attempts/"+ticket+"/question", `{}`, "ticket_invalid", "not_found")
	}
}

// refuse wants one of the codes; names with dots or slashes are other addresses.
func (h *house) refuse(t *testing.T, p *testkit.Player, method, path, body string, codes ...string) {
	t.Helper()
	reply, text := h.send(p, method, path, asJSON, strings.NewReader(body))
	var got testkit.Problem
	json.Unmarshal([]byte(text), &got) //nolint:errcheck // an empty code is refused below
	for _, code := range codes {
		if got.Code == code {
			return
		}
	}
	t.Errorf("%s %.90s: %d %.120q, want %v", method, path, reply.StatusCode, text, codes)
}

func TestEveryAddressAndMethodThatWeDoNotServeIsAProblem(t *testing.T) {
	h := commonHouse(t)
	p, step := h.started("county", "all-kinds")
	for _, path := range []string{"/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/contests/county", "/api/v2/contests",
		"/api/v1/contests/", "/api/v1//contests/county",
		"/api/v1/contests//stats", "/api/v1/contests/county/", "/api/v1/contests/county/stats/",
		"/api/v1/contests/county/../county",
		"/api/v1/attempts", "/api/v1/attempts/", "/api/v1/attempts//responses", "/api/openapi.yml", "/api/openapi.yaml/",
		"/API/v1/contests/county", "/api/v1/contests/county/stats%00", "//api/v1/contests/county"} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			reply, body := h.send(p, method, path, asJSON, nil)
			if inside := strings.HasPrefix(path, "/api/"); reply.StatusCode < 400 || reply.StatusCode > 499 || inside &&
				!strings.Contains(body, `"code":"`) {
				t.Errorf("%s %s: %d %.100s", method, path, reply.StatusCode, body)
			}
		}
	}
	for _, o := range h.spec.operations {
		path := strings.NewReplacer("{contest}", "county", "{level}", "all-kinds", "{board}", "people", "{ticket}",
			step.Ticket).Replace(o.path)
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND",
			"get", "X-\x7e"} {
			if _, taken := h.spec.find(method, path); taken {
				continue
			}
			reply, body := h.send(p, method, path, asJSON, strings.NewReader("{}"))
			if reply.StatusCode != http.StatusMethodNotAllowed || !strings.Contains(reply.Header.Get("Allow"), o.method) ||
				!strings.Contains(body, "method_not_allowed") {
				t.Errorf("%s %s: %d, Allow %q, %.100s", method, o.path, reply.StatusCode, reply.Header.Get("Allow"), body)
			}
		}
	}
}

func TestIdsOfOtherTablesAreNoUnits(t *testing.T) {
	h := commonHouse(t)
	p := h.enrolled("county")
	c, err := h.app.Catalog.Current("county")
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []sqldb.ID{c.ContestID, 1, 1<<63 - 1} {
		h.expect(t, p, http.MethodPost, p.InContest("/enrolment"), asJSON,
			bad{name: fmt.Sprint(id), body: `{"nickname":"青禾","unit":"` + id.String() + `"}`, code: "invalid_field",
				field: "unit"})
	}
}
