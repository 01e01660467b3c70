package referral

import (
	"context"
	"errors"

	"github.com/redis/go-redis/v9"

	"anquanda/internal/catalog"
	"anquanda/internal/publicname"
	"anquanda/internal/redisdb"
	"anquanda/internal/sqldb"
)

// MaxPage is the most entries of one page.
const MaxPage = 100

// Place is one line of the share board.
type Place struct {
	Rank     int64 // from 1
	PlayerID sqldb.ID
	Nickname string
	Invited  int64 // invitees that counted
}

// Page is a part of the share board, with the place of the player who asks.
type Page struct {
	Total   int64
	Entries []Place
	Me      *Place // nil when not ranked
}

// tally is how many invitees of a player counted, and since when: UTC ms.
type tally struct {
	ContestID sqldb.ID `db:"contest_id"`
	InviterID sqldb.ID `db:"inviter_id"`
	Invited   int64    `db:"invited"`
	ReachedAt int64    `db:"reached_at"`
}

// A score holds the invitees and, below them, when that many were reached, since
// the contest's opening: the set is read in ascending order. It is exact for
// integers up to 2^53: 4.19 million invitees, and times within 6.8 years.
const (
	tieBits   = 31
	tieUnitMS = 100
)

func (t tally) score(opensAt int64) float64 {
	tie := min(max(0, (t.ReachedAt-opensAt)/tieUnitMS), 1<<tieBits-1)
	return float64(tie - t.Invited<<tieBits)
}

func invitedOf(score float64) int64 {
	return (-int64(score) + 1<<tieBits - 1) >> tieBits
}

// Board reads size places from the from-th on, in one Redis round trip. Errors:
// ErrAway.
func (s *Service) Board(ctx context.Context, c *catalog.Contest, from, size int64, me sqldb.ID) (*Page, error) {
	keys, mine := redisdb.Keys(c.ContestID), me.String()
	key := keys.ShareBoard()
	pipe := s.redis.Pipeline()
	mark := pipe.Exists(ctx, keys.Shares().Mark)
	total := pipe.ZCard(ctx, key)
	entries := pipe.ZRangeWithScores(ctx, key, from-1, from+size-2)
	rank := pipe.ZRank(ctx, key, mine)
	score := pipe.ZScore(ctx, key, mine)
	if _, err := pipe.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
		return nil, ErrAway.Because(err)
	}
	if mark.Val() == 0 {
		return nil, ErrAway.Because(redisdb.ErrEmptied)
	}
	page := &Page{Total: total.Val()}
	for i, z := range entries.Val() {
		member, _ := z.Member.(string)
		id, _ := sqldb.ParseID(member)
		page.Entries = append(page.Entries, Place{Rank: from + int64(i), PlayerID: id, Invited: invitedOf(z.Score)})
	}
	if rank.Err() == nil && score.Err() == nil {
		page.Me = &Place{Rank: rank.Val() + 1, PlayerID: me, Invited: invitedOf(score.Val())}
	}
	return page, s.name(ctx, c.ContestID, page)
}

// name fills in the nicknames of a page from the truth, so that the view holds no
// names.
func (s *Service) name(ctx context.Context, contestID sqldb.ID, page *Page) error {
	var players []sqldb.ID
	for _, place := range page.Entries {
		players = append(players, place.PlayerID)
	}
	if page.Me != nil {
		players = append(players, page.Me.PlayerID)
	}
	enrolments, err := s.players.Enrolments(ctx, contestID, players)
	if err != nil {
		return err
	}
	for i := range page.Entries {
		page.Entries[i].Nickname = enrolments[page.Entries[i].PlayerID].ShownName(publicname.OnPhones)
	}
	if page.Me != nil {
		page.Me.Nickname = enrolments[page.Me.PlayerID].ShownName(publicname.OnPhones)
	}
	return nil
}
