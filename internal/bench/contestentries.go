package bench

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"time"

	"anquanda/internal/app"
	"anquanda/internal/report/offline"
	"anquanda/internal/sqldb"
)

type entryPlanRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	Depth     int      `db:"depth"`
	Items     string   `db:"items"`
	Weekly    bool     `db:"weekly"`
	FirstDue  int64    `db:"first_due"`
	LastDue   int64    `db:"last_due"`
	Revision  int64    `db:"revision"`
}

type entryPeriodRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	DueAt     int64    `db:"due_at"`
}

type entryRow struct {
	ContestID  sqldb.ID `db:"contest_id"`
	UnitID     sqldb.ID `db:"unit_id"`
	DueAt      int64    `db:"due_at"`
	Revision   int      `db:"revision"`
	Figures    string   `db:"figures"`
	Note       string   `db:"note"`
	Pictures   string   `db:"pictures"`
	ReportedAt int64    `db:"reported_at"`
}

// fillEntries stores what units filled in for weeks, of which the last is not over: nine in
// ten report all standard items, some late, some again with other numbers.
func (r *contestReport) fillEntries(ctx context.Context, a *app.App) error {
	items, err := json.Marshal(offline.Standard)
	if err != nil || r.Weeks == 0 {
		return err
	}
	id, random := r.in.ContestID, rand.New(rand.NewPCG(r.Seed, 17))
	last := time.Now().AddDate(0, 0, 1)
	var dues []entryPeriodRow
	for week := range r.Weeks {
		dues = append(dues, entryPeriodRow{id, last.AddDate(0, 0, 7*(week+1-r.Weeks)).UnixMilli()})
	}
	b := newBulk(ctx, a.DB, r.writers())
	add(b, "INSERT INTO offline_plans", []entryPlanRow{{id, 2, string(items), true, dues[0].DueAt, last.UnixMilli(), 1}})
	add(b, "INSERT INTO offline_periods", dues)
	for _, due := range dues {
		var rows []entryRow
		for _, u := range r.in.Units.Units() {
			if random.IntN(10) == 0 {
				continue
			}
			row := entryRow{ContestID: id, UnitID: u.ID, DueAt: due.DueAt, Revision: 1, Figures: figuresOf(random),
				Pictures: "[]", ReportedAt: due.DueAt - random.Int64N(7*24*3_600_000)}
			if random.IntN(20) == 0 && due.DueAt < time.Now().UnixMilli() {
				row.ReportedAt = due.DueAt + 3_600_000
			}
			if random.IntN(4) == 0 {
				row.Note = "本周组织宣讲进企业、进社区，发放应急包和宣传折页。"
			}
			rows = append(rows, row)
			if random.IntN(12) == 0 {
				row.Revision, row.Figures, row.ReportedAt = 2, figuresOf(random), row.ReportedAt+60_000
				rows = append(rows, row)
			}
		}
		add(b, "INSERT INTO offline_reports", rows)
	}
	return b.end()
}

func figuresOf(random *rand.Rand) string {
	figures := make([]offline.Figure, len(offline.Standard))
	for i, item := range offline.Standard {
		figures[i] = offline.Figure{Title: item.Title, Value: int64(random.ExpFloat64() * 40)}
	}
	text, _ := json.Marshal(figures) // texts and numbers always marshal
	return string(text)
}

// freeze keeps the figures of the periods that are over, which the program otherwise does
// within a minute of each end.
func (r *contestReport) freeze(ctx context.Context, a *app.App) error {
	dues, err := a.Offline.Overdue(ctx, r.in.ContestID)
	if err != nil || len(dues) == 0 {
		return err
	}
	r.say("keeping the figures of the weeks that are over")
	figures, err := a.Closing.Figures(ctx, r.in)
	if err != nil {
		return err
	}
	for _, due := range dues {
		if err := a.Offline.FreezePeriod(ctx, r.in.ContestID, due, figures.Named()); err != nil {
			return err
		}
	}
	return nil
}
