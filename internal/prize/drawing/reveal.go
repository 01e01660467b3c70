package drawing

import (
	"context"
	"encoding/json"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/selection"
	"anquanda/internal/sqldb"
)

// Revealed is a winner as the hall sees one, with the text of the slip that was drawn: the
// winner's phone shows the same, the list does not.
type Revealed struct {
	Winner
	Slip string
}

// revealedAtOnce is how many winners a hall can read at once.
const revealedAtOnce = 12

// Reveal gives the newest of the first step winners of the show, and how many there are in
// all. Before the draw there are none. Whether who asks may see them is not asked here.
func (d *Drawings) Reveal(ctx context.Context, c *catalog.Contest, row *Drawing, step int) (
	revealed []Revealed, total int, err error) {
	if row.DrawnAt == 0 || row.State == Cancelled {
		return nil, 0, nil
	}
	winners, err := d.Winners(ctx, c, row)
	if err != nil {
		return nil, 0, err
	}
	show := ofShow(winners)
	shown := show[:min(max(step, 0), len(show))]
	shown = shown[max(0, len(shown)-revealedAtOnce):]
	slips, err := d.slipsOf(ctx, row, shown)
	if err != nil {
		return nil, 0, err
	}
	for _, w := range shown {
		revealed = append(revealed, Revealed{w, slips[w.Place.Place]})
	}
	return revealed, len(show), nil
}

// ofShow is the winners in the order in which a hall learns of them: the last prize first,
// the first prize last. Reserves, and places that were given up, stay out.
func ofShow(winners []Winner) (show []Winner) {
	for _, w := range winners {
		if w.Tier > 0 && !w.Gone {
			show = append(show, w)
		}
	}
	slices.SortStableFunc(show, func(a, b Winner) int { return b.Tier - a.Tier })
	return show
}

// slipsOf finds the slips by which winners were drawn, by place.
func (d *Drawings) slipsOf(ctx context.Context, row *Drawing, winners []Winner) (map[int]string, error) {
	slips := map[int]string{}
	if len(winners) == 0 {
		return slips, nil
	}
	b, freeze, err := d.bodies(ctx, row.ID)
	if err != nil {
		return nil, err
	}
	var drawn selection.Draw
	if err := json.Unmarshal([]byte(*b.Drawn), &drawn); err != nil {
		return nil, errs.Wrap(err, "read the result of drawing %d", row.ID)
	}
	salt, err := freeze.SaltBytes()
	if err != nil {
		return nil, err
	}
	key, err := d.slipKey(row.SlipKey)
	if err != nil {
		return nil, err
	}
	players := make([]sqldb.ID, len(winners))
	for i := range winners {
		players[i] = winners[i].PlayerID
	}
	var held []struct {
		PlayerID sqldb.ID `db:"player_id"`
		Tickets  int      `db:"tickets"`
	}
	err = d.db.SelectIn(ctx, &held, `SELECT player_id, tickets FROM drawing_entrants
		WHERE drawing_id = ? AND player_id IN (?)`, row.ID, players)
	if err != nil {
		return nil, errs.Wrap(err, "read the tickets of winners")
	}
	byID := map[string]string{}
	for _, of := range held {
		for ticket := range of.Tickets {
			text := slip(key, row.ID, of.PlayerID, ticket+1)
			byID[hexID(selection.ID(salt, text))] = text
		}
	}
	for _, result := range drawn.Results {
		slips[result.Place] = byID[result.ID]
	}
	return slips, nil
}
