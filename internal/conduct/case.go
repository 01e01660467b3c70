package conduct

import (
	"context"
	"database/sql"
	"errors"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// ByHand is what a case was found by that no signal led to.
const ByHand = "hand"

// Case is what staff look into about one player.
type Case struct {
	ID         sqldb.ID `db:"id"`
	ContestID  sqldb.ID `db:"contest_id"`
	PlayerID   sqldb.ID `db:"player_id"`
	FoundBy    string   `db:"found_by"` // kind of the signal, or ByHand
	Note       string   `db:"note"`
	Evidence   string   `db:"evidence"` // JSON: the player's signals when the case was opened
	OpenedBy   sqldb.ID `db:"opened_by"`
	OpenedName string   `db:"opened_name"`
	OpenedAt   int64    `db:"opened_at"` // UTC ms
	ClosedName string   `db:"closed_name"`
	ClosedAt   int64    `db:"closed_at"` // 0 while it is open
	ClosedNote string   `db:"closed_note"`
}

var caseColumns = sqldb.Columns[Case]("")

// Open begins a case about a player, with the player's signals as evidence. Errors:
// ErrPlayer, ErrCaseOpen, invalid_field note.
func (s *Service) Open(
	ctx context.Context, by staff.Actor, contestID, player sqldb.ID, foundBy, note string,
) (*Case, error) {
	note, err := checkText("note", note, "请写明为什么要核查", 200)
	if err != nil {
		return nil, err
	}
	if !KnownSignal(foundBy) {
		foundBy = ByHand
	}
	signals, err := s.SignalsOf(ctx, contestID, player)
	if err != nil {
		return nil, err
	}
	c := &Case{ID: s.ids.Next(), ContestID: contestID, PlayerID: player, FoundBy: foundBy, Note: note,
		Evidence: asJSON(signals),
		OpenedBy: by.ID, OpenedName: by.Name, OpenedAt: s.millis()}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var enrolled int
		if err := tx.Get(ctx, &enrolled, "SELECT COUNT(*) FROM enrolments WHERE contest_id = ? AND player_id = ?", contestID,
			player); err != nil {
			return err
		}
		if enrolled == 0 {
			return ErrPlayer
		}
		_, err := tx.Exec(ctx,
			`INSERT INTO conduct_cases (id, contest_id, player_id, live, found_by, note, evidence, opened_by, opened_name, opened_at)
			VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?)`, c.ID, contestID, player, c.FoundBy, note, c.Evidence, by.ID, by.Name, c.OpenedAt)
		if sqldb.IsDuplicate(err) {
			return ErrCaseOpen
		}
		if err != nil {
			return err
		}
		return record(ctx, tx, by, "case.open", c, map[string]any{"found_by": c.FoundBy, "note": note})
	})
	if err != nil {
		return nil, errs.Wrap(err, "open a case")
	}
	return c, nil
}

// Close ends a case that led to nothing. Errors: ErrCase, ErrCaseClosed,
// ErrProposed while a decision is proposed or stands, invalid_field note.
func (s *Service) Close(ctx context.Context, by staff.Actor, id sqldb.ID, note string) error {
	note, err := checkText("note", note, "请写明核查的结论", 100)
	if err != nil {
		return err
	}
	return errs.Wrap(s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		c, err := readCase(ctx, tx, id)
		if err != nil {
			return err
		}
		d, err := liveDecision(ctx, tx, c)
		switch {
		case err != nil:
			return err
		case d != nil:
			return ErrProposed
		case c.ClosedAt != 0:
			return ErrCaseClosed
		}
		return s.closeCase(ctx, tx, by, c, note)
	}), "close case %d", id)
}

func (s *Service) closeCase(ctx context.Context, tx *sqldb.Tx, by staff.Actor, c *Case, note string) error {
	matched, err := tx.Exec(ctx,
		"UPDATE conduct_cases SET live = NULL, closed_name = ?, closed_at = ?, closed_note = ? WHERE id = ? AND closed_at = 0",
		by.Name, s.millis(), note, c.ID)
	if err != nil || matched == 0 {
		return errs.Wrap(err, "close a case")
	}
	return record(ctx, tx, by, "case.close", c, map[string]any{"note": note})
}

func readCase(ctx context.Context, from sqldb.Reader, id sqldb.ID) (*Case, error) {
	var c Case
	err := from.Get(ctx, &c, "SELECT "+caseColumns+" FROM conduct_cases WHERE id = ?", id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrCase
	}
	return &c, errs.Wrap(err, "read a case")
}

// Case reads one case. Errors: ErrCase.
func (s *Service) Case(ctx context.Context, id sqldb.ID) (*Case, error) {
	return readCase(ctx, s.db, id)
}

// Listed is a case with how its decision and appeal stand.
type Listed struct {
	Case
	// Of the newest decision; zero without one.
	Live       *int     `db:"live"`
	Standing   *int     `db:"standing"`
	FirstBy    sqldb.ID `db:"first_by"` // who proposed it
	DecidedAt  int64    `db:"decided_at"`
	AppealedAt int64    `db:"made_at"`
	AnsweredAt int64    `db:"answered_at"`
}

// State is how a listed case stands.
func (l *Listed) State() State {
	switch {
	case l.Standing != nil:
		return Standing
	case l.Live != nil:
		return Proposed
	case l.DecidedAt != 0:
		return Undone
	case l.ClosedAt != 0:
		return Closed
	}
	return Open
}

// State is how a case stands.
type State string

// The states of a case.
const (
	Open     State = "open"
	Proposed State = "proposed" // one member of staff wants to disqualify
	Standing State = "standing" // the player is disqualified
	Undone   State = "undone"   // was disqualified
	Closed   State = "closed"   // led to nothing
)

var listedColumns = sqldb.Columns[Case]("c") + `,
	d.live, d.standing, COALESCE(d.first_by, 0) AS first_by, COALESCE(d.decided_at, 0) AS decided_at, COALESCE(a.made_at, 0) AS made_at, COALESCE(a.answered_at, 0) AS answered_at
	FROM conduct_cases c
	LEFT JOIN (SELECT case_id, MAX(id) AS id FROM disqualifications GROUP BY case_id) n ON n.case_id = c.id
	LEFT JOIN disqualifications d ON d.id = n.id
	LEFT JOIN appeals a ON a.decision_id = d.id`

// Cases lists the cases of a contest: those that wait for somebody first, then the
// newest; most of them, after so many.
func (s *Service) Cases(ctx context.Context, contestID sqldb.ID, after, most int) ([]Listed, error) {
	var cases []Listed
	err := s.db.Select(ctx, &cases, "SELECT "+listedColumns+` WHERE c.contest_id = ?
		ORDER BY CASE WHEN a.made_at IS NOT NULL AND a.answered_at = 0 THEN 0 WHEN d.live IS NOT NULL AND d.standing IS NULL THEN 1 WHEN c.closed_at = 0 AND d.standing IS NULL THEN 2 ELSE 3 END,
			c.opened_at DESC, c.id LIMIT ? OFFSET ?`, contestID, most, after)
	return cases, errs.Wrap(err, "list cases")
}

// CasesOf lists the cases about a player, the newest first.
func (s *Service) CasesOf(ctx context.Context, contestID, player sqldb.ID) ([]Listed, error) {
	var cases []Listed
	err := s.db.Select(ctx, &cases,
		"SELECT "+listedColumns+" WHERE c.contest_id = ? AND c.player_id = ? ORDER BY c.opened_at DESC, c.id",
		contestID, player)
	return cases, errs.Wrap(err, "list the cases about a player")
}

// AnyOpen reports whether a case is open in any contest.
func (s *Service) AnyOpen(ctx context.Context) (bool, error) {
	var n int
	err := s.db.Get(ctx, &n, "SELECT COUNT(*) FROM conduct_cases WHERE closed_at = 0")
	return n > 0, errs.Wrap(err, "look for open cases")
}

// NewestOf reads the newest case about each of some players, where there is one.
func (s *Service) NewestOf(ctx context.Context, contestID sqldb.ID, players []sqldb.ID) (map[sqldb.ID]Listed, error) {
	newest := map[sqldb.ID]Listed{}
	if len(players) == 0 {
		return newest, nil
	}
	var cases []Listed
	err := s.db.SelectIn(ctx, &cases,
		"SELECT "+listedColumns+" WHERE c.contest_id = ? AND c.player_id IN (?) ORDER BY c.opened_at, c.id",
		contestID, players)
	for _, c := range cases {
		newest[c.PlayerID] = c
	}
	return newest, errs.Wrap(err, "read the cases about players")
}
