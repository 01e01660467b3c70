package board

import (
	"cmp"
	"math/rand/v2"
	"strconv"
	"testing"

	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
)

var packings = map[string]packing{"player": playerPacking, "unit": unitPacking}

func TestPointsComeBackOutOfAScoreOverTheWholeRange(t *testing.T) {
	const opens = 1_780_272_000_000
	random := rand.New(rand.NewPCG(6, 16))
	for name, p := range packings {
		last := int64(1)<<p.tieBits - 1
		edges := []int64{0, 1, 2, p.pointLimit - 1, p.pointLimit}
		ties := []int64{0, 1, last - 1, last}
		for range 100_000 {
			edges = append(edges[:5], random.Int64N(p.pointLimit+1))
			ties = append(ties[:4], random.Int64N(last+1))
			for _, points := range edges {
				for _, tie := range ties {
					score := p.pack(points, opens+tie*p.tieUnitMS, opens)
					// Redis holds a double and hands out its text.
					asText, err := strconv.ParseFloat(strconv.FormatFloat(score, 'g', 17, 64), 64)
					if err != nil || p.points(asText) != points {
						t.Fatalf("%s: %d points at tie %d come back as %d", name, points, tie, p.points(asText))
					}
					if got := p.tieMS(asText); got != tie*p.tieUnitMS {
						t.Fatalf("%s: tie %d of %d points comes back as %d ms", name, tie, points, got)
					}
					// The last with so many points still is ranked, the first with fewer is not.
					if int64(score) > p.last(points) || points > 0 && int64(p.pack(points-1, opens, opens)) <= p.last(points) {
						t.Fatalf("%s: %d points at tie %d are on the wrong side of %d", name, points, tie, p.last(points))
					}
				}
			}
		}
	}
}

func TestWhatIsOutOfRangeIsCutToIt(t *testing.T) {
	for name, p := range packings {
		for _, c := range []struct{ points, reached, opens, want int64 }{
			{-5, 0, 0, 0},
			{p.pointLimit + 1, 0, 0, p.pointLimit},
			{1 << 60, 0, 0, p.pointLimit},
			{7, 0, 1 << 50, 7}, // before the opening
			{7, 1 << 60, 0, 7}, // ages after it
		} {
			if got := p.points(p.pack(c.points, c.reached, c.opens)); got != c.want {
				t.Errorf("%s: %d points come back as %d, want %d", name, c.points, got, c.want)
			}
		}
	}
}

// FuzzScoresSortAsPointsAndTimesDo: the order of scores is that of points, the
// most first, then of the time in steps, the earliest first.
func FuzzScoresSortAsPointsAndTimesDo(f *testing.F) {
	f.Add(int64(10), int64(5_000), int64(10), int64(5_050), int64(0))
	f.Add(int64(0), int64(0), int64(1), int64(1)<<40, int64(1_780_272_000_000))
	f.Add(int64(1)<<22-1, int64(1), int64(1)<<22, int64(2), int64(-5))
	f.Add(int64(1)<<34, int64(1)<<50, int64(1)<<34-1, int64(1)<<49, int64(3))
	f.Fuzz(func(t *testing.T, points1, reached1, points2, reached2, opens int64) {
		const far = int64(1) << 60
		if max(reached1, reached2, opens) > far || min(reached1, reached2, opens) < -far {
			return // no clock shows that
		}
		for name, p := range packings {
			within := func(n, limit int64) int64 { return min(max(0, n), limit) }
			tick := func(reached int64) int64 { return within((reached-opens)/p.tieUnitMS, 1<<p.tieBits-1) }
			want := cmp.Or(cmp.Compare(within(points2, p.pointLimit), within(points1, p.pointLimit)),
				cmp.Compare(tick(reached1), tick(reached2)))
			if got := cmp.Compare(p.pack(points1, reached1, opens), p.pack(points2, reached2, opens)); got != want {
				t.Errorf("%s: (%d at %d) and (%d at %d) compare as %d, want %d", name, points1, reached1, points2,
					reached2, got, want)
			}
		}
	})
}

func TestMembersSortAsTheirIdsDoAndComeBack(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 16))
	for range 10_000 {
		a, b := random.Int64(), random.Int64()>>random.IntN(60)
		if got, want := cmp.Compare(member(sqldb.ID(a)), member(sqldb.ID(b))), cmp.Compare(a, b); got != want ||
			memberID(member(sqldb.ID(b))) != sqldb.ID(b) {
			t.Fatalf("%d and %d are the members %s and %s", a, b, member(sqldb.ID(a)), member(sqldb.ID(b)))
		}
	}
}

func TestAveragesFitAndTheirTimesAreOfOne(t *testing.T) {
	for _, p := range []packing{unitPacking, unitTimePacking} {
		for _, average := range []int64{0, 1, 999, contest.AverageOf(contest.MaxTotal*7, 7)} {
			if got := p.points(p.pack(average, 0, 0)); got != average {
				t.Errorf("an average of %d thousandths comes back as %d", average, got)
			}
		}
	}
	sum := &unitSum{Players: 4, Points: 50, UsedMS: 40_000}
	if used := usedOf(&contest.Board{Average: 2}, sum); used != 10_000 {
		t.Errorf("on average %d ms are used", used)
	}
	if used := usedOf(&contest.Board{}, sum); used != 40_000 {
		t.Errorf("in all %d ms are used", used)
	}
}
