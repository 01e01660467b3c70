package play

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"anquanda/internal/catalog"
	"anquanda/internal/contest"
	"anquanda/internal/errs"
	"anquanda/internal/identity"
	"anquanda/internal/shortlist"
	"anquanda/internal/sqldb"
)

// progress is how far a player is in a contest: the row with the summary that the
// rules look at, while a transaction adds to it. What does not follow the newest
// thing in the summary (an attempt found late, a definition that changed) is added
// to the whole record instead, and summed up anew.
type progress struct {
	key     playerKey
	read    int64 // version in the store; 0 when there is no row yet
	version int64
	rules   int // version of the contest by which it is summed up

	summary *contest.Summary
	record  *contest.Record // all rows, where the summary does not do
}

type progressRow struct {
	ContestID sqldb.ID       `db:"contest_id"`
	PlayerID  sqldb.ID       `db:"player_id"`
	Version   int64          `db:"version"`
	Rules     int            `db:"rules_version"`
	Summary   sql.NullString `db:"summary"`
}

var progressColumns = sqldb.Columns[progressRow]("")

// readProgress reads how far players are in contests; who has no row yet gets an
// empty one.
func readProgress(ctx context.Context, from sqldb.Reader, keys []playerKey) (map[playerKey]*progress, error) {
	found := make(map[playerKey]*progress, len(keys))
	if len(keys) == 0 {
		return found, nil
	}
	contests, players := make([]sqldb.ID, len(keys)), make([]sqldb.ID, len(keys))
	for i, key := range keys {
		found[key] = &progress{key: key, summary: &contest.Summary{}}
		contests[i], players[i] = key.contest, key.player
	}
	var rows []progressRow
	err := from.SelectIn(ctx, &rows, "SELECT "+progressColumns+` FROM progress
		WHERE contest_id IN (?) AND player_id IN (?)`, unique(contests), unique(players))
	if err != nil {
		return nil, errs.Wrap(err, "read the progress of players")
	}
	for _, row := range rows {
		p := found[playerKey{row.ContestID, row.PlayerID}]
		if p == nil {
			continue // of another pair of contest and player
		}
		p.read, p.version, p.rules, p.summary = row.Version, row.Version, row.Rules, nil
		if row.Summary.Valid {
			p.summary = &contest.Summary{}
			if err := json.Unmarshal([]byte(row.Summary.String), p.summary); err != nil {
				return nil, errs.Wrap(err, "read the summary of player %d", row.PlayerID)
			}
		}
	}
	return found, nil
}

func unique(ids []sqldb.ID) []sqldb.ID {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// sumsUp reports whether the summary is by a version of the rules, and everything
// of those moments, in their order, follows what it sums up.
func (p *progress) sumsUp(rules int, moments ...int64) bool {
	if p.read == 0 {
		return slices.IsSorted(moments)
	}
	return p.summary != nil && p.rules == rules && slices.IsSorted(moments) &&
		(len(moments) == 0 || p.summary.Follows(moments[0]))
}

// countAll takes all rows of the player in place of the summary.
func (p *progress) countAll(ctx context.Context, from sqldb.Reader) error {
	records, err := readRecords(ctx, from, p.key.contest, []sqldb.ID{p.key.player})
	p.record = records[p.key.player]
	return err
}

// takes sets the player's part in the contest, by which the rules judge from now on.
func (p *progress) takes(rules int, d *contest.Definition, e identity.Enrolment) {
	p.rules = rules
	division, registered := e.Division, d.Registered(e.HasField)
	if p.record != nil {
		p.record.Division, p.record.Registered = division, registered
		return
	}
	p.summary.Division, p.summary.Registered = division, registered
}

// at is the summary of a moment, before anything is added to it.
func (p *progress) at(d *contest.Definition, at int64) *contest.Summary {
	if p.record == nil {
		return p.summary
	}
	return d.Summarize(p.record, at)
}

// end adds the end of an attempt, and returns the summary of its moment.
func (p *progress) end(d *contest.Definition, a contest.Attempt) *contest.Summary {
	if p.record == nil {
		d.End(p.summary, a)
		return p.summary
	}
	at := slices.IndexFunc(p.record.History, func(b contest.Attempt) bool { return a.ID == b.ID })
	p.record.History[at] = a
	return d.Summarize(p.record, a.FinishedAt)
}

// do adds a deed, and returns the summary of its moment.
func (p *progress) do(d *contest.Definition, deed contest.Deed) *contest.Summary {
	if p.record == nil {
		d.Do(p.summary, deed)
		return p.summary
	}
	p.record.Deeds = append(p.record.Deeds, deed)
	return d.Summarize(p.record, deed.At)
}

// gain adds what the moment at gave, and returns its summary.
func (p *progress) gain(d *contest.Definition, grants []contest.Grant, at int64) *contest.Summary {
	p.version++
	if p.record == nil {
		d.Gain(p.summary, grants)
		return p.summary
	}
	p.record.Grants = append(p.record.Grants, grants...)
	p.summary = d.Summarize(p.record, p.record.LatestAt())
	return d.Summarize(p.record, at)
}

// writeProgress claims the new versions; another transaction that changed one of
// the players since ours was read makes it fail with sqldb.ErrStale.
func writeProgress(ctx context.Context, tx *sqldb.Tx, changed []*progress) error {
	var fresh []progressRow
	others := map[sqldb.ID][]*progress{}
	for _, p := range changed {
		if p.read != 0 {
			others[p.key.contest] = append(others[p.key.contest], p)
			continue
		}
		row := progressRow{ContestID: p.key.contest, PlayerID: p.key.player, Version: p.version, Rules: p.rules}
		text, err := json.Marshal(p.summary)
		if err != nil {
			return err
		}
		row.Summary = sql.NullString{String: string(text), Valid: true}
		fresh = append(fresh, row)
	}
	for contestID, group := range others {
		if err := updateProgress(ctx, tx, contestID, group); err != nil {
			return err
		}
	}
	err := sqldb.Insert(ctx, tx, "INSERT INTO progress", fresh)
	if sqldb.IsDuplicate(err) {
		return sqldb.ErrStale
	}
	return errs.Wrap(err, "write the progress of players")
}

// errOvertaken tells that another call changed a player meanwhile. It is not
// sqldb.ErrStale: to commit the same again would not help.
var errOvertaken = errors.New("the player changed meanwhile")

// claimProgress is writeProgress for what was decided outside the transaction: it
// fails with errOvertaken.
func claimProgress(ctx context.Context, tx *sqldb.Tx, changed []*progress) error {
	err := writeProgress(ctx, tx, changed)
	if errors.Is(err, sqldb.ErrStale) {
		return errOvertaken
	}
	return err
}

// updateProgress writes a batch in one statement.
func updateProgress(ctx context.Context, tx *sqldb.Tx, contestID sqldb.ID, group []*progress) error {
	var versions, rules, summaries, where []any
	for _, p := range group {
		text, err := json.Marshal(p.summary)
		if err != nil {
			return err
		}
		versions = append(versions, p.key.player, p.version)
		rules = append(rules, p.key.player, p.rules)
		summaries = append(summaries, p.key.player, string(text))
		where = append(where, p.key.player, p.read)
	}
	whens := "CASE player_id" + strings.Repeat(" WHEN ? THEN ?", len(group)) + " END"
	pairs := strings.Repeat(" OR player_id = ? AND version = ?", len(group))[len(" OR "):]
	matched, err := tx.Exec(ctx, "UPDATE progress SET version = "+whens+", rules_version = "+whens+", summary = "+whens+
		" WHERE contest_id = ? AND ("+pairs+")", slices.Concat(versions, rules, summaries, []any{contestID}, where)...)
	if err == nil && matched != int64(len(group)) {
		err = sqldb.ErrStale
	}
	return errs.Wrap(err, "write the progress of players")
}

// Summary is what the rules look at of a player in a contest. e is the player's
// part in it.
func (s *Service) Summary(ctx context.Context, c *catalog.Contest, e identity.Enrolment) (*contest.Summary, error) {
	p, err := s.progressOf(ctx, c, e)
	if err != nil {
		return nil, err
	}
	return p.summary, nil
}

// progressOf reads how far a player is. A summary by another version of the rules
// is made anew, and stored if nothing changed meanwhile.
func (s *Service) progressOf(ctx context.Context, c *catalog.Contest, e identity.Enrolment) (*progress, error) {
	key := playerKey{c.ContestID, e.PlayerID}
	found, err := readProgress(ctx, s.db, []playerKey{key})
	if err != nil {
		return nil, err
	}
	p := found[key]
	stale := !p.sumsUp(c.Version)
	if stale {
		if err := p.countAll(ctx, s.db); err != nil {
			return nil, err
		}
		p.summary, p.record = c.Summarize(p.record, p.record.LatestAt()), nil
	}
	p.takes(c.Version, c.Definition, e)
	if p.summary.Listed, err = shortlist.Of(ctx, s.db, c, e); err != nil || !stale {
		return p, err
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error { return claimProgress(ctx, tx, []*progress{p}) })
	if errors.Is(err, errOvertaken) {
		err = nil // whoever changed it has summed it up
	}
	return p, err
}
