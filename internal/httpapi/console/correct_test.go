package console_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"anquanda/internal/question"
	"anquanda/internal/staff"
	"anquanda/internal/testkit"
)

// playedWrongly has a player answer one single choice of the first level wrongly
// and all else right. It returns the question, the option taken, and a ticket to
// report it with.
func (d *desk) playedWrongly(p *testkit.Player) (q question.Question, taken int, ticket, opaque string) {
	d.t.Helper()
	shipped := d.shipped()
	step, err := p.Start("home")
	for err == nil && step.Result == nil {
		asked := step.Question
		answer := p.Answer(asked, q.ID != "" || asked.Kind != "single")
		if q.ID == "" && asked.Kind == "single" {
			q = shipped[slices.IndexFunc(shipped, func(q question.Question) bool { return q.Stem == asked.Stem })]
			for _, option := range asked.Options {
				if option.ID == answer.Options[0] {
					taken = slices.Index(q.Options, option.Text)
				}
			}
			ticket, opaque = step.Ticket, asked.ID
		}
		step, err = p.Send(step.Ticket, answer)
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return q, taken, ticket, opaque
}

// held is a question of the shipped bank as the console reads it.
func (c *clerk) held(id string) map[string]any {
	c.t.Helper()
	var got struct{ Question map[string]any }
	c.must("GET", "/banks/safety/questions/"+id, nil, &got)
	return got.Question
}

type previewReply struct {
	Attempts, Players, Up, Down int
	Examples                    []struct {
		Contest, Level string
		ScoreBefore    int `json:"score_before"`
		ScoreAfter     int `json:"score_after"`
	}
}

func TestACorrectionIsLookedAtMadeAndTakenBack(t *testing.T) {
	each(t, func(t *testing.T, s *testkit.Store) {
		d := openDesk(t, s)
		wang := d.signedIn("wang", staff.Organizer)
		q, taken, _, _ := d.playedWrongly(d.player("错一题"))
		path := "/banks/safety/questions/" + q.ID + "/correction"
		// As the console does it: what the bank holds, where a picture has the name that it is kept by.
		before, corrected := wang.held(q.ID), wang.held(q.ID)
		corrected["answer"] = string(rune('A' + taken))
		body := map[string]any{"action": "correct", "question": corrected, "reason": "答案标错"}

		var seen previewReply
		wang.must("POST", path+"/preview", body, &seen)
		if seen.Attempts != 1 || seen.Players != 1 || seen.Up != 1 || seen.Down != 0 || len(seen.Examples) != 1 {
			t.Fatalf("the preview is %+v", seen)
		}
		if e := seen.Examples[0]; e.ScoreBefore != 90 || e.ScoreAfter != 100 || e.Contest == "" || e.Level == "home" {
			t.Errorf("the example is %+v", e)
		}
		var bank struct{ Version int }
		wang.must("GET", "/banks/safety", nil, &bank)
		if bank.Version != 1 {
			t.Errorf("looking made version %d", bank.Version)
		}
		wang.must("POST", path, body, &bank)
		if after := wang.held(q.ID); bank.Version != 2 || fmt.Sprint(after) != fmt.Sprint(corrected) {
			t.Errorf("version %d holds %v", bank.Version, after)
		}
		wang.must("POST", "/banks/safety/undo", nil, &bank)
		if after := wang.held(q.ID); bank.Version != 3 || fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("after undo version %d holds %v", bank.Version, after)
		}

		// Taken out, it counts as right for whoever had it wrong.
		void := map[string]any{"action": "void", "question": nil, "reason": "过时"}
		wang.must("POST", path+"/preview", void, &seen)
		if seen.Up != 1 || seen.Examples[0].ScoreAfter != 100 {
			t.Errorf("the preview of voiding is %+v", seen)
		}
		wang.must("POST", path, void, nil)
		wang.wants("GET", "/banks/safety/questions/"+q.ID, nil, http.StatusNotFound, "question_unknown", "")
		wang.wants("POST", path, void, http.StatusNotFound, "question_unknown", "")
	})
}

func TestWhatPlayersReportIsListedUntilItIsClosed(t *testing.T) {
	each(t, func(t *testing.T, s *testkit.Store) {
		d := openDesk(t, s)
		wang := d.signedIn("wang", staff.Organizer)
		p := d.player("细心的人")
		q, _, ticket, opaque := d.playedWrongly(p)
		report := map[string]string{"question": opaque, "reason": "answer", "note": "应当选另一个"}
		for range 2 { // once a player
			if err := p.Call("POST", "/api/v1/attempts/"+ticket+"/reports", report, nil); err != nil {
				t.Fatal(err)
			}
		}
		var list struct {
			Reports []struct {
				Bank, Question string
				Reports        int
				Present        map[string]any
				Notes          []struct{ Reason, Note string }
			}
		}
		wang.must("GET", "/reports", nil, &list)
		if len(list.Reports) != 1 || list.Reports[0].Question != q.ID || list.Reports[0].Reports != 1 ||
			list.Reports[0].Present["stem"] != q.Stem || list.Reports[0].Notes[0].Note != "应当选另一个" {
			t.Fatalf("the reports are %+v", list.Reports)
		}
		wang.must("POST", "/reports/close", map[string]string{"bank": "safety", "question": q.ID}, nil)
		wang.must("GET", "/reports", nil, &list)
		if len(list.Reports) != 0 {
			t.Errorf("closed, there are %+v", list.Reports)
		}
	})
}

func TestSearchingFindsByEveryMeans(t *testing.T) {
	d := openDesk(t, embedded(t))
	viewer := d.signedIn("zhao", staff.Viewer)
	count := func(query string) int {
		t.Helper()
		var found struct {
			Total     int
			Questions []map[string]any
		}
		viewer.must("GET", "/banks/safety/questions?size=200&"+query, nil, &found)
		if len(found.Questions) != min(200, found.Total) {
			t.Errorf("%s: %d of %d", query, len(found.Questions), found.Total)
		}
		return found.Total
	}
	all := count("")
	var bank struct {
		Questions int
		Coverage  []struct {
			Topic, Kind           string
			Difficulty, Questions int
		}
	}
	viewer.must("GET", "/banks/safety", nil, &bank)
	sum := 0
	for _, cell := range bank.Coverage {
		sum += cell.Questions
	}
	cell := bank.Coverage[0]
	if found := count(fmt.Sprintf("main_topic=%s&kind=%s&difficulty=%d", cell.Topic, cell.Kind,
		cell.Difficulty)); found != cell.Questions || sum != all || bank.Questions != all {
		t.Errorf("cell %+v has %d found; cells %d, bank %d, all %d", cell, found, sum, bank.Questions, all)
	}
	if byID, none := count("q=FIRE-001"), count("q=没有这样的字"); byID != 1 || none != 0 {
		t.Errorf("by id %d, by nonsense %d", byID, none)
	}
	if some := count("topic=消防"); some < count("main_topic=消防") || some >= all {
		t.Errorf("of a topic: %d", some)
	}
}
