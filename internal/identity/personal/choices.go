package personal

import (
	"context"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// chosen is what the hash of a choice is of: an option, bound to its field, so that
// choices are counted without opening what anybody told.
func chosen(f contest.Field, option string) string { return f.Key + "\x00" + option }

// Choice is how many players chose each option of a field.
type Choice struct {
	Field  contest.Field
	Counts []int64 // as Field.Options
}

// Choices counts what players chose, by the fields of a definition that offer a choice. An
// option that the definition no longer has is left out.
func (s *Store) Choices(ctx context.Context, d *contest.Definition, contestID sqldb.ID) ([]Choice, error) {
	if s.vault == nil {
		return nil, nil // nothing can have been told
	}
	var choices []Choice
	for _, f := range d.Players.Fields {
		if f.Kind == contest.FieldChoice {
			choices = append(choices, Choice{f, make([]int64, len(f.Options))})
		}
	}
	if len(choices) == 0 {
		return nil, nil
	}
	var rows []struct {
		Hash    string `db:"hash"`
		Players int64  `db:"players"`
	}
	err := s.db.Select(ctx, &rows, `SELECT hash, COUNT(*) AS players FROM personal WHERE contest_id = ? AND kind = ?
		GROUP BY hash`, contestID, string(contest.FieldChoice))
	if err != nil {
		return nil, errs.Wrap(err, "count choices")
	}
	counted := make(map[string]int64, len(rows))
	for _, row := range rows {
		counted[row.Hash] = row.Players
	}
	for _, choice := range choices {
		for i, option := range choice.Field.Options {
			for _, hash := range s.vault.hashesOf(contestID, contest.FieldChoice, chosen(choice.Field, option)) {
				choice.Counts[i] += counted[hash]
			}
		}
	}
	return choices, nil
}
