package player

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/sqldb"
)

// purseReply is a purse beside the points.
type purseReply struct {
	Key   string `json:"key"`
	Title string `json:"title"`
}

// leftReply is what a player has left in a purse.
type leftReply struct {
	purseReply
	Left int `json:"left"`
}

// purseOf tells of a purse; nil for the points.
func purseOf(d *contest.Definition, key string) *purseReply {
	if key == "" {
		return nil
	}
	return &purseReply{Key: key, Title: d.PurseTitle(key)}
}

// paysFor is the purse that pays for a prize.
func paysFor(d *contest.Definition, prize string) string {
	if p := d.Prize(prize); p != nil {
		return p.Purse
	}
	return ""
}

// heldIn tells what a player has left in each purse. It asks the store only where the
// contest has purses.
func (a *API) heldIn(ctx context.Context, in *catalog.Contest, player sqldb.ID,
	summary *contest.Summary) ([]leftReply, error) {
	if len(in.Purses) == 0 {
		return nil, nil
	}
	spent, err := a.Instant.Spent(ctx, in.ContestID, player)
	if err != nil {
		return nil, err
	}
	held := make([]leftReply, len(in.Purses))
	for i, p := range in.Purses {
		held[i] = leftReply{purseReply{p.Key, p.Title}, summary.Sum(contest.GrantInto(p.Key)) - spent[p.Key]}
	}
	return held, nil
}
