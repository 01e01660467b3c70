package instant

import (
	"cmp"
	"context"
	"slices"

	"anquanda/internal/conduct"
	"anquanda/internal/contest"
	"anquanda/internal/contest/chance"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/identity/personal"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// commitDraws decides a batch of draws in one transaction, those of a contest
// within its turn.
func (s *Service) commitDraws(ctx context.Context, tx *sqldb.Tx, items []*chanceDraw) error {
	byContest := slices.Clone(items)
	slices.SortStableFunc(byContest, func(a, b *chanceDraw) int {
		return cmp.Compare(a.contest.ContestID, b.contest.ContestID)
	})
	for start := 0; start < len(byContest); {
		end := start
		for end < len(byContest) && byContest[end].contest.ContestID == byContest[start].contest.ContestID {
			end++
		}
		if err := s.decideAll(ctx, tx, byContest[start:end]); err != nil {
			return err
		}
		start = end
	}
	return nil
}

// decideAll decides draws of one contest.
func (s *Service) decideAll(ctx context.Context, tx *sqldb.Tx, items []*chanceDraw) error {
	contestID := items[0].contest.ContestID
	if err := prize.TakeTurn(ctx, tx, contestID); err != nil {
		return err
	}
	b := &batch{service: s, contestID: contestID, now: s.millis()}
	if err := b.read(ctx, tx, items); err != nil {
		return err
	}
	for _, item := range items {
		item.draw, item.award, item.err = nil, nil, nil // the transaction may be run again
		if item.err = b.check(item); item.err == nil && item.draw == nil {
			item.err = b.decide(item)
		}
	}
	return b.write(ctx, tx)
}

// batch is what the draws of one contest read and write.
type batch struct {
	service   *Service
	contestID sqldb.ID
	now       int64

	version  int // of the contest, in the store
	drawn    map[sqldb.ID]*Draw
	chances  map[sqldb.ID]sqldb.ID // to whom they were given
	stands   map[standKey]*standRow
	enrolled map[sqldb.ID]identity.Enrolment
	marks    map[sqldb.ID]personal.Marks
	out      map[sqldb.ID]bool // who is disqualified or set aside
	stock    prize.Shelves
	wins     *wins

	draws  []*Draw
	awards []prize.Award
}

type standKey struct {
	Player sqldb.ID
	Pool   string
}

type standRow struct {
	PlayerID sqldb.ID `db:"player_id"`
	PoolKey  string   `db:"pool_key"`
	Draws    int      `db:"draws"`
	Wins     int      `db:"wins"`
}

func (b *batch) read(ctx context.Context, tx *sqldb.Tx, items []*chanceDraw) error {
	players, chances := make([]sqldb.ID, len(items)), make([]sqldb.ID, len(items))
	for i, item := range items {
		players[i], chances[i] = item.player, item.chance
	}
	slices.Sort(players)
	players = slices.Compact(players)
	if err := tx.Get(ctx, &b.version, "SELECT version FROM contests WHERE id = ?", b.contestID); err != nil {
		return errs.Wrap(err, "read the version of a contest")
	}
	if err := b.readChances(ctx, tx, chances); err != nil {
		return err
	}
	if err := b.readStands(ctx, tx, players); err != nil {
		return err
	}
	var err error
	if b.enrolled, err = identity.EnrolmentsIn(ctx, tx, b.contestID, players); err != nil {
		return err
	}
	if b.marks, err = personal.MarksIn(ctx, tx, b.contestID, players); err != nil {
		return err
	}
	if b.out, err = conduct.OutOf(ctx, tx, b.contestID, players); err != nil {
		return err
	}
	if b.stock, err = prize.ReadShelves(ctx, tx, b.contestID, newestOf(items), prizesDrawn(items)); err != nil {
		return err
	}
	b.wins, err = readWins(ctx, tx, b, items)
	return err
}

// newestOf is the newest definition by which one of the draws was asked for;
// draws by an older one than the store's are not decided.
func newestOf(items []*chanceDraw) *contest.Definition {
	newest := items[0].contest
	for _, item := range items {
		if item.contest.Version > newest.Version {
			newest = item.contest
		}
	}
	return newest.Definition
}

// prizesDrawn lists the prizes of the pools that are drawn from.
func prizesDrawn(items []*chanceDraw) (keys []string) {
	for _, item := range items {
		if pool := item.contest.Definition.Pool(item.pool); pool != nil {
			for i := range pool.Prizes {
				keys = append(keys, pool.Prizes[i].Prize)
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func (b *batch) readChances(ctx context.Context, tx *sqldb.Tx, ids []sqldb.ID) error {
	var draws []Draw
	if err := tx.SelectIn(ctx, &draws, "SELECT "+drawColumns+" FROM draws WHERE chance_id IN (?)", ids); err != nil {
		return errs.Wrap(err, "look whether chances are used")
	}
	b.drawn = make(map[sqldb.ID]*Draw, len(ids))
	for i := range draws {
		b.drawn[draws[i].ChanceID] = &draws[i]
	}
	var grants []struct {
		ID       sqldb.ID `db:"id"`
		PlayerID sqldb.ID `db:"player_id"`
	}
	err := tx.SelectIn(ctx, &grants, "SELECT id, player_id FROM grants WHERE contest_id = ? AND kind = ? AND id IN (?)",
		b.contestID, contest.GrantChance, ids)
	b.chances = make(map[sqldb.ID]sqldb.ID, len(grants))
	for _, g := range grants {
		b.chances[g.ID] = g.PlayerID
	}
	return errs.Wrap(err, "read chances")
}

func (b *batch) readStands(ctx context.Context, tx *sqldb.Tx, players []sqldb.ID) error {
	var rows []standRow
	err := tx.SelectIn(ctx, &rows, `
		SELECT player_id, pool_key, MAX(ordinal) AS draws, COUNT(award_id) AS wins FROM draws
		WHERE contest_id = ? AND player_id IN (?) GROUP BY player_id, pool_key`, b.contestID, players)
	b.stands = make(map[standKey]*standRow, len(rows))
	for i := range rows {
		b.stands[standKey{rows[i].PlayerID, rows[i].PoolKey}] = &rows[i]
	}
	return errs.Wrap(err, "read how often players have drawn")
}

// check finds what forbids a draw, or the draw that used the chance already.
func (b *batch) check(item *chanceDraw) error {
	if owner, ok := b.chances[item.chance]; !ok || owner != item.player {
		return ErrNoChance
	}
	if drawn := b.drawn[item.chance]; drawn != nil {
		if drawn.PoolKey != item.pool {
			return ErrChanceUsed
		}
		item.draw = drawn
		return nil
	}
	if item.contest.Version != b.version {
		return errOlder // the stock, odds or limits that it was asked by hold no more
	}
	pool := item.contest.Definition.Pool(item.pool)
	switch {
	case pool == nil:
		return ErrPoolUnknown
	case !chance.OpenAt(item.contest.Definition, pool, b.now):
		return ErrPoolClosed
	}
	who, ok := b.enrolled[item.player]
	switch {
	case !ok:
		return identity.ErrNotEnrolled
	case b.out[item.player]:
		return conduct.ErrDisqualified
	case !item.contest.Definition.Admits(contest.ForPools, who.Proofs):
		return ErrNeedsProof
	}
	return missingMark(pool, b.marks[item.player])
}

// decide gives a draw its outcome and what it wins its unit.
func (b *batch) decide(item *chanceDraw) error {
	d := item.contest.Definition
	pool := d.Pool(item.pool)
	key := standKey{item.player, item.pool}
	stand := b.stands[key]
	if stand == nil {
		stand = &standRow{}
		b.stands[key] = stand
	}
	who := b.marksOf(item)
	came := chance.Decide(d, pool, chance.Roll(pool, item.random), &chance.Stand{
		Ordinal: stand.Draws + 1, HasWon: stand.Wins > 0,
		Room: func(index int) chance.Reason { return b.room(d, pool, index, who) },
	})
	stand.Draws++
	item.draw = &Draw{
		ChanceID: item.chance, ContestID: b.contestID, PlayerID: item.player, PoolKey: item.pool, Ordinal: stand.Draws,
		RolledKey: keyAt(pool, came.Rolled), PrizeKey: keyAt(pool, came.Prize), Reason: came.Reason, DrawnAt: b.now,
	}
	if came.Prize != chance.Nothing && !chance.IsThanks(d, pool, came.Prize) {
		stand.Wins++
		b.give(item, who)
	}
	b.drawn[item.chance] = item.draw
	b.draws = append(b.draws, item.draw)
	return nil
}

func keyAt(pool *contest.PrizePool, index int) string {
	if index == chance.Nothing {
		return ""
	}
	return pool.Prizes[index].Prize
}

// room tells whether a prize of the pool may go to somebody now.
func (b *batch) room(d *contest.Definition, pool *contest.PrizePool, index int, who []mark) chance.Reason {
	p := &pool.Prizes[index]
	stock := b.stock[p.Prize]
	switch {
	case stock == nil || stock.Left() == 0:
		return chance.SoldOut
	case chance.Released(d, p, b.now) <= stock.Out[prize.Source{Kind: prize.FromPool, Key: pool.Key}]:
		return chance.Unreleased
	case b.wins.full(d, pool, stock.Prize.Tier, who, b.now):
		return chance.OverLimit
	}
	return chance.AsRolled
}

// give makes the award of a draw that has won. Room was found for it before.
func (b *batch) give(item *chanceDraw, who []mark) {
	by := prize.Source{Kind: prize.FromPool, Key: item.pool}
	stock := b.stock[item.draw.PrizeKey]
	unit, _ := stock.Take(by)
	award := b.service.ledger.NewAward(b.contestID, item.player, item.contest.Definition, stock.Prize, unit, by)
	award.ChanceID = &item.draw.ChanceID
	item.draw.AwardID, item.award = &award.ID, &award
	b.awards = append(b.awards, award)
	b.wins.add(item.contest.Definition.Pool(item.pool), item.contest.Definition, &award, who)
}

func (b *batch) write(ctx context.Context, tx *sqldb.Tx) error {
	err := sqldb.Insert(ctx, tx, "INSERT INTO draws", b.draws)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	if err != nil {
		return errs.Wrap(err, "store draws")
	}
	if err := prize.InsertAwards(ctx, tx, b.awards); err != nil {
		return err
	}
	return b.wins.write(ctx, tx)
}
