// Package tally counts what is played while it is played, so that a page of figures costs
// no pass over answers. It owns the tables tally_players, tally_counts, tally_questions,
// tally_events and tally_marks; nothing in them is truth, and Rebuild makes them anew.
//
// Of each player there is a sheet: what was done by the hour, and each question that was
// met, the first meeting apart from later ones. It is made from the player's rows and set,
// not added to. tally_counts is the sum over all sheets: whoever writes a sheet adds, in
// the same transaction, the difference to the one before. So a player who is counted
// twice, by two nodes, or again after a crash, changes nothing; an attempt that is found
// late, left out, scored again or moved to another unit comes out right too.
//
// Which players are to be counted is told by play's version of each (progress.version):
// a follower names those whose attempts end here, and every few minutes all are looked
// through whose version is another one than was counted. That is the watermark, one a player.
//
// An answer costs nothing more for it; a finished attempt is read once, after its commit.
package tally

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"sync"
	"time"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/pace"
	"anquanda/internal/play"
	"anquanda/internal/sqldb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

const (
	followEvery  = 5 * time.Second
	catchUpEvery = 3 * time.Minute
	hoursEvery   = 15 * time.Second
	// playersAtOnce is how many players are counted in one transaction: some ms.
	playersAtOnce = 200
	// waitingMost bounds the players that are named to be counted; those beyond it are
	// found when all are looked through.
	waitingMost = 50_000
)

// Service counts. It is safe for concurrent use.
type Service struct {
	db      *sqldb.DB
	catalog *catalog.Catalog
	now     func() time.Time
	series  []Series

	mu      sync.Mutex
	waiting map[sqldb.ID]map[sqldb.ID]bool // players to be counted, by contest
	count   int
	numbers map[sqldb.ID]*numbering
}

// New returns the counters over db. series are what is counted by the hour beside attempts.
func New(db *sqldb.DB, contests *catalog.Catalog, now func() time.Time) *Service {
	return &Service{db: db, catalog: contests, now: now, series: allSeries,
		waiting: map[sqldb.ID]map[sqldb.ID]bool{}, numbers: map[sqldb.ID]*numbering{}}
}

// Follow is play's follower: it names a player to be counted soon. It never blocks, and
// what a crash loses is found by CatchUp.
func (s *Service) Follow(c *play.Change) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.count >= waitingMost {
		return
	}
	players := s.waiting[c.ContestID]
	if players == nil {
		players = map[sqldb.ID]bool{}
		s.waiting[c.ContestID] = players
	}
	if !players[c.PlayerID] {
		players[c.PlayerID] = true
		s.count++
	}
}

// Run counts until ctx ends.
func (s *Service) Run(ctx context.Context) {
	var running sync.WaitGroup
	running.Go(func() { pace.Every(ctx, followEvery, "count finished attempts", s.foldWaiting) })
	running.Go(func() { pace.Every(ctx, hoursEvery, "count what happened by the hour", s.CountHours) })
	pace.Every(ctx, catchUpEvery, "look for attempts that were not counted", s.CatchUp)
	running.Wait()
}

// foldWaiting counts the players who were named.
func (s *Service) foldWaiting(ctx context.Context) (failed error) {
	s.mu.Lock()
	waiting := s.waiting
	s.waiting, s.count = map[sqldb.ID]map[sqldb.ID]bool{}, 0
	s.mu.Unlock()
	for contestID, players := range waiting {
		batch := make([]sqldb.ID, 0, playersAtOnce)
		for player := range players {
			if batch = append(batch, player); len(batch) == playersAtOnce {
				failed = errors.Join(failed, s.fold(ctx, contestID, batch))
				batch = batch[:0]
			}
		}
		failed = errors.Join(failed, s.fold(ctx, contestID, batch))
	}
	return failed
}

// CatchUp counts, in all contests, whoever was not counted up to play's version.
func (s *Service) CatchUp(ctx context.Context) (failed error) {
	for _, id := range s.catalog.IDs() {
		failed = errors.Join(failed, s.catchUp(ctx, id))
	}
	return failed
}

func (s *Service) catchUp(ctx context.Context, contestID sqldb.ID) error {
	after := sqldb.ID(0)
	for {
		var players []sqldb.ID
		err := s.db.Select(ctx, &players, `
			SELECT p.player_id FROM progress p
			LEFT JOIN tally_players t ON t.contest_id = p.contest_id AND t.player_id = p.player_id
			WHERE p.contest_id = ? AND p.player_id > ? AND (t.version IS NULL OR t.version <> p.version)
			ORDER BY p.player_id LIMIT ?`, contestID, after, playersAtOnce)
		if err != nil || len(players) == 0 {
			return errs.Wrap(err, "look for players of contest %d to be counted", contestID)
		}
		if err := s.fold(ctx, contestID, players); err != nil {
			return err
		}
		after = players[len(players)-1]
	}
}

// Touch has players counted anew whose attempts changed without a version of play: who
// was moved to another unit.
func Touch(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, players []sqldb.ID) error {
	if len(players) == 0 {
		return nil
	}
	_, err := tx.ExecIn(ctx, `UPDATE tally_players SET version = -1, folds = folds + 1
		WHERE contest_id = ? AND player_id IN (?)`, contestID, players)
	return errs.Wrap(err, "have players counted anew")
}

// Rebuild throws the counters of a contest away and counts everything anew. It may run
// while people play.
func (s *Service) Rebuild(ctx context.Context, contestID sqldb.ID) error {
	err := s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		return tx.DeleteOf(ctx, contestID, "tally_players", "tally_counts", "tally_events", "tally_marks")
	})
	if err != nil {
		return errs.Wrap(err, "throw the counters of contest %d away", contestID)
	}
	return s.Settle(ctx, contestID)
}

// Settle counts what was done in a contest up to now and is not counted yet.
func (s *Service) Settle(ctx context.Context, contestID sqldb.ID) error {
	if err := s.catchUp(ctx, contestID); err != nil {
		return err
	}
	return s.countHoursOf(ctx, contestID)
}

// Wipe deletes all that this package keeps of a contest: of a rehearsal that ends.
func Wipe(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID) error {
	return tx.DeleteOf(ctx, contestID, "tally_players", "tally_counts", "tally_questions", "tally_events",
		"tally_marks", "tally_targets")
}
