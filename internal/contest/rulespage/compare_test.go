package rulespage_test

import (
	"fmt"
	"strings"
	"testing"

	"anquanda/internal/contest/rulespage"
	"anquanda/internal/testkit/contests"
)

func TestADifferenceIsToldInTheWordsOfTheRules(t *testing.T) {
	before, after := contests.Changed(t, "shenzhen-library-2020", "max: 43", "max: 50", "score: 3}", "score: 4}")
	got := fmt.Sprint(rulespage.Compare(before, after))
	for _, want := range []string{"43", "50", "关卡和答题", "答题得到什么"} {
		if !strings.Contains(got, want) {
			t.Errorf("the difference does not tell %q: %s", want, got)
		}
	}
	if same := rulespage.Compare(before, before); same != nil {
		t.Errorf("nothing differs, but it says %v", same)
	}
}

func TestAChangeTellsWhatItMeansForThoseWhoHavePlayed(t *testing.T) {
	cases := []struct {
		file, old, new string
		path           string
		grave          bool
	}{
		{"workmonth", "closes: 2030-01-01 00:00", "closes: 2029-01-01 00:00", "window.closes", true},
		{"workmonth", "    pass: 12\n", "    pass: 11\n", "levels[master].pass", false},
		{"beijing-fire-2021", "score: 5", "score: 4", "levels[paper].score", false},
		{"fire-association-2020", "max: 10, per: period}\nearnings", "max: 9, per: period}\nearnings",
			"levels[quiz].attempts", true},
		{"changzhou-2021", "{max: 1, per: day}", "{max: 2, per: day}", "attempts", true},
		{"changzhou-2021", "max: 1, per: level", "max: 1, per: day", "earnings[red-packet]", true},
		{"shenzhen-library-2020", "for: share, give: {points: 2}", "for: share, give: {points: 3}", "earnings[share]", false},
		{"shenzhen-library-2020", "{key: game, give", "{key: play, give", "earnings[play]", false},
		{"shanxi-2022", "measure: best, ties: time", "measure: sum, ties: time", "boards[total]", false},
		{"shanxi-2022", "kind: phone, when: start", "kind: phone, when: claim", "players.fields", false},
	}
	for _, c := range cases {
		before, after := contests.Changed(t, c.file, c.old, c.new)
		found := false
		for _, consequence := range rulespage.Consequences(before, after) {
			found = found || consequence.Path == c.path && consequence.Grave == c.grave && consequence.Message != ""
		}
		if !found {
			t.Errorf("%s, %s: %+v does not tell of %s", c.file, c.new, rulespage.Consequences(before, after), c.path)
		}
	}
	const rooms = "live:\n  - {key: quiz, title: 我问你答, list: [a]}\n  - {key: late, title: 晚场, list: [a]}\n"
	before := contests.Parsed(t, contests.Text(t, "shanxi-2022")+rooms)
	after := contests.Parsed(t, contests.Text(t, "shanxi-2022")+strings.Replace(rooms, "quiz, title: 我问你答, list: [a]",
		"quiz, title: 我问你答, list: [a, b]", 1))
	if told := rulespage.Consequences(before, after); len(told) != 1 || told[0].Path != "live[quiz]" || told[0].Grave {
		t.Errorf("a changed live room means %+v", told)
	}
	after.Live = after.Live[:1]
	if told := rulespage.Consequences(before, after); len(told) != 2 || told[1].Path != "live[late]" {
		t.Errorf("a live room that goes means %+v", told)
	}
	if before, _ := contests.Changed(t, "workmonth"); rulespage.Consequences(before, before) != nil {
		t.Error("no change has consequences")
	}
}

// Nothing is given for what was done before an earning was there; of a list that is so for
// whoever is on it.
func TestWhatIsGivenForAListFromNowOnIsToldNotToReachWhoIsOnIt(t *testing.T) {
	const list = "lists: [{key: ten, title: 前十, board: total, count: 10, at: day 3%s}]\n"
	text := contests.Text(t, "shanxi-2022")
	before := contests.Parsed(t, text+fmt.Sprintf(list, ""))
	const gives = "earnings:\n  - {key: ten, for: list, list: ten, give: {points: 7}}\n"
	with := strings.Replace(text, "earnings:\n", gives, 1)
	if with == text {
		with += gives
	}
	told := rulespage.Consequences(before, contests.Parsed(t, with+fmt.Sprintf(list, "")))
	if len(told) != 1 || told[0].Path != "earnings[ten]" || !strings.Contains(told[0].Message, "“前十”如果已经确定，在里面的人不补给") {
		t.Errorf("what is given for a list from now on means %+v", told)
	}
	// A list that comes with what it gives leaves out nobody.
	told = rulespage.Consequences(contests.Parsed(t, text), contests.Parsed(t, with+fmt.Sprintf(list, "")))
	if len(told) != 1 || strings.Contains(told[0].Message, "不补给") {
		t.Errorf("a new list that gives means %+v", told)
	}
	told = rulespage.Consequences(before, contests.Parsed(t, text+fmt.Sprintf(list, ", public: true")))
	if len(told) != 2 || told[1].Path != "lists[ten].public" || !strings.Contains(told[1].Message, "马上能看到") {
		t.Errorf("a list that becomes public means %+v", told)
	}
}
