package console_test

import (
	"net/http"
	"strings"
	"testing"

	"anquanda/internal/staff"
)

// with is a good body with one field changed; absent takes it out.
func with(good map[string]any, field string, value any) map[string]any {
	changed := map[string]any{}
	for key, v := range good {
		changed[key] = v
	}
	if changed[field] = value; value == absent {
		delete(changed, field)
	}
	return changed
}

var absent = new(int)

func TestAWrongFieldIsNamed(t *testing.T) {
	d := openDesk(t, embedded(t))
	wang := d.signedIn("wang", staff.Owner)
	draft := "/drafts/" + wang.upload("一.csv", []byte(csvBank)).ID
	q := map[string]any{"id": "x", "kind": "single", "stem": "题干？", "options": []string{"甲", "乙"}, "answer": "A",
		"difficulty": 1}
	member := map[string]any{"login": "li", "name": "李四", "role": "host", "password": password}
	plan := map[string]any{"bank": "community", "mode": "merge", "only_valid": true, "note": ""}
	long := strings.Repeat("长", 2000)
	invalid := func(method, path string, body any, field string) {
		t.Helper()
		wang.wants(method, path, body, http.StatusBadRequest, "invalid_field", field)
	}

	for _, value := range []any{absent, 7, "x", "LI si", "a", strings.Repeat("a", 40), nil} {
		invalid("POST", "/staff", with(member, "login", value), "login")
	}
	for _, value := range []any{absent, 7, " ", long, "一\n二", nil} {
		invalid("POST", "/staff", with(member, "name", value), "name")
	}
	for _, value := range []any{absent, 7, "king", nil} {
		invalid("POST", "/staff", with(member, "role", value), "role")
		invalid("PATCH", "/staff/"+wang.member.ID.String(), map[string]any{"role": value, "disabled": false}, "role")
	}
	invalid("PATCH", "/staff/"+wang.member.ID.String(), map[string]any{"role": "owner", "disabled": "no"}, "disabled")
	for _, value := range []any{absent, 7, "short", nil} {
		invalid("POST", "/staff", with(member, "password", value), "password")
		invalid("POST", "/staff/"+wang.member.ID.String()+"/password", map[string]any{"password": value}, "password")
	}
	wang.must("POST", "/staff", member, nil)
	wang.wants("POST", "/staff", member, http.StatusConflict, "login_taken", "")

	for field, values := range map[string][]any{"bank": {absent, 7, "", nil}, "mode": {absent, 7, "both", nil},
		"only_valid": {"yes"}, "note": {7, long, "一\x00"}} {
		for _, value := range values {
			invalid("POST", draft+"/plan", with(plan, field, value), field)
			invalid("POST", draft+"/import", with(plan, field, value), field)
		}
	}
	invalid("POST", draft+"/import", with(plan, "bank", "我的题库"), "bank")

	mend := draft + "/rows/2"
	for field, values := range map[string][]any{"answer": {absent, 7, "a", true}, "stem": {7, "一\x00"},
		"options":    {"甲", []int{1}, []string{"甲", "乙\x07"}},
		"difficulty": {"难"}, "source": {"法"}, "topics": {7}, "surprise": {1}, "score": {"十"}} {
		for _, value := range values {
			invalid("PUT", mend, map[string]any{"question": with(q, field, value)}, "question."+field)
			invalid("POST", "/banks/safety/questions/fire-001/correction/preview",
				map[string]any{"action": "correct", "reason": "原因", "question": with(q, field, value)}, "question."+field)
		}
	}
	invalid("PUT", mend, map[string]any{}, "question")
	invalid("PUT", mend, map[string]any{"question": nil}, "question")
	for _, ordinal := range []string{"0", "-1", "x", "99"} {
		wang.wants("PUT", draft+"/rows/"+ordinal, map[string]any{"question": q}, http.StatusNotFound, "draft_unknown", "")
	}
}

func TestAWrongCorrectionIsRefused(t *testing.T) {
	d := openDesk(t, embedded(t))
	wang := d.signedIn("wang", staff.Owner)
	path := "/banks/safety/questions/fire-001/correction"
	var got struct{ Question map[string]any }
	wang.must("GET", "/banks/safety/questions/fire-001", nil, &got)
	options := got.Question["options"].([]any)
	body := func(field string, value any) map[string]any {
		return map[string]any{"action": "correct", "reason": "写错了", "question": with(got.Question, field, value)}
	}
	wang.wants("POST", path, body("options", options[1:]), http.StatusConflict, "question_reshaped", "")
	wang.wants("POST", path+"/preview", body("options", options[1:]), http.StatusConflict, "question_reshaped", "")
	wang.wants("POST", path, body("stem", ""), http.StatusBadRequest, "invalid_field", "question.stem")
	wang.wants("POST", path, body("difficulty", 9), http.StatusBadRequest, "invalid_field", "question.difficulty")
	for field, named := range map[string]any{"image": "nosuch.svg", "option_images": []string{"", "nosuch.svg", "", ""}} {
		for _, end := range []string{"", "/preview"} {
			wang.wants("POST", path+end, body(field, named), http.StatusBadRequest, "invalid_field", "question."+field)
		}
	}
	wang.wants("POST", path, map[string]any{"action": "correct", "reason": "写错了"}, http.StatusBadRequest,
		"invalid_field", "question")
	for _, action := range []any{"", "delete", absent, 7} {
		wang.wants("POST", path, with(map[string]any{"reason": "写错了"}, "action", action), http.StatusBadRequest,
			"invalid_field", "action")
	}
	for _, reason := range []any{absent, "", "短", strings.Repeat("长", 101), 7, "一\x01"} {
		wang.wants("POST", path, with(map[string]any{"action": "void"}, "reason", reason), http.StatusBadRequest,
			"invalid_field", "reason")
	}
	wang.wants("POST", "/banks/nowhere/questions/x/correction", map[string]any{"action": "void", "reason": "写错了"},
		http.StatusNotFound, "bank_unknown", "")
}

func TestAWrongQueryIsRefused(t *testing.T) {
	d := openDesk(t, embedded(t))
	wang := d.signedIn("wang", staff.Owner)
	for path, field := range map[string]string{
		"/banks/safety/questions?from=0": "from", "/banks/safety/questions?size=201": "size",
		"/banks/safety/questions?difficulty=6": "difficulty",
		"/banks/safety/questions?kind=essay":   "kind", "/banks/safety/questions?q=a&q=b": "q",
		"/banks/safety/questions?q=%00": "q",
		"/banks/safety/compare":         "from", "/banks/safety/compare?from=1&to=x": "to",
		"/banks/safety/export": "format", "/audit?before=-1": "before", "/drafts/1/rows?state=odd": "state",
		"/drafts/1/rows?after=x": "after",
	} {
		wang.wants("GET", path, nil, http.StatusBadRequest, "invalid_field", field)
	}
	for path, code := range map[string]string{
		"/banks/nowhere": "bank_unknown", "/banks/nowhere/questions": "bank_unknown",
		"/banks/safety/compare?from=1&to=9": "bank_unknown",
		"/banks/safety/questions/none":      "question_unknown", "/drafts/none": "draft_unknown",
		"/drafts/1": "draft_unknown",
	} {
		wang.wants("GET", path, nil, http.StatusNotFound, code, "")
	}
	for _, c := range []struct{ body, media, code string }{
		{"{", "application/json", "invalid_json"}, {"[]", "application/json", "invalid_json"},
		{"{}", "text/plain", "invalid_content_type"},
		{`{"login":"a","login":"b"}`, "application/json", "invalid_field"},
		{"{\"name\":\"\xff\"}", "application/json", "invalid_json"},
		{`{"name":"` + strings.Repeat("x", 9000) + `"}`, "application/json", "body_too_large"},
	} {
		if r := wang.send("POST", "/staff", []byte(c.body), "Content-Type", c.media); r.Code != c.code {
			t.Errorf("%.40s as %s: %d %s, want %s", c.body, c.media, r.status, r.Code, c.code)
		}
	}
}
