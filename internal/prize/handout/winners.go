package handout

import (
	"context"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/prize"
	"anquanda/internal/sqldb"
)

// PublicWin is one line of the public list of winners.
type PublicWin struct {
	Prize  string
	Source prize.SourceKind
	Name   string // masked
	Unit   string
	WonAt  int64 // UTC ms
}

// winsShown bounds the public list.
const winsShown = 100

// PublicWins lists who won lately, masked, newest first, those of one drawing in
// the order of drawing: what was bought with points, shares of a pot (a hall has seen
// them, and they are many), points and thanks are left out, and what the hall has not
// seen yet.
func (s *Claims) PublicWins(ctx context.Context, c *catalog.Contest) ([]PublicWin, error) {
	var awards []prize.Award
	err := s.db.SelectIn(ctx, &awards, "SELECT "+prize.AwardColumns+` FROM awards
		WHERE contest_id = ? AND status <> ? AND kind NOT IN (?) AND source_kind NOT IN (?)
		ORDER BY won_at DESC, id LIMIT ?`,
		c.ContestID, string(prize.Forfeited), []string{string(contest.PrizeThanks), string(contest.PrizePoints)},
		[]string{string(prize.FromShop), string(prize.FromLive), string(prize.FromPot)}, winsShown)
	if err != nil {
		return nil, errs.Wrap(err, "list who won")
	}
	hidden, err := s.unpublished(ctx, awards)
	if err != nil {
		return nil, err
	}
	players := make([]sqldb.ID, len(awards))
	for i := range awards {
		players[i] = awards[i].PlayerID
	}
	shown, err := s.ledger.Masked(ctx, c, players)
	if err != nil {
		return nil, err
	}
	wins := []PublicWin{}
	for i := range awards {
		a := &awards[i]
		if hidden[a.SourceID] {
			continue
		}
		win := PublicWin{Prize: a.Title, Source: a.SourceKind, Name: shown[a.PlayerID].Name, Unit: shown[a.PlayerID].Unit,
			WonAt: a.WonAt}
		wins = append(wins, win)
	}
	return wins, nil
}

// Waiting is what a player still has to do about what was won.
type Waiting struct {
	Count int
	Asks  int   // of Count, for which the winner has to tell something first
	Until int64 // when the first of them lapses, UTC ms; 0: none does
}

// Waiting counts the prizes that wait for their winner: to be claimed, or to be
// fetched. It is asked with every look at a contest's first page: one read by an
// index.
func (s *Claims) Waiting(ctx context.Context, c *catalog.Contest, player sqldb.ID) (Waiting, error) {
	var awards []prize.Award
	err := s.db.SelectIn(ctx, &awards,
		"SELECT "+prize.AwardColumns+" FROM awards WHERE contest_id = ? AND player_id = ? AND status IN (?) LIMIT ?",
		c.ContestID, player, []string{string(prize.Won), string(prize.Claimed)}, minesShown)
	if err != nil || len(awards) == 0 {
		return Waiting{}, errs.Wrap(err, "look for prizes that wait")
	}
	hidden, err := s.unpublished(ctx, awards)
	if err != nil {
		return Waiting{}, err
	}
	var w Waiting
	for i := range awards {
		a := &awards[i]
		if hidden[a.SourceID] || !prize.NeedsClaim(a.Kind) || a.Lapsed(s.millis()) && a.Status == prize.Won ||
			a.Status == prize.Claimed && a.Kind != contest.PrizeGoods {
			continue
		}
		w.Count++
		if a.Asks(c.Definition, s.millis()) {
			w.Asks++
		}
		if until := a.Until(); a.Status == prize.Won && until > 0 && (w.Until == 0 || until < w.Until) {
			w.Until = until
		}
	}
	return w, nil
}

// Lapsing counts the prizes of a contest that nobody has claimed and that lapse between
// two moments, UTC ms.
func (s *Claims) Lapsing(ctx context.Context, contestID sqldb.ID, from, to int64) (n int, err error) {
	err = s.db.Get(ctx, &n, `SELECT COUNT(*) FROM awards
		WHERE contest_id = ? AND status = ? AND claim_until > ? AND claim_until <= ?`, contestID, string(prize.Won), from, to)
	return n, errs.Wrap(err, "count prizes that lapse soon")
}

// StatusCount is how many awards of a prize stand where.
type StatusCount struct {
	PrizeKey string       `db:"prize_key"`
	Status   prize.Status `db:"status"`
	Count    int          `db:"awards"`
}

// Counts tells how many awards of each prize of a contest stand where.
func (s *Claims) Counts(ctx context.Context, contestID sqldb.ID) ([]StatusCount, error) {
	var counts []StatusCount
	err := s.db.Select(ctx, &counts, `SELECT prize_key, status, COUNT(*) AS awards FROM awards
		WHERE contest_id = ? GROUP BY prize_key, status ORDER BY prize_key, status`, contestID)
	return counts, errs.Wrap(err, "count awards by status")
}
