package bench

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"anquanda/internal/report/offline"
	"anquanda/internal/sqldb"
)

// Told is what one place tells of the contest.
type Told struct {
	Enrolled int64 `json:"enrolled"`
	Players  int64 `json:"players"`
	Attempts int64 `json:"attempts"`
	Answers  int64 `json:"answers"`
	Correct  int64 `json:"correct"`
	Passed   int64 `json:"passed"`
	Shared   int64 `json:"shared"`
	Invited  int64 `json:"invited"`
	Entries  int64 `json:"entries"` // the sum of all that units filled in
}

// Counted is the same by the first page, the closing pack and a plain count of the rows.
type Counted struct {
	Page Told `json:"page"`
	Pack Told `json:"pack"`
	Rows Told `json:"rows"`
	// Towns are players by top unit: that the page tells otherwise than the rows.
	Towns int `json:"towns_told_otherwise"`

	towns map[string]int64 // by id, of the rows
}

// pageSeen is what of the first page is held against the rows.
type pageSeen struct {
	Whole struct {
		Players  int64 `json:"players"`
		Attempts int64 `json:"attempts"`
		Answers  int64 `json:"answers"`
		Correct  int64 `json:"correct"`
		Passed   int64 `json:"passed"`
		Joined   int64 `json:"joined"`
		Shared   int64 `json:"shared"`
		Invited  int64 `json:"invited"`
	} `json:"whole"`
	Units []struct {
		ID      string `json:"id"`
		Hidden  bool   `json:"hidden"`
		Players int64  `json:"players"`
	} `json:"units"`
}

// entriesSeen is the same of the screen of what units filled in.
type entriesSeen struct {
	Totals []struct {
		Value int64 `json:"value"`
	} `json:"totals"`
}

func toldBy(p *pageSeen, entries *entriesSeen) Told {
	t := Told{p.Whole.Joined, p.Whole.Players, p.Whole.Attempts, p.Whole.Answers, p.Whole.Correct, p.Whole.Passed,
		p.Whole.Shared, p.Whole.Invited, 0}
	for _, total := range entries.Totals {
		t.Entries += total.Value
	}
	return t
}

// differs counts the towns of which the page tells other players than the rows.
func (p *pageSeen) differs(rows map[string]int64) (n int) {
	for _, u := range p.Units {
		if !u.Hidden && u.Players != rows[u.ID] {
			n++
		}
	}
	return n
}

// countedIn reads the figures of a pack from its tables.
func countedIn(pack []byte) (told Told, err error) {
	files, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	if err != nil {
		return told, err
	}
	file, err := files.Open("存档/数据.json")
	if err != nil {
		return told, err
	}
	defer file.Close()
	var data struct {
		Tables []struct {
			Table string
			Rows  [][]any
		}
	}
	if err := json.NewDecoder(file).Decode(&data); err != nil {
		return told, err
	}
	fields := map[string]*int64{"报名人数": &told.Enrolled, "参与人数": &told.Players, "答题次数": &told.Attempts,
		"答题数量": &told.Answers, "答对数量": &told.Correct, "通过次数": &told.Passed, "分享次数": &told.Shared,
		"邀请来的人": &told.Invited}
	for _, table := range data.Tables {
		for _, row := range table.Rows {
			name, _ := row[0].(string)
			switch table.Table {
			case "总数":
				if field := fields[name]; field != nil {
					n, _ := row[1].(float64)
					*field = int64(n)
				}
			case "线下活动":
				n, _ := row[2].(float64)
				told.Entries += int64(n)
			}
		}
	}
	return told, nil
}

// recount counts the rows with nothing of the packages that report.
func (r *contestReport) recount(ctx context.Context, db *sqldb.DB) error {
	t, id := &r.report.Counted.Rows, r.in.ContestID
	const finished = ` FROM attempts a WHERE a.contest_id = ? AND a.finished_at > 0 AND a.held = 0`
	for _, count := range []struct {
		into  *int64
		query string
	}{
		{&t.Enrolled, "SELECT COUNT(*) FROM enrolments WHERE contest_id = ?"},
		{&t.Players, "SELECT COUNT(DISTINCT a.player_id)" + finished},
		{&t.Attempts, "SELECT COUNT(*)" + finished},
		{&t.Passed, "SELECT COALESCE(SUM(a.passed), 0)" + finished},
		{&t.Shared, "SELECT COUNT(*) FROM deeds WHERE contest_id = ? AND kind = 'share'"},
		{&t.Invited, "SELECT COUNT(*) FROM arrivals WHERE contest_id = ? AND inviter_id <> 0"},
		{&t.Answers, `SELECT COUNT(*) FROM attempts a JOIN responses r ON r.attempt_id = a.id
			WHERE a.contest_id = ? AND a.finished_at > 0 AND a.held = 0 AND r.choice <> ''`},
		{&t.Correct, `SELECT COALESCE(SUM(r.correct), 0) FROM attempts a JOIN responses r ON r.attempt_id = a.id
			WHERE a.contest_id = ? AND a.finished_at > 0 AND a.held = 0 AND r.choice <> ''`},
	} {
		if err := db.Get(ctx, count.into, count.query, id); err != nil {
			return err
		}
	}
	return errors.Join(r.recountTowns(ctx, db), r.recountEntries(ctx, db))
}

func (r *contestReport) recountTowns(ctx context.Context, db *sqldb.DB) error {
	var rows []struct {
		Unit    sqldb.ID `db:"unit_id"`
		Players int64    `db:"players"`
	}
	err := db.Select(ctx, &rows, `SELECT unit_id, COUNT(DISTINCT player_id) AS players FROM attempts
		WHERE contest_id = ? AND finished_at > 0 AND held = 0 GROUP BY unit_id`, r.in.ContestID)
	r.report.Counted.towns = map[string]int64{}
	for _, row := range rows {
		if town, ok := r.in.Units.At(row.Unit, 1); ok {
			r.report.Counted.towns[town.ID.String()] += row.Players // nobody changed units
		}
	}
	return err
}

func (r *contestReport) recountEntries(ctx context.Context, db *sqldb.DB) error {
	newest := map[string]int64{} // sums by unit and period, the later revision over the earlier
	var row entryRow
	err := db.Each(ctx, &row, func() error {
		var figures []offline.Figure
		if err := json.Unmarshal([]byte(row.Figures), &figures); err != nil {
			return err
		}
		sum := int64(0)
		for _, f := range figures {
			sum += f.Value
		}
		newest[fmt.Sprint(row.UnitID, row.DueAt)] = sum
		return nil
	}, "SELECT "+sqldb.Columns[entryRow]("")+` FROM offline_reports WHERE contest_id = ?
		ORDER BY unit_id, due_at, revision`, r.in.ContestID)
	for _, sum := range newest {
		r.report.Counted.Rows.Entries += sum
	}
	return err
}

// get reads a reply of the console; into may be nil.
func (h *liveHost) get(ctx context.Context, path string, into any) error {
	return h.call(ctx, "GET", path, nil, into)
}

// Agree reports whether the first page and the pack tell what a plain count of the rows finds.
func (r *ContestReport) Agree() bool {
	c := &r.Counted
	page := c.Page
	return page == c.Rows && c.Pack == c.Rows && c.Towns == 0
}

// print tells what was counted.
func (c *Counted) print(w io.Writer, agree bool) {
	fmt.Fprintf(w, "%d players of %d enrolled, %d attempts, %d answers (%d right); units filled in %d in all.\n",
		c.Rows.Players, c.Rows.Enrolled, c.Rows.Attempts, c.Rows.Answers, c.Rows.Correct, c.Rows.Entries)
	if agree {
		fmt.Fprintln(w, "The first page and the closing pack tell what a plain count of the rows finds.")
		return
	}
	fmt.Fprintf(w, "NOT THE SAME:\n  the page %+v\n  the pack %+v\n  the rows %+v\n  %d towns otherwise\n", c.Page, c.Pack,
		c.Rows, c.Towns)
}
