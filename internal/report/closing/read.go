package closing

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"anquanda/internal/bank"
	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/honour"
	"anquanda/internal/identity/personal"
	"anquanda/internal/pairing"
	"anquanda/internal/poll"
	"anquanda/internal/prize/drawing"
	"anquanda/internal/report"
	"anquanda/internal/report/form"
	"anquanda/internal/report/offline"
	"anquanda/internal/report/tally"
	"anquanda/internal/shortlist"
	"anquanda/internal/sqldb"
)

// Config is what a Service is made of.
type Config struct {
	DB       *sqldb.DB
	Catalog  *catalog.Catalog
	Banks    *bank.Store
	Drawings *drawing.Drawings
	Tally    *tally.Service
	Report   *report.Service
	Personal *personal.Store
	Polls    *poll.Store
	Offline  *offline.Service
	Forms    *form.Service
	Honours  *honour.Service
	Pairings *pairing.Service
	Lists    *shortlist.Store
	Now      func() time.Time
}

// Service reads what a contest came to. It is safe for concurrent use.
type Service struct {
	db       *sqldb.DB
	catalog  *catalog.Catalog
	banks    *bank.Store
	drawings *drawing.Drawings
	tally    *tally.Service
	report   *report.Service
	personal *personal.Store
	polls    *poll.Store
	offline  *offline.Service
	forms    *form.Service
	honours  *honour.Service
	pairings *pairing.Service
	lists    *shortlist.Store
	now      func() time.Time
}

// New returns the closing reports.
func New(c Config) *Service {
	return &Service{c.DB, c.Catalog, c.Banks, c.Drawings, c.Tally, c.Report, c.Personal, c.Polls, c.Offline, c.Forms,
		c.Honours, c.Pairings, c.Lists, c.Now}
}

// Figures counts a contest. What was finished and not counted yet is counted first, so
// that two reports at one moment agree. It costs a pass over attempts, sheets and awards,
// none over answers.
func (s *Service) Figures(ctx context.Context, in *catalog.Contest) (*Figures, error) {
	if err := s.tally.Settle(ctx, in.ContestID); err != nil {
		return nil, err
	}
	zone := in.Zone()
	f := &Figures{Slug: in.Slug, Title: in.Title, Organizer: in.Organizer, At: s.now().In(zone),
		Opens: time.UnixMilli(in.Window.Opens.MS).In(zone), Closes: time.UnixMilli(in.Window.Closes.MS).In(zone)}
	totals, err := s.tally.Totals(ctx, in.Definition, in.ContestID, 0)
	if err != nil {
		return nil, err
	}
	f.Whole, f.Events, f.Days = totals.Whole, totals.Events, totals.Days
	for _, read := range []func(context.Context, *catalog.Contest, *Figures) error{
		s.readLevels, s.readMissed, s.readPrizes, s.readDrawings, s.readPledges, s.readRooms, s.readChanges,
		s.readOffline, s.readHonours, s.readPairings,
	} {
		if err := read(ctx, in, f); err != nil {
			return nil, errs.Wrap(err, "close contest %s", in.Slug)
		}
	}
	if err := s.readUnits(ctx, in, f, totals.Units); err != nil {
		return nil, err
	}
	if f.Channels, err = s.channels(ctx, in, totals.Channels); err != nil {
		return nil, err
	}
	f.Divisions = divisions(in, totals.Divisions)
	if f.Choices, err = s.personal.Choices(ctx, in.Definition, in.ContestID); err != nil {
		return nil, err
	}
	f.Polls, err = s.polls.Counts(ctx, in)
	return f, err
}

// readLevels counts the levels in the order of the definition; one that is gone stands
// behind them, by its key.
func (s *Service) readLevels(ctx context.Context, in *catalog.Contest, f *Figures) error {
	var rows []struct {
		LevelKey string `db:"level_key"`
		Players  int64  `db:"players"`
		Attempts int64  `db:"attempts"`
		Passed   int64  `db:"passed"`
		Answers  int64  `db:"answers"`
		Correct  int64  `db:"correct"`
	}
	err := s.db.Select(ctx, &rows, `SELECT level_key, COUNT(DISTINCT player_id) AS players, COUNT(*) AS attempts,
			SUM(passed) AS passed, SUM(answered) AS answers, SUM(correct) AS correct
		FROM attempts WHERE contest_id = ? AND finished_at > 0 AND held = 0 GROUP BY level_key ORDER BY level_key`,
		in.ContestID)
	if err != nil {
		return errs.Wrap(err, "count levels")
	}
	order := map[string]int{}
	for i := range in.Levels {
		order[in.Levels[i].Key] = i + 1
	}
	for _, row := range rows {
		level := Level{Key: row.LevelKey, Title: row.LevelKey, Players: row.Players, Attempts: row.Attempts,
			Passed: row.Passed, Answers: row.Answers, Correct: row.Correct}
		if at := order[row.LevelKey]; at > 0 {
			level.Title = in.Levels[at-1].Title
		}
		f.Levels = append(f.Levels, level)
	}
	place := func(l Level) int {
		if at := order[l.Key]; at > 0 {
			return at
		}
		return len(order) + 1
	}
	slices.SortStableFunc(f.Levels, func(a, b Level) int { return cmp.Compare(place(a), place(b)) })
	return nil
}

func (s *Service) readUnits(ctx context.Context, in *catalog.Contest, f *Figures, counted []tally.Named) error {
	enrolled, err := s.report.Enrolled(ctx, in.ContestID)
	if err != nil {
		return err
	}
	f.Units = report.UnitsOf(in.Units, counted, enrolled)
	for i := range f.Units {
		if f.Units[i].Depth == 1 { // with all below them, everybody once
			f.Enrolled += f.Units[i].Enrolled
		}
	}
	return nil
}

// channels names the channels that brought players; those whom players brought, or who
// came by the plain address, stand last.
func (s *Service) channels(ctx context.Context, in *catalog.Contest, counts []tally.Named) (parts []Part, err error) {
	var names []struct {
		Code string `db:"code"`
		Name string `db:"name"`
	}
	err = s.db.Select(ctx, &names, "SELECT code, name FROM channels WHERE contest_id = ? ORDER BY created_at, code",
		in.ContestID)
	if err != nil {
		return nil, errs.Wrap(err, "read the names of channels")
	}
	by := map[string]tally.Counts{}
	for _, c := range counts {
		by[c.Ref] = c.Counts
	}
	for _, name := range names {
		parts = append(parts, Part{name.Name, by[name.Code]})
	}
	if direct := by[""]; direct != (tally.Counts{}) {
		parts = append(parts, Part{"直接打开或好友邀请", direct})
	}
	return parts, nil
}

func divisions(in *catalog.Contest, counts []tally.Named) (parts []Part) {
	for _, division := range in.Players.Divisions {
		for _, c := range counts {
			if c.Ref == division.Key {
				parts = append(parts, Part{division.Title, c.Counts})
			}
		}
	}
	return parts
}

// readMissed finds the questions that most people had wrong at their first meeting.
func (s *Service) readMissed(ctx context.Context, in *catalog.Contest, f *Figures) error {
	met, wrong := map[int]int64{}, map[int]int64{}
	err := s.tally.Sheets(ctx, in.ContestID, func(p tally.Person) error {
		for _, m := range p.Meetings {
			met[m.Question]++
			if !m.Right {
				wrong[m.Question]++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	questions, err := s.tally.Questions(ctx, in.ContestID)
	if err != nil {
		return err
	}
	for number, asked := range report.Asked(in, questions) {
		if people := met[number]; people >= missedFrom && wrong[number] > 0 && !asked.Voided {
			q := asked.Question
			f.Missed = append(f.Missed, Missed{q.Stem, q.RightText(), q.Source.String(), people, wrong[number]})
		}
	}
	slices.SortFunc(f.Missed, func(a, b Missed) int {
		return cmp.Or(cmp.Compare(b.Part(), a.Part()), strings.Compare(a.Stem, b.Stem))
	})
	f.Missed = f.Missed[:min(len(f.Missed), missedMost)]
	return nil
}
