package contest

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Worth is what an answer is worth, or a bound of scores, in the unit in which its contest
// counts them: whole points or, where some answer is worth 2.5, tenths (Definition.Scale).
// One unit serves a whole contest, so scores are summed, ranked and stored as whole
// numbers, and contests of whole points are what they always were.
type Worth int

// tenths is the scale of a contest with half points.
const tenths = 10

var halfPoints = regexp.MustCompile(`^\d{1,9}\.\d$`)

// UnmarshalYAML reads points, with at most one decimal, as tenths; toScale follows.
func (w *Worth) UnmarshalYAML(node *yaml.Node) error {
	var points float64
	readable := node.ShortTag() == "!!int" || halfPoints.MatchString(node.Value)
	if !readable || node.Decode(&points) != nil {
		return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: %q is no number of points; write 2 or 2.5",
			node.Line, node.Value)}}
	}
	*w = Worth(math.Round(min(max(points, -1e9), 1e9) * tenths)) // the check refuses what is far off
	return nil
}

// Scale is how many units of its scores make one point: 1, or 10 where some answer is
// worth a part of a point.
func (d *Definition) Scale() int { return max(1, d.scale) }

// Points is a score as people count it: 92.5 of 925 tenths.
func (d *Definition) Points(score int) float64 { return float64(score) / float64(d.Scale()) }

// PointsText is a score as people write it.
func (d *Definition) PointsText(score int) string {
	return strconv.FormatFloat(d.Points(score), 'f', -1, 64)
}

// WholePoints is how many points (积分) a score gives: begun ones do not count.
func (d *Definition) WholePoints(score int) int { return score / d.Scale() }

// OfScores reports whether totals by the measure are scores; others count whole things.
func (m Measure) OfScores() bool {
	return m == MeasureBest || m == MeasureSum || m == MeasureFirst || m == MeasureLast
}

// unitOf is how many units of a total by the measure make one.
func (d *Definition) unitOf(m Measure) int {
	if m.OfScores() {
		return d.Scale()
	}
	return 1
}

// PointsBy is what ranks by a measure as people count it; of time, seconds.
func (d *Definition) PointsBy(m Measure, total int64) float64 {
	if m == MeasureTime {
		return secondsOf(total)
	}
	return float64(total) / float64(d.unitOf(m))
}

// worths are what answers of the levels are worth, by their paths.
func (d *Definition) worths(visit func(path string, w *Worth)) {
	for i := range d.Levels {
		l, path := &d.Levels[i], fmt.Sprintf("levels[%d]", i)
		visit(path+".score", &l.Score)
		visit(path+".streak.score", &l.Streak.Score)
		visit(path+".minus", &l.Minus)
		l.Partial.worths(path, visit)
		for j := range l.Questions {
			draw, at := &l.Questions[j], fmt.Sprintf("%s.questions[%d]", path, j)
			visit(at+".score", &draw.Score)
			visit(at+".minus", &draw.Minus)
			draw.Partial.worths(at, visit)
		}
	}
}

func (p *Partial) worths(path string, visit func(path string, w *Worth)) {
	if p != nil {
		visit(path+".partial.score", &p.Score)
		visit(path+".partial.each", &p.Each)
	}
}

// bounds are the scores that something is given or counted from, by their paths.
func (d *Definition) bounds(visit func(path string, w *Worth)) {
	for i := range d.Boards {
		if b := &d.Boards[i]; b.PlayerMeasure().OfScores() {
			visit(fmt.Sprintf("boards[%d].least", i), &b.Least)
		}
	}
	for i := range d.Drawings {
		d.Drawings[i].Who.bounds(fmt.Sprintf("drawings[%d].who", i), visit)
	}
	for i := range d.Certificates {
		d.Certificates[i].Who.bounds(fmt.Sprintf("certificates[%d].who", i), visit)
	}
}

func (c *Condition) bounds(path string, visit func(path string, w *Worth)) {
	visit(path+".score", &c.Score)
	if c.Best != nil {
		visit(path+".best.score", &c.Best.Score)
	}
}

// toScale turns the tenths that were read into the contest's unit: tenths where a worth
// of a level is written with a decimal (3.0 is one too, for a contest whose last half
// point goes), else points. It finds parts of points where they are whole.
func (d *Definition) toScale(s *source) (findings Findings) {
	d.scale = 1
	d.worths(func(_ string, w *Worth) {
		if *w%tenths != 0 {
			d.scale = tenths
		}
	})
	if s.pointed {
		d.scale = tenths
	}
	if d.scale == 1 {
		whole := func(path string, w *Worth) {
			if *w%tenths != 0 {
				findings = append(findings, newFinding(s.file, s.line(path), path,
					"scores of this contest are whole points; write a whole number"))
			}
			*w /= tenths
		}
		d.worths(whole)
		d.bounds(whole)
	}
	for i := range d.Boards {
		if b := &d.Boards[i]; !b.PlayerMeasure().OfScores() {
			if b.Least%tenths != 0 {
				path := fmt.Sprintf("boards[%d].least", i)
				findings = append(findings, newFinding(s.file, s.line(path), path, "this must be a whole number"))
			}
			b.Least /= tenths
		}
	}
	for i := range d.Lists {
		if !d.Lists[i].leastInUnit(d) {
			path := fmt.Sprintf("lists[%d].least", i)
			findings = append(findings, newFinding(s.file, s.line(path), path, "this must be a whole number"))
		}
	}
	return findings
}

// notePoint notes a worth of a level that is written with a decimal.
func (s *source) notePoint(n *yaml.Node, of reflect.Type, path string) {
	if of == reflect.TypeFor[Worth]() && strings.HasPrefix(path, "levels[") && n.ShortTag() == "!!float" {
		s.pointed = true
	}
}
