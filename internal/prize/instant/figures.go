package instant

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/chance"
	"anquanda/internal/errs"
	"anquanda/internal/prize"
)

// PoolFigures is how a pool stands.
type PoolFigures struct {
	Pool   *contest.PrizePool
	Open   bool
	Opens  int64 // UTC ms
	Draws  int
	Prizes []PrizeFigures // in the pool's order
}

// PrizeFigures is how a prize of a pool stands. Declared and Measured are
// millionths of a draw; Rolled counts how often chance alone gave the prize, which
// is what Measured is of.
type PrizeFigures struct {
	Prize    *contest.Prize
	Declared int
	Measured int
	Rolled   int
	Won      int // from this pool
	Missed   map[chance.Reason]int
	Out      int // units of the prize, by every way
	Left     int // that can still be won
	Waiting  int // of Left, that come free later
	Codes    int // imported, of a voucher
}

// figuresLeast is how long figures are kept at least: counting a million draws is not for
// every phone that opens the page.
const figuresLeast = 5 * time.Second

// Figures tells how the pools of a contest stand, up to some seconds ago.
func (s *Service) Figures(ctx context.Context, c *catalog.Contest) ([]PoolFigures, error) {
	count := func() ([]PoolFigures, error) { return s.countFigures(ctx, c) }
	figures, err := s.figures.Get(c.ContestID, count)
	if err == nil && !sameVersion(figures, c) {
		s.figures.Drop(c.ContestID)
		figures, err = s.figures.Get(c.ContestID, count)
	}
	return figures, err
}

// sameVersion reports whether figures are of the definition in hand.
func sameVersion(figures []PoolFigures, c *catalog.Contest) bool {
	return len(figures) == len(c.Definition.Pools) && (len(figures) == 0 || figures[0].Pool == &c.Definition.Pools[0])
}

type drawnRow struct {
	PoolKey   string        `db:"pool_key"`
	RolledKey string        `db:"rolled_key"`
	PrizeKey  string        `db:"prize_key"`
	Reason    chance.Reason `db:"reason"`
	Draws     int           `db:"draws"`
}

func (s *Service) countFigures(ctx context.Context, c *catalog.Contest) ([]PoolFigures, error) {
	var rows []drawnRow
	err := s.db.Select(ctx, &rows, `SELECT pool_key, rolled_key, prize_key, reason, COUNT(*) AS draws FROM draws
		WHERE contest_id = ? GROUP BY pool_key, rolled_key, prize_key, reason`, c.ContestID)
	if err != nil {
		return nil, errs.Wrap(err, "count the draws of a contest")
	}
	stock, err := prize.ReadShelves(ctx, s.db, c.ContestID, c.Definition, everyPrize(c.Definition))
	if err != nil {
		return nil, err
	}
	now := s.millis()
	figures := make([]PoolFigures, len(c.Definition.Pools))
	for i := range c.Definition.Pools {
		pool := &c.Definition.Pools[i]
		f := PoolFigures{Pool: pool, Open: chance.OpenAt(c.Definition, pool, now), Opens: chance.OpensOf(c.Definition, pool)}
		for _, r := range rows {
			if r.PoolKey == pool.Key {
				f.Draws += r.Draws
			}
		}
		for j := range pool.Prizes {
			f.Prizes = append(f.Prizes, prizeFigures(c.Definition, pool, j, stock, rows, f.Draws, now))
		}
		figures[i] = f
	}
	return figures, nil
}

func everyPrize(d *contest.Definition) (keys []string) {
	for i := range d.Prizes {
		keys = append(keys, d.Prizes[i].Key)
	}
	return keys
}

func prizeFigures(d *contest.Definition, pool *contest.PrizePool, index int, stock prize.Shelves, rows []drawnRow,
	draws int, now int64) PrizeFigures {
	in := &pool.Prizes[index]
	f := PrizeFigures{Prize: d.Prize(in.Prize), Declared: in.Odds, Missed: map[chance.Reason]int{}}
	for _, r := range rows {
		if r.PoolKey != pool.Key {
			continue
		}
		if r.RolledKey == in.Prize {
			f.Rolled += r.Draws
			if r.PrizeKey != in.Prize {
				f.Missed[r.Reason] += r.Draws
			}
		}
		if r.PrizeKey == in.Prize {
			f.Won += r.Draws
		}
	}
	if draws > 0 {
		f.Measured = int(int64(f.Rolled) * chance.Whole / int64(draws))
	}
	if shelf := stock[in.Prize]; shelf != nil {
		f.Out, f.Left = shelf.Total, shelf.Left()
		out := shelf.Out[prize.Source{Kind: prize.FromPool, Key: pool.Key}]
		f.Waiting = max(0, f.Left-max(0, chance.Released(d, in, now)-out))
		if shelf.Prize.Kind == contest.PrizeVoucher {
			f.Codes = shelf.Units
		}
	}
	return f
}

// OddsText tells odds of a pool in words that need no arithmetic.
func OddsText(odds int) string {
	switch {
	case odds <= 0:
		return ""
	case odds >= chance.Whole:
		return "每次都中"
	case odds >= chance.Whole/10:
		return "每 100 次约中 " + strconv.Itoa((odds+chance.Whole/200)/(chance.Whole/100)) + " 次"
	}
	once := (chance.Whole + odds/2) / odds
	if once >= 10_000 {
		return fmt.Sprintf("约 %s 万次中 1 次", strconv.FormatFloat(math.Round(float64(once)/1000)/10, 'f', -1, 64))
	}
	return fmt.Sprintf("约 %d 次中 1 次", once)
}
