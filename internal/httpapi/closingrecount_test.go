package httpapi_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/report/closing"
	"anquanda/internal/sqldb"
	"anquanda/internal/unit"
)

// recounted holds the closing of a contest against its rows, which are counted here by
// nothing of the program's but the tree of units. told are figures that a test knows better
// than plain rows can tell: what is sealed, or stands in a text.
type recounted struct {
	*house
	in     *catalog.Contest
	told   map[string]float64
	beside []string // codes of units hidden so that nobody takes them away from the whole and learns of a small one
}

func (r *recounted) count(query string, args ...any) (n float64) {
	r.t.Helper()
	if err := r.app.DB.Get(r.t.Context(), &n, query, args...); err != nil {
		r.t.Fatal(err)
	}
	return n
}

// ofContest counts rows of a table of the contest.
func (r *recounted) ofContest(from string) float64 {
	r.t.Helper()
	return r.count("SELECT COUNT(*) FROM "+from, r.in.ContestID)
}

// played is a finished attempt that counts, with its answers counted from their rows.
type played struct {
	Attempt  sqldb.ID `db:"id"`
	Player   sqldb.ID `db:"player_id"`
	Level    string   `db:"level_key"`
	Unit     sqldb.ID `db:"unit_id"`
	Division string   `db:"division"`
	Channel  string   `db:"channel"`
	At       int64    `db:"finished_at"`
	Passed   int      `db:"passed"`
	Answers  int      `db:"answers"`
	Correct  int      `db:"correct"`
}

func (r *recounted) played() (rows []played) {
	r.t.Helper()
	err := r.app.DB.Select(r.t.Context(), &rows, `SELECT a.id, a.player_id, a.level_key, a.unit_id, e.division,
			COALESCE(v.channel, '') AS channel, a.finished_at, a.passed,
			(SELECT COUNT(*) FROM responses r WHERE r.attempt_id = a.id AND r.used_ms >= 0) AS answers,
			(SELECT COUNT(*) FROM responses r WHERE r.attempt_id = a.id AND r.used_ms >= 0 AND r.correct = 1) AS correct
		FROM attempts a JOIN enrolments e ON e.contest_id = a.contest_id AND e.player_id = a.player_id
		LEFT JOIN arrivals v ON v.contest_id = a.contest_id AND v.player_id = a.player_id
		WHERE a.contest_id = ? AND a.finished_at > 0 AND a.held = 0`, r.in.ContestID)
	if err != nil {
		r.t.Fatal(err)
	}
	return rows
}

// sum is what a part of what was played comes to.
type sum struct{ players, attempts, passed, answers, correct int }

func sumOf(rows []played, of func(played) bool) (s sum) {
	players := map[sqldb.ID]bool{}
	for _, row := range rows {
		if of(row) {
			players[row.Player] = true
			s.attempts++
			s.passed += row.Passed
			s.answers += row.Answers
			s.correct += row.Correct
		}
	}
	s.players = len(players)
	return s
}

// shareOf is a part of a whole as people write it; empty of nothing.
func shareOf(of, whole int) string {
	if whole == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f%%", math.Round(1000*float64(of)/float64(whole))/10)
}

// line is a row of a table as text.
func line(cells ...any) string { return strings.TrimSuffix(fmt.Sprintln(cells...), "\n") }

func everything(played) bool { return true }

// under reports whether a unit is another one or stands below it.
func (r *recounted) under(id sqldb.ID, above *unit.Unit) bool {
	return id != 0 && r.in.Units.IsUnder(id, above.Code)
}

// named are the figures under their names.
func (r *recounted) named() map[string]float64 {
	r.t.Helper()
	rows := r.played()
	all := sumOf(rows, everything)
	units := 0
	for _, u := range r.in.Units.Units() {
		if sumOf(rows, func(p played) bool { return r.under(p.Unit, u) }).players > 0 {
			units++
		}
	}
	const standing = "awards WHERE contest_id = ? AND status <> 'forfeited'"
	named := map[string]float64{
		"报名人数": r.ofContest("enrolments WHERE contest_id = ?"), "参与人数": float64(all.players),
		"答题次数": float64(all.attempts), "答题数量": float64(all.answers), "答对数量": float64(all.correct),
		"通过次数": float64(all.passed), "分享次数": r.ofContest("deeds WHERE contest_id = ? AND kind = 'share'"),
		"邀请来的人": r.ofContest("arrivals WHERE contest_id = ? AND inviter_id <> 0"),
		"抽奖次数":  r.ofContest("draws WHERE contest_id = ?"), "倡议签名": r.ofContest("signatures WHERE contest_id = ?"),
		"最长的接力": r.count("SELECT COALESCE(MAX(depth), 0) FROM signatures WHERE contest_id = ?", r.in.ContestID),
		"直播答题场数": r.ofContest(`live_rooms r WHERE contest_id = ? AND rehearsal = 0
			AND EXISTS (SELECT 1 FROM live_answers a WHERE a.room_id = r.room_id)`),
		"直播答题进场": r.ofContest(`live_members m JOIN live_rooms r ON r.room_id = m.room_id
			WHERE contest_id = ? AND rehearsal = 0`),
		"直播答题作答": r.count(`SELECT COUNT(*) FROM (SELECT DISTINCT a.room_id, a.member, a.round FROM live_answers a
			JOIN live_rooms r ON r.room_id = a.room_id WHERE r.contest_id = ? AND r.rehearsal = 0) answered`, r.in.ContestID),
		"中奖份数":   r.ofContest(standing),
		"发放份数":   r.ofContest(standing + " AND status IN ('redeemed', 'credited', 'paid')"),
		"奖品价值":   r.count("SELECT COALESCE(SUM(worth), 0) FROM "+standing+" AND kind <> 'points'", r.in.ContestID) / 100,
		"公开摇奖次数": r.ofContest("drawings WHERE contest_id = ? AND published_at > 0"), "参与单位数": float64(units),
		"正确率": 0,
	}
	if all.answers > 0 {
		named["正确率"] = math.Round(1000*float64(all.correct)/float64(all.answers)) / 10
	}
	for _, d := range r.in.Players.Divisions {
		if n := sumOf(rows, func(p played) bool { return p.Division == d.Key }).players; n >= 5 {
			named[d.Title+"参与人数"] = float64(n)
		}
	}
	maps.Copy(named, r.told)
	for name, n := range maps.Clone(named) { // no period ended before, so all of it is new
		if name != "正确率" && name != "最长的接力" {
			named[name+"（本期）"] = n
		}
	}
	return named
}

// tables are the rows of the workbook that tell of what was played, each by its first cell.
func (r *recounted) tables() map[string]map[string]string {
	r.t.Helper()
	rows := r.played()
	want := map[string]map[string]string{"每日": {}, "关卡": {}, "单位": {}, "渠道": {}, "组别": {}}
	for _, p := range rows {
		day := time.UnixMilli(p.At).In(r.in.Zone())
		s := sumOf(rows, func(q played) bool {
			return time.UnixMilli(q.At).In(r.in.Zone()).YearDay() == day.YearDay()
		})
		want["每日"][day.Format("1月2日")] = line(s.players, s.attempts, s.answers, shareOf(s.correct, s.answers), s.passed)
	}
	for i := range r.in.Levels {
		if s := sumOf(rows, func(p played) bool { return p.Level == r.in.Levels[i].Key }); s.attempts > 0 {
			want["关卡"][r.in.Levels[i].Title] = line(s.players, s.attempts, s.passed, shareOf(s.passed, s.attempts),
				s.answers, shareOf(s.correct, s.answers))
		}
	}
	for _, u := range r.in.Units.Units() {
		s := sumOf(rows, func(p played) bool { return r.under(p.Unit, u) })
		if s.players >= 5 && !slices.Contains(r.beside, u.Code) {
			want["单位"][u.Code] = line(s.players, s.attempts, s.passed, shareOf(s.correct, s.answers))
		}
	}
	for _, d := range r.in.Players.Divisions {
		want["组别"][d.Title] = r.partOf(rows, func(p played) bool { return p.Division == d.Key })
	}
	want["渠道"]["直接打开或好友邀请"] = r.partOf(rows, func(p played) bool { return p.Channel == "" })
	for _, channel := range r.channels() {
		want["渠道"][channel[1]] = r.partOf(rows, func(p played) bool { return p.Channel == channel[0] })
	}
	return want
}

func (r *recounted) channels() (found [][2]string) {
	r.t.Helper()
	var rows []struct{ Code, Name string }
	if err := r.app.DB.Select(r.t.Context(), &rows, "SELECT code, name FROM channels WHERE contest_id = ?",
		r.in.ContestID); err != nil {
		r.t.Fatal(err)
	}
	for _, row := range rows {
		found = append(found, [2]string{row.Code, row.Name})
	}
	return found
}

func (r *recounted) partOf(rows []played, of func(played) bool) string {
	s := sumOf(rows, of)
	if s.players > 0 && s.players < 5 {
		return "少于 5 人"
	}
	return line(s.players, s.attempts, s.passed, s.answers, shareOf(s.correct, s.answers))
}

// shownCells are the columns of a table that are held against the rows, of a line that is told.
var shownCells = map[string][]int{"每日": {1, 3, 4, 5, 6}, "关卡": {1, 2, 3, 4, 5, 6}, "单位": {6, 8, 9, 10},
	"渠道": {1, 2, 3, 4, 5}, "组别": {1, 2, 3, 4, 5}}

// holds holds all of it.
func (r *recounted) holds() {
	r.t.Helper()
	f, got := r.namedOf(r.in.Slug)
	want := r.named()
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if n, told := got[name]; !told || n != want[name] {
			r.t.Errorf("%s: %s is %v (told: %t), and a recount gives %v", r.in.Slug, name, n, told, want[name])
		}
		delete(got, name)
	}
	if len(got) > 0 {
		r.t.Errorf("%s: nobody recounts %v", r.in.Slug, got)
	}
	r.holdsPairings(f)
	for table, lines := range r.tables() {
		told := toldLines(f, table)
		for first, counted := range lines {
			if told[first] != counted && !isNothing(told[first]+counted) {
				r.t.Errorf("%s, table %s: %s is %q, and a recount gives %q", r.in.Slug, table, first, told[first], counted)
			}
			delete(told, first)
		}
		for first, rest := range told {
			if !isNothing(rest) {
				r.t.Errorf("%s, table %s: nobody recounts %s: %q", r.in.Slug, table, first, rest)
			}
		}
	}
}

// toldLines are the lines of a table by their first cell; empty where a unit is hidden.
func toldLines(f *closing.Figures, table string) map[string]string {
	told := map[string]string{}
	for _, row := range rowsOf(f, table) {
		first := fmt.Sprint(row[0])
		if row[1] == "少于 5 人" {
			told[first] = "少于 5 人"
			continue
		}
		var cells []any
		for _, at := range shownCells[table] {
			cells = append(cells, row[at])
		}
		if table != "单位" || row[5] != "少于 5 人" && first != "" {
			told[first] = line(cells...)
		}
	}
	return told
}

// isNothing reports whether a line tells only that nobody played, as an empty one does.
func isNothing(text string) bool { return strings.Trim(text, "0 ") == "" }
