package prize

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// promises are how many units of each prize drawings have announced and not given
// yet.
type promises map[string]int

func (p promises) add(prizes []DrawnPrize) {
	for _, of := range prizes {
		p[of.Prize] += of.Count
	}
}

// keys are sorted, so that what is refused first is always the same.
func (p promises) keys() []string { return slices.Sorted(maps.Keys(p)) }

// readPromises adds up what the drawings of a contest promise that are in one of
// the states; but is left out.
func readPromises(ctx context.Context, from sqldb.Reader, contestID, but sqldb.ID, states ...State) (promises, error) {
	var texts []string
	names := make([]string, len(states))
	for i, state := range states {
		names[i] = string(state)
	}
	err := from.SelectIn(ctx, &texts, "SELECT prizes FROM drawings WHERE contest_id = ? AND id <> ? AND state IN (?)", contestID, but, names)
	if err != nil {
		return nil, errs.Wrap(err, "read what drawings promise")
	}
	all := promises{}
	for _, text := range texts {
		var prizes []DrawnPrize
		if err := json.Unmarshal([]byte(text), &prizes); err != nil {
			return nil, errs.Wrap(err, "read what a drawing promises")
		}
		all.add(prizes)
	}
	return all, nil
}

// guardPromises refuses a definition by which a drawing that is planned or frozen
// could not give what it has announced: the prize is missing, there are too few
// units, or pools and the shop would no longer keep enough of them.
func guardPromises(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, d *contest.Definition) error {
	waiting, err := readPromises(ctx, tx, contestID, 0, Planned, Freezing, Frozen, Known)
	if err != nil || len(waiting) == 0 {
		return err
	}
	for _, key := range waiting.keys() {
		if d.Prize(key) == nil {
			return stockPromised("奖品“%s”已经公开安排了摇奖，不能删除；要换奖品，请先公开取消那次摇奖", key)
		}
	}
	stock, err := readShelves(ctx, tx, contestID, d, waiting.keys())
	if err != nil {
		return err
	}
	for _, key := range waiting.keys() {
		s, n := stock[key], waiting[key]
		switch {
		case s == nil: // thanks, of which there is no stock
		case s.prize.Stock-s.total < n:
			return stockPromised("奖品“%s”已经公开安排摇出 %d 份，另外已经发出 %d 份，库存不能减到 %d 份", s.prize.Title, n, s.total, s.prize.Stock)
		case s.kept < n:
			return stockPromised("奖品“%s”已经公开安排摇出 %d 份，不能从“摇奖”里减少或删除；要改，请先公开取消那次摇奖", s.prize.Title, n)
		}
	}
	return nil
}
