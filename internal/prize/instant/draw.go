package instant

import (
	"context"
	"errors"
	"log/slog"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/contest/chance"
	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// drawsPerCommit is how many draws share one turn and one commit.
const drawsPerCommit = 128

// Why a draw is refused. None uses the chance.
var (
	ErrPoolUnknown = errs.New(errs.NotFound, "pool_unknown", "没有这个抽奖")
	ErrPoolClosed  = errs.New(errs.Conflict, "pool_closed", "现在不是抽奖时间，你的抽奖机会还在")
	ErrNoChance    = errs.New(errs.NotFound, "chance_unknown", "没有这次抽奖机会，请刷新页面再看")
	ErrChanceUsed  = errs.New(errs.Conflict, "chance_used", "这次机会已经在另一个抽奖里用过了")
	ErrNeedsPhone  = errs.New(errs.Conflict, "needs_phone", "这个抽奖要先填写手机号，你的抽奖机会还在")
	ErrNeedsProof  = errs.New(errs.Conflict, "needs_proof", "这个抽奖要先证明身份，你的抽奖机会还在")
	ErrNeedsHome   = errs.New(errs.Conflict, "needs_address", "这个抽奖要先填写地址，你的抽奖机会还在")
)

// errOlder tells that a contest was changed while something was asked of it.
var errOlder = errs.New(errs.Unavailable, "contest_changing", "活动刚刚更新，请再试一次，这次什么都没有扣")

// Draw is one instant draw, as it was decided.
type Draw struct {
	ChanceID  sqldb.ID      `db:"chance_id"`
	ContestID sqldb.ID      `db:"contest_id"`
	PlayerID  sqldb.ID      `db:"player_id"`
	PoolKey   string        `db:"pool_key"`
	Ordinal   int           `db:"ordinal"`    // of the player's draws from the pool
	RolledKey string        `db:"rolled_key"` // what chance alone gave; empty: nothing
	PrizeKey  string        `db:"prize_key"`  // what was given; empty: nothing
	Reason    chance.Reason `db:"reason"`
	AwardID   *sqldb.ID     `db:"award_id"` // nil when nothing, or only thanks, was given
	DrawnAt   int64         `db:"drawn_at"` // UTC ms
}

var drawColumns = sqldb.Columns[Draw]("")

// chanceDraw is one draw on its way to being decided.
type chanceDraw struct {
	contest *catalog.Contest
	pool    string
	player  sqldb.ID
	chance  sqldb.ID
	random  uint64 // kept when the transaction is run again

	draw  *Draw
	award *prize.Award // nil when the draw won nothing, or was decided before
	err   error        // this draw's own; the others of the batch go on
}

// Draw uses a chance of the player on a pool. What it gives is decided and
// durable when Draw returns; asked again for the same chance it returns the same
// draw. Errors are those above, and identity.ErrNotEnrolled.
func (s *Service) Draw(ctx context.Context, c *catalog.Contest, player sqldb.ID, pool string,
	chance sqldb.ID) (*Draw, error) {
	item := &chanceDraw{contest: c, pool: pool, player: player, chance: chance, random: s.random()}
	err := s.decide(ctx, item)
	if errors.Is(err, errOlder) {
		if item.contest, err = s.newest(ctx, c); err == nil {
			err = s.decide(ctx, item)
		}
	}
	if err != nil {
		return nil, err
	}
	s.creditDraw(ctx, item)
	return item.draw, nil
}

func (s *Service) decide(ctx context.Context, item *chanceDraw) error {
	// The request may go away; the draw then stands, and is found when asked again.
	if err := s.draws.Do(context.WithoutCancel(ctx), item); err != nil {
		return err
	}
	return item.err
}

// newest is the contest as it stands in the store now.
func (s *Service) newest(ctx context.Context, c *catalog.Contest) (*catalog.Contest, error) {
	if err := s.catalog.Refresh(ctx); err != nil {
		slog.WarnContext(ctx, "look for a changed contest", "error", err) // another contest's, perhaps
	}
	return s.catalog.Current(c.Slug)
}

// Draws lists a player's draws in a contest, newest first, at most limit.
func (s *Service) Draws(ctx context.Context, contestID, player sqldb.ID, limit int) ([]Draw, error) {
	var draws []Draw
	err := s.db.Select(ctx, &draws, "SELECT "+drawColumns+` FROM draws
		WHERE contest_id = ? AND player_id = ? ORDER BY drawn_at DESC, ordinal DESC LIMIT ?`, contestID, player, limit)
	return draws, errs.Wrap(err, "list the draws of a player")
}

// Chance is one draw that a player has earned.
type Chance struct {
	ID   sqldb.ID `db:"id"`
	Rule string   `db:"rule_key"`   // key of the earning
	At   int64    `db:"granted_at"` // UTC ms
}

// Chances lists the chances that a player has not used, oldest first: at most
// limit, and how many there are in all.
func (s *Service) Chances(ctx context.Context, contestID, player sqldb.ID,
	limit int) (chances []Chance, total int, err error) {
	const unused = `FROM grants g LEFT JOIN draws d ON d.chance_id = g.id
		WHERE g.contest_id = ? AND g.player_id = ? AND g.kind = ? AND d.chance_id IS NULL`
	if err := s.db.Get(ctx, &total, "SELECT COUNT(*) "+unused, contestID, player, contest.GrantChance); err != nil {
		return nil, 0, errs.Wrap(err, "count the chances of a player")
	}
	err = s.db.Select(ctx, &chances,
		"SELECT g.id, g.rule_key, g.granted_at "+unused+" ORDER BY g.granted_at, g.id LIMIT ?",
		contestID, player, contest.GrantChance, limit)
	return chances, total, errs.Wrap(err, "list the chances of a player")
}
