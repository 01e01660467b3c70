package httpapi_test

import (
	"bufio"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/testkit"
)

func TestAnswersAtTheWrongTimeOrPlaceAreToldSoAndCountForNothing(t *testing.T) {
	l := openRoom(t, "points", false)
	p, q := l.join("张三"), l.join("李四")
	here := "/api/v1/live/rooms/" + l.room + "/answers"
	send := func(by *testkit.Player, path string, round int) (c liveCounted, err error) {
		err = by.Call(http.MethodPost, path, map[string]any{"round": round, "revision": 1, "options": []string{"A"},
			"blanks": []string{}, "used_ms": 0, "answered_at": 1, "server_time": 1}, &c)
		return c, err
	}
	_, err := send(p, here, 1)
	refused(t, "in the lobby", err, "live_not_open")
	l.step("ready")
	_, err = send(p, here, 1)
	refused(t, "with the question sealed", err, "live_not_open")
	opens := l.step("open").Room.OpensAt
	_, err = send(p, here, 1)
	refused(t, "in the countdown", err, "live_not_open")
	l.later(time.Duration(opens-l.now()+5000) * time.Millisecond)
	for _, round := range []int{-1, 0, 2, 1 << 40} {
		_, err = send(p, here, round)
		refused(t, fmt.Sprint("round ", round), err, "live_not_open")
	}
	stranger := l.player("june16")
	l.must(stranger.Enrol("王五", ""))
	_, err = send(stranger, here, 1)
	refused(t, "who has not joined", err, "live_not_joined")
	var other liveHost
	l.must(l.host.Call(http.MethodPost, "/api/v1/console/contests/june16/live", map[string]any{"plan": "points"}, &other))
	_, err = send(p, "/api/v1/live/rooms/"+other.Room.Room+"/answers", 1)
	refused(t, "for a room of others", err, "live_not_joined")
	_, err = send(p, "/api/v1/live/rooms/AAAAAAAAAAA/answers", 1)
	refused(t, "for no room", err, "live_unknown")

	var counted struct {
		Counted bool
		UsedMS  int64 `json:"used_ms"`
	}
	l.must(p.Call(http.MethodPost, here, map[string]any{"round": 1, "revision": 1, "options": []string{"A"},
		"blanks": []string{}, "used_ms": 1, "opens_at": 1 << 50}, &counted))
	if !counted.Counted || counted.UsedMS < 5000 {
		t.Errorf("a phone that says that it was fast: %+v", counted)
	}
	if c, err := send(p, here, 1); err != nil || !c.Repeated {
		t.Errorf("the same again: %+v, %v", c, err)
	}
	err = p.Call(http.MethodPost, here, map[string]any{"round": 1, "revision": 2, "options": []string{"B"},
		"blanks": []string{}}, nil)
	refused(t, "another answer, where none may be changed", err, "answer_fixed")
	l.close()
	if c, err := send(q, here, 1); err != nil || c.Counted || c.LateMS < 1000 {
		t.Errorf("after the close: %+v, %v", c, err)
	}
	if seen := l.step("reveal").Room.Reveal; seen == nil || seen.Answered != 1 {
		t.Errorf("of all that one answer counts: %+v", seen)
	}
}

func TestMalformedCallsOfEveryKindAreRefusedAndNobodyElseNotices(t *testing.T) {
	l := openRoom(t, "points", false)
	good, bad := l.join("张三"), l.join("李四")
	l.ask()
	before := l.state(good)
	answer := func(round, revision, options, blanks string) string {
		return `{"round":` + round + `,"revision":` + revision + `,"options":` + options + `,"blanks":` + blanks + `}`
	}
	room := "/api/v1/live/rooms/" + l.room
	bodies := []string{"", "{", "[]", "null", "7", `"x"`, "{}", `{"round":1}`, "\x00\xff", strings.Repeat("[", 3000),
		answer("1", "1", `["AA"]`, "[]"), answer("1", "1", `["Z"]`, "[]"), answer("1", "1", `["a"]`, "[]"),
		answer("1", "1", `[""]`, "[]"), answer("1", "1", `["A","A"]`, "[]"), answer("1", "1", `["A","B"]`, "[]"),
		answer("1", "1", "[]", "[]"), answer("1", "1", "[]", `["x"]`), answer("1", "1", `[7]`, "[]"),
		answer("1", "0", `["A"]`, "[]"), answer("1", "-1", `["A"]`, "[]"), answer("1", "99", `["A"]`, "[]"),
		answer("1e99", "1", `["A"]`, "[]"), answer(`"1"`, "1", `["A"]`, "[]"), answer("1.5", "1", `["A"]`, "[]"),
		answer("1", "1", `["`+strings.Repeat("A", 1<<20)+`"]`, "[]"),
		answer("1", "1", `[`+strings.Repeat(`"A",`, 10_000)+`"A"]`, "[]"),
		answer("1", "1", `["A"]`, `["`+strings.Repeat("长", 4000)+`"]`)}
	for _, body := range bodies {
		if reply, text := l.postJSON(bad, room+"/answers", body); reply.StatusCode < 400 || reply.StatusCode > 499 {
			t.Errorf("answer %.60q: %d %.200s", body, reply.StatusCode, text)
		}
	}
	for _, path := range []string{"/held", "/join", "/revive"} {
		for _, body := range []string{"{", "null", "7", `{"round":"x"}`, `{"round":1e400}`, "\xff"} {
			if reply, text := l.postJSON(bad, room+path, body); reply.StatusCode > 499 {
				t.Errorf("%s %.60q: %d %.200s", path, body, reply.StatusCode, text)
			}
		}
	}
	for _, path := range []string{"/state?after=x", "/state?after=-1", "/state?held=9999999", "/state?after=1&after=2",
		"/state?plain=%FF"} {
		if reply, text := l.send(bad, http.MethodGet, room+path, nil, strings.NewReader("")); reply.StatusCode > 499 {
			t.Errorf("%s: %d %.200s", path, reply.StatusCode, text)
		}
	}
	for _, code := range []string{"", "1", "abcdef", "123456789", "%00", "-12345"} {
		reply, _ := l.send(bad, http.MethodGet, "/api/v1/live/codes/"+code, nil, strings.NewReader(""))
		if reply.StatusCode != http.StatusNotFound {
			t.Errorf("code %q: %d", code, reply.StatusCode)
		}
	}
	steps := "/api/v1/console/live/" + l.room + "/steps"
	seq := l.look().Room.Seq
	for _, body := range []string{"{", "null", `{"step":"dance"}`, `{"step":"time"}`, `{"step":"touch"}`, `{"step":""}`,
		`{"step":7}`, `{"step":"extend","seconds":1e300}`, `{"step":"extend","seconds":9223372036854775807}`,
		`{"step":"delay","seconds":18446744073709552}`, `{"step":"void","round":-9223372036854775808}`,
		`{"step":"rekey","round":1,"right":["A"]}`} {
		body = strings.Replace(body, `{"step"`, fmt.Sprintf(`{"seq":%d,"step"`, seq), 1)
		if reply, text := l.postJSON(l.host, steps, body); reply.StatusCode < 400 || reply.StatusCode > 499 {
			t.Errorf("step %s: %d %.200s", body, reply.StatusCode, text)
		}
	}
	if reply, _ := l.postJSON(bad, steps, fmt.Sprintf(`{"seq":%d,"step":"skip"}`, seq)); reply.StatusCode != 401 {
		t.Errorf("a phone that steps as a host: %d", reply.StatusCode)
	}
	if after := l.state(good); after.Room.Seq != before.Room.Seq || after.Room.Phase != "open" {
		t.Errorf("the others noticed: %+v became %+v", before.Room, after.Room)
	}
	if counted, err := l.answer(good, 1, l.look().Right[0]); err != nil || !counted.Counted {
		t.Errorf("somebody else's answer: %+v, %v", counted, err)
	}
	l.close()
	if seen := l.step("reveal").Room.Reveal; seen.Answered != 1 || seen.Correct != 1 {
		t.Errorf("what counted is %+v", seen)
	}
}

func TestNamesThatAreTooLongAreRefusedAndMarkupStaysText(t *testing.T) {
	l := openRoom(t, "points", false)
	long := l.player("june16")
	refused(t, "a name of 4,000 characters", long.Enrol(strings.Repeat("安", 4000), ""), "body_too_large")
	refused(t, "a name of 200 characters", long.Enrol(strings.Repeat("安", 200), ""), "invalid_field")
	for _, name := range []string{"a\u202eb", "a\x00b", "\u200b", ""} {
		refused(t, fmt.Sprintf("the name %q", name), l.player("june16").Enrol(name, ""), "invalid_field")
	}
	for _, name := range []string{"<b>张</b>", "O'Neil", "𠮷野"} {
		p := l.player("june16")
		if err := p.Enrol(name, ""); err != nil {
			refused(t, name, err, "invalid_field")
			continue
		}
		var joined liveSnapshot
		l.must(p.Call(http.MethodPost, "/api/v1/live/rooms/"+l.room+"/join", map[string]any{}, &joined))
		if joined.Me.Name != name {
			t.Errorf("%s is called %s", name, joined.Me.Name)
		}
		_, raw := l.send(p, http.MethodGet, "/api/v1/live/rooms/"+l.room+"/state", nil, strings.NewReader(""))
		if strings.Contains(raw, "<b>") && !strings.Contains(raw, `"<b>`) {
			t.Errorf("markup leaves its text: %s", raw)
		}
	}
}

func TestTwoOfTheSameNameAreTwoWithNumbersOfTheirOwn(t *testing.T) {
	l := openRoom(t, "points", false)
	one, other := l.join("张三"), l.join("张三")
	l.asked(one)
	if a, b := l.state(one).Me, l.state(other).Me; a.Number == b.Number || a.Points == 0 || b.Points != 0 {
		t.Errorf("the same name has %+v and %+v", a, b)
	}
}

func TestBotsOfOneNetworkAreSeenAndRemovedTogetherAndDoNotComeBack(t *testing.T) {
	l := openRoom(t, "points", false)
	for i := range 12 {
		l.join(fmt.Sprint("机器", i))
	}
	var seen struct {
		Networks []struct {
			Network string
			Members int
		}
	}
	here := "/api/v1/console/live/" + l.room
	l.await("full", func(seen liveHost) bool { return seen.Room.Members == 12 })
	l.must(l.host.Call(http.MethodGet, here, nil, &seen))
	if len(seen.Networks) != 1 || seen.Networks[0].Members != 12 {
		t.Fatalf("the host sees %+v", seen.Networks)
	}
	remove := map[string]any{"network": seen.Networks[0].Network}
	l.must(l.host.Call(http.MethodPost, here+"/networks", remove, nil))
	if got := l.look().Room.Members; got != 0 {
		t.Errorf("%d are left", got)
	}
	again := l.player("june16")
	l.must(again.Enrol("又来了", ""))
	join := "/api/v1/live/rooms/" + l.room + "/join"
	refused(t, "a new one from there", again.Call(http.MethodPost, join, map[string]any{}, nil), "room_locked")
	l.must(l.host.Call(http.MethodPost, here+"/members/1", map[string]any{"action": "readmit"}, nil))
	l.must(again.Call(http.MethodPost, join, map[string]any{}, nil))
	err := l.host.Call(http.MethodPost, here+"/networks", map[string]any{"network": "1.2.3.0/24"}, nil)
	refused(t, "a network that nobody is of", err, "member_unknown")
}

func TestTheStreamOfWhoIsRemovedEnds(t *testing.T) {
	l := openRoom(t, "points", false)
	p := l.join("张三")
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet,
		l.url+"/api/v1/live/rooms/"+l.room+"/stream", nil)
	l.must(err)
	client := *p.Client
	client.Transport = nil // a stream has no end to be held against the description
	reply, err := client.Do(request)
	l.must(err)
	defer reply.Body.Close()
	lines := bufio.NewScanner(reply.Body)
	if !lines.Scan() {
		t.Fatal("the stream says nothing")
	}
	l.must(l.host.Call(http.MethodPost, "/api/v1/console/live/"+l.room+"/members/1",
		map[string]any{"action": "remove"}, nil))
	told := false
	for lines.Scan() { // to its end
		told = told || strings.Contains(lines.Text(), `"removed":true`)
	}
	if !told {
		t.Error("the stream ends without a word")
	}
}

func TestARehearsalPlaysAWholeGameWithMadeUpPlayersAndGivesNothing(t *testing.T) {
	l := openRoom(t, "points", true)
	robots := "/api/v1/console/live/" + l.room + "/robots"
	l.must(l.host.Call(http.MethodPost, robots, map[string]any{"players": 50}, nil))
	for _, players := range []int{0, -1, 2001} {
		err := l.host.Call(http.MethodPost, robots, map[string]any{"players": players}, nil)
		refused(t, fmt.Sprint(players, " more"), err, "invalid_field")
	}
	for range 4 {
		l.ask()
		l.awaitAnswers(3)
		l.close()
		if seen := l.step("reveal"); seen.Room.Reveal.Answered < 3 {
			t.Fatalf("made-up players gave %+v", seen.Room.Reveal)
		}
	}
	l.step("podium")
	if seen := l.step("confirm"); seen.Room.Members != 50 || seen.Room.Phase != "over" {
		t.Errorf("the end is %+v", seen.Room)
	}
	real := openRoom(t, "points", false)
	err := real.host.Call(http.MethodPost, "/api/v1/console/live/"+real.room+"/robots", map[string]any{"players": 5}, nil)
	refused(t, "made-up players in a real room", err, "live_no_rehearsal")
}

// awaitAnswers waits until so many have answered the question that is open.
func (l *livehall) awaitAnswers(least int) {
	l.t.Helper()
	for end := time.Now().Add(testkit.Patience); ; time.Sleep(10 * time.Millisecond) {
		var seen struct{ Room struct{ Answered int } }
		l.must(l.host.Call(http.MethodGet, "/api/v1/console/live/"+l.room, nil, &seen))
		if seen.Room.Answered >= least {
			return
		}
		if time.Now().After(end) {
			l.t.Fatalf("%d have answered", seen.Room.Answered)
		}
	}
}

func TestEveryKindIsAnsweredRightAndWrongAndShownInBars(t *testing.T) {
	l := openRoom(t, "kinds", false)
	good, bad := l.join("全对"), l.join("全错")
	var kinds []string
	for range 4 {
		l.ask()
		var seen struct {
			Right, Blanks []string
			Question      struct {
				Kind    string
				Options []liveOption
			}
		}
		l.must(l.host.Call(http.MethodGet, "/api/v1/console/live/"+l.room, nil, &seen))
		kinds = append(kinds, seen.Question.Kind)
		send := func(p *testkit.Player, options, blanks []string) {
			t.Helper()
			var counted liveCounted
			l.must(p.Call(http.MethodPost, "/api/v1/live/rooms/"+l.room+"/answers", map[string]any{
				"round": l.look().Room.Round, "revision": 1, "options": options, "blanks": blanks}, &counted))
			if !counted.Counted {
				t.Errorf("%s: not counted", seen.Question.Kind)
			}
		}
		other, blanks := []string{}, []string{}
		if len(seen.Blanks) > 0 {
			for range seen.Blanks {
				blanks = append(blanks, "不对")
			}
		} else if other = []string{wrong(seen.Right[0])}; len(seen.Right) > 1 {
			other = seen.Right[:1] // some of the right ones are not right
		}
		send(good, append([]string{}, seen.Right...), append([]string{}, seen.Blanks...))
		send(bad, other, blanks)
		l.close()
		reveal := l.step("reveal").Room.Reveal
		if reveal.Answered != 2 || reveal.Correct != 1 || len(reveal.Bars) != len(seen.Question.Options) {
			t.Errorf("%s reveals %+v", seen.Question.Kind, reveal)
		}
		for _, bar := range reveal.Bars {
			want := 0
			for _, chosen := range [][]string{seen.Right, other} {
				if slices.Contains(chosen, bar.ID) {
					want++
				}
			}
			if bar.Count != want {
				t.Errorf("%s: %d chose %s, not %d", seen.Question.Kind, bar.Count, bar.ID, want)
			}
		}
	}
	if want := []string{"single", "multiple", "truefalse", "fill"}; !slices.Equal(kinds, want) {
		t.Errorf("asked were %v", kinds)
	}
	if a, b := l.state(good).Me, l.state(bad).Me; a.Right != 4 || a.Points != 400 || b.Points != 0 {
		t.Errorf("they have %+v and %+v", a, b)
	}
}
