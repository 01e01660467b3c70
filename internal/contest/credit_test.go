package contest_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/question"
)

// credited is twoLevels with more said of its first level, whose time for a question is
// 30 s and whose worth is 10.
func credited(t *testing.T, draw, more string) (*contest.Definition, error) {
	t.Helper()
	text := changed(t, "      - {count: 5, kinds: [single]}\n", "      - {count: 5, kinds: [single, multiple]"+draw+"}\n")
	return contest.Parse("demo.yaml", []byte(strings.Replace(text, "    pass: 3\n", "    pass: 3\n"+more, 1)))
}

func TestAnAnswerScoresByHowFarItIsRightAndByItsTime(t *testing.T) {
	right, half := question.Mark{Right: true}, question.Mark{Hit: 1, Of: 2}
	given := func(m question.Mark, seconds float64) contest.Given {
		return contest.Given{Mark: m, Answered: true, UsedMS: int64(1000 * seconds)}
	}
	large := given(right, 35)
	large.Large = true
	for _, c := range []struct {
		draw, more string
		given      contest.Given
		want       float64 // points
	}{
		{"", "", given(right, 29), 10},
		{"", "", given(half, 1), 0},
		{"", "    partial: {score: 2.5}\n", given(half, 1), 2.5},
		{"", "    partial: {each: 0.5}\n", given(question.Mark{Hit: 3, Of: 4}, 1), 1.5},
		{"", "    partial: {each: 4}\n", given(question.Mark{Hit: 3, Of: 4}, 1), 10}, // never more than right
		{"", "    partial: {share: true}\n", given(question.Mark{Hit: 2, Of: 3}, 1), 6},
		{"", "    score: 10.0\n    partial: {share: true}\n", given(question.Mark{Hit: 2, Of: 3}, 1), 6.6},
		{", partial: {score: 3}", "    partial: {score: 2}\n", given(half, 1), 3}, // the draw's own
		{"", "    minus: 1\n", given(question.Mark{}, 1), -1},
		{"", "    minus: 1\n", given(half, 1), -1}, // in part is wrong where nothing says otherwise
		{"", "    minus: 1\n    partial: {score: 2}\n", given(half, 1), 2},
		{"", "    minus: 1\n", contest.Given{UsedMS: 30_000}, 0}, // passed over
		{", minus: 2", "    minus: 1\n", given(question.Mark{}, 1), -2},
		{"", "    speed: {within: 5s, least: 50}\n", given(right, 5), 10},
		{"", "    speed: {within: 5s, least: 50}\n", given(right, 5.001), 9}, // begun points go
		{"", "    score: 10.0\n    speed: {within: 5s, least: 50}\n", given(right, 17.5), 7.5},
		{"", "    speed: {within: 5s, least: 50}\n", given(right, 30), 5},
		{"", "    speed: {within: 5s, least: 50}\n", given(right, 41), 5}, // held up by the network
		{"", "    score: 10.0\n    speed: {within: 5s, least: 50}\n", large, 7.5},
		{"", "    speed: {least: 0}\n", given(right, 15), 5},
		{"", "    partial: {score: 4}\n    speed: {within: 5s, least: 50}\n", given(half, 30), 2},
		{"", "    minus: 3\n    speed: {within: 5s, least: 50}\n", given(question.Mark{}, 30), -3},
		{"", "    speed: {within: 5s}\n", given(question.Mark{Right: true, Void: true}, 30), 10},
	} {
		d, err := credited(t, c.draw, c.more)
		if err != nil {
			t.Errorf("%s%s: %v", c.draw, c.more, err)
			continue
		}
		if got := d.Points(d.Levels[0].Credit(0, c.given)); got != c.want {
			t.Errorf("%s%s: %+v scores %v, want %v", c.draw, c.more, c.given, got, c.want)
		}
	}
}

func TestWhatCannotBeScoredIsRefusedAtItsPlace(t *testing.T) {
	for _, c := range []struct{ draw, more, path string }{
		{"", "    partial: {}\n", "levels[0].partial"},
		{"", "    partial: {score: 2, share: true}\n", "levels[0].partial"},
		{"", "    partial: {score: 10}\n", "levels[0].partial.score"},
		{"", "    partial: {each: -1}\n", "levels[0].partial.each"},
		{", score: 1", "    partial: {share: true}\n", "levels[0].partial.share"},
		{", partial: {score: 11}", "", "levels[0].questions[0].partial.score"},
		{"", "    minus: 11\n", "levels[0].minus"},
		{", minus: -1", "", "levels[0].questions[0].minus"},
		{"", "    speed: {within: 30s}\n", "levels[0].speed.within"},
		{"", "    speed: {within: 5s, least: 100}\n", "levels[0].speed.least"},
		{"", "    speed: {within: 5s}\n    retry: wrong\n", "levels[0].speed"},
		{"", "    speed: {within: 5s}\n    mode: paper\n", "levels[0].speed"},
	} {
		_, err := credited(t, c.draw, c.more)
		findings, _ := err.(contest.Findings)
		if len(findings) != 1 || findings[0].Path != c.path || findings[0].Line < 7 {
			t.Errorf("%s%s: %v", c.draw, c.more, err)
		}
	}
	_, err := contest.Parse("demo.yaml", []byte(changed(t, "    pass: 2\n", "    pass: 2\n    partial: {score: 2}\n")))
	if err == nil || !strings.Contains(err.Error(), "levels[1].partial: only multiple and indefinite") {
		t.Errorf("partly right single choices: %v", err)
	}
}

// choice is a random set of options of a question of six, of which some are right.
func choice(random *rand.Rand, q *question.Question) (c question.Choice) {
	for i := range q.Options {
		if random.IntN(3) == 0 {
			c.Options = append(c.Options, i)
		}
	}
	return c
}

func TestNoAnswerScoresOutsideItsBoundsAndMoreOfWhatIsRightNeverLess(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 1))
	for range 20_000 {
		q := &question.Question{Kind: question.Indefinite, Options: strings.Split("甲乙丙丁戊己", "")}
		for len(q.Right) == 0 {
			q.Right = choice(random, q).Options
		}
		worth := 1 + random.IntN(50)
		level := &contest.Level{Score: contest.Worth(worth), Minus: contest.Worth(random.IntN(worth + 1)),
			Questions: []contest.Draw{{Count: 1}}, Time: contest.Time{Question: contest.Span(30e9)}}
		switch random.IntN(4) {
		case 0:
			level.Partial = &contest.Partial{Score: contest.Worth(random.IntN(worth))}
		case 1:
			level.Partial = &contest.Partial{Each: contest.Worth(random.IntN(worth))}
		case 2:
			level.Partial = &contest.Partial{Share: true}
		}
		if random.IntN(2) == 0 {
			level.Speed = &contest.Speed{Within: contest.Span(random.Int64N(30e9)), Least: random.IntN(100)}
		}
		used := random.Int64N(40_000)
		credit := func(c question.Choice, used int64) int {
			return level.Credit(0, contest.Given{Mark: question.Judge(q, c), Answered: !c.Empty(), UsedMS: used})
		}
		chosen := choice(random, q)
		got := credit(chosen, used)
		right := credit(question.Choice{Options: q.Right}, used)
		if got < -int(level.Minus) || got > right || right > worth || right < level.LeastRight(0) ||
			!question.Grade(q, chosen) && got > level.MostUnright(0) {
			t.Fatalf("%+v, right %v, chosen %v in %d ms: %d of %d", level, q.Right, chosen.Options, used, got, right)
		}
		if credit(question.Choice{Options: q.Right}, used+1000) > right {
			t.Fatalf("%+v: a second later it scores more than %d", level, right)
		}
		if level.Partial == nil {
			continue
		}
		last := 0 // of nothing, then of one right option after the other
		for n := 1; n <= len(q.Right); n++ {
			more := credit(question.Choice{Options: q.Right[:n]}, used)
			if more < last {
				t.Fatalf("%+v: %d right options of %v score %d, one less %d", level, n, q.Right, more, last)
			}
			last = more
		}
	}
}

func TestWrongAnswersNeverLeadBelowNothingInWhateverOrderTheyCome(t *testing.T) {
	level := &contest.Level{Score: 4, Minus: 3, Questions: []contest.Draw{{Count: 4}}}
	for answers, want := range map[string]int{
		"wwww": 0, "wwwr": 0, "rwww": 0, "wrrw": 2, "rrww": 2, "rrrr": 16, "w-r-": 1,
	} {
		run := contest.Run{}
		for _, answer := range answers {
			given := contest.Given{Mark: question.Mark{Right: answer == 'r'}, Answered: answer != '-'}
			run = level.Answer(run, level.Credit(0, given), given.Right)
		}
		if run.Total() != want {
			t.Errorf("%s comes to %d, want %d", answers, run.Total(), want)
		}
	}
}
