package arena

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// Line is one line of a ranking.
type Line struct {
	ID     sqldb.ID
	Points int64
	tick   int64 // of reaching the points, in the board's own steps
}

// Ranking is the lines of a board of one period, the first on top.
type Ranking []Line

// Steps of time within which a board does not tell who was first, in ms.
const (
	playerStep = 100
	unitStep   = 600_000
)

// unranked is the score of who has too few answers for a board by accuracy.
const unranked = 1 << 52

// Truth counts every ranking of a contest anew from the attempts, without
// anything of package board or of the contest's rules. Keys are those of Redis
// without their tag: p:best:20260616, u:towns:0.
func Truth(ctx context.Context, db *sqldb.DB, c *catalog.Contest) (map[string]Ranking, error) {
	var attempts []attempt
	err := db.Select(ctx, &attempts, `SELECT player_id, unit_id, level_key, score, finished_at, correct, reached,
		retries, passed, used_ms FROM attempts
		WHERE contest_id = ? AND finished_at > 0 AND held = 0 ORDER BY finished_at, id`, c.ContestID)
	if err != nil {
		return nil, err
	}
	grants, err := grantsOf(ctx, db, c.ContestID)
	if err != nil {
		return nil, err
	}
	parents := map[sqldb.ID]sqldb.ID{}
	var units []struct {
		ID       sqldb.ID `db:"id"`
		ParentID sqldb.ID `db:"parent_id"`
	}
	if err := db.Select(ctx, &units, "SELECT id, parent_id FROM units WHERE contest_id = ?", c.ContestID); err != nil {
		return nil, err
	}
	for _, u := range units {
		parents[u.ID] = u.ParentID
	}
	truth := map[string]Ranking{}
	for _, b := range c.Boards {
		counted := attempts
		if b.Measure == contest.MeasurePoints {
			counted = slices.Concat(attempts, grants["@"+b.Purse])
			slices.SortStableFunc(counted, func(a, b attempt) int { return cmp.Compare(a.FinishedAt, b.FinishedAt) })
		}
		for period, counted := range stretchesOf(c, b, counted) {
			totals, name := totalsOf(counted), "best"
			switch b.Measure {
			case contest.MeasureAccuracy:
				totals, name = accuracyOf(counted), "accuracy"
			case contest.MeasureTime:
				totals, name = timesOf(counted), "time"
			case contest.MeasurePoints:
				totals, name = earnedOf(counted), "points"
			}
			if b.Purse != "" {
				name += "@" + b.Purse
			}
			if b.Level != "" {
				name += "@" + b.Level
			}
			if !b.Measure.AsksAnswers() || b.Subject == contest.SubjectPlayer {
				// Those of units are made from them.
				truth[fmt.Sprintf("p:%s:%d", name, period)] = playerLines(c, enoughOf(b, totals))
			}
			if b.Subject != contest.SubjectUnit {
				continue
			}
			of := b.Key
			switch {
			case b.Measure == contest.MeasureTime:
				of, totals = of+"~time", enoughOf(b, totals)
			case b.Average > 0 || b.Measure == contest.MeasureAccuracy:
				of += "~average"
			}
			if lines := unitLines(c, b, totals, parents); len(lines) > 0 {
				truth[fmt.Sprintf("u:%s:%d", of, period)] = lines
			}
		}
	}
	return truth, nil
}

// stretchesOf are the attempts that a board counts, by the periods that it ranks: the
// whole contest and its days, or weeks, which are told from days by a 1 before them.
func stretchesOf(c *catalog.Contest, b contest.Board, attempts []attempt) map[int][]attempt {
	counted := map[int][]attempt{}
	for _, a := range attempts {
		if b.Level != "" && a.LevelKey != b.Level {
			continue
		}
		if b.Period == contest.RoundWeek {
			monday := time.UnixMilli(a.FinishedAt).In(Zone)
			for monday.Weekday() != time.Monday {
				monday = monday.AddDate(0, 0, -1)
			}
			week := 100_000_000 + c.Day(monday.UnixMilli())
			counted[week] = append(counted[week], a)
			continue
		}
		counted[0] = append(counted[0], a)
		if b.Daily {
			counted[c.Day(a.FinishedAt)] = append(counted[c.Day(a.FinishedAt)], a)
		}
	}
	return counted
}

type attempt struct {
	PlayerID   sqldb.ID `db:"player_id"`
	UnitID     sqldb.ID `db:"unit_id"`
	LevelKey   string   `db:"level_key"`
	Score      int      `db:"score"`
	FinishedAt int64    `db:"finished_at"`
	Correct    int64    `db:"correct"`
	Reached    int64    `db:"reached"`
	Retries    sqldb.ID `db:"retries"`
	Passed     bool     `db:"passed"`
	UsedMS     int64    `db:"used_ms"`
	Kind       string   `db:"kind"`   // of a grant
	Earned     int64    `db:"earned"` // likewise
}

type total struct {
	unit    sqldb.ID
	best    map[string]int
	points  int64
	players int // of a unit
	reached int64

	right, asked int64   // of accuracy, and of time
	each         []int64 // points of the players of a unit, of time
}

// totalsOf goes through attempts in the order in which they finished.
func totalsOf(attempts []attempt) map[sqldb.ID]*total {
	totals := map[sqldb.ID]*total{}
	for _, a := range attempts {
		t := totals[a.PlayerID]
		if t == nil {
			t = &total{unit: a.UnitID, best: map[string]int{}, reached: a.FinishedAt}
			totals[a.PlayerID] = t
		}
		if a.Score > t.best[a.LevelKey] {
			t.points += int64(a.Score - t.best[a.LevelKey])
			t.best[a.LevelKey] = a.Score
			t.reached = a.FinishedAt
		}
	}
	return totals
}

// accuracyOf counts right answers and questions of whole papers. Points are the share.
func accuracyOf(attempts []attempt) map[sqldb.ID]*total {
	totals := map[sqldb.ID]*total{}
	for _, a := range attempts {
		t := totals[a.PlayerID]
		if t == nil {
			t = &total{unit: a.UnitID, reached: a.FinishedAt}
			totals[a.PlayerID] = t
		}
		if a.Retries != 0 || a.Reached <= 0 {
			continue
		}
		t.right, t.asked = t.right+a.Correct, t.asked+a.Reached
		if share := t.right * 10_000 / t.asked; share != t.points {
			t.points, t.reached = share, a.FinishedAt
		}
	}
	return totals
}

// enoughOf are the totals with as many answers as a board asks for.
func enoughOf(b contest.Board, totals map[sqldb.ID]*total) map[sqldb.ID]*total {
	enough := map[sqldb.ID]*total{}
	for id, t := range totals {
		if t.asked >= int64(b.Answers) {
			enough[id] = t
		}
	}
	return enough
}

func playerLines(c *catalog.Contest, totals map[sqldb.ID]*total) Ranking {
	var lines Ranking
	for id, t := range totals {
		lines = append(lines, Line{ID: id, Points: t.points, tick: (t.reached - c.Window.Opens.MS) / playerStep})
	}
	return lines.sorted()
}

func unitLines(c *catalog.Contest, b contest.Board, totals map[sqldb.ID]*total, parents map[sqldb.ID]sqldb.ID) Ranking {
	sums := map[sqldb.ID]*total{}
	for _, t := range totals {
		if t.unit == 0 {
			continue
		}
		path := []sqldb.ID{t.unit} // from the unit up
		for parents[path[len(path)-1]] != 0 {
			path = append(path, parents[path[len(path)-1]])
		}
		ranked := path[0]
		if b.Depth > 0 && b.Depth <= len(path) {
			ranked = path[len(path)-b.Depth]
		}
		if sums[ranked] == nil {
			sums[ranked] = &total{}
		}
		if b.Measure == contest.MeasurePlayers {
			sums[ranked].points++
		} else {
			sums[ranked].points += t.points
		}
		sums[ranked].players++
		sums[ranked].each = append(sums[ranked].each, t.points)
		sums[ranked].right, sums[ranked].asked = sums[ranked].right+t.right, sums[ranked].asked+t.asked
		sums[ranked].reached = max(sums[ranked].reached, t.reached)
	}
	var lines Ranking
	for id, t := range sums {
		if b.Average > t.players {
			continue
		}
		if b.Measure == contest.MeasureTime {
			if t.players < 5 {
				continue
			}
			t.points = middle(t.each)
		} else if b.Measure == contest.MeasureAccuracy {
			if t.players < 5 || t.asked < int64(b.Answers) {
				continue
			}
			t.points = t.right * 10_000 / t.asked
		} else if b.Average > 0 {
			t.points = t.points * 1000 / int64(t.players)
		}
		lines = append(lines, Line{ID: id, Points: t.points, tick: (t.reached - c.Window.Opens.MS) / unitStep})
	}
	return lines.sorted()
}

func (r Ranking) sorted() Ranking {
	slices.SortFunc(r, func(a, b Line) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(a.tick, b.tick), cmp.Compare(a.ID, b.ID))
	})
	return r
}

// CompareRedis tells where the sorted sets of a contest in Redis differ from the
// truth; nothing when they are equal.
func CompareRedis(
	ctx context.Context, client redis.UniversalClient, c *catalog.Contest, truth map[string]Ranking,
) (differences []string) {
	prefix := redisdb.Keys(c.ContestID).Prefix()
	keys, err := client.Keys(ctx, prefix+"*").Result()
	if err != nil {
		return []string{err.Error()}
	}
	for _, key := range keys {
		name := strings.TrimPrefix(key, prefix)
		if _, known := truth[name]; !known && (strings.HasPrefix(name, "p:") || strings.HasPrefix(name, "u:")) {
			differences = append(differences, name+" should not be there")
		}
	}
	for name, want := range truth {
		members, err := client.ZRangeWithScores(ctx, prefix+name, 0, -1).Result()
		if err != nil {
			return append(differences, err.Error())
		}
		step := math.Exp2(31)
		if strings.HasPrefix(name, "u:") {
			step = math.Exp2(19)
		}
		var got Ranking
		for _, z := range members {
			if z.Score >= unranked {
				continue
			}
			id, _ := strconv.ParseInt(z.Member.(string), 36, 64)
			got = append(got, Line{ID: sqldb.ID(id), Points: int64(math.Ceil(-z.Score / step))})
		}
		if difference := want.difference(got); difference != "" {
			differences = append(differences, name+": "+difference)
		}
	}
	slices.Sort(differences)
	return differences
}

func (r Ranking) difference(got Ranking) string {
	for i := range max(len(r), len(got)) {
		switch {
		case i >= len(got):
			return fmt.Sprintf("%d lines, want %d; %d with %d points is missing", len(got), len(r), r[i].ID, r[i].Points)
		case i >= len(r):
			return fmt.Sprintf("%d lines, want %d; %d with %d points is too many", len(got), len(r), got[i].ID, got[i].Points)
		case got[i].ID != r[i].ID || got[i].Points != r[i].Points:
			return fmt.Sprintf("place %d is %d with %d points, want %d with %d", i+1, got[i].ID, got[i].Points,
				r[i].ID, r[i].Points)
		}
	}
	return ""
}

// CheckBoards fails the test where Redis differs from the truth, after the
// totals that are on their way have arrived.
func (a *Arena) CheckBoards() {
	a.T.Helper()
	truth, err := Truth(a.T.Context(), a.DB, a.Contest)
	if err != nil {
		a.T.Fatal(err)
	}
	for _, difference := range CompareRedis(a.T.Context(), a.Redis, a.Contest, truth) {
		a.T.Error(difference)
	}
}

// Settle waits until the totals that nodes handed over are in Redis, adds up the
// units, and checks the boards.
func (a *Arena) Settle(nodes ...*Node) {
	a.T.Helper()
	for _, n := range append(nodes, a.Node) {
		a.Until("totals are in Redis", func() bool { return n.Boards.Settled() && !n.Boards.Late() })
	}
	if err := a.Boards.RefreshUnits(a.T.Context(), a.Contest.ContestID); err != nil {
		a.T.Fatal(err)
	}
	a.CheckBoards()
}

// Until waits until what is said is so; it gives up after a while.
func (a *Arena) Until(what string, so func() bool) {
	a.T.Helper()
	for deadline := time.Now().Add(testkit.Patience); !so(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			a.T.Fatalf("waited in vain until %s", what)
		}
	}
}
