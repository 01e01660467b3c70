package console_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"anquanda/internal/report/offline"
	"anquanda/internal/staff"
)

// towns3 is a contest of three units, one of them below another.
const towns3 = `contest: month
title: 安全生产月
organizer: 县安委办
bank: safety
window: {opens: 2026-01-01 00:00, closes: 2030-01-01 00:00}
units:
  - {code: a, name: 青禾镇, children: [{code: a1, name: 柳湾村}]}
  - {code: b, name: 河东街道}
levels: [{key: only, title: 一题, questions: [{count: 1}], pass: 1}]
`

// unitPhone is who holds the link of a unit.
type unitPhone struct {
	t          *testing.T
	url, token string
}

func (u *unitPhone) send(path, header string, body any, into any) (code, detail string) {
	u.t.Helper()
	raw, isRaw := body.([]byte)
	media := "application/octet-stream"
	if !isRaw {
		raw, _ = json.Marshal(body)
		media = "application/json"
	}
	request, err := http.NewRequest(http.MethodPost, u.url+"/api/v1/fill"+path, bytes.NewReader(raw))
	if err != nil {
		u.t.Fatal(err)
	}
	request.Header.Set("Content-Type", media)
	request.Header.Set("Aq-Fill", header)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		u.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		u.t.Fatal(err)
	}
	var problem struct{ Code, Detail string }
	if response.StatusCode >= http.StatusBadRequest {
		if json.Unmarshal(text, &problem) != nil || problem.Code == "" {
			u.t.Fatalf("%s: %d %.300s", path, response.StatusCode, text)
		}
		return problem.Code, problem.Detail
	}
	if into != nil {
		if err := json.Unmarshal(text, into); err != nil {
			u.t.Fatalf("%s: %v %.300s", path, err, text)
		}
	}
	return "", ""
}

type fillForm struct {
	Unit    string
	Periods []struct {
		DueAt  int64 `json:"due_at"`
		Report *struct {
			Revision int
			Late     bool
			Pictures []struct{ ID, Text string }
		}
	}
}

// report sends numbers in the order of the items.
func (u *unitPhone) report(
	due int64, revision int, sure bool, pictures []map[string]any, numbers ...int,
) (code, detail string) {
	u.t.Helper()
	figures := []map[string]any{}
	if pictures == nil {
		pictures = []map[string]any{}
	}
	for i, title := range []string{"应急演练", "演练参加人次"} {
		figures = append(figures, map[string]any{"title": title, "value": numbers[i]})
	}
	return u.send("/report", "", map[string]any{"token": u.token, "due_at": due, "revision": revision, "figures": figures,
		"note": "", "pictures": pictures, "sure": sure}, nil)
}

func (u *unitPhone) picture(due int64) string {
	u.t.Helper()
	var body bytes.Buffer
	shot := image.NewRGBA(image.Rect(0, 0, 30, 20))
	shot.Set(1, 1, color.Black)
	if err := png.Encode(&body, shot); err != nil {
		u.t.Fatal(err)
	}
	var made struct{ ID string }
	if code, detail := u.send(fmt.Sprint("/pictures?due=", due), u.token, body.Bytes(), &made); code != "" {
		u.t.Fatal(code, detail)
	}
	return made.ID
}

func TestUnitsReportByTheirLinksAndNothingThatWasReportedIsLost(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk, wang *clerk) {
		if _, err := d.app.Catalog.Apply(t.Context(), "month.yaml", []byte(towns3), "测试"); err != nil {
			t.Fatal(err)
		}
		const path = "/contests/month/entries"
		wang.wants("POST", path+"/links", map[string]any{}, 404, "offline_plan_missing", "")
		now := time.Now()
		first, last := now.Add(24*time.Hour).UnixMilli(), now.Add(10*24*time.Hour).UnixMilli()
		plan := map[string]any{"depth": 1, "weekly": true, "first_due": first, "last_due": last, "revision": 0,
			"items": []map[string]string{{"title": "应急演练", "measure": "场"}, {"title": "演练参加人次", "measure": "人次"}}}
		for field, wrong := range map[string]any{"depth": 0, "last_due": 5, "items": []string{}, "first_due": last} {
			bad := map[string]any{}
			for key, value := range plan {
				bad[key] = value
			}
			bad[field] = wrong
			wang.wants("PUT", path+"/plan", bad, 400, "invalid_field", field)
		}
		wang.must("PUT", path+"/plan", plan, nil)
		wang.wants("PUT", path+"/plan", plan, 409, "offline_plan_stale", "")

		var told struct {
			Links []struct{ ID, Name, Token string }
		}
		wang.must("POST", path+"/links", map[string]any{}, &told)
		if len(told.Links) != 2 || told.Links[0].Name != "青禾镇" || told.Links[0].Token == told.Links[1].Token {
			t.Fatalf("links of the units at the top: %+v", told)
		}
		var stored int
		if err := d.app.DB.Get(t.Context(), &stored, "SELECT COUNT(*) FROM offline_links WHERE token_hash = ?",
			told.Links[0].Token); err != nil || stored != 0 {
			t.Errorf("the token itself is stored: %d, %v", stored, err)
		}
		qing, east := &unitPhone{t, d.url, told.Links[0].Token}, &unitPhone{t, d.url, told.Links[1].Token}
		var form fillForm
		if code, _ := qing.send("", "", map[string]string{"token": qing.token}, &form); code != "" || form.Unit != "青禾镇" ||
			len(form.Periods) != 3 {
			t.Fatalf("%s %+v", code, form)
		}
		if code, _ := qing.send("", "", map[string]string{"token": qing.token[:25] + "1"}, nil); code != "fill_link_unknown" {
			t.Errorf("a guess gets %q", code)
		}

		// The other unit's picture is nobody else's, and captions are data.
		shot := east.picture(first)
		caption := []map[string]any{{"id": shot, "text": "<script>alert(1)</script>", "at": "广场",
			"day": now.Year()*10_000 + 101}}
		send := func(body []byte) string {
			code, _ := qing.send(fmt.Sprint("/pictures?due=", first), qing.token, body, nil)
			return code
		}
		see := map[string]string{"token": qing.token, "id": shot}
		for name, c := range map[string]struct{ got, want string }{
			"another's picture": {first2(qing.report(first, 0, false, caption, 1, 20)), "fill_picture_unknown"},
			"a negative number": {first2(qing.report(first, 0, false, nil, -1, 20)), "invalid_field"},
			"an unlikely one":   {first2(qing.report(first, 0, false, nil, 0, 20)), "fill_odd"},
			"a later period":    {first2(qing.report(form.Periods[2].DueAt, 0, false, nil, 1, 20)), "fill_too_early"},
			"no period":         {first2(qing.report(first+1, 0, false, nil, 1, 20)), "fill_period_unknown"},
			"a picture to see":  {first2(qing.send("/picture", "", see, nil)), "fill_picture_unknown"},
			"no picture":        {send([]byte("<svg>")), "fill_picture_kind"},
			"a large picture":   {send(make([]byte, 9<<20)), "fill_picture_large"},
		} {
			if c.got != c.want {
				t.Errorf("%s gets %q, want %q", name, c.got, c.want)
			}
		}
		if code, detail := east.report(first, 0, false, caption, 2, 90); code != "" {
			t.Fatal(code, detail)
		}
		for _, numbers := range [][]int{{1, 20}, {3, 40}} { // twice: the later holds
			revision := 0
			if numbers[0] == 3 {
				revision = 1
			}
			if code, detail := qing.report(first, revision, false, nil, numbers...); code != "" {
				t.Fatal(code, detail)
			}
		}
		if code, _ := qing.report(first, 1, false, nil, 9, 9); code != "fill_stale" {
			t.Errorf("over one that somebody else reported: %q", code)
		}
		for i := range 29 {
			east.picture(first)
			if i == 28 {
				code, _ := east.send(fmt.Sprint("/pictures?due=", first), east.token, []byte("x"), nil)
				if code != "fill_pictures_full" {
					t.Errorf("the 31st picture gets %q", code)
				}
			}
		}
		var history struct {
			Reports []struct {
				Revision int
				Figures  []struct{ Value int }
			}
		}
		wang.must("GET", path+"/units/"+told.Links[0].ID, nil, &history)
		if len(history.Reports) != 2 || history.Reports[1].Figures[0].Value != 1 || history.Reports[0].Figures[0].Value != 3 {
			t.Errorf("what was reported is %+v", history)
		}

		// The end of the period comes: its figures are kept, and a late report changes them no more.
		d.skew.Store((25 * time.Hour).Milliseconds())
		if err := d.app.FreezePeriods(t.Context()); err != nil {
			t.Fatal(err)
		}
		if code, detail := qing.report(first, 2, false, nil, 5, 50); code != "" {
			t.Fatal(code, detail)
		}
		wang.must("POST", "/session", map[string]string{"login": "wang", "password": password}, nil)
		var kept struct {
			Figures []struct {
				Name  string
				Value float64
			}
		}
		wang.must("GET", fmt.Sprint(path, "/snapshots/", first), nil, &kept)
		if got := fmt.Sprint(kept.Figures); !strings.Contains(got, "{应急演练 5} {演练参加人次 130}") {
			t.Errorf("kept is %s", got)
		}
		var period struct {
			Period struct{ Reported, Late, Missing int }
			Totals []struct{ Value int }
		}
		wang.must("GET", fmt.Sprint(path, "/periods/", first), nil, &period)
		if period.Period.Reported != 2 || period.Period.Late != 1 || period.Totals[0].Value != 7 {
			t.Errorf("the period is %+v", period)
		}
		wang.must("GET", fmt.Sprint(path, "/periods/", form.Periods[1].DueAt), nil, &period)
		if period.Period.Missing != 2 {
			t.Errorf("the next period is %+v", period)
		}

		checkForm(t, wang, first)

		files := unpacked(t, wang.send("GET", "/contests/month/closing/pack", nil).body)
		name := ""
		for file := range files {
			if strings.HasPrefix(file, "图片/001-河东街道-") {
				name = file
			}
		}
		if strings.ContainsAny(strings.TrimPrefix(name, "图片/"), "<>/") || len(files[name]) == 0 ||
			len(files["图片/图片目录.xlsx"]) == 0 {
			t.Errorf("the picture is %s", name)
		}
		book, err := excelize.OpenReader(bytes.NewReader(files["数据.xlsx"]))
		if err != nil {
			t.Fatal(err)
		}
		paper := unpacked(t, files["活动方案.docx"])["word/document.xml"]
		for _, part := range []string{"安全生产月活动方案", "应急演练、演练参加人次", "线下活动填报截止", "河东街道", "联络员"} {
			if !bytes.Contains(paper, []byte(part)) {
				t.Errorf("the plan lacks %s", part)
			}
		}
		d.choosesPictures(wang, files["总结.docx"])
		if got := cellOf(t, files["统计表/月报.xlsx"], "B2"); got != "7" {
			t.Errorf("the table in the pack has %q", got)
		}
		if rows, err := book.GetRows("线下活动"); err != nil || len(rows) != 3 || rows[1][2] != "7" {
			t.Errorf("the sheet is %v, %v", rows, err)
		}

		wang.must("POST", path+"/units/"+told.Links[0].ID+"/link", map[string]any{}, nil)
		in, err := d.app.Catalog.Current("month")
		if err != nil {
			t.Fatal(err)
		}
		if rows, err := offline.Expire(t.Context(), d.app.DB, in.ContestID); err != nil || rows != 30 {
			t.Errorf("at the end of the retention %d pictures go, %v", rows, err)
		}
		files = unpacked(t, wang.send("GET", "/contests/month/closing/pack", nil).body)
		if len(files["图片/图片目录.xlsx"]) != 0 || len(files["统计表/月报.xlsx"]) == 0 {
			t.Error("pictures are still in the pack, or the numbers are gone")
		}
		if code, _ := qing.send("", "", map[string]string{"token": qing.token}, nil); code != "fill_link_unknown" {
			t.Errorf("a link that was renewed gets %q", code)
		}
		if entries, err := d.app.Staff.Log(t.Context(), 0, 3); err != nil || !slices.ContainsFunc(entries,
			func(e staff.Logged) bool { return e.Action == "offline.renew" }) {
			t.Errorf("the log ends with %v, %v", entries, err)
		}
		d.signedIn("kan", staff.Viewer).wants("POST", path+"/links", map[string]any{}, 403, "not_permitted", "")
	})
}

// checkForm has a table of another office filled with 应急演练, which was 5 when the period
// that was due then ended, and is 7 now.
func checkForm(t *testing.T, wang *clerk, due int64) {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	var body bytes.Buffer
	if err := errors.Join(book.SetCellStr("Sheet1", "A2", "应急演练（场）"),
		book.SetCellStr("Sheet1", "B3", "{{应急演练（本期）}}"), book.Write(&body)); err != nil {
		t.Fatal(err)
	}
	const path = "/contests/month/forms"
	upload := func(data []byte) reply {
		return wang.send("POST", path+"?name=%E6%9C%88%E6%8A%A5.xlsx", data, "Content-Type", "application/octet-stream")
	}
	if r := upload([]byte("no table")); r.Code != "form_unreadable" {
		t.Errorf("no table gets %d %s", r.status, r.Code)
	}
	if r := upload(make([]byte, 3<<20)); r.Code != "form_too_large" {
		t.Errorf("3 MB get %d %s", r.status, r.Code)
	}
	var made struct{ ID string }
	if r := upload(body.Bytes()); r.status != http.StatusCreated || json.Unmarshal(r.body, &made) != nil {
		t.Fatalf("upload: %d %s", r.status, r.body)
	}
	one := path + "/" + made.ID
	var seen struct {
		Revision  int
		Filled    int
		Suggested []map[string]string
	}
	wang.must("GET", one, nil, &seen)
	if seen.Filled != 1 || len(seen.Suggested) != 1 || seen.Suggested[0]["cell"] != "B2" {
		t.Fatalf("the form is %+v", seen)
	}
	wrong := []map[string]string{{"sheet": "Sheet1", "cell": "B 2", "name": "x"}}
	wang.wants("PUT", one, map[string]any{"revision": 1, "places": wrong}, 400, "invalid_field", "places")
	wang.must("PUT", one, map[string]any{"revision": seen.Revision, "places": seen.Suggested}, &seen)
	wang.wants("PUT", one, map[string]any{"revision": 1, "places": []string{}}, 409, "form_stale", "")
	if r := upload(body.Bytes()); r.status != http.StatusCreated { // sent anew: what was picked stays
		t.Errorf("again: %d %s", r.status, r.body)
	}
	for query, want := range map[string]string{"": "7 2", fmt.Sprint("?at=", due): "5 5"} { // in all, new since the period
		data := wang.send("GET", one+"/filled"+query, nil).body
		if got := cellOf(t, data, "B2") + " " + cellOf(t, data, "B3"); got != want {
			t.Errorf("filled %s is %q, want %s", query, got, want)
		}
	}
	wang.wants("GET", one+"/filled?at=5", nil, 404, "snapshot_unknown", "")
	wang.wants("GET", path+"/12", nil, 404, "form_unknown", "")
}

func cellOf(t *testing.T, data []byte, cell string) string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%v: %.200s", err, data)
	}
	defer book.Close()
	text, err := book.GetCellValue("Sheet1", cell)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func first2(code, _ string) string { return code }
