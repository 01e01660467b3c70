package drawing

import (
	"context"
	"fmt"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// Pot is what a drawing shares equally among all of its list, as it was promised when the
// drawing was planned. No later version of the definition reaches it.
type Pot struct {
	Prize       string            `json:"prize"` // key
	Kind        contest.PrizeKind `json:"kind"`
	Title       string            `json:"title"`
	Tier        string            `json:"tier"`
	Terms       string            `json:"terms"` // how and where it is collected
	Stock       int               `json:"stock"`
	ClaimWithin int64             `json:"claim_within"` // ms; 0: for ever
	Purse       string            `json:"purse"`
	Total       int               `json:"total"` // cents of yuan or points
	Least       int               `json:"least"`
	Most        int               `json:"most"`
	Rest        contest.PotRest   `json:"rest"`
	Holds       string            `json:"holds"` // Total, as people read it
}

// ErrPotCrowd refuses a list on which more people stand than can be drawn one by one.
var ErrPotCrowd = errs.New(errs.Conflict, "pot_crowd",
	fmt.Sprintf("名单超过 %d 人，不能逐个摇出顺序来瓜分；请取消，把条件改严一些再安排", contest.MostSharers))

// potOf is the pot of a drawing of a definition; nil where it has none.
func potOf(d *contest.Definition, w *contest.Drawing) *Pot {
	if w.Pot == nil {
		return nil
	}
	pot := &Pot{Prize: w.Pot.Prize, Title: w.Pot.Prize, Purse: w.Pot.Purse, Total: w.Pot.Total, Least: w.Pot.Least,
		Most: w.Pot.Most, Rest: w.Pot.Rest, ClaimWithin: d.Claims.Within.MS(),
		Holds: d.ShareText(w.Pot.Prize, w.Pot.Purse, w.Pot.Total)}
	if p := d.Prize(w.Pot.Prize); p != nil {
		pot.Kind, pot.Title, pot.Tier, pot.Terms, pot.Stock = p.Kind, p.Title, p.Tier, p.Collect, p.Stock
	}
	return pot
}

// Shares is what all of the list share equally, as people read it; empty where prizes
// are drawn.
func (d *Drawing) Shares() string {
	if d.Pot == nil {
		return ""
	}
	return d.Pot.Title + " " + d.Pot.Holds
}

// tiers are the shares of so many people, each a tier that says in its name how much it
// is: so the frozen rules, which everybody can check, hold every share. Errors:
// ErrPotCrowd, ErrDrawingNobody.
func (p *Pot) tiers(d *contest.Definition, people int) (tiers []DrawnPrize, err error) {
	if people > contest.MostSharers {
		return nil, ErrPotCrowd
	}
	of := contest.Pot{Total: p.Total, Least: p.Least, Most: p.Most, Rest: p.Rest}
	for _, part := range of.Parts(people) {
		share := part.Share
		tiers = append(tiers, DrawnPrize{Prize: p.Prize, Title: p.Title + " " + d.ShareText(p.Prize, p.Purse, share),
			Count: part.People, Worth: &share, Terms: p.Terms})
	}
	if len(tiers) == 0 {
		return nil, ErrDrawingNobody
	}
	return tiers, nil
}

// share gives places their shares; the pot holds that they are not more than it.
func (d *Drawings) share(ctx context.Context, tx *sqldb.Tx, row *Drawing, won []wonPlace) error {
	pot := prize.Pot{By: prize.Source{Kind: prize.FromPot, Key: row.Key}, ID: row.ID, Key: row.Pot.Prize,
		Kind: row.Pot.Kind, Tier: row.Pot.Tier, Terms: row.Pot.Terms, Stock: row.Pot.Stock,
		ClaimWithin: row.Pot.ClaimWithin, WonAt: d.millis(), Purse: row.Pot.Purse}
	given := 0
	awards := make([]prize.Award, len(won))
	for i, w := range won {
		of := row.Prizes[w.tier-1]
		pot.Title = of.Title
		awards[i] = d.ledger.NewShare(row.ContestID, w.player, pot, w.slip, *of.Worth)
		given += *of.Worth
	}
	if err := fill(ctx, tx, row.ID, given); err != nil {
		return err
	}
	return prize.InsertAwards(ctx, tx, awards)
}

// wonPlace is a place that holds a prize.
type wonPlace struct {
	player sqldb.ID
	tier   int // from 1
	slip   int64
}

// openPot begins to count what a pot gives.
func openPot(ctx context.Context, tx *sqldb.Tx, drawing sqldb.ID, total int) error {
	_, err := tx.Exec(ctx, "INSERT INTO drawing_pots (drawing_id, total, given) VALUES (?, ?, 0)", drawing, total)
	return errs.Wrap(err, "open the pot of drawing %d", drawing)
}

// fill counts what a pot gives; a share that comes back is less than 0.
func fill(ctx context.Context, tx *sqldb.Tx, drawing sqldb.ID, amount int) error {
	matched, err := tx.Exec(ctx, "UPDATE drawing_pots SET given = given + ? WHERE drawing_id = ?", amount, drawing)
	if err == nil && matched == 0 {
		err = fmt.Errorf("drawing %d has no pot", drawing)
	}
	return errs.Wrap(err, "count what the pot of drawing %d gives", drawing)
}
