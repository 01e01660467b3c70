package contest_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/question"
	"anquanda/internal/testkit/contests"
)

// The shipped contest keeps goods for proven persons, and lets guests see all of the bank;
// goods is what other contests do that keep some.
const (
	shown = "  proof: [staff]\n  proven: [shop]\n  guests: {questions: 0}\n"
	goods = "  proof: [phone]\n"
)

func withGoods(t *testing.T) *contest.Definition {
	t.Helper()
	_, d := contests.Changed(t, "workmonth", shown, goods)
	return d
}

// sampled are the pools of all levels, whole and for guests of a day, and by id the
// questions that guests may be asked.
func sampled(t *testing.T, d *contest.Definition, questions []question.Question, day int) (
	whole, pools [][]contest.Pool, asked map[string]bool) {
	t.Helper()
	whole = make([][]contest.Pool, len(d.Levels))
	for i := range d.Levels {
		whole[i] = poolsOf(t, &d.Levels[i], questions)
	}
	pools, asked = d.Sample(questions, whole, day), map[string]bool{}
	for _, q := range slices.Concat(slices.Concat(pools...)...) {
		asked[questions[q].ID] = true
	}
	return whole, pools, asked
}

func TestGuestsOfADaySeeTheSameSmallPartOfTheBankHoweverManyTheyAre(t *testing.T) {
	questions, d := contests.Bank(t), withGoods(t)
	seen := map[string]bool{}
	for day := 20260601; day <= 20260630; day++ {
		whole, pools, asked := sampled(t, d, questions, day)
		if len(asked)*20 >= len(questions) || len(asked) < 30 {
			t.Errorf("%d: guests see %d of %d", day, len(asked), len(questions))
		}
		maps.Copy(seen, asked)
		for i := range d.Levels {
			for j, pool := range pools[i] {
				for _, q := range pool {
					if !slices.Contains(whole[i][j], q) {
						t.Fatalf("%d: level %d draw %d may not take question %d", day, i, j, q)
					}
				}
			}
			for seed := range uint64(50) {
				paper := indexes(d.Levels[i].Paper(pools[i], nil, seed))
				if len(slices.Compact(slices.Sorted(slices.Values(paper)))) != d.Levels[i].Count() {
					t.Fatalf("%d: the paper is %v", day, paper)
				}
			}
		}
	}
	if len(seen) < 250 {
		t.Errorf("in a month only %d questions come", len(seen))
	}
}

func TestASampleHoldsAsManyQuestionsAsItIsToldAndOneForEachPlaceOfAPaper(t *testing.T) {
	questions := bankOf(200)
	for told, want := range map[string]int{"1": 8, "8": 8, "9": 9, "60": 60, "1000": 200} {
		d := parsed(t, changed(t, "levels:\n", "players: {proof: [phone], guests: {questions: "+told+"}}\nlevels:\n"))
		d.Levels[0].Questions = []contest.Draw{{Count: 5}, {Count: 3, Kinds: []string{"fill"}}}
		// The second level asks what the first one asks anyway.
		d.Levels[1].Questions = []contest.Draw{{Count: 2, Kinds: []string{"fill"}}}
		whole, pools, asked := sampled(t, d, questions, 20260616)
		if len(asked) != want {
			t.Errorf("told %s, the sample holds %d questions", told, len(asked))
		}
		if told == "1000" && len(pools[1][0]) != len(whole[1][0]) {
			t.Errorf("a sample of all leaves out some: %d of %d", len(pools[1][0]), len(whole[1][0]))
		}
	}
}

func TestASampleHoldsOnWhenTheBankIsCorrectedOnTheSameDay(t *testing.T) {
	questions, d := contests.Bank(t), withGoods(t)
	_, _, before := sampled(t, d, questions, 20260616)
	_, _, tomorrow := sampled(t, d, questions, 20260617)
	slices.Reverse(questions)
	_, _, after := sampled(t, d, questions, 20260616)
	if !maps.Equal(before, after) {
		t.Error("the order of the bank makes another sample")
	}
	if maps.Equal(before, tomorrow) {
		t.Error("the next day has the same sample")
	}
}

func TestALevelWithOnePaperForAllHasItForGuestsToo(t *testing.T) {
	questions := bankOf(200)
	d := parsed(t, changed(t, "levels:\n", "players: {proof: [phone], guests: {questions: 5}}\nlevels:\n"))
	d.Levels[0].Questions, d.Levels[1].Questions = []contest.Draw{{Count: 5}}, []contest.Draw{{Count: 3}}
	d.Levels[0].Drawn = contest.DrawnSame
	whole, pools, _ := sampled(t, d, questions, 20260616)
	if !slices.Equal(pools[0][0], whole[0][0]) || len(pools[1][0]) != 5 {
		t.Errorf("the pools hold %d and %d", len(pools[0][0]), len(pools[1][0]))
	}
}

func TestGuestsSeeAllWhereNothingIsKeptFromThem(t *testing.T) {
	const pool = "\nprizes: [{key: cup, title: 杯子, stock: 9, collect: 自取}]\n" +
		"pools: [{key: draw, title: 抽奖, prizes: [{prize: cup, odds: 1}]}]\n"
	const invite = "\nearnings: [{key: asked, for: invite, give: {points: 1}}]\n"
	for _, c := range []struct {
		name, players, more string
		want                int
	}{
		{"all are guests", "{}", pool, 0},
		{"persons are proven, for nothing", "{proof: [phone]}", "", 0},
		{"a pool is kept", "{proof: [phone]}", pool, 30},
		{"invitations that give something are kept", "{proof: [phone]}", invite, 30},
		{"only a board is kept", "{proof: [phone], proven: [boards]}", "", 30},
		{"there is a pool, and the shop is kept, which is none", "{proof: [phone], proven: [shop]}", pool, 0},
		{"the organizer gives all", "{proof: [phone], guests: {questions: 0}}", pool, 0},
		{"the organizer gives more", "{proof: [phone], guests: {questions: 80}}", "", 80},
	} {
		d := parsed(t, strings.Replace(twoLevels, "levels:\n", "players: "+c.players+"\nlevels:\n", 1)+c.more)
		if got := d.GuestQuestions(); got != c.want {
			t.Errorf("%s: guests are asked from %d", c.name, got)
		}
	}
}

func TestWhoIsProvenIsAskedFromTheWholeBank(t *testing.T) {
	d := parsed(t, changed(t, "levels:\n", "players: {proof: [phone], guests: {questions: 30}}\nlevels:\n"))
	late := shanghai(t, "2026-06-16 23:59:59")
	for _, c := range []struct {
		ways string
		at   int64
		want int
	}{
		{"", late, 20260616}, {"", late + 1000, 20260617}, {"phone", late, 0},
		{"wechat", late, 20260616}, {"wechat phone", late, 0}, // a way that this contest no longer takes
	} {
		if got := d.GuestDay(c.ways, c.at); got != c.want {
			t.Errorf("proven by %q: day %d, want %d", c.ways, got, c.want)
		}
	}
}

func TestHowManyQuestionsGuestsAreAskedFromIsChecked(t *testing.T) {
	for players, want := range map[string]string{
		"{proof: [phone], guests: {questions: -1}}":    "guests are asked from 1 to 10000",
		"{proof: [phone], guests: {questions: 10001}}": "guests are asked from 1 to 10000",
		"{guests: {questions: 5}}":                     "say in players.proof what proves a person",
	} {
		_, err := contest.Parse("x.yaml", []byte(changed(t, "levels:\n", "players: "+players+"\nlevels:\n")))
		if err == nil || !strings.Contains(err.Error(), "players.guests.questions: "+want) {
			t.Errorf("%s: %v", players, err)
		}
	}
}
