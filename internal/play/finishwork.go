package play

import (
	"context"
	"slices"
	"strings"

	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// finishWork is what a batch of finishing attempts reads and writes.
type finishWork struct {
	attempts  map[sqldb.ID]*attemptRow
	responses map[sqldb.ID][]responseRow
	players   map[playerKey]*playerWork
	order     []playerKey // in which players were advanced
	fillers   []*responseRow
	flips     []responseRow // stored responses whose verdict changes
}

func newFinishWork() *finishWork {
	return &finishWork{attempts: map[sqldb.ID]*attemptRow{}, responses: map[sqldb.ID][]responseRow{}, players: map[playerKey]*playerWork{}}
}

// playerWork is a player's state while a batch goes through it.
type playerWork struct {
	history contest.History
	unit    sqldb.ID // of the newest attempt: whoever changed since, an older one does not take back
	read    int64    // version in the store; 0 when there is no row yet
	version int64
}

func (s *Service) readFinishes(ctx context.Context, tx *sqldb.Tx, batch []*finishing) (*finishWork, error) {
	ids, players := make([]sqldb.ID, len(batch)), make([]sqldb.ID, len(batch))
	for i, f := range batch {
		ids[i], players[i] = f.id, f.player
	}
	w := newFinishWork()
	slices.Sort(players)
	rows, err := w.readPlayers(ctx, tx, slices.Compact(players))
	if err != nil {
		return nil, err
	}
	if err := w.takeAttempts(rows, ids); err != nil {
		return nil, err
	}
	return w, w.readResponses(ctx, tx, ids)
}

func (w *finishWork) readResponses(ctx context.Context, from sqldb.Reader, ids []sqldb.ID) error {
	var responses []responseRow
	err := from.SelectIn(ctx, &responses, "SELECT "+responseColumns+` FROM responses
		WHERE attempt_id IN (?) ORDER BY attempt_id, position`, ids)
	for _, r := range responses {
		w.responses[r.AttemptID] = append(w.responses[r.AttemptID], r)
	}
	return errs.Wrap(err, "read responses to score")
}

// writeFlips stores the verdicts that changed.
func (w *finishWork) writeFlips(ctx context.Context, tx *sqldb.Tx) error {
	for _, flip := range w.flips {
		_, err := tx.Exec(ctx, "UPDATE responses SET correct = ? WHERE attempt_id = ? AND position = ?",
			flag(flip.Correct), flip.AttemptID, flip.Position)
		if err != nil {
			return errs.Wrap(err, "judge a response anew")
		}
	}
	return nil
}

func (w *finishWork) readAttempts(ctx context.Context, from sqldb.Reader, ids []sqldb.ID) error {
	var rows []attemptRow
	if err := from.SelectIn(ctx, &rows, "SELECT "+attemptColumns+" FROM attempts WHERE id IN (?)", ids); err != nil {
		return errs.Wrap(err, "read attempts")
	}
	return w.takeAttempts(rows, ids)
}

// takeAttempts picks the attempts of those ids out of rows.
func (w *finishWork) takeAttempts(rows []attemptRow, ids []sqldb.ID) error {
	for _, id := range ids {
		w.attempts[id] = nil
	}
	for i := range rows {
		if _, wanted := w.attempts[rows[i].ID]; wanted {
			w.attempts[rows[i].ID] = &rows[i]
		}
	}
	for _, id := range ids {
		if w.attempts[id] == nil {
			return errs.Wrap(ErrTicket, "attempt %d is not stored", id)
		}
	}
	return nil
}

// progressRow is one row of progress: how often a player's record has changed.
type progressRow struct {
	ContestID sqldb.ID `db:"contest_id"`
	PlayerID  sqldb.ID `db:"player_id"`
	Version   int64    `db:"version"`
}

// readPlayers reads the versions before the histories: a history may then be
// newer than its version, which the conditional update notices, never older. It
// returns all attempts of the players.
func (w *finishWork) readPlayers(ctx context.Context, from sqldb.Reader, players []sqldb.ID) ([]attemptRow, error) {
	var versions []progressRow
	err := from.SelectIn(ctx, &versions, "SELECT "+sqldb.Columns[progressRow]("")+" FROM progress WHERE player_id IN (?)", players)
	if err != nil {
		return nil, errs.Wrap(err, "read the progress of players")
	}
	histories, err := readHistories(ctx, from, players)
	if err != nil {
		return nil, err
	}
	at := func(contestID, player sqldb.ID) *playerWork {
		key := playerKey{contestID, player}
		if w.players[key] == nil {
			w.players[key] = &playerWork{}
		}
		return w.players[key]
	}
	for _, v := range versions {
		p := at(v.ContestID, v.PlayerID)
		p.read, p.version = v.Version, v.Version
	}
	for i := range histories {
		p := at(histories[i].ContestID, histories[i].PlayerID)
		p.history = append(p.history, histories[i].forRules())
		p.unit = histories[i].UnitID // they are in the order of their ids
	}
	return histories, nil
}

// advance puts the finished attempt into its player's history and returns a
// copy of the history with the new version.
func (w *finishWork) advance(row *attemptRow) (contest.History, int64) {
	key := playerKey{row.ContestID, row.PlayerID}
	p := w.players[key]
	at := slices.IndexFunc(p.history, func(a contest.Attempt) bool { return a.ID == int64(row.ID) })
	p.history[at] = row.forRules()
	return w.touch(key)
}

// touch gives the player a new version, and returns a copy of the history.
func (w *finishWork) touch(key playerKey) (contest.History, int64) {
	if w.players[key] == nil {
		w.players[key] = &playerWork{}
	}
	p := w.players[key]
	if p.version == p.read {
		w.order = append(w.order, key)
	}
	p.version++
	return slices.Clone(p.history), p.version
}

// writeProgress claims the new versions; another transaction that finished an
// attempt of the same player since ours was read makes this one run again.
func (w *finishWork) writeProgress(ctx context.Context, tx *sqldb.Tx) error {
	var fresh []progressRow
	steps := map[int64][]any{} // (contest, player, version read) by how far the version moves
	for _, key := range w.order {
		p := w.players[key]
		if p.read == 0 {
			fresh = append(fresh, progressRow{key.contest, key.player, p.version})
		} else {
			steps[p.version-p.read] = append(steps[p.version-p.read], int64(key.contest), int64(key.player), p.read)
		}
	}
	for step, args := range steps {
		players := len(args) / 3
		where := strings.Repeat(" OR (contest_id = ? AND player_id = ? AND version = ?)", players)[len(" OR "):]
		matched, err := tx.Exec(ctx, "UPDATE progress SET version = version + ? WHERE "+where, append([]any{step}, args...)...)
		if err != nil {
			return errs.Wrap(err, "write the progress of players")
		}
		if matched != int64(players) {
			return sqldb.ErrStale
		}
	}
	err := sqldb.Insert(ctx, tx, "INSERT INTO progress", fresh)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "write the progress of players")
}
