package play

import (
	"cmp"
	"context"
	"slices"

	"anquanda/internal/catalog"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/sqldb"
)

// finishWork is what a batch of finishing attempts reads and writes.
type finishWork struct {
	attempts  map[sqldb.ID]*attemptRow
	responses map[sqldb.ID][]responseRow
	players   map[playerKey]*progress
	editions  map[sqldb.ID]*catalog.Contest // of attempts: by which they are played
	sheets    map[sqldb.ID]*sheet
	enrolled  map[playerKey]identity.Enrolment
	fillers   []*responseRow
	flips     []responseRow // stored responses whose verdict changes
	papers    map[sqldb.ID][]paperRow
	closings  []*paperRow // of papers that are handed in
	pacer
}

func (s *Service) newFinishWork() *finishWork {
	return &finishWork{
		pacer:    s.pacer,
		attempts: map[sqldb.ID]*attemptRow{}, responses: map[sqldb.ID][]responseRow{},
		editions: map[sqldb.ID]*catalog.Contest{},
		sheets:   map[sqldb.ID]*sheet{}, enrolled: map[playerKey]identity.Enrolment{},
	}
}

// readFinishes reads what a batch of attempts needs to be ended at now, and puts
// the batch into the order in which it ends.
func (s *Service) readFinishes(ctx context.Context, tx *sqldb.Tx, batch []*finishing, now int64) (*finishWork, error) {
	ids := make([]sqldb.ID, len(batch))
	for i, f := range batch {
		ids[i] = f.id
	}
	w := s.newFinishWork()
	if err := w.readAttempts(ctx, tx, ids); err != nil {
		return nil, err
	}
	var ending []*attemptRow
	for _, f := range batch {
		if f.row = w.attempts[f.id]; f.row.FinishedAt == 0 {
			f.row.endsAt = f.row.endAt(now)
			ending = append(ending, f.row)
		}
	}
	// The same order in every batch, so that two batches do not deadlock.
	slices.SortFunc(batch, func(a, b *finishing) int { return cmp.Or(byEnd(a.row, b.row), cmp.Compare(a.id, b.id)) })
	slices.SortFunc(ending, byEnd)
	if err := s.readPlayers(ctx, tx, w, ending); err != nil {
		return nil, err
	}
	if err := w.readPapers(ctx, tx, ids); err != nil {
		return nil, err
	}
	return w, w.readResponses(ctx, tx, ids)
}

// byEnd orders attempts by player, and those of a player as they end.
func byEnd(a, b *attemptRow) int {
	return cmp.Or(cmp.Compare(a.PlayerID, b.PlayerID), cmp.Compare(a.endsAt, b.endsAt), cmp.Compare(a.ID, b.ID))
}

// readPlayers reads how far the players of attempts are, which come in the order
// of players and of their ends.
func (s *Service) readPlayers(ctx context.Context, from sqldb.Reader, w *finishWork, rows []*attemptRow) error {
	byPlayer := map[playerKey][]*attemptRow{}
	var keys []playerKey
	for _, row := range rows {
		c, err := s.catalog.Edition(ctx, row.edition())
		if err != nil {
			return err
		}
		if w.sheets[row.ID], err = sheetOfRow(c, row); err != nil {
			return err
		}
		w.editions[row.ID] = c
		key := row.player()
		if byPlayer[key] == nil {
			keys = append(keys, key)
		}
		byPlayer[key] = append(byPlayer[key], row)
	}
	var err error
	if w.players, err = readProgress(ctx, from, keys); err != nil {
		return err
	}
	if err := w.readEnrolments(ctx, from, keys); err != nil {
		return err
	}
	for key, p := range w.players {
		if ending := byPlayer[key]; !p.sumsUpEnds(w.editions[ending[0].ID], ending) {
			if err := p.countAll(ctx, from); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *finishWork) readEnrolments(ctx context.Context, from sqldb.Reader, keys []playerKey) error {
	players := map[sqldb.ID][]sqldb.ID{}
	for _, key := range keys {
		players[key.contest] = append(players[key.contest], key.player)
	}
	for contestID, ids := range players {
		enrolments, err := identity.EnrolmentsIn(ctx, from, contestID, ids)
		if err != nil {
			return err
		}
		for id, e := range enrolments {
			w.enrolled[playerKey{contestID, id}] = e
		}
	}
	return nil
}

// sumsUpEnds is sumsUp for attempts of the player that end by one definition. The
// totals of a day are told with the summary, so that they must end on one.
func (p *progress) sumsUpEnds(c *catalog.Contest, rows []*attemptRow) bool {
	moments := make([]int64, len(rows))
	for i, row := range rows {
		moments[i] = row.endsAt
		if row.ContestVersion != c.Version || c.Day(row.endsAt) != c.Day(rows[0].endsAt) {
			return false
		}
	}
	if p.read == 0 || !p.sumsUp(c.Version, moments...) {
		return false
	}
	last := p.summary.Latest // of two in one millisecond the one begun first comes first
	return last == nil || last.FinishedAt != moments[0] || last.ID < int64(rows[0].ID)
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
	for i := range rows {
		w.attempts[rows[i].ID] = &rows[i]
	}
	for _, id := range ids {
		if w.attempts[id] == nil {
			return errs.Wrap(ErrTicket, "attempt %d is not stored", id)
		}
	}
	return nil
}

// changed lists the players whose progress was added to, in the order of players.
func (w *finishWork) changed() []*progress {
	var changed []*progress
	for _, p := range w.players {
		if p.version != p.read {
			changed = append(changed, p)
		}
	}
	slices.SortFunc(changed, func(a, b *progress) int {
		return cmp.Or(cmp.Compare(a.key.contest, b.key.contest), cmp.Compare(a.key.player, b.key.player))
	})
	return changed
}
