package contest

import (
	"testing"

	"go.yaml.in/yaml/v3"
)

func TestTimeIsThatOfAllAttemptsAtALevelUpToTheOnePassed(t *testing.T) {
	tally := MeasureTally{Total: Total{Measure: MeasureTime}}
	const minute = 60_000
	for _, c := range []struct {
		a        Attempt
		seconds  float64
		answered int64
		reached  int64
	}{
		{Attempt{Level: "a", FinishedAt: 10, UsedMS: 3 * minute, Reached: 10}, 86_400, 0, 10}, // failed: read at leisure
		{Attempt{Level: "a", FinishedAt: 20, UsedMS: minute, Reached: 10, Passed: true}, 240, 10, 20},
		{Attempt{Level: "a", FinishedAt: 30, UsedMS: 1, Reached: 10, Passed: true}, 240, 10, 20}, // known by heart
		{Attempt{Level: "b", FinishedAt: 40, UsedMS: minute, Reached: 5, Passed: true}, 150, 15, 40},
		{Attempt{Level: "c", FinishedAt: 50, UsedMS: 150_000, Reached: 5, Passed: true}, 150, 20, 40}, // is the median
		{Attempt{Level: "d", FinishedAt: 60, UsedMS: 1, Reached: 5}, 150, 20, 40},
	} {
		tally.attempt(&c.a)
		if got := secondsOf(tally.Points); got != c.seconds || tally.Answered != c.answered || tally.ReachedAt != c.reached {
			t.Errorf("at %d: %v s of %d answers since %d", c.a.FinishedAt, got, tally.Answered, tally.ReachedAt)
		}
	}
	if MedianOf([]int64{3}) != 3 || MedianOf([]int64{1, 4}) != 2 || MedianOf([]int64{1, 4, 9}) != 4 {
		t.Error("the middle is elsewhere")
	}
	if SwiftnessOf(1) != SwiftnessOf(100) || SwiftnessOf(100) <= SwiftnessOf(101) || SwiftnessOf(1<<40) != 0 {
		t.Error("less time does not rank higher, by tenths of a second")
	}
}

func TestABoardOfTimeNeedsSomethingToPassAndAsManyQuestionsAsItAsksFor(t *testing.T) {
	for _, c := range []struct {
		levels []Level
		board  Board
		want   int
	}{
		{[]Level{{Key: "a", Pass: 3, Questions: []Draw{{Count: 5}}}}, Board{Answers: 5}, 0},
		{[]Level{{Key: "a", Pass: 3, Questions: []Draw{{Count: 5}}}}, Board{Answers: 6}, 1},
		{[]Level{{Key: "a", Questions: []Draw{{Count: 5}}}}, Board{Answers: 1}, 1},
		{[]Level{{Key: "a", Steps: &Steps{Goal: 3}, Questions: []Draw{{Count: 5}}}}, Board{Answers: 1}, 0},
		{[]Level{{Key: "a", Practice: true, Questions: []Draw{{Count: 5}}},
			{Key: "b", Pass: 1, Questions: []Draw{{Count: 5}}}}, Board{Answers: 6}, 1},
		{[]Level{{Key: "a", Questions: []Draw{{Count: 5}}},
			{Key: "b", Pass: 1, Questions: []Draw{{Count: 5}}}}, Board{Level: "b", Answers: 5}, 0},
	} {
		check := checker{source: &source{root: &yaml.Node{}}}
		check.boardTime("boards[0]", &Definition{Levels: c.levels}, &c.board)
		if len(check.findings) != c.want {
			t.Errorf("%+v with %+v: %v", c.levels, c.board, check.findings)
		}
	}
}
