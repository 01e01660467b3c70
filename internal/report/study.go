package report

import (
	"context"
	"math"
	"slices"
	"time"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/report/knowledge"
	"anquanda/internal/report/tally"
	"anquanda/internal/sqldb"
)

// Study works out what the people of a contest know, at now (UTC ms). It reads the sheet of
// each player once and keeps sums alone, so that its memory does not grow with the players;
// it reads no answers.
func (s *Service) Study(
	ctx context.Context, counted *tally.Service, in *catalog.Contest, now int64,
) (*knowledge.Findings, error) {
	numbers, err := counted.Questions(ctx, in.ContestID)
	if err != nil {
		return nil, err
	}
	spread, err := s.spread(ctx, in.ContestID)
	if err != nil {
		return nil, err
	}
	today, _ := in.Bounds(contest.PerDay, now)
	study := knowledge.New(knowledge.Config{
		Asked: Asked(in, numbers), Papers: papersOf(in, numbers), Cuts: knowledge.CutsOf(spread),
		Today: int(math.Ceil(float64(today) / hourMS)),
		Week:  func(hour int) string { return weekOf(in.Definition, hour) },
		Group: func(p tally.Person) []knowledge.Cell {
			return cellsOf(in, p)
		},
	})
	err = counted.Sheets(ctx, in.ContestID, func(p tally.Person) error {
		study.Add(p)
		return nil
	})
	return study.Findings(), err
}

// cellsOf is to whom a person belongs: the unit of the first level, and the division.
func cellsOf(in *catalog.Contest, p tally.Person) []knowledge.Cell {
	var cells []knowledge.Cell
	if u, ok := in.Units.At(knowledge.ByUnit(p), 1); ok {
		cells = append(cells, knowledge.Cell{By: knowledge.ByUnits, Ref: u.ID.String()})
	}
	if p.Division != "" {
		cells = append(cells, knowledge.Cell{By: knowledge.ByDivision, Ref: p.Division})
	}
	return cells
}

// weekOf is the Monday of the week of an hour, as 2006-01-02.
func weekOf(d *contest.Definition, hour int) string {
	from, _ := d.Bounds(contest.PerWeek, int64(hour)*hourMS)
	return time.UnixMilli(from).In(d.Zone()).Format(time.DateOnly)
}

// Asked finds the questions behind the numbers of sheets, as the banks have them now; those
// that are gone are left out.
func Asked(in *catalog.Contest, numbers map[int]tally.Question) map[int]knowledge.Asked {
	byBank := map[int]map[string]*question.Question{}
	banks := map[int]*bank.Bank{}
	for _, edition := range in.Editions() {
		of := map[string]*question.Question{}
		for i := range edition.Bank.Questions {
			of[edition.Bank.Questions[i].ID] = &edition.Bank.Questions[i]
		}
		byBank[edition.Edition.Bank], banks[edition.Edition.Bank] = of, edition.Bank
	}
	asked := make(map[int]knowledge.Asked, len(numbers))
	for number, named := range numbers {
		if q := byBank[named.Bank][named.ID]; q != nil {
			b := banks[named.Bank]
			asked[number] = knowledge.Asked{Bank: b.Name, Voided: b.Grade(q, question.Choice{}), Question: q}
		}
	}
	return asked
}

// spread counts players by how many questions they met and had right.
func (s *Service) spread(ctx context.Context, contestID sqldb.ID) ([]knowledge.Spread, error) {
	var rows []struct {
		Met    int   `db:"met"`
		Right  int   `db:"met_right"`
		People int64 `db:"people"`
	}
	err := s.db.Select(ctx, &rows, `SELECT met, met_right, COUNT(*) AS people FROM tally_players WHERE contest_id = ?
		GROUP BY met, met_right`, contestID)
	spread := make([]knowledge.Spread, len(rows))
	for i, row := range rows {
		spread[i] = knowledge.Spread{Met: row.Met, Right: row.Right, People: row.People}
	}
	return spread, errs.Wrap(err, "count players by what they met")
}

// Missed are the questions that most people have wrong, the hardest first: those that the
// better people know, so that what is wrong is the people and not the key.
func Missed(f *knowledge.Findings, most int) []knowledge.Item {
	var missed []knowledge.Item
	for i := range f.Items {
		item := &f.Items[i]
		doubted := slices.ContainsFunc(item.Advice, func(a knowledge.Advice) bool {
			return a.Code == "key" || a.Code == "lure"
		})
		if len(missed) < most && !item.Voided && !doubted && item.High < missedBelow {
			missed = append(missed, *item)
		}
	}
	return missed
}

// missedBelow is the share right under which most people have it wrong, surely.
const missedBelow = 0.5

// papersOf are the papers of levels that ask everybody the same, by the numbers of sheets:
// only there totals can be held against each other.
func papersOf(in *catalog.Contest, numbers map[int]tally.Question) map[string][]int {
	byQuestion := make(map[tally.Question]int, len(numbers))
	for number, q := range numbers {
		byQuestion[q] = number
	}
	papers := map[string][]int{}
	for i := range in.Levels {
		level := &in.Levels[i]
		if level.Drawn != contest.DrawnSame || level.Papers > 1 {
			continue
		}
		edition := in.For(i)
		for _, asked := range level.Paper(edition.Pools[i], edition.Bonds, 0) {
			q := tally.Question{Bank: edition.Edition.Bank, ID: edition.Bank.Questions[asked.Question].ID}
			papers[level.Key] = append(papers[level.Key], byQuestion[q]) // 0 where nobody has met it
		}
	}
	return papers
}
