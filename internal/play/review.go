package play

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/question"
	"anquanda/internal/sqldb"
)

// SectionResult is what a section of a paper came to.
type SectionResult struct {
	contest.Section
	Correct int
	Score   int
}

// Reviewed is a paper that was handed in, with what was right.
type Reviewed struct {
	Contest    *contest.Definition // by which it was played
	Level      *contest.Level
	FinishedAt int64
	Score      int
	Ticket     string // to report a question with
	Sections   []contest.Section
	Questions  []ReviewedQuestion
}

// ReviewedQuestion is one question of it: what was put down, and the verdict.
type ReviewedQuestion struct {
	Asked   *Asked
	Options []string // that were chosen
	Blanks  []string // that were written
	Verdict Verdict
}

// Why a paper cannot be looked at again.
var (
	errNoReview = errs.New(errs.NotFound, "review_unknown", "这一关还没有交过卷")
	errHeld     = errs.New(errs.Forbidden, "review_later", "这次成绩要等工作人员看过，才能看答案")
	errNever    = errs.New(errs.Forbidden, "review_never", "这次活动不公布答案")
)

// fewestTold is how many questions a section must have for its result to be told before
// its right answers are: of one or two the count is the answer.
const fewestTold = 5

// sectionsOf counts what each section of a paper came to; nothing for other levels, nor
// where a count would tell what is shown later.
func (s *Service) sectionsOf(ctx context.Context, c *catalog.Contest, row *attemptRow) ([]SectionResult, error) {
	sheet, err := sheetOfRow(c, row)
	if err != nil || !sheet.level.Whole() {
		return nil, err
	}
	responses, err := s.storedResponses(ctx, s.db, row.ID)
	if err != nil {
		return nil, err
	}
	shown := c.ShownAt(sheet.level, row.FinishedAt) <= s.millis()
	var sections []SectionResult
	for _, section := range sheet.level.Sections() {
		if !shown && section.Count < fewestTold {
			return nil, nil
		}
		sections = append(sections, SectionResult{Section: section})
	}
	for i := range responses {
		r := &responses[i]
		of := &sections[sheet.asked[r.Position-1].Draw]
		of.Score += sheet.credit(r)
		if r.Correct {
			of.Correct++
		}
	}
	return sections, nil
}

// Review shows the paper that a player handed in last at a level, with what was right.
// Errors: review_unknown, review_later, review_never.
func (s *Service) Review(ctx context.Context, c *catalog.Contest, player sqldb.ID, levelKey string) (*Reviewed, error) {
	var row attemptRow
	err := s.db.Get(ctx, &row, "SELECT "+attemptColumns+` FROM attempts
		WHERE player_id = ? AND contest_id = ? AND level_key = ? AND finished_at <> 0
		ORDER BY finished_at DESC, id DESC LIMIT 1`,
		player, c.ContestID, levelKey)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNoReview
	}
	if err != nil {
		return nil, errs.Wrap(err, "read the last paper of a player")
	}
	edition, err := s.catalog.Edition(ctx, row.edition())
	if err != nil {
		return nil, err
	}
	if err := s.reviewable(edition, c, &row); err != nil {
		return nil, err
	}
	responses, err := s.storedResponses(ctx, s.db, row.ID)
	if err != nil {
		return nil, err
	}
	return s.reviewed(edition, &row, responses)
}

// reviewable tells whether a paper may be looked at now, by the definition of today too:
// who puts off the answers in a contest under way means the papers of before.
func (s *Service) reviewable(edition, today *catalog.Contest, row *attemptRow) error {
	level, _, ok := edition.Level(row.LevelKey)
	if !ok || !level.Whole() {
		return errNoReview
	}
	at := edition.ShownAt(level, row.FinishedAt)
	if present, _, ok := today.Level(row.LevelKey); ok && present.Whole() {
		at = max(at, today.ShownAt(present, row.FinishedAt))
	}
	switch {
	case row.Held != contest.HeldNot:
		return errHeld
	case contest.NeverShown(at):
		return errNever
	case s.millis() < at:
		return errs.New(errs.Forbidden, "review_later", moment(at, s.now().In(today.Zone()))+"起可以看答案")
	}
	return nil
}

// moment writes a time in the zone of now, with its year where that is another one.
func moment(ms int64, now time.Time) string {
	at := time.UnixMilli(ms).In(now.Location())
	if at.Year() != now.Year() {
		return at.Format("2006年1月2日15:04")
	}
	return at.Format("1月2日15:04")
}

func (s *Service) reviewed(c *catalog.Contest, row *attemptRow, responses []responseRow) (*Reviewed, error) {
	st, err := s.stageOfRow(c, row, nil)
	if err != nil {
		return nil, err
	}
	reviewed := &Reviewed{Contest: c.Definition, Level: st.sheet.level, FinishedAt: row.FinishedAt, Score: row.Score,
		Ticket: s.sealer.seal(st.ticket), Sections: st.sheet.level.Sections()}
	for i := range responses {
		r := &responses[i]
		there := st.at(int(r.Position))
		choice := question.ReadChoice(there.question.Kind, r.Choice)
		q := ReviewedQuestion{Asked: there.ask(), Blanks: choice.Blanks, Options: there.opaques(choice.Options)}
		q.Verdict = there.judged(r.Correct)
		q.Verdict.Score = st.sheet.credit(r)
		reviewed.Questions = append(reviewed.Questions, q)
	}
	return reviewed, nil
}
