package bench

import (
	"context"
	"fmt"

	"anquanda/internal/bench/load"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// Stored compares what is stored with what was acknowledged.
type Stored struct {
	Acknowledged int `json:"acknowledged"`
	// Unknown are answers whose reply was lost: they may be stored or not.
	Unknown int `json:"unknown"`
	Rows    int `json:"rows"`
	// AcknowledgedCorrect and Correct are those of them that were right.
	AcknowledgedCorrect int `json:"acknowledged_correct"`
	Correct             int `json:"correct"`
	// Finished attempts by the replies, in the store, and of them those whose
	// rows do not add up to their result.
	AcknowledgedFinished int  `json:"acknowledged_finished"`
	Finished             int  `json:"finished"`
	Wrong                int  `json:"wrong"`
	ExactlyOnce          bool `json:"exactly_once"`
}

func (b *answers) verify(ctx context.Context) error {
	b.progress.begin("comparing what is stored with what was acknowledged")
	defer b.progress.clear()
	db, err := b.scratch.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	b.report.Stored, err = compareStored(ctx, db, &b.total)
	return err
}

// compareStored checks that each acknowledged answer is stored exactly once: the
// primary key allows no second row, so the numbers must agree. Rows that filled
// positions nobody answered (used_ms is negative) are no answers.
func compareStored(ctx context.Context, db *sqldb.DB, total *load.Count) (s Stored, err error) {
	var row struct {
		Rows     int `db:"answers"`
		Correct  int `db:"correct"`
		Finished int `db:"finished"`
		Wrong    int `db:"wrong"`
	}
	err = db.Get(ctx, &row,
		"SELECT COUNT(*) AS answers, COALESCE(SUM(correct), 0) AS correct FROM responses WHERE used_ms >= 0")
	if err != nil {
		return s, errs.Wrap(err, "count answers")
	}
	err = db.Get(ctx, &row, `
		SELECT COUNT(*) AS finished, COALESCE(SUM(CASE WHEN a.questions = r.answers AND a.correct = r.correct THEN 0 ELSE 1 END), 0) AS wrong
		FROM attempts a JOIN (
			SELECT attempt_id, COUNT(*) AS answers, SUM(correct) AS correct FROM responses GROUP BY attempt_id
		) r ON r.attempt_id = a.id WHERE a.finished_at > 0 AND a.answered = a.questions`)
	if err != nil {
		return s, errs.Wrap(err, "compare attempts with their answers")
	}
	s = Stored{
		Acknowledged: total.Acknowledged, Unknown: total.Lost, Rows: row.Rows,
		AcknowledgedCorrect: total.Correct, Correct: row.Correct,
		AcknowledgedFinished: total.Finished, Finished: row.Finished, Wrong: row.Wrong,
	}
	within := func(acknowledged, stored int) bool { return acknowledged <= stored && stored <= acknowledged+s.Unknown }
	s.ExactlyOnce = within(s.Acknowledged, s.Rows) && within(s.AcknowledgedCorrect, s.Correct) &&
		within(s.AcknowledgedFinished, s.Finished) && s.Wrong == 0
	return s, nil
}

// String is the comparison in words.
func (s Stored) String() string {
	word := "exactly once"
	if !s.ExactlyOnce {
		word = "NOT EXACTLY ONCE"
	}
	text := fmt.Sprintf("%d answers acknowledged, %d stored: %s", s.Acknowledged, s.Rows, word)
	if s.Unknown > 0 {
		text += fmt.Sprintf(" (%d more replies were lost)", s.Unknown)
	}
	return text + fmt.Sprintf("; %d attempts finished, %d of them with a result that its answers do not add up to",
		s.Finished, s.Wrong)
}
