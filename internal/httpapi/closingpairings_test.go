package httpapi_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"anquanda/internal/report/closing"
	"anquanda/internal/sqldb"
	"anquanda/internal/testkit"
)

// twoRounds is the cup with a second round, whose winners are on a list too. It begins now.
func twoRounds(now time.Time) string {
	at := func(hours int) string {
		return now.Add(time.Duration(hours) * time.Hour).In(time.FixedZone("", 8*3600)).Format("2006-01-02 15:04")
	}
	final := fmt.Sprintf(", {title: 决赛周, opens: %q, closes: %q}]", at(2), at(3))
	return strings.NewReplacer("}]\nbank:", "}"+final+"\nbank:", "\nlists: [", `
  - {key: last, title: 决赛, board: rounds, round: 2, winners: semi}
lists: [{key: best, title: 冠军名单, pairing: last}, `, "pairings: [{", "pairings:\n  - {", "second: d}]}]", "second: d}]}").
		Replace(cupContest(now.Add(time.Hour)))
}

// holdsPairings holds what is told of units that met, and of lists, against the rows of
// attempts and enrolments. Boards in these tests count players.
func (r *recounted) holdsPairings(f *closing.Figures) {
	r.t.Helper()
	var pairs []struct {
		Key    string   `db:"pairing_key"`
		Place  int      `db:"place"`
		First  sqldb.ID `db:"first_id"`
		Second sqldb.ID `db:"second_id"`
	}
	r.rows(&pairs, "SELECT pairing_key, place, first_id, second_id FROM unit_pairs WHERE contest_id = ?")
	rows, want, won := r.played(), map[string]string{}, map[string][]sqldb.ID{}
	for _, pair := range pairs {
		p := r.in.Pairing(pair.Key)
		round, title := r.in.Periods[p.Round-1], p.Title
		came := func(id sqldb.ID) (players int, told string) {
			u, _ := r.in.Units.Get(id)
			n := sumOf(rows, func(a played) bool {
				return r.under(a.Unit, u) && round.Opens.MS <= a.At && a.At < round.Closes.MS
			}).players
			switch {
			case n == 0:
				return 0, "没有成绩"
			case n < 5:
				return n, "少于 5 人"
			}
			return n, fmt.Sprint(n, "人")
		}
		of, first := came(pair.First)
		against, second := came(pair.Second)
		apart, winner := "", pair.First
		if of >= 5 && against >= 5 {
			apart = fmt.Sprint(max(of-against, against-of), "人")
		}
		if against > of {
			winner = pair.Second
		}
		won[pair.Key] = append(won[pair.Key], winner)
		want[line(title, pair.Place)] = line(r.called(pair.First), first, r.called(pair.Second), second, apart,
			r.called(winner))
	}
	told := map[string]string{}
	for _, row := range rowsOf(f, "单位对阵") {
		told[line(row[0], row[1])] = line(row[3:9]...)
	}
	if !maps.Equal(told, want) {
		r.t.Errorf("%s: of units that met is told %v, and a recount gives %v", r.in.Slug, told, want)
	}
	r.holdsLists(f, won)
}

func (r *recounted) holdsLists(f *closing.Figures, won map[string][]sqldb.ID) {
	r.t.Helper()
	var made []struct {
		Key    string `db:"list_key"`
		MadeAt int64  `db:"made_at"`
	}
	r.rows(&made, "SELECT list_key, made_at FROM shortlists WHERE contest_id = ?")
	told, want := map[string]string{}, map[string]string{}
	for _, list := range made {
		l, players, names := r.in.List(list.Key), 0, []string{}
		for _, unit := range won[l.Pairing] {
			names = append(names, r.called(unit))
			players += int(r.count(`SELECT COUNT(*) FROM enrolments
				WHERE contest_id = ? AND unit_id = ? AND joined_at <= ?`, r.in.ContestID, unit, list.MadeAt))
		}
		want[l.Title] = line(players, strings.Join(names, "、"))
	}
	for _, row := range rowsOf(f, "名单") {
		told[fmt.Sprint(row[0])] = line(row[1:3]...)
	}
	if !maps.Equal(told, want) {
		r.t.Errorf("%s: of lists is told %v, and a recount gives %v", r.in.Slug, told, want)
	}
}

func (r *recounted) rows(into any, query string) {
	r.t.Helper()
	if err := r.app.DB.Select(r.t.Context(), into, query, r.in.ContestID); err != nil {
		r.t.Fatal(err)
	}
}

// called is what a unit is called.
func (r *recounted) called(id sqldb.ID) (name string) {
	r.t.Helper()
	if err := r.app.DB.Get(r.t.Context(), &name, "SELECT name FROM units WHERE id = ?", id); err != nil {
		r.t.Fatal(err)
	}
	return name
}

func TestEveryFigureOfUnitsThatMetIsWhatAPlainRecountGives(t *testing.T) {
	each(t, func(t *testing.T, stores *testkit.Store) {
		h := openHouse(t, stores)
		in, err := h.app.Catalog.Apply(t.Context(), "towns.yaml", []byte(twoRounds(time.Now())), "新")
		if err != nil {
			t.Fatal(err)
		}
		after := func(wait time.Duration) {
			t.Helper()
			h.later(wait)
			for range 2 {
				if err := h.app.MakeLists(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		after(0)
		for unit, players := range map[string]int{"东镇": 7, "西镇": 5, "南镇": 2} {
			h.playsFor(unit, players)
		}
		r := &recounted{house: h, in: in}
		if f, err := h.app.Closing.Figures(t.Context(), in); err != nil || len(f.Pairings)+len(f.Lists) > 0 {
			t.Errorf("before a decision the closing tells %+v, %v", f, err)
		}
		after(62 * time.Minute)
		r.beside = []string{"b"} // 南镇 has two
		r.holds()
		r.beside = nil
		after(time.Hour)
		for unit, players := range map[string]int{"东镇": 5, "南镇": 6} {
			h.playsFor(unit, players)
		}
		after(time.Hour)
		r.holds()

		f, err := h.app.Closing.Figures(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		const final = "单位对阵。共评定2轮、3对。决赛由南镇获胜，东镇5人，南镇6人。"
		if text := fmt.Sprint(f.Summary()); !strings.Contains(text, final) {
			t.Errorf("the draft tells %s", text)
		}
		var page strings.Builder
		if err := f.WritePage(&page); err != nil || !strings.Contains(page.String(), "<b>南镇</b>") ||
			strings.Contains(page.String(), "镇上的人") {
			t.Errorf("the page to publish tells %s, %v", page.String(), err)
		}
	})
}
