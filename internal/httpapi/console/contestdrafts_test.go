package console_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

type draftPage struct {
	Draft struct {
		ID, Contest, Title string
		SavedBy            string `json:"saved_by"`
		Base, Revision     int
		Waiting, Rehearsed bool
	}
	Text     string
	Form     map[string]any
	Approval struct {
		Needed bool
		Asked  *struct {
			By, Reason, Hash string
			Own              bool
		}
	}
	Links     []struct{ ID string }
	Rehearsal *struct{ Slug, Pass string }
}

// begin keeps a text as a new draft.
func (c *clerk) begin(text, contest string, base int) (got draftPage) {
	c.t.Helper()
	c.must("POST", "/contest-drafts", map[string]any{"text": text, "contest": contest, "base": base}, &got)
	return got
}

func (c *clerk) draftAgain(id string) (got draftPage) {
	c.t.Helper()
	c.must("GET", "/contest-drafts/"+id, nil, &got)
	return got
}

func saving(text string, revision int) map[string]any {
	return map[string]any{"text": text, "revision": revision, "form": map[string]any{"looked": true}}
}

func TestADraftIsKeptAsTypedAndTwoTabsDoNotOverwriteEachOther(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk, wang *clerk) {
		li := d.signedIn("li", staff.Organizer)
		faulty := strings.Replace(fete, "pass: 2", "pass: [", 1)
		id := wang.begin(fete, "", 0).Draft.ID
		path := "/contest-drafts/" + id
		wang.must("PUT", path, saving(faulty, 1), nil)
		li.wants("PUT", path, saving(fete, 1), http.StatusConflict, "contest_draft_changed", "")
		got := li.draftAgain(id)
		if got.Text != faulty || got.Draft.Revision != 2 || got.Draft.SavedBy != "wang" || got.Draft.Title != "安全答题" ||
			got.Form["looked"] != true {
			t.Errorf("the draft is %+v", got)
		}
		li.must("PUT", path, saving(fete, 2), nil)
		wang.wants("PUT", path, saving(faulty, 2), http.StatusConflict, "contest_draft_changed", "")
		var list struct{ Drafts []struct{ ID, Title string } }
		wang.must("GET", "/contest-drafts", nil, &list)
		if len(list.Drafts) != 1 || list.Drafts[0].ID != id {
			t.Errorf("the drafts are %+v", list)
		}
		if _, err := d.app.Catalog.Current("fete"); err == nil {
			t.Error("a draft is a contest")
		}

		// Published with its draft; somebody who saved meanwhile is not overwritten.
		publish := map[string]any{"text": fete, "base": 0, "draft": id, "revision": 2}
		wang.wants("PUT", "/contests", publish, http.StatusConflict, "contest_draft_changed", "")
		publish["revision"] = 3
		wang.must("PUT", "/contests", publish, nil)
		wang.wants("GET", path, nil, http.StatusNotFound, "contest_draft_unknown", "")

		// A change of a contest that runs is a draft too, of that contest alone.
		change := wang.begin(strings.Replace(fete, "pass: 2", "pass: 1", 1), "fete", 1)
		if change.Draft.Contest != "fete" || change.Draft.Base != 1 {
			t.Errorf("the change is %+v", change)
		}
		other := strings.Replace(fete, "contest: fete", "contest: workmonth", 1)
		wang.must("PUT", "/contest-drafts/"+change.Draft.ID, saving(other, 1), nil)
		wang.wants("PUT", "/contests", map[string]any{"text": other, "base": 1, "reason": "换一个", "draft": change.Draft.ID,
			"revision": 2}, http.StatusConflict, "contest_renamed", "")
		wang.must("DELETE", "/contest-drafts/"+change.Draft.ID, nil, nil)
		wang.wants("DELETE", "/contest-drafts/"+change.Draft.ID, nil, http.StatusNotFound, "contest_draft_unknown", "")
	})
}

// glance is what somebody without an account is told for a token.
func (d *desk) glance(token string) (status int, text string) {
	d.t.Helper()
	sent, _ := json.Marshal(map[string]string{"token": token})
	response, err := http.Post(d.url+"/api/v1/look", "application/json", strings.NewReader(string(sent)))
	if err != nil {
		d.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	if response.StatusCode == http.StatusOK && !strings.Contains(response.Header.Get("X-Robots-Tag"), "noindex") {
		d.t.Error("what a link shows may be indexed")
	}
	return response.StatusCode, string(body)
}

func TestALinkShowsADraftWithoutAnswersUntilItIsWithdrawnOrOver(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk, wang *clerk) {
		id := wang.begin(fete, "", 0).Draft.ID
		var made struct {
			Link  struct{ ID string }
			Token string
		}
		links := "/contest-drafts/" + id + "/links"
		wang.wants("POST", links, map[string]int{"days": 31}, http.StatusBadRequest, "invalid_field", "days")
		wang.must("POST", links, map[string]int{"days": 7}, &made)
		status, text := d.glance(made.Token)
		if status != http.StatusOK || !strings.Contains(text, `"title":"安全答题"`) || !strings.Contains(text, `"stem"`) ||
			!strings.Contains(text, `"wrong":0`) {
			t.Errorf("the link shows %d %.400s", status, text)
		}
		for _, word := range []string{"answer", "right", "explanation", "source", "wang"} {
			if strings.Contains(text, `"`+word) {
				t.Errorf("the link tells %q", word)
			}
		}
		var stored int
		err := d.app.DB.Get(t.Context(), &stored, "SELECT COUNT(*) FROM contest_draft_links WHERE token_hash = ?", made.Token)
		if err != nil || stored != 0 {
			t.Errorf("the token itself is stored: %d, %v", stored, err)
		}
		if status, _ := d.glance(made.Token + "A"); status != http.StatusNotFound {
			t.Errorf("a made-up token gets %d", status)
		}

		// A faulty draft shows how much is wrong and nothing that cannot be shown.
		wang.must("PUT", "/contest-drafts/"+id, saving(strings.Replace(fete, "pass: 2", "pass: 9", 1), 1), nil)
		if status, text := d.glance(made.Token); status != http.StatusOK || !strings.Contains(text, `"wrong":1`) ||
			!strings.Contains(text, `"preview":null`) {
			t.Errorf("of a faulty draft it shows %d %.300s", status, text)
		}
		wang.must("DELETE", links+"/"+made.Link.ID, nil, nil)
		if status, _ := d.glance(made.Token); status != http.StatusNotFound {
			t.Errorf("after it is withdrawn it gets %d", status)
		}
		wang.wants("DELETE", links+"/"+made.Link.ID, nil, http.StatusNotFound, "draft_link_unknown", "")
		wang.must("POST", links, map[string]int{"days": 1}, &made)
		d.skew.Store((25 * time.Hour).Milliseconds())
		if status, _ := d.glance(made.Token); status != http.StatusNotFound {
			t.Errorf("when it is over it gets %d", status)
		}
	})
}

func TestADraftIsPublishedByTwoWhereTheOfficeWantsIt(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk, wang *clerk) {
		owner, li, zhao := d.signedIn("chief", staff.Owner), d.signedIn("li", staff.Organizer),
			d.signedIn("zhao", staff.Organizer)
		owner.must("PUT", "/contest-approval", map[string]bool{"needed": true}, nil)
		owner.wants("PUT", "/contest-approval", map[string]bool{"needed": false}, http.StatusConflict,
			"second_person_needed", "")
		li.wants("PUT", "/contests", map[string]any{"text": fete, "base": 0}, http.StatusConflict, "approval_needed", "")

		id := wang.begin(fete, "", 0).Draft.ID
		path := "/contest-drafts/" + id
		wang.wants("PUT", "/contests", map[string]any{"text": fete, "base": 0, "draft": id, "revision": 1},
			http.StatusConflict, "approval_needed", "")
		li.must("POST", path+"/approval", map[string]any{"revision": 1}, nil) // asks for what wang wrote
		hash := li.draftAgain(id).Approval.Asked.Hash
		agree := map[string]string{"hash": hash}
		li.wants("POST", path+"/approval/agree", agree, http.StatusConflict, "second_person_needed", "")
		wang.wants("POST", path+"/approval/agree", agree, http.StatusConflict, "second_person_needed", "")
		wang.wants("PUT", path, saving(fete, 1), http.StatusConflict, "contest_draft_waiting", "")
		wang.wants("DELETE", path, nil, http.StatusConflict, "contest_draft_waiting", "")
		zhao.wants("POST", path+"/approval/agree", map[string]string{"hash": strings.Repeat("0", 64)}, http.StatusConflict,
			"contest_draft_not_as_seen", "")

		// Withdrawn, written anew, asked for again: the old agreement is worth nothing.
		wang.must("DELETE", path+"/approval", nil, nil)
		better := strings.Replace(fete, "pass: 2", "pass: 3", 1)
		wang.must("PUT", path, saving(better, 1), nil)
		zhao.wants("POST", path+"/approval/agree", agree, http.StatusConflict, "contest_draft_not_waiting", "")
		wang.must("POST", path+"/approval", map[string]any{"revision": 2}, nil)
		zhao.wants("POST", path+"/approval/agree", agree, http.StatusConflict, "contest_draft_not_as_seen", "")
		zhao.must("POST", path+"/approval/agree",
			map[string]string{"hash": zhao.draftAgain(id).Approval.Asked.Hash}, nil)
		published, err := d.app.Catalog.Text(t.Context(), "fete")
		if err != nil || published != better {
			t.Errorf("published is %q, %v", published, err)
		}
		zhao.wants("GET", path, nil, http.StatusNotFound, "contest_draft_unknown", "")

		// Whose account the first has touched is no other person.
		d.skew.Store((48 * time.Hour).Milliseconds())
		if err := d.app.Staff.SetPassword(t.Context(), staff.ActorOf(wang.member), zhao.member.ID,
			"cai-hong-qiao-2026"); err != nil {
			t.Fatal(err)
		}
		d.skew.Store((96 * time.Hour).Milliseconds())
		wang.must("POST", "/session", map[string]string{"login": "wang", "password": password}, nil)
		change := wang.begin(fete, "fete", 1)
		path = "/contest-drafts/" + change.Draft.ID
		wang.wants("POST", path+"/approval", map[string]any{"revision": 1}, http.StatusBadRequest, "invalid_field", "reason")
		wang.must("POST", path+"/approval", map[string]any{"revision": 1, "reason": "太难"}, nil)
		draft := wang.draftAgain(change.Draft.ID)
		if !draft.Draft.Waiting || !draft.Approval.Asked.Own || draft.Approval.Asked.Reason != "太难" {
			t.Errorf("the change waits as %+v", draft.Approval)
		}
		if _, err := d.app.Catalog.Approve(t.Context(), staff.ActorOf(zhao.member), mustID(t, change.Draft.ID),
			draft.Approval.Asked.Hash); codeOf(err) != "account_touched" {
			t.Errorf("whom wang gave a password agrees: %v", err)
		}
	})
}

func TestADraftIsRehearsedUnseenAndLeavesNothing(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk, wang *clerk) {
		id := wang.begin(strings.Replace(fete, "2040-01-01", "2040-02-01", 1), "", 0).Draft.ID
		path := "/contest-drafts/" + id
		var begun struct{ Rehearsal struct{ Slug, Pass string } }
		wang.must("POST", path+"/rehearsal", map[string]any{}, &begun)
		wang.wants("POST", path+"/rehearsal", map[string]any{}, http.StatusConflict, "rehearsal_running", "")
		if begun.Rehearsal.Pass == "" || !strings.HasSuffix(begun.Rehearsal.Slug, "-rehearsal") {
			t.Fatalf("the rehearsal is %+v", begun)
		}
		in, err := d.app.Catalog.Current(begun.Rehearsal.Slug)
		if err != nil || in.RehearsalOf == 0 {
			t.Fatalf("it is %+v, %v", in, err)
		}
		for _, public := range d.app.Catalog.Scheduled(time.Now().UnixMilli()) {
			if public.ContestID == in.ContestID {
				t.Error("the public list has it")
			}
		}
		stranger := testkit.NewPlayer(d.url, begun.Rehearsal.Slug, d.shipped())
		if err := stranger.Enrol("路人", ""); err == nil {
			t.Error("who has no pass comes in")
		}
		wang.wants("PUT", "/contests", map[string]any{"text": wang.draftAgain(id).Text, "base": 0, "draft": id,
			"revision": 1}, http.StatusConflict, "contest_draft_rehearsed", "")
		wang.wants("DELETE", path, nil, http.StatusConflict, "contest_draft_rehearsed", "")
		wang.must("DELETE", path+"/rehearsal", nil, nil)
		var left int
		err = d.app.DB.Get(t.Context(), &left, "SELECT COUNT(*) FROM contest_versions WHERE contest_id = ?", in.ContestID)
		if err != nil || left != 0 {
			t.Errorf("%d versions of it are left, %v", left, err)
		}
		wang.must("DELETE", path, nil, nil)
	})
}

func mustID(t *testing.T, text string) sqldb.ID {
	t.Helper()
	id, ok := sqldb.ParseID(text)
	if !ok {
		t.Fatalf("%q is no id", text)
	}
	return id
}

func codeOf(err error) string { return errs.From(err).Code }
