package contest_test

import (
	"fmt"
	"strings"
	"testing"

	"anquanda/internal/contest"
)

// worthOf parses a definition whose first level, of five questions, has a score and a
// streak of two, with a certificate from a score on.
func worthOf(t *testing.T, score, streak, condition string) (*contest.Definition, error) {
	t.Helper()
	text := changed(t, "    pass: 3\n", "    pass: 3\n    score: "+score+"\n    streak: {length: 2, score: "+streak+"}\n")
	text += "certificates:\n  - {key: good, title: 优秀, text: 优秀, who: {score: " + condition + "}}\n"
	return contest.Parse("demo.yaml", []byte(text))
}

func TestHalfPointsMakeTenthsOfAllScoresOfAContest(t *testing.T) {
	cases := []struct {
		score, streak, condition string
		scale                    int
		full, certificate        float64
		say                      string // how the full score of the first level is written
	}{
		{"3", "2", "9", 1, 19, 9, "19"},
		{"2.5", "2", "9", 10, 16.5, 9, "16.5"},
		{"3", "0.5", "9.5", 10, 16, 9.5, "16"},
		{"3.0", "2", "9", 10, 19, 9, "19"}, // keeps tenths where no half point is left
		{"0.1", "0.1", "0.2", 10, 0.7, 0.2, "0.7"},
	}
	for _, c := range cases {
		d, err := worthOf(t, c.score, c.streak, c.condition)
		if err != nil {
			t.Errorf("score %s: %v", c.score, err)
			continue
		}
		first := &d.Levels[0]
		if d.Scale() != c.scale || d.Points(first.FullScore()) != c.full || d.PointsText(first.FullScore()) != c.say ||
			d.Points(int(d.Certificates[0].Who.Score)) != c.certificate {
			t.Errorf("score %s, streak %s: scale %d, full %v (%s), certificate from %v", c.score, c.streak, d.Scale(),
				d.Points(first.FullScore()), d.PointsText(first.FullScore()),
				d.Points(int(d.Certificates[0].Who.Score)))
		}
	}
}

func TestWhatIsNoNumberOfPointsIsRefusedWithACure(t *testing.T) {
	cases := []struct{ score, condition, want, words string }{
		{"2.55", "9", `levels[0].score: "2.55" is no number of points; write 2 or 2.5`, "最多一位小数"},
		{"两分", "9", `levels[0].score: "两分" is no number of points; write 2 or 2.5`, "写成 2 或 2.5"},
		{"3", "9.5", "certificates[0].who.score: scores of this contest are whole points; write a whole number", "都是整数"},
		{"419430.4", "9", "levels[0].score: score must be 1 to 419430", "分值是 1 到 419430"},
		{"140000.5", "9", "levels[0].score: all levels together must come to at most 419430 points", "最多 419430 分"},
	}
	for _, c := range cases {
		_, err := worthOf(t, c.score, "0", c.condition)
		findings, _ := err.(contest.Findings)
		if len(findings) == 0 || !strings.Contains(findings[0].Error(), c.want) ||
			!strings.Contains(findings[0].Words, c.words) {
			t.Errorf("score %s, condition %s: %v", c.score, c.condition, err)
		}
	}
}

func TestPointsStayWholeWhereScoresAreNot(t *testing.T) {
	d, err := worthOf(t, "2.5", "0", "9")
	if err != nil {
		t.Fatal(err)
	}
	for units, want := range map[int]int{0: 0, 5: 0, 25: 2, 925: 92, 999: 99, 1000: 100} {
		if got := d.WholePoints(units); got != want {
			t.Errorf("a score of %s gives %d points, want %d", d.PointsText(units), got, want)
		}
	}
	for measure, want := range map[contest.Measure]float64{contest.MeasureBest: 2.5, contest.MeasureSum: 2.5,
		contest.MeasurePoints: 25, contest.MeasureAttempts: 25, contest.MeasureRate: 25} {
		if got := d.PointsBy(measure, 25); got != want {
			t.Errorf("25 by %s is %v", measure, got)
		}
	}
	for units := range 2000 { // what is shown reads back as what was counted
		if back := fmt.Sprintf("%.1f", d.Points(units)); back != fmt.Sprintf("%d.%d", units/10, units%10) {
			t.Fatalf("%d tenths are shown as %s", units, back)
		}
	}
}

func TestAnAverageIsToldWithOneDecimal(t *testing.T) {
	for _, c := range []struct {
		worth   string // of an answer: with 2.5, totals are tenths
		measure contest.Measure
		total   int64
		players int64
		want    float64
	}{
		{"10", contest.MeasureBest, 25, 2, 12.5}, {"10", contest.MeasureBest, 50, 3, 16.7},
		{"10", contest.MeasureSum, 1, 1000, 0}, {"10", contest.MeasureSum, 1, 20, 0.1},
		{"10", contest.MeasureBest, 24, 2, 12},
		{"2.5", contest.MeasureBest, 250, 2, 12.5}, {"2.5", contest.MeasureBest, 925, 1, 92.5},
		{"2.5", contest.MeasureAttempts, 5, 2, 2.5}, {"2.5", contest.MeasurePoints, 7, 2, 3.5},
		{"10", contest.MeasureBest, contest.MaxTotal * 3, 3, contest.MaxTotal},
	} {
		d, err := worthOf(t, c.worth, "0", "0")
		if err != nil {
			t.Fatal(err)
		}
		b := contest.Board{Measure: c.measure, Average: 1}
		if got := d.PointsOn(&b, contest.AverageOf(c.total, c.players)); got != c.want {
			t.Errorf("answers of %s: %d by %s of %d are %v, want %v", c.worth, c.total, c.measure, c.players, got, c.want)
		}
	}
}
