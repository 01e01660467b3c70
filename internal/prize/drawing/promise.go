package drawing

import (
	"context"
	"encoding/json"

	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// Promised adds up what the drawings of a contest have announced and not given yet,
// for the guard of definitions.
func Promised(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) (prize.Promises, error) {
	return readPromises(ctx, tx, contestID, 0, Planned, Freezing, Frozen, Known)
}

func add(all prize.Promises, prizes []DrawnPrize) {
	for _, of := range prizes {
		all[of.Prize] += of.Count
	}
}

// readPromises adds up what the drawings of a contest promise that are in one of
// the states; but is left out.
func readPromises(ctx context.Context, from sqldb.Reader, contestID, but sqldb.ID,
	states ...State) (prize.Promises, error) {
	var texts []string
	names := make([]string, len(states))
	for i, state := range states {
		names[i] = string(state)
	}
	err := from.SelectIn(ctx, &texts, "SELECT prizes FROM drawings WHERE contest_id = ? AND id <> ? AND state IN (?)",
		contestID, but, names)
	if err != nil {
		return nil, errs.Wrap(err, "read what drawings promise")
	}
	all := prize.Promises{}
	for _, text := range texts {
		var prizes []DrawnPrize
		if err := json.Unmarshal([]byte(text), &prizes); err != nil {
			return nil, errs.Wrap(err, "read what a drawing promises")
		}
		add(all, prizes)
	}
	return all, nil
}
