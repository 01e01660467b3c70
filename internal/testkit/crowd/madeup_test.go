package crowd_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"anquanda/internal/board"
	"anquanda/internal/contest"
	"anquanda/internal/testkit"
	"anquanda/internal/testkit/crowd"
)

// madeUp is how many contests are made up; to hunt, raise it.
const madeUp = 12

// Whatever boards a contest has together: nobody is stopped by them, what the store holds of
// a player's totals is what follows from the rows, and boards that are built again are those
// that grew.
func TestBoardsOfAnyContestFollowFromTheRows(t *testing.T) {
	n := madeUp
	if testing.Short() {
		n = 2
	}
	for seed := range uint64(n) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			text := boardAuthor{rand.New(rand.NewPCG(seed, 1206))}.accepted()
			t.Cleanup(func() {
				if t.Failed() {
					t.Log(text)
				}
			})
			c := crowd.New(t, testkit.Embedded(t), text, banks(t), seed)
			c.Live(crowd.Script{Days: []int{0, 1, 6, 7, 8, 11}, Crowd: 14, Pledge: true,
				Units: []string{"n1", "n2", "s1", "s2", "s3"}})
			c.GoTo(c.Contest.Window.Closes.MS + 3_600_000)
			l := &lived{c, t}
			l.standingsFollow()
			grown := l.allBoards()
			c.Store.EmptyRedis()
			c.Until("the boards are built again", func() bool {
				_, err := c.Boards.Page(t.Context(), c.Contest, board.Query{Board: "b0", From: 1, Size: 1})
				return err == nil && !c.Boards.Late()
			})
			if again := l.allBoards(); !slices.Equal(grown, again) {
				t.Errorf("boards grew to\n%s\nand were built again as\n%s", strings.Join(grown, "\n"), strings.Join(again, "\n"))
			}
			if len(grown) < 2 {
				t.Errorf("only %d lines of boards", len(grown))
			}
		})
	}
}

// boardAuthor makes up contests with boards of all kinds together.
type boardAuthor struct{ *rand.Rand }

func (a boardAuthor) one(of ...string) string { return of[a.IntN(len(of))] }

func (a boardAuthor) some(share float64, text string) string {
	if a.Float64() >= share {
		return ""
	}
	return text
}

// accepted is the first definition that is not refused.
func (a boardAuthor) accepted() string {
	for {
		text := a.definition()
		if _, err := contest.Parse("made-up.yaml", []byte(text)); err == nil {
			return text
		}
	}
}

func (a boardAuthor) definition() string {
	divided := a.IntN(3) == 0
	var b strings.Builder
	b.WriteString("contest: made-up\ntitle: 编的\norganizer: 测试\nbank: safety\n" +
		"window: {opens: 2026-06-01, closes: 2026-06-14 20:00}\n" +
		"periods: [{title: 上, opens: 2026-06-01, closes: 2026-06-07 12:00}, " +
		"{title: 下, opens: 2026-06-08, closes: 2026-06-14 20:00}]\n" +
		"players: {unit: {label: 单位}" + divisions(divided) + "}\n" +
		"units: [{code: n, name: 北, children: [{code: n1, name: 北一}, {code: n2, name: 北二}]}, " +
		"{code: s, name: 南, children: [{code: s1, name: 南一}, {code: s2, name: 南二}, {code: s3, name: 南三}]}]\n" +
		"purses: [{key: f, title: 花}]\nlevels:\n")
	levels := 1 + a.IntN(3)
	for i := range levels {
		b.WriteString(a.level(i))
	}
	b.WriteString(a.some(0.3, "attempts: [{max: 4, per: day, of: attempts}]\n") +
		a.some(0.3, "caps: [{of: points, max: 9, per: day}]\n") + a.some(0.3, "makeup: {price: 1, most: 2}\n"))
	b.WriteString("cards: [{key: red, title: 红}]\nearnings:\n  - {key: p, when: {result: passed}, give: {points: 2}}\n" +
		a.some(0.4, "  - {key: c, each: {correct: 2}, give: {points: 1, chances: 1}, max: 3, per: day}\n") +
		a.some(0.4, "  - {key: d, for: checkin, days: 2, give: {points: 4, card: red}}\n") +
		a.some(0.4, "  - {key: i, for: invite, give: {tries: 1, points: 1}, max: 2}\n") +
		a.some(0.4, "  - {key: u, when: {result: full}, give: {points: 5}, max: 1}\n") +
		"  - {key: s, for: share, give: {points: 1}, max: 1, per: day}\n" +
		"  - {key: f, for: checkin, give: {purse: f, amount: 3}}\npledge: {title: 承诺, lines: [不占消防通道。]}\nboards:\n")
	for i := range 1 + a.IntN(5) {
		b.WriteString(a.board(i, levels, divided))
	}
	return b.String()
}

func divisions(divided bool) string {
	if !divided {
		return ""
	}
	return ", divisions: [{key: x, title: 甲组}, {key: y, title: 乙组}]"
}

func (a boardAuthor) level(i int) string {
	count := 2 + a.IntN(3)
	text := fmt.Sprintf("  - {key: l%d, title: 第%d关, questions: [{count: %d}], score: %d", i, i, count, 1+a.IntN(9))
	if a.IntN(5) == 0 {
		text += fmt.Sprintf(", steps: {goal: %d, back: %d}", 1+a.IntN(count), a.IntN(2))
	} else {
		text += fmt.Sprintf(", pass: %d", 1+a.IntN(count)) + a.some(0.3, ", retry: wrong") + a.some(0.2, ", ends: {wrong: 2}")
	}
	text += a.some(0.6, ", after: []") + a.some(0.3, ", opens: 2026-06-07")
	return text + a.some(0.5, ", attempts: {max: 3, per: day}") + "}\n"
}

func (a boardAuthor) board(i, levels int, divided bool) string {
	subject := a.one("player", "unit")
	measures := []string{"best", "sum", "first", "last", "points", "attempts", "accuracy", "time"}
	if subject == "unit" {
		measures = append(measures, "players")
	}
	measure := a.one(measures...)
	text := fmt.Sprintf("  - {key: b%d, title: 榜%d, subject: %s, measure: %s", i, i, subject, measure)
	text += a.one("", ", period: week", ", period: own", ", daily: true")
	switch measure {
	case "accuracy", "time":
		text += fmt.Sprintf(", answers: %d", 1+a.IntN(6))
	case "points":
		text += a.some(0.4, ", purse: f")
	default:
		if a.IntN(3) == 0 {
			text += fmt.Sprintf(", level: l%d", a.IntN(levels))
		}
	}
	if subject == "unit" {
		text += a.one("", ", depth: 1", ", under: s")
		if measure == "best" || measure == "sum" {
			text += a.one("", ", top: 2", ", average: 2")
		}
	} else if divided {
		text += a.some(0.5, ", division: x")
	}
	return text + "}\n"
}

// standingsFollow holds the totals of each player in the store against those that follow from
// what the player did, one thing after the other.
func (l *lived) standingsFollow() {
	l.t.Helper()
	for player := range l.Players {
		id := l.Players[player].ID
		record, err := l.Play.Record(l.t.Context(), l.Contest.Definition, l.Contest.ContestID, id)
		if err != nil {
			l.t.Fatal(err)
		}
		want := followed(l.Contest.Definition, record)
		var rows []struct {
			Measure string `db:"measure"`
			Period  int    `db:"period"`
			Points  int64  `db:"points"`
		}
		err = l.DB.Select(l.t.Context(), &rows,
			"SELECT measure, period, points FROM standings WHERE contest_id = ? AND player_id = ?", l.Contest.ContestID, id)
		if err != nil {
			l.t.Fatal(err)
		}
		for _, row := range rows {
			key := fmt.Sprint(row.Measure, " in ", row.Period)
			if points, ok := want[key]; !ok || points != row.Points {
				l.t.Errorf("player %d stands at %d by %s, and the rows say %d (%v)", player, row.Points, key, points, ok)
			}
			delete(want, key)
		}
		if len(want) > 0 {
			l.t.Errorf("the store lacks totals of player %d: %v", player, want)
		}
	}
}

// followed are the totals of a player after each thing that was done, the last of a period.
func followed(d *contest.Definition, r *contest.Record) map[string]int64 {
	var moments []int64
	for _, a := range r.History {
		if a.FinishedAt > 0 {
			moments = append(moments, a.FinishedAt)
		}
	}
	for _, e := range r.Deeds {
		moments = append(moments, e.At)
	}
	slices.Sort(moments)
	totals := map[string]int64{}
	for _, at := range slices.Compact(moments) {
		for _, total := range d.Totals(d.Summarize(until(r, at), at)) {
			totals[fmt.Sprint(total.Name(), " in ", total.Period)] = total.Points
		}
	}
	return totals
}

// until is the part of a record that was done by a moment.
func until(r *contest.Record, at int64) *contest.Record {
	past := &contest.Record{Division: r.Division, Registered: r.Registered}
	for _, a := range r.History {
		if a.FinishedAt > 0 && a.FinishedAt <= at {
			past.History = append(past.History, a)
		}
	}
	for _, e := range r.Deeds {
		if e.At <= at {
			past.Deeds = append(past.Deeds, e)
		}
	}
	for _, g := range r.Grants {
		if g.At <= at {
			past.Grants = append(past.Grants, g)
		}
	}
	return past
}

// allBoards are the lines of all boards in all of their periods.
func (l *lived) allBoards() (lines []string) {
	l.t.Helper()
	l.Until("totals are in Redis", func() bool { return l.Boards.Settled() && !l.Boards.Late() })
	if err := l.Boards.RefreshUnits(l.t.Context(), l.Contest.ContestID); err != nil {
		l.t.Fatal(err)
	}
	for i := range l.Contest.Boards {
		b := &l.Contest.Boards[i]
		periods := []int{0}
		if b.Period != "" {
			periods = nil
			for _, round := range l.Contest.RoundsOf(b, l.Clock.MS()) {
				periods = append(periods, round.Period)
			}
		}
		for day := int64(0); b.Daily && day < 14; day++ {
			periods = append(periods, l.Contest.Day(l.Contest.Window.Opens.MS+day*86_400_000))
		}
		for _, period := range periods {
			page, err := l.Boards.Page(l.t.Context(), l.Contest,
				board.Query{Board: b.Key, Period: period, From: 1, Size: board.MaxPage})
			if err != nil {
				l.t.Fatal(err)
			}
			for _, p := range page.Entries {
				lines = append(lines, fmt.Sprint(b.Key, " ", period, ": ", p.Rank, " ", p.ID, " ", p.Points))
			}
		}
	}
	return lines
}
