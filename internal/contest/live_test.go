package contest_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"anquanda/internal/contest"
	"anquanda/internal/question"
)

// plainRoom is a contest with a live room that says as little as it can.
const plainRoom = twoLevels + `live:
  - {key: quiz, title: 我问你答, draw: [{count: 10}]}
`

func TestALiveRoomThatSaysLittleIsReadWithItsDefaults(t *testing.T) {
	got := *parsed(t, plainRoom).LiveRoom("quiz")
	want := contest.Live{
		Key: "quiz", Title: "我问你答", Draw: []contest.Draw{{Count: 10}}, Runs: contest.RunByHost,
		Mode: contest.LivePoints, Score: contest.LiveScore{Right: 100, Ties: contest.LiveTiesShared},
		Time: contest.LiveTime{
			Question: contest.Span(15 * time.Second), Countdown: contest.Span(3 * time.Second),
			Ready: contest.Span(5 * time.Second), Reveal: contest.Span(8 * time.Second),
			Standings: contest.Span(5 * time.Second),
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read as\n%+v, want\n%+v", got, want)
	}
	full := parsed(t, strings.Replace(plainRoom, "draw: [{count: 10}]", "list: [a], mode: elimination, "+
		"teams: {of: divisions}, revival: {card: a}", 1)+
		"players: {divisions: [{key: a, title: 甲}]}\ncards: [{key: a, title: 卡}]\n").LiveRoom("quiz")
	if want := (contest.LiveTeams{Of: contest.TeamsOfDivisions, Level: 1, Measure: contest.TeamAverage,
		Least: 1}); *full.Teams != want || full.Revival.Most != 1 {
		t.Errorf("teams %+v, %d revivals", *full.Teams, full.Revival.Most)
	}
}

// A room keeps its plan as JSON beside its state.
func TestALiveRoomSurvivesAWayThroughJSON(t *testing.T) {
	d := parsed(t, string(everything(t)))
	for i := range d.Live {
		text, err := json.Marshal(&d.Live[i])
		if err != nil {
			t.Fatal(err)
		}
		var back contest.Live
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatal(err)
		}
		want := d.Live[i]
		want.Starts = contest.Moment{MS: want.Starts.MS} // not the words in which it was written
		if !reflect.DeepEqual(back, want) {
			t.Errorf("%s came back as\n%+v, want\n%+v", text, back, want)
		}
	}
	if starts := d.Live[0].Starts.MS; starts != shanghai(t, "2026-06-16 10:00:00") {
		t.Errorf("the room starts at %d", starts)
	}
}

func TestALiveRoomThatCannotBeIsRefusedInPlainWords(t *testing.T) {
	room := func(of string) string { return "  - {key: quiz, title: 我问你答, " + of + "}\n" }
	const also = "cards: [{key: back, title: 复活}]\nprizes: [{key: cup, title: 水杯, stock: 1}, " +
		"{key: cents, title: 红包, kind: redpacket, stock: 9}, {key: points, title: 积分, kind: points, stock: 9}]\n" +
		"earnings: [{key: seven, give: {points: 1}}, {key: friend, for: invite, give: {card: back}}]\n"
	for _, c := range []struct{ room, at, says string }{
		{"draw: [{count: 5}], list: [a]", "live[0]", "写一样，也只写一样"},
		{"mode: points", "live[0]", "写一样，也只写一样"},
		{"draw: [{count: 30}, {count: 21}]", "live[0]", "一场问 1 到 50 题，这一场有 51 题"},
		{"list: [a, b, a]", "live[0].list[2]", "题目 “a” 列了两次"},
		{"list: [\"\"]", "live[0].list[0]", "这里还没有写"},
		{"draw: [{count: 1, kinds: [single, matching]}]", "live[0].draw[0].kinds[1]", "不能用 “matching” 这种题型"},
		{"draw: [{count: 1, kinds: [essay]}]", "live[0].draw[0].kinds[0]", "没有 “essay” 这种题型"},
		{"list: [a], runs: clock", "live[0].starts", "要写什么时候开始"},
		{"list: [a], runs: clock, starts: 明天", "live[0].starts", "不是日期"},
		{"list: [a], runs: robot", "live[0].runs", "只能是这些之一：host、clock"},
		{"list: [a], bank: 题库", "live[0].bank", "标识"},
		{"list: [a], score: {right: 10, speed: 11}", "live[0].score.speed", "不能多过答对的分"},
		{"draw: [{count: 50}], score: {right: 83887}", "live[0].score", "满分合计最多 4194303 分"},
		{"list: [a], teams: {of: units}", "live[0].teams.of", "没有请参赛者选单位"},
		{"list: [a], teams: {of: divisions}", "live[0].teams.of", "没有组别"},
		{"list: [a], revival: {question: true}", "live[0].revival", "只用于淘汰赛"},
		{"list: [a], audience: true", "live[0].audience", "只用于淘汰赛"},
		{"list: [a], pot: {prize: cents, total: 100}", "live[0].pot", "只用于淘汰赛"},
		{"list: [a], mode: elimination, pot: {prize: car, total: 100}", "live[0].pot.prize", "没有标识为 “car” 的奖品"},
		{"list: [a], mode: elimination, pot: {prize: cup, total: 100}", "live[0].pot.prize", "只能是积分"},
		{"list: [a], mode: elimination, pot: {prize: points, total: 4194304}", "live[0].pot.total", "1 到 4194303"},
		{"list: [a], mode: elimination, revival: {card: gold}", "live[0].revival.card", "没有标识为 “gold” 的卡"},
		{"list: [a], mode: elimination, revival: {card: back}", "live[0].revival.card", "不能靠邀请别人复活"},
		{"list: [a], gives: [{key: a, left: true, give: {points: 1}}]", "live[0].gives[0].left", "只有淘汰赛"},
		{"list: [a], gives: [{key: a, give: {}}]", "live[0].gives[0].give", "什么也没有给"},
		{"list: [a], gives: [{key: a, give: {score: true}}]", "live[0].gives[0].give", "只有答题才有得分和关卡"},
		{"list: [a], gives: [{key: a, give: {card: level}}]", "live[0].gives[0].give", "只有答题才有得分和关卡"},
		{"list: [a], gives: [{key: a, give: {card: gold}}]", "live[0].gives[0].give.card", "没有标识为 “gold” 的卡"},
		{"list: [a], gives: [{key: seven, give: {points: 1}}]", "live[0].gives[0].key", "前面已经有一项的标识是 “seven”"},
		{"list: [a], gives: [{key: a, give: {points: 1}}, {key: a, give: {points: 2}}]", "live[0].gives[1].key",
			"前面已经有一项的标识是 “a”"},
	} {
		text := twoLevels + also + "live:\n" + room(c.room)
		_, err := contest.Parse("demo.yaml", []byte(text))
		var findings contest.Findings
		if !errors.As(err, &findings) {
			t.Errorf("%s is taken: %v", c.room, err)
			continue
		}
		at := slices.IndexFunc(findings, func(f contest.Finding) bool { return f.Path == c.at })
		if line := strings.Count(text, "\n"); at < 0 || !strings.Contains(findings[at].Words, c.says) ||
			findings[at].Line != line {
			t.Errorf("%s: %+v, want line %d", c.room, findings, line)
		}
	}
}

func TestTheKeysOfLiveRoomsAndOfWhatTheyGiveAreTheirOwn(t *testing.T) {
	for _, c := range []struct{ also, path string }{
		{"  - {key: quiz, title: 又一场, list: [a]}\n", "live[1].key"},
		{"earnings: [{key: live, give: {points: 1}}]\n", "earnings[0].key"}, // their sources begin with it
	} {
		_, err := contest.Parse("demo.yaml", []byte(plainRoom+c.also))
		if err == nil || !strings.Contains(err.Error(), c.path+": ") {
			t.Errorf("%s: %v", c.also, err)
		}
	}
	// Outside a contest with live rooms the key is free.
	const named = "earnings: [{key: live, give: {points: 1}}]\n"
	if _, err := contest.Parse("demo.yaml", []byte(twoLevels+named)); err != nil {
		t.Error(err)
	}
	const forLive = "earnings: [{key: a, for: live, give: {points: 1}}]\n"
	if _, err := contest.Parse("demo.yaml", []byte(twoLevels+forLive)); err == nil {
		t.Error("an earning can be for a live room")
	}
}

func TestTheBanksOfAContestAreThoseOfItsLiveRoomsToo(t *testing.T) {
	d := parsed(t, plainRoom+"  - {key: gas, title: 燃气专场, bank: gas, list: [a]}\n")
	if banks := d.Banks(); !slices.Equal(banks, []string{"safety", "gas"}) || d.LiveBankIndex(0) != 0 ||
		d.LiveBankIndex(1) != 1 {
		t.Errorf("banks %v, rooms draw from %d and %d", banks, d.LiveBankIndex(0), d.LiveBankIndex(1))
	}
	own := strings.ReplaceAll(plainRoom, "    title: 第", "    bank: other\n    title: 第")
	own = strings.Replace(own, "bank: safety\n", "", 1)
	if _, err := contest.Parse("demo.yaml", []byte(own)); err == nil || !strings.Contains(err.Error(), "bank: ") {
		t.Errorf("a room without any bank: %v", err)
	}
}

func TestALiveRoomAsksEveryKindButMatching(t *testing.T) {
	for _, kind := range question.Kinds() {
		if contest.LiveKind(kind) != (kind != question.Matching) {
			t.Errorf("%s: %t", kind, contest.LiveKind(kind))
		}
	}
}

func TestALiveRoomDrawsWhatItCanAskAndFindsItsListInOrder(t *testing.T) {
	questions := []question.Question{{ID: "m", Kind: question.Matching}, {ID: "s", Kind: question.Single},
		{ID: "f", Kind: question.Fill}, {ID: "o", Kind: question.Ordering}}
	any3 := contest.Live{Draw: []contest.Draw{{Count: 1, Kinds: []string{"fill"}}, {Count: 2}}}
	pools, err := any3.Pools(questions)
	if err != nil || !reflect.DeepEqual(pools, []contest.Pool{{2}, {1, 2, 3}}) {
		t.Errorf("drawn from %v, %v", pools, err)
	}
	any3.Draw[1].Count = 3 // the first draw takes one of them
	if _, err := any3.Pools(questions); err == nil || !strings.HasPrefix(err.Error(), "draw[1]: 3 questions") {
		t.Errorf("too few: %v", err)
	}
	for _, c := range []struct {
		list  []string
		want  contest.Pool
		error string
	}{
		{[]string{"o", "s"}, contest.Pool{3, 1}, ""},
		{[]string{"o", "x"}, nil, `list[1]: the bank has no question "x"`},
		{[]string{"m"}, nil, `list[0]: a live room asks no questions of kind "matching", as "m" is`},
	} {
		listed, err := (&contest.Live{List: c.list}).Listed(questions)
		said := ""
		if err != nil {
			said = err.Error()
		}
		if !slices.Equal(listed, c.want) || said != c.error {
			t.Errorf("%v: %v, %v", c.list, listed, err)
		}
	}
}
