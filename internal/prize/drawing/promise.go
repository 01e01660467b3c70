package drawing

import (
	"context"

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
	names := make([]string, len(states))
	for i, state := range states {
		names[i] = string(state)
	}
	var rows []Drawing
	err := from.SelectIn(ctx, &rows,
		"SELECT sources, prizes, pot FROM drawings WHERE contest_id = ? AND id <> ? AND state IN (?)",
		contestID, but, names)
	if err != nil {
		return nil, errs.Wrap(err, "read what drawings promise")
	}
	all := prize.Promises{}
	for i := range rows {
		if err := rows[i].unpack(); err != nil {
			return nil, errs.Wrap(err, "read what a drawing promises")
		}
		if pot := rows[i].Pot; pot != nil {
			all[pot.Prize] += 0 // it takes no unit, but the prize must stay
			continue
		}
		add(all, rows[i].Prizes)
	}
	return all, nil
}
